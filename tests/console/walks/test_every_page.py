"""Every page in a browser: everybody can use it, in its normal, empty and error state, light and dark, wide and narrow; and over a
workspace whose texts try everything, nothing of them is done.

The pages are those of `tests/console/whole/visits.py`, which a test holds to the routes that there are.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import Any

import pytest

from tests.console.site import fill_sample, serving
from tests.console.walks.conftest import HEIGHTS, LOOKS, STEP_MILLISECONDS, Walk, listen
from tests.console.whole import hostile
from tests.console.whole.visits import PARTS, VISITS, World, failing
from tests.console.whole.worlds import world

PAGES = sorted(VISITS.keys() - PARTS)
SOME = 4
"""Of each page, so many addresses are opened with such texts; tests without a browser ask for all."""
EMPTY = [route for route in PAGES if not re.search(r"\{(id|name|code|plan|operation)\}|/change$", route)]


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[World, Walk]]]:
    """A browser on three consoles: one with the sample, one with nothing, and one whose texts try everything."""
    filled = {"sample": fill_sample, "nothing": None, "hostile": hostile.fill}
    with ExitStack() as stack:
        found = {}
        for name, fill in filled.items():
            there = stack.enter_context(world(tmp_path_factory.mktemp(name) / "crm.db", fill))
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            stack.callback(context.close)
            context.set_default_timeout(STEP_MILLISECONDS)
            walk = Walk(context.new_page(), stack.enter_context(serving(there.app)))
            listen(walk)
            walk.go(f"/sign-in/{there.site.sessions.invite()}")
            walk.page.get_by_role("button", name="Sign in").click()
            walk.page.wait_for_url(f"{walk.address}/")
            found[name] = there, walk
        yield found


@pytest.mark.parametrize("route", PAGES)
def test_everybody_can_use_it(opened: dict[str, tuple[World, Walk]], route: str) -> None:
    there, walk = opened["sample"]
    assert _wrong(walk, next(iter(VISITS[route](there)))) == []


@pytest.mark.parametrize("route", EMPTY)
def test_so_they_can_where_there_is_nothing(opened: dict[str, tuple[World, Walk]], route: str) -> None:
    there, walk = opened["nothing"]
    assert _wrong(walk, next(iter(VISITS[route](there)))) == []


@pytest.mark.parametrize("route", PAGES)
def test_and_where_something_is_wrong(opened: dict[str, tuple[World, Walk]], route: str) -> None:
    _, walk = opened["sample"]
    for address in failing(route):
        assert _wrong(walk, address) == []


@pytest.mark.parametrize("route", PAGES)
def test_nothing_that_stands_in_a_record_is_done(opened: dict[str, tuple[World, Walk]], route: str) -> None:
    there, walk = opened["hostile"]
    walk.wrong.clear()
    for address in islice(dict.fromkeys(VISITS[route](there)), SOME):
        _go(walk, address)
        page = walk.page
        assert page.evaluate(f"typeof {hostile.SAID}") == "undefined", address
        assert page.locator(f"{hostile.ELEMENT}, [{hostile.ATTRIBUTE}]").count() == 0, address
        assert walk.sideways() <= 0, address
        assert walk.wrong == []


def _wrong(walk: Walk, address: str) -> list[str]:
    """What is wrong with a page in any look.  It is loaded once, for a look is a matter of its style, and the dark one of its colours."""
    walk.wrong.clear()
    found = []
    for scheme, width in LOOKS:
        walk.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        walk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if (scheme, width) == LOOKS[0]:
            _go(walk, address)
        found += [f"{address} {scheme} {width}: {each}" for each in walk.accessible(colours=scheme == "dark")]
        if walk.sideways() > 0:
            found.append(f"{address} {scheme} {width}: goes {walk.sideways()} px sideways")
    return found + [f"{address}: {each}" for each in walk.wrong]


def _go(walk: Walk, address: str) -> None:
    walk.expected |= {400, 403, 404, 409, 410, 422}
    walk.go(address)

"""Every page is light, whichever of them somebody opens first: all that a browser loads for it, as it travels."""

import gzip
import re
from collections.abc import Iterator

import pytest

from icosa.surfaces.console.assets import assets
from tests.console.site import fill_sample
from tests.console.whole.visits import PARTS, VISITS, World
from tests.console.whole.worlds import world as opened

BYTES, REQUESTS = 45_000, 5


@pytest.fixture(scope="module")
def sample_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened(tmp_path_factory.mktemp("sample") / "crm.db", fill_sample) as found:
        yield found


@pytest.mark.parametrize("route", sorted(VISITS.keys() - PARTS))
def test_a_page_is_light(sample_world: World, route: str) -> None:
    page = sample_world.browser.get(next(iter(VISITS[route](sample_world))))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    named = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page.text))
    weight = len(gzip.compress(page.content, 3)) + sum(len(assets()[each.rpartition("/")[2]].packed) for each in named)
    assert len(named) + 1 <= REQUESTS
    assert weight <= BYTES

"""Walks through the console in Chromium, as a person takes them.

A test takes `walk` (a page of the sample console, signed in) or `walk_own` (one that it may write to).  Each fails at its end on
anything that the browser complains of: errors in the console, breaches of the policy, requests to elsewhere, errors of a page.
`looks` runs a test in light and dark, wide and narrow.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from icosa.surfaces.console.app import console
from tests.console.site import Local, serving

CHROMIUMS = ("chromium-headless-shell", "chromium")
"""The first that there is.  The same engine without its windows takes half of the time."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 360)]
STEP_MILLISECONDS = 20_000
HEIGHTS = {1440: 900, 360: 740, 320: 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"], selectors: false}).then(found =>
    found.violations.flatMap(each => each.nodes.map(node =>
        `${each.id}: ${node.html.slice(0, 200)} ${node.any.map(one => one.message).join("; ")}`)))"""
_POLICY = "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"

looks = pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")


@dataclass
class Walk:
    """A browser's page on a console.  `page` is Playwright's; `wrong` is what the browser complained of so far, and
    `expected` are statuses of pages that the test asks for on purpose, such as 422; `goes_to` is another origin that it opens itself."""

    page: Any
    address: str
    wrong: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    goes_to: str = "data:"

    def go(self, path: str) -> None:
        """To a page, until it is ready."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state()

    def accessible(self, *, colours: bool = False) -> list[str]:
        """What axe finds wrong on the page as it is, by WCAG 2.2 AA; with `colours` only what has to do with them."""
        from axe_playwright_python.base import AXE_FILE_PATH

        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
        found: list[str] = self.page.evaluate(_AXE, COLOURS if colours else RULES)
        return found

    def sideways(self) -> int:
        """By how many pixels the page can be moved sideways."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return found

    def focused(self) -> str:
        """What has the focus: its id, else its text."""
        found: str = self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        return found

    def picture(self, name: str) -> None:
        """A screenshot, where ICOSA_PICTURES names a folder for them."""
        if folder := os.environ.get("ICOSA_PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all walks of a file, and no longer: while it is there, so is Playwright's event loop, and nothing else
    in this process can run one."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not chromium:
        pytest.skip(f"Chromium is not there (on Debian: apt install {CHROMIUMS[0]})")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> tuple[str, int]:
    """A scheme of colours and a width, where `looks` does not say them."""
    return ("light", 1440)


Open = Callable[..., Any]


@pytest.fixture
def walking(browser: Any, look: tuple[str, int]) -> Open:
    """Opens a browser on the console of a site: `with walking(site) as walk`; `script=False` switches scripts off, `width` is
    another than that of the look."""

    @contextmanager
    def opened(site: Local, *, script: bool = True, width: int = 0) -> Iterator[Walk]:
        width = width or look[1]
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=look[0], java_script_enabled=script, reduced_motion="reduce"
        )
        try:
            context.set_default_timeout(STEP_MILLISECONDS)
            with serving(console(site)) as address:
                walk = Walk(context.new_page(), address)
                listen(walk)
                walk.go(f"/sign-in/{site.sessions.invite()}")
                walk.page.get_by_role("button", name="Sign in").click()
                walk.page.wait_for_url(f"{address}/")
                yield walk
                walk.page.goto("about:blank")
        finally:
            context.close()
        assert walk.wrong == []

    return opened


@contextmanager
def visiting(browser: Any, url: str, key: str) -> Iterator[Walk]:
    """A browser on a real server, signed in with a key."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    try:
        context.set_default_timeout(STEP_MILLISECONDS)
        walk = Walk(context.new_page(), url)
        listen(walk)
        walk.go("/sign-in")
        walk.page.get_by_label("API key").fill(key)
        walk.page.get_by_role("button", name="Sign in").click()
        walk.page.wait_for_url(f"{url}/")
        yield walk
        walk.page.goto("about:blank")
    finally:
        context.close()
    assert walk.wrong == []


@pytest.fixture
def walk(walking: Open, sample: Local) -> Iterator[Walk]:
    """A page of the sample console, which is only looked at."""
    with walking(sample) as opened:
        yield opened


@pytest.fixture
def walk_own(walking: Open, own: Local) -> Iterator[Walk]:
    """A page of a sample console of the test's own."""
    with walking(own) as opened:
        yield opened


def listen(walk: Walk) -> None:
    """Notes from now on what the browser complains of."""
    page = walk.page
    page.add_init_script(_POLICY)
    page.on("console", lambda said: _heard(walk, said.type, said.text))
    page.on("pageerror", lambda error: walk.wrong.append(f"an error of the page: {error}"))
    page.on("request", lambda asked: None if _is_own(walk, asked.url) else walk.wrong.append(f"a request to elsewhere: {asked.url}"))
    page.on("response", lambda answer: _answered(walk, answer.status, answer.url))


def _heard(walk: Walk, kind: str, text: str) -> None:
    if kind in ("error", "warning") and not text.startswith("Failed to load resource"):  # which its status tells
        walk.wrong.append(f"{kind}: {text}")


def _answered(walk: Walk, status: int, url: str) -> None:
    if status >= 400 and status not in walk.expected:
        walk.wrong.append(f"{status} from {url.removeprefix(walk.address)}")


def _is_own(walk: Walk, url: str) -> bool:
    return url.startswith((walk.address, walk.goes_to, "data:", "about:"))

"""`icosa console`: the link that signs in, and the browser that it opens where there is a screen."""

import sys
from collections.abc import Callable
from threading import Event

import pytest

from tests.cli.conftest import Shell
from tests.lacking import lacks

LINK = "http://127.0.0.1:4711/sign-in/once"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the console is opened with; it ends once it listens."""
    found: list[tuple[object, ...]] = []

    def open_console(address: object, token: object, port: int, listening: Callable[[str, str], None]) -> None:
        found.append((address, token, port))
        listening("crm.db", LINK)

    monkeypatch.setattr("icosa.surfaces.console.opening.open_console", open_console)
    return found


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set once a browser is asked for the link."""
    asked = Event()

    def browse(link: str) -> None:
        assert link == LINK
        asked.set()

    monkeypatch.setattr("webbrowser.open", browse)
    return asked


def test_the_link_is_data_and_what_it_is_for_a_remark(shell: Shell, opened: list[tuple[object, ...]], browsed: Event) -> None:
    ran = shell("console", "--database", "crm.db", "--port", "4711")
    assert (ran.code, ran.out) == (0, f"{LINK}\n")
    assert "crm.db, until Ctrl-C. This signs you in, once" in ran.err
    assert opened[0][1:] == (None, 4711)
    assert not browsed.is_set()  # nobody looks at a pipe


def test_a_browser_opens_where_there_is_a_screen_unless_somebody_says_otherwise(
    shell: Shell, opened: list[tuple[object, ...]], browsed: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    shell("console", terminal=True)
    monkeypatch.setenv("DISPLAY", ":0")
    shell("console", "--no-browser", terminal=True)
    assert len(opened) == 2
    assert not browsed.is_set()
    shell("console", terminal=True)
    assert browsed.wait(30)


@pytest.mark.parametrize(("library", "code"), [("jinja2", 2), ("one_of_our_own", None)])
def test_without_its_libraries_it_says_what_to_install(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, library: str, code: int | None
) -> None:
    lacks(monkeypatch, "icosa.surfaces.console.opening", library)
    if code is None:  # a fault of Icosa, which no installation mends
        with pytest.raises(ModuleNotFoundError):
            shell("console")
        return
    ran = shell("console")
    assert ran.code == code
    assert "pip install 'icosa[server]'" in ran.err

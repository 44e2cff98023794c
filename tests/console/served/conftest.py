"""A console over a new workspace for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from icosa.surfaces.console.app import console as console_of
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.workspace import open_workspace
from tests.console.served.visiting import Console

Open = Callable[..., Console]


@pytest.fixture
def open_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a console; what it listens at and under which address it is shown can be said."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with ExitStack() as stack:

        def open_(listens: str = "http://127.0.0.1:3000", public_url: str | None = None) -> Console:
            url = f"sqlite:///{tmp_path}/crm.db"
            workspace = open_workspace(url)
            stack.callback(workspace.close)
            site = Served(workspace, url, Door(listens, public_url))
            return Console(console_of(site), site, public_url or listens)

        yield open_


@pytest.fixture
def console(open_console: Open) -> Console:
    return open_console()

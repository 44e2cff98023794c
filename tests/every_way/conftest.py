"""Workspaces of 2.19 that hold the same, one for each way to ask them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import icosa
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.cli.conftest import Shell, home, shell
from tests.console.conftest import browsers_that_log_nothing, journals_of_its_own, signed_in
from tests.console.site import Local
from tests.copies import copied
from tests.every_way import ways
from tests.every_way.steps import target
from tests.every_way.ways import Way

__all__ = ["browsers_that_log_nothing", "home", "journals_of_its_own", "shell"]

Opened = tuple[Way, icosa.Client]
"""A way, and a client that looks at the workspace on which it is gone."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a record of each object."""
    path = tmp_path_factory.mktemp("filled") / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    with icosa.connect(f"sqlite:///{path}") as crm:
        for of in STANDARD_2_19:
            crm[of.plural].create_one(target(of), depth=0)
    return path


@pytest.fixture
def go(filled: Path, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Opened]]:
    """The way of that name, on a workspace of its own."""
    with ExitStack() as held:

        def opened(name: str) -> Opened:
            path = copied(filled, tmp_path / f"{name}.db")
            url = f"sqlite:///{path}"
            looking = held.enter_context(icosa.connect(url))
            match name:
                case "requests":
                    workspace = open_workspace(url)
                    held.callback(workspace.close)
                    return ways.requests(workspace), looking
                case "python":
                    return ways.python(held.enter_context(icosa.connect(url))), looking
                case "awaited":
                    return ways.awaited(url), looking
                case "commands":
                    monkeypatch.setenv("ICOSA_DATABASE", url)
                    return ways.commands(shell), looking
                case _:
                    return ways.forms(signed_in(Local(path))), looking

        yield opened

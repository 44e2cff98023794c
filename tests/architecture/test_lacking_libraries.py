"""What needs a library that is not installed says what to install."""

import pytest

from icosa import extras
from icosa.errors import InvalidInput
from icosa.workspace import open_workspace
from tests.lacking import lacks

URL = "postgresql://icosa@127.0.0.1/crm"


@pytest.mark.parametrize("ask", [extras.library, extras.needed])
def test_a_library_of_an_extra_is_named_by_its_extra(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(InvalidInput, match=r"Spreadsheets need a library that is not installed.*pip install 'icosa\[bulk\]'"):
        ask("nothing_of_this", "Spreadsheets")


def test_one_that_is_there_and_lacks_another_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lacks(monkeypatch, "polars", "another")
    with pytest.raises(ModuleNotFoundError, match="another"):
        extras.library("polars", "Frames")


def test_a_database_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        lacks(patched, "icosa.workspace.store.postgres.store", "asyncpg")
        with pytest.raises(InvalidInput, match=r"pip install 'icosa\[postgres\]'"):
            open_workspace(URL)
    lacks(monkeypatch, "icosa.workspace.store.postgres.store", "one_of_our_own")
    with pytest.raises(ModuleNotFoundError, match="one_of_our_own"):
        open_workspace(URL)

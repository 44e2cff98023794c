"""Of several processes that write to one SQLite file one has the turn, and the others wait, but not for ever."""

import fcntl
from pathlib import Path

import pytest

from icosa.errors import Overloaded
from icosa.workspace.store.sqlite.write_lock import Turn


def test_one_has_it_and_the_next_when_it_is_given_back(tmp_path: Path) -> None:
    first, second = Turn(f"{tmp_path}/w.db", 0.01), Turn(f"{tmp_path}/w.db", 0.01)
    with first.held(), pytest.raises(Overloaded, match="too many programs wait to write to the database"), second.held():
        pytest.fail("both had the turn")
    with second.held():
        pass
    first.close()
    second.close()


def test_a_folder_that_takes_no_files_is_no_reason_to_wait(tmp_path: Path) -> None:
    """SQLite's own lock has to do: it says what is wrong with the database there."""
    turn = Turn(f"{tmp_path}/no/w.db", 0)
    with turn.held(), Turn(f"{tmp_path}/no/w.db", 0).held():
        turn.close()


def test_nor_is_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    first, second = Turn(f"{tmp_path}/w.db", 0), Turn(f"{tmp_path}/w.db", 0)
    with first.held(), second.held():
        pass
    first.close()
    second.close()

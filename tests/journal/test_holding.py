"""A journal that is being written is known to be, until it is closed."""

import fcntl
from pathlib import Path

import pytest

from icosa.journal.lock import hold, is_held


def test_a_file_is_held_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    assert not is_held(path)
    with path.open("wb") as file:
        assert not is_held(path)
        hold(file)
        assert is_held(path)
    assert not is_held(path)


def test_where_the_file_system_has_no_locks_nothing_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    with (tmp_path / "journal").open("wb") as file:
        hold(file)
        assert not is_held(tmp_path / "journal")

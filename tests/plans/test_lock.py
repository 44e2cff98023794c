"""One program at a time runs a plan, as far as the file system can tell."""

import fcntl
from pathlib import Path

import pytest

from icosa.errors import Conflict, InvalidValue
from icosa.plans.lock import locked


def test_another_waits_and_comes_in_after(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "one.lock"
    with (
        locked(path, "people.plan"),
        pytest.raises(Conflict, match=r"people\.plan is being run by another program"),
        locked(path, "people.plan"),
    ):
        pass
    with locked(path, "people.plan") as file:
        file.write(b"done")
    assert path.read_bytes() == b"done"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(InvalidValue, match=r"cannot be written: .* people\.plan has to lie where its progress can be kept"),
        locked(tmp_path / "file" / "one.lock", "people.plan"),
    ):
        pass


def test_a_file_system_without_locks_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    with locked(tmp_path / "one.lock", "people.plan") as file:
        assert file.writable()

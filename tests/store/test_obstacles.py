"""What stands in the way of writing beside a SQLite file is told by what the system says of it, also to who may do anything."""

import errno
import os
from pathlib import Path

import pytest

from icosa.errors import InvalidInput
from icosa.workspace import open_workspace
from icosa.workspace.store.sqlite.read_only import NO_RIGHTS, READ_ONLY_DISK, obstacle


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, READ_ONLY_DISK), (errno.EACCES, NO_RIGHTS), (errno.EPERM, NO_RIGHTS), (errno.ENOSPC, None), (errno.EMFILE, None)],
    ids=lambda each: errno.errorcode.get(each, "") if isinstance(each, int) else "",
)
def test_a_disk_and_rights_are_obstacles_and_what_passes_by_itself_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str | None
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    found = obstacle(f"{tmp_path}/w.db")
    assert (None if found is None else found.message) == words


def test_where_a_file_can_lie_nothing_stands_in_the_way_and_the_database_is_not_touched(tmp_path: Path) -> None:
    assert obstacle(f"{tmp_path}/w.db") is None
    assert not (tmp_path / "w.db").exists()


def test_a_folder_is_refused_as_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"is a folder; name a file in it, such as .*crm\.db"):
        open_workspace(f"sqlite:///{tmp_path}")

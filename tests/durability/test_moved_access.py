"""Who may come in, when a workspace is copied, backed up, or brought back: sessions stay where they are."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import Records, create_key, list_keys
from icosa.workspace.access.sessions import list_sessions, new_code, open_session, session, spend_code
from icosa.workspace.moving.backup import back_up, restore
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.system_clock import system_time


def quiet(what: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def opened() -> Iterator[Callable[[str], Workspace]]:
    """Opens workspaces, and closes them at the end."""
    made: list[Workspace] = []

    def open_(url: str) -> Workspace:
        made.append(open_workspace(url))
        return made[-1]

    yield open_
    for each in made:
        each.close()


@pytest.fixture
def database(new_database: Callable[[Catalogue], str]) -> str:
    return new_database(STANDARD)


OLDER = (
    "DROP TABLE icosa_session",
    "DROP TABLE icosa_code",
    "ALTER TABLE icosa_key DROP COLUMN may_write",
    "ALTER TABLE icosa_key DROP COLUMN last_used_at",
)


def leave_as_older(url: str) -> str:
    """Makes a database as an older Icosa left it, with a key: its id."""

    def steps() -> Statements[None]:
        for text in OLDER:
            yield Statement(text)
        yield Statement("UPDATE icosa_schema SET fingerprint = 'older' WHERE name = 'icosa_schema'")

    store = Database(url).store()
    key, _ = create_key(Records(store, system_time), "Ada's", "2999-01-01")
    store.write(steps)
    store.close()
    return key


def test_who_is_signed_in_is_in_no_backup_and_no_copy(
    database: str, new_database: Callable[[Catalogue], str], opened: Callable[[str], Workspace], tmp_path: Path
) -> None:
    workspace = opened(database)
    key, _ = create_key(workspace, "Ada's", "2999-01-01")
    known = [open_session(workspace, key, "a browser"), open_session(workspace, None, "a browser"), new_code(workspace)]
    monday, other = tmp_path / "monday.db", new_database(STANDARD)
    back_up(Database(database), monday, quiet)
    copy_workspace(Database(database), Database(other), quiet)
    bytes_ = monday.read_bytes()
    assert [each for each in known if hashlib.sha256(each.encode()).hexdigest().encode() in bytes_] == []
    copied = opened(other)
    assert [session(copied, each) for each in known[:2]] == [None, None]
    assert not spend_code(copied, known[2])
    assert all(session(workspace, each) for each in known[:2])
    assert spend_code(workspace, known[2])


def test_what_is_brought_back_ends_all_sessions(database: str, opened: Callable[[str], Workspace], tmp_path: Path) -> None:
    workspace = opened(database)
    key, _ = create_key(workspace, "Ada's", "2999-01-01")
    back_up(Database(database), tmp_path / "monday.db", quiet)
    known = [open_session(workspace, key, "a browser"), open_session(workspace, None, "a browser"), new_code(workspace)]
    restore(tmp_path / "monday.db", Database(database), quiet, force=True)
    assert list_sessions(workspace) == []
    assert not spend_code(workspace, known[2])
    assert session(workspace, open_session(workspace, key, "a browser"))


def test_a_database_of_an_older_icosa_gets_what_it_lacks(database: str, opened: Callable[[str], Workspace]) -> None:
    key = leave_as_older(database)
    workspace = opened(database)
    assert session(workspace, open_session(workspace, key, "a browser"))
    assert [(each.name, each.may_write) for each in list_keys(workspace)] == [("Ada's", True)]


def test_a_file_of_an_older_icosa_is_copied_backed_up_and_brought_back(
    new_database: Callable[[Catalogue], str], opened: Callable[[str], Workspace], tmp_path: Path
) -> None:
    url, other = f"sqlite:///{tmp_path}/older.db", new_database(STANDARD)
    leave_as_older(url)
    back_up(Database(url), tmp_path / "monday.db", quiet)
    copy_workspace(Database(url), Database(other), quiet)
    running = opened(other)
    restore(tmp_path / "monday.db", Database(other), quiet, force=True)
    assert list_sessions(running) == []
    assert [(each.name, each.may_write) for each in list_keys(running)] == [("Ada's", True)]


def test_a_key_that_may_only_read_is_one_wherever_it_is_brought(
    database: str, new_database: Callable[[Catalogue], str], opened: Callable[[str], Workspace], tmp_path: Path
) -> None:
    workspace = opened(database)
    (id_, token), _ = create_key(workspace, "Watcher", "2999-01-01", read_only=True), create_key(workspace, "Writer", "2999-01-01")
    open_session(workspace, id_, "a browser")  # which is a use
    before = list_keys(workspace)
    assert [(each.may_write, each.last_used_at is None) for each in before] == [(False, False), (True, True)]
    other, third = new_database(STANDARD), new_database(STANDARD)
    back_up(Database(database), tmp_path / "monday.db", quiet)
    copy_workspace(Database(database), Database(other), quiet)
    restore(tmp_path / "monday.db", Database(third), quiet)
    for url in (other, third, f"sqlite:///{tmp_path}/monday.db"):
        moved = opened(url)
        assert list_keys(moved) == before
        answer = moved.answer(Request("POST", "/rest/companies", "", b"{}", token))
        assert dict(answer.headers)["Icosa-Error"] == "read_only_key"

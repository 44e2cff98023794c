"""A SQLite file as it is at one moment, whatever others write meanwhile; copies of it, and what is said where there can be none."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput, Overloaded, ServerBroken
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot, settle
from tests.copies import Copies


@pytest.fixture
def file(tmp_path: Path, copies: Copies) -> Path:
    path = tmp_path / "crm.db"
    copies(path)
    with icosa.connect(f"sqlite:///{path}") as crm:
        crm.companies.create_many([{"name": f"Acme {at}"} for at in range(30)])
    return path


@pytest.fixture
def snapshot(file: Path) -> Iterator[SqliteSnapshot]:
    taken = SqliteSnapshot(str(file))
    yield taken
    taken.close()


def names(path: Path) -> set[str]:
    with icosa.connect(f"sqlite:///{path}") as crm:
        return {str(each["name"]) for each in crm.companies.find_many(limit=60)}


def test_it_has_the_objects_and_what_they_held_when_it_was_taken(file: Path, snapshot: SqliteSnapshot) -> None:
    with icosa.connect(f"sqlite:///{file}") as crm:
        crm.companies.create_one(name="Later")
    assert snapshot.rows("SELECT count(*) FROM company WHERE name LIKE ?", ("Acme%",)) == [(30,)]
    assert snapshot.rows("SELECT count(*) FROM company") == [(30,)]
    assert (snapshot.catalogue(), snapshot.version()) == (STANDARD, TWENTY_1_0_3)
    assert [snapshot.has(table) for table in ("company", "icosa_outbox", "nothing")] == [True, True, False]
    snapshot.check()


def test_it_speaks_as_its_workspace_does(tmp_path: Path, copies: Copies) -> None:
    copies(tmp_path / "new.db", None, TWENTY_2_19)
    taken = SqliteSnapshot(str(tmp_path / "new.db"))
    assert taken.version() is TWENTY_2_19
    taken.close()


def test_a_copy_holds_what_was_there_and_nobody_who_is_signed_in(file: Path, tmp_path: Path) -> None:
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("INSERT INTO icosa_session VALUES ('a hash', NULL, '2026', '2026', 'a browser')")
    taken = SqliteSnapshot(str(file))
    told: list[tuple[int, int]] = []
    taken.save(str(tmp_path / "copy.db"), lambda done, whole: told.append((done, whole)))
    assert taken.rows("SELECT hash FROM icosa_session") == [("a hash",)]
    taken.close()
    settle(str(tmp_path / "copy.db"))
    assert [each.name for each in tmp_path.glob("copy.db*")] == ["copy.db"]
    assert told[-1][0] == told[-1][1] > 0
    with closing(apsw.Connection(str(tmp_path / "copy.db"))) as connection:
        assert connection.execute("SELECT count(*) FROM icosa_session").get == 0
    assert names(tmp_path / "copy.db") == names(file)


def test_a_copy_over_a_file_replaces_what_that_held(file: Path, snapshot: SqliteSnapshot, tmp_path: Path, copies: Copies) -> None:
    copies(tmp_path / "other.db")
    with icosa.connect(f"sqlite:///{tmp_path}/other.db") as crm:
        crm.companies.create_one(name="Beta")
    snapshot.save(str(tmp_path / "other.db"), lambda done, whole: None)
    assert names(tmp_path / "other.db") == names(file)


def test_a_copy_over_a_file_that_somebody_writes_to_is_put_off(
    file: Path, snapshot: SqliteSnapshot, tmp_path: Path, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icosa.workspace.store.sqlite.connect.BUSY_MILLISECONDS", 1)
    copies(tmp_path / "busy.db")
    with closing(apsw.Connection(str(tmp_path / "busy.db"))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(icosa.IcosaError) as refused:
            snapshot.save(str(tmp_path / "busy.db"), lambda done, whole: None)
    assert f"it is the database {tmp_path}/busy.db" in refused.value.__notes__


def test_a_damaged_file_is_told(file: Path) -> None:
    settle(str(file))
    with closing(apsw.Connection(str(file))) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'company'").get
        size = connection.execute("PRAGMA page_size").get
    with file.open("r+b") as data:
        data.seek((root - 1) * size + 8)
        data.write(b"\xff" * (size - 8))
    taken = SqliteSnapshot(str(file))
    with pytest.raises(ServerBroken, match="the database is damaged"):
        taken.check()
    taken.close()


def test_a_link_that_leads_nowhere_is_damage(file: Path) -> None:
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("CREATE TABLE pointing (at INTEGER REFERENCES pointed(id)); CREATE TABLE pointed (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO pointing VALUES (7)")
    taken = SqliteSnapshot(str(file))
    with pytest.raises(ServerBroken, match="pointing holds a link that leads nowhere; bring back another backup"):
        taken.check()
    taken.close()


def test_none_is_taken_of_what_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"there is no database .*none\.db; name the file of a workspace"):
        SqliteSnapshot(str(tmp_path / "none.db"))
    (tmp_path / "text.db").write_text("no database, whatever its name says" * 40)
    with closing(apsw.Connection(str(tmp_path / "other.db"))) as connection:
        connection.execute("CREATE TABLE mine (id)")
    for name in ("text.db", "other.db"):
        with pytest.raises(InvalidInput, match=f"{name} is no workspace; name the file of one"):
            SqliteSnapshot(str(tmp_path / name))


def test_what_cannot_be_settled_says_which_file_it_is(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, whatever its name says" * 40)
    with pytest.raises(icosa.IcosaError) as refused:
        settle(str(tmp_path / "text.db"))
    assert f"it is the database {tmp_path}/text.db" in refused.value.__notes__


def test_a_copy_of_a_file_that_cannot_be_locked_is_none_where_it_was_written_to(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is only read: what holds others off is not there."""
    taken = SqliteSnapshot(str(file))
    monkeypatch.setattr(taken, "_state", "as it was")
    with pytest.raises(Overloaded, match="was written to while it was being copied; run the same command again"):
        taken.save(str(tmp_path / "copy.db"), lambda done, whole: None)
    taken.close()

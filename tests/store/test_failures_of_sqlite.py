"""What an error of SQLite means to who asked: what is the matter with the database, and how to mend it."""

import errno

import apsw
import pytest

from icosa.errors import Overloaded, ReadOnly, ServerBroken
from icosa.workspace.store.sqlite.run import execute, failure_of, violation_of
from icosa.workspace.store.statement import Outdated, Statement


@pytest.mark.parametrize(
    ("error", "system", "kind", "words"),
    [
        (apsw.IOError("disk I/O error"), errno.EROFS, ReadOnly, "the file system of the database is read-only"),
        (apsw.IOError("disk I/O error"), errno.EDQUOT, Overloaded, "the quota of the disk is used up; nothing was written"),
        (apsw.IOError("disk I/O error"), errno.EIO, Overloaded, "the database cannot be used now: disk I/O error; nothing was written"),
        (apsw.BusyError("database is locked"), 0, Overloaded, "locked by another program; nothing was written"),
        (apsw.LockedError("database table is locked"), 0, Overloaded, "locked by another program; nothing was written"),
        (apsw.FullError("database or disk is full"), 0, Overloaded, "the disk is full; nothing was written"),
        (apsw.ReadOnlyError("attempt to write a readonly database"), 0, ReadOnly, "give its file and its folder back their rights"),
        (apsw.PermissionsError("access permission denied"), 0, ReadOnly, "give its file and its folder back their rights"),
        (apsw.CantOpenError("unable to open database file"), 0, Overloaded, "try again when disk and memory have room"),
        (apsw.CorruptError("database disk image is malformed"), 0, ServerBroken, "bring back a backup with `icosa restore`"),
        (apsw.NotADBError("file is not a database"), 0, ServerBroken, "bring back a backup with `icosa restore`"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_an_error_of_the_database_says_how_to_mend_it(error: apsw.Error, system: int, kind: type[Exception], words: str) -> None:
    found = failure_of(error, system)
    assert isinstance(found, kind)
    assert words in str(found)


def test_a_mistake_of_ours_stays_what_it_is() -> None:
    connection = apsw.Connection(":memory:")
    with pytest.raises(apsw.SQLError, match="syntax error"):
        execute(connection, Statement("SELEKT 1"))
    with pytest.raises(Outdated, match="no such table"):
        execute(connection, Statement("SELECT 1 FROM not_there"))


@pytest.mark.parametrize(
    ("sql", "rule", "columns"),
    [
        ("INSERT INTO numbers VALUES (1, NULL, 0)", "unique", ("id",)),
        ("INSERT INTO numbers VALUES (2, 8, 0)", "foreign key", ()),
        ("INSERT INTO numbers VALUES (2, NULL, NULL)", "other", ()),
    ],
)
def test_a_constraint_that_refuses_a_write_is_named_by_its_kind(sql: str, rule: str, columns: tuple[str, ...]) -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("PRAGMA foreign_keys = ON").fetchall()
    connection.execute("CREATE TABLE numbers (id INTEGER UNIQUE, after INTEGER REFERENCES numbers (id), size INTEGER NOT NULL)").fetchall()
    connection.execute("INSERT INTO numbers VALUES (1, NULL, 0)").fetchall()
    with pytest.raises(apsw.ConstraintError) as refused:
        connection.execute(sql).fetchall()
    found = violation_of(refused.value)
    assert (found.rule, found.columns) == (rule, columns)

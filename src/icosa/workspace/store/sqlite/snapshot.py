"""A SQLite file as it is at one moment, and copies of its pages.

A copy is made within one transaction, so that it is of one moment while others write; their writes stay in
the write-ahead log until it is done.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import apsw

from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError, InvalidInput, Overloaded, ServerBroken
from icosa.wire.version import Version
from icosa.workspace.store import stored_version
from icosa.workspace.store.names import ACTIVITY
from icosa.workspace.store.sqlite import ddl, dialect, event_rows, functions, owed_lines
from icosa.workspace.store.sqlite.connect import BUSY_MILLISECONDS, connect, create
from icosa.workspace.store.sqlite.file import state
from icosa.workspace.store.sqlite.kept import kept_catalogue, kept_version
from icosa.workspace.store.sqlite.read_only import open_read_only
from icosa.workspace.store.sqlite.run import execute, failure_of
from icosa.workspace.store.sqlite.tables import lacked
from icosa.workspace.store.statement import Row, Statement

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""

_PAGES = 2048
_OF_ONE_DATABASE = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('icosa_session', 'icosa_code')"


class SqliteSnapshot:
    """A Snapshot.  Raises InvalidInput where there is no such file, or it is no workspace."""

    dialect = dialect

    def __init__(self, path: str) -> None:
        if not os.path.isfile(path):
            raise InvalidInput(f"there is no database {path}; name the file of a workspace")
        try:
            self._path = path
            self._connection, self._state = open_read_only(path)
            self._connection.set_busy_timeout(BUSY_MILLISECONDS)
            functions.register(self._connection)
            self._connection.execute("PRAGMA trusted_schema = OFF").fetchall()  # the file may be anybody's
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM icosa_schema").fetchall()
            if lacked(self._connection, "icosa_key"):
                self._connection.execute(ddl.KEYS_OF_OLDER)
            if not self.rows("SELECT 1 FROM sqlite_schema WHERE name = ?", (event_rows.EVENTS,)):
                self._connection.execute(event_rows.EVENTS_OF_OLDER)
            if owed_lines.are_owed(self._connection):
                owed_lines.show(self._connection, self.catalogue().by_singular[ACTIVITY])
        except (apsw.NotADBError, apsw.SQLError):
            raise InvalidInput(f"{path} is no workspace; name the file of one") from None
        except apsw.Error as error:
            raise _readable(error, path) from None

    def catalogue(self) -> Catalogue:
        return kept_catalogue(self._connection)

    def version(self) -> Version:
        return stored_version.settled(kept_version(self._connection), None, self._path)

    def has(self, table: str) -> bool:
        return bool(self.rows("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return execute(self._connection, Statement(sql, values))

    def check(self) -> None:
        """Raises ServerBroken where SQLite finds the file damaged."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        found += [f"{row[0]} holds a link that leads nowhere" for row in self.rows("PRAGMA foreign_key_check")]
        if found != ["ok"]:
            raise ServerBroken(f"the database is damaged: {'; '.join(found[:5])}; bring back another backup")

    def save(self, path: str, progress: Progress) -> None:
        """Copies all pages into a file, in one transaction: whatever happens, it holds all of them or what it
        held before.  Others who have that file open see the copy from then on.  Who is signed in here is not in there."""
        create(path)
        target = connect(path)
        try:
            with target.backup("main", self._connection, "main") as pages:
                while not pages.done:
                    pages.step(_PAGES)
                    progress(pages.page_count - pages.remaining, pages.page_count)
            for (table,) in target.execute(_OF_ONE_DATABASE).fetchall():
                target.execute(f"DELETE FROM {table}")
        except apsw.Error as error:
            raise _readable(error, path) from None
        finally:
            target.close()
        if self._state is not None and self._state != state(self._path):
            raise Overloaded(f"{self._path} was written to while it was being copied; run the same command again")

    def close(self) -> None:
        self._connection.close()


def settle(path: str) -> None:
    """Makes a database one file, without a log beside it, that is on disk for good."""
    connection = apsw.Connection(path)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except apsw.Error as error:
        raise _readable(error, path) from None
    finally:
        connection.close()
    sync(path)


def sync(path: str) -> None:
    """Waits until a file, and its name, are on disk."""
    for each in (path, Path(path).resolve().parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _readable(error: apsw.Error, path: str) -> IcosaError:
    failure = failure_of(error) or InvalidInput(f"cannot read the database: {error}")
    failure.add_note(f"it is the database {path}")
    return failure

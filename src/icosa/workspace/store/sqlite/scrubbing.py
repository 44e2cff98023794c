"""What a SQLite file keeps of records that were destroyed, beside their rows: letters in the search indexes, and pages in
the write-ahead log.  (The rows' own bytes are written over as they go: `secure_delete` in connect.py.)"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import apsw

from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.connect import connect
from icosa.workspace.store.statement import Statement, Statements

_PAGES = 256
"""How many pages of an index a transaction merges; others write between two."""

_CHANGED = 2
"""A merge that found nothing to do counts fewer changes: documentation of FTS5, "The 'merge' Command"."""


def unmerged() -> Statements[list[str]]:
    """The search indexes that may still hold letters of a destroyed record."""
    rows = yield Statement("SELECT name FROM icosa_unmerged")
    return [str(row[0]) for row in rows]


def merge(write: Callable[[Callable[[], Statements[Any]]], Any], index: str) -> None:
    """Merges an index into one segment, which leaves out what was deleted from it.  Blocks."""
    write(lambda: _merged(index, -_PAGES))  # the minus has segments of all ages merged
    while write(lambda: _merged(index, _PAGES)):
        pass
    write(lambda: _done(index))


def cut_log(path: str) -> None:
    """Moves the write-ahead log into the file and empties it; where others read from it, that waits for another time."""
    connection = connect(path)
    try:
        connection.set_busy_timeout(0)
        with suppress(apsw.Error):
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    finally:
        connection.close()


def _merged(index: str, pages: int) -> Statements[bool]:
    """Whether there may be more to do."""
    before = yield Statement("SELECT total_changes()")
    yield Statement(f"INSERT INTO {quoted(index)} ({quoted(index)}, rank) VALUES ('merge', {pages})")
    after = yield Statement("SELECT total_changes()")
    return int(after[0][0]) - int(before[0][0]) >= _CHANGED


def _done(index: str) -> Statements[None]:
    yield Statement("DELETE FROM icosa_unmerged WHERE name = ?", (index,))

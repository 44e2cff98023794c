"""The search indexes, kept after the answer.

To put the letters of one record into its index costs as much as all else of writing it; those of a hundred at once cost little
more than those of one.  So a write leaves the indexes alone, and they are brought up to date in portions.  What one lacks stands in
the database, written in the transactions that it comes from, so that it is known whenever and however a process ends:

    icosa_indexed       how far each index goes: it lacks every row of its table beyond `upto`.  Rows are numbered upwards, and
                        where the last ones are destroyed, whose numbers are given again, a trigger takes it back
    icosa_unindexed     rows before that whose texts were changed since; a trigger notes them

A search takes all of these along (`narrowed` in dialect.py) and looks at their texts as at those of any other candidate.  So it
finds what was just written, and nothing by a text that was just changed.
"""

import time
from collections.abc import Callable

import apsw

from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements

LAG_SECONDS = 0.25
"""How long after a write the indexes are brought up to date; where a store is closed before, that does it."""

LAG_CHANGES = 5_000
"""How many rows one writer changes before that is done at once: what an index lacks, each search looks at by itself."""

LINES_LAG_CHANGES = 25_000
"""The same for lines of history (owed_lines.py), which else wait until nobody has written for a while: some 5,000 records, whose lines
are made in a twentieth of a second."""

_PORTION = 500
"""Rows whose letters one transaction adds to an index; others write between two."""


class Lag:
    """How far behind the indexes, and the lines of history, are of what one connection has written."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` tells seconds."""
        self._now = now
        self._wrote = now()
        self._due: float | None = self._wrote + LAG_SECONDS  # for what others left when they ended, if anything
        self._changes = self._changes_with_lines = 0
        self.written = False
        """Whether anything was written since all of it was up to date."""

    def wrote(self, connection: apsw.Connection | None) -> None:
        if connection is None or connection.total_changes() == self._changes:
            return
        self.written, self._wrote = True, self._now()
        if self.many(connection):
            self._due = self._wrote
        elif self._due is None:
            self._due = self._wrote + LAG_SECONDS

    def many(self, connection: apsw.Connection | None) -> bool:
        """Whether more was written than may wait."""
        return connection is not None and not 0 <= connection.total_changes() - self._changes <= LAG_CHANGES

    def lines(self, connection: apsw.Connection | None) -> bool:
        """Whether it is time for the lines: nobody has written for a while, or more was written than may wait."""
        if connection is not None and not 0 <= connection.total_changes() - self._changes_with_lines <= LINES_LAG_CHANGES:
            return True
        return self._wrote + LAG_SECONDS <= self._now()

    def left(self) -> float | None:
        """Seconds until they are to be brought up to date; None where they are."""
        return None if self._due is None else max(0.0, self._due - self._now())

    def over(self) -> bool:
        return self._due is not None and self._due <= self._now()

    def end(self, connection: apsw.Connection | None, *, lines: bool) -> None:
        """The indexes are up to date, and so are the lines, or these wait for a pause."""
        self._changes = 0 if connection is None else connection.total_changes()
        if lines:
            self._due, self.written, self._changes_with_lines = None, False, self._changes
        else:
            self._due = self._wrote + LAG_SECONDS


def bring_up_to_date() -> Statements[bool]:
    """Adds a portion of what each index lacks; whether there may be more.  Changes nothing where nothing is lacking."""
    more = False
    changed = yield Statement("SELECT name, row FROM icosa_unindexed LIMIT ?", (_PORTION,))
    for name, source, upto in (yield Statement("SELECT name, source, upto FROM icosa_indexed")):
        ((last,),) = yield Statement(f"SELECT coalesce(max(icosa_row), 0) FROM {quoted(source)}")
        rows = [int(row) for of, row in changed if of == name]
        if last > upto or rows:
            described = yield Statement(f"PRAGMA table_info({quoted(name)})")
            yield from _add(name, source, [str(each[1]) for each in described], rows, upto, min(last, upto + _PORTION))
            more = more or len(rows) == _PORTION or last > upto + _PORTION
    return more


def _add(name: str, source: str, texts: list[str], changed: list[int], after: int, upto: int) -> Statements[None]:
    index, listed = quoted(name), ", ".join(map(quoted, texts))
    add = f"INSERT INTO {index} (rowid, {listed}) SELECT icosa_row, {listed} FROM {quoted(source)} WHERE icosa_row"
    if changed:
        each = [(row,) for row in changed]
        yield Statement(f"DELETE FROM {index} WHERE rowid = ?", each, many=True)
        yield Statement(f"{add} = ?", each, many=True)
        yield Statement("DELETE FROM icosa_unindexed WHERE name = ? AND row = ?", [(name, row) for row in changed], many=True)
    if upto > after:
        yield Statement(f"{add} > ? AND icosa_row <= ? ORDER BY icosa_row", (after, upto))
        yield Statement("UPDATE icosa_indexed SET upto = ? WHERE name = ?", (upto, name))

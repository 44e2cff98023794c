"""Runs the steps of a read or a write on a SQLite connection."""

import re

import apsw

from icosa.errors import Overloaded
from icosa.workspace.store.statement import Row, Statement, Steps, T, Violation

_UNIQUE = re.compile(r"UNIQUE constraint failed: (.*)")


class TooSlow(Exception):
    """A statement used up the budget of the connection that it ran on."""


def run(connection: apsw.Connection, steps: Steps[T]) -> T:
    """The result of the steps; an error of the database is raised inside them, where they can answer it."""
    try:
        statement = next(steps)
        while True:
            try:
                rows = execute(connection, statement)
            except Violation as violation:
                statement = steps.throw(violation)
            else:
                statement = steps.send(rows)
    except StopIteration as done:
        result: T = done.value
        return result


def execute(connection: apsw.Connection, statement: Statement) -> list[Row]:
    """All rows of a statement.  Raises Violation, TooSlow, or Overloaded where the database cannot be used now."""
    try:
        if statement.many:
            return connection.cursor().executemany(statement.sql, statement.values).fetchall()
        return connection.cursor().execute(statement.sql, statement.values).fetchall()
    except apsw.ConstraintError as error:
        raise violation_of(error) from None
    except apsw.InterruptError:
        raise TooSlow from None
    except (apsw.BusyError, apsw.LockedError):
        raise Overloaded("the database is locked by another program; try again in a moment") from None
    except (apsw.FullError, apsw.IOError, apsw.ReadOnlyError, apsw.CantOpenError, apsw.CorruptError) as error:
        raise Overloaded(f"the database cannot be used now: {error}; nothing was written") from None


def violation_of(error: apsw.ConstraintError) -> Violation:
    text = str(error)
    unique = _UNIQUE.search(text)
    if unique:
        return Violation("unique", tuple(name.strip().partition(".")[2] for name in unique[1].split(",")), text)
    return Violation("foreign key" if "FOREIGN KEY" in text else "other", (), text)

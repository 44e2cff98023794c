"""Runs the statements of a read or a write on a SQLite connection."""

import errno
import re
from collections.abc import Callable

import apsw

from icosa.errors import Overloaded, ReadOnly, ServerBroken, ServerFailure
from icosa.workspace.store.sqlite.owed import names_lines
from icosa.workspace.store.sqlite.read_only import NO_RIGHTS, READ_ONLY_DISK, is_full
from icosa.workspace.store.statement import Outdated, Row, Statement, Statements, T, Violation

SAVEPOINT = "one"
"""What each write begins with that may be refused; a refused statement undoes all of it."""

_UNIQUE = re.compile(r"UNIQUE constraint failed: (.*)")
_MISSING = re.compile(r"^no such (table|column)|has no column named")


class TooSlow(Exception):
    """A statement used up the budget of the connection that it ran on."""


class TooLong(Exception):
    """A statement met, or made, a value that is longer than the connection that it ran on may handle."""


class Unsaved(Exception):
    """A statement was refused in a transaction without a savepoint, of which nothing can be taken back but all."""


def run(connection: apsw.Connection | apsw.Cursor, statements: Statements[T], before: Callable[[], object] | None = None) -> T:
    """The result of the statements; an error of the database is raised inside them, where they can answer it.  What is to be done
    `before` one that can find lines of a history missing sees to it that none are, or raises."""
    try:
        statement = next(statements)
        while True:
            try:
                if before is not None and names_lines(statement.sql):
                    before()
                rows = execute(connection, statement)
            except Violation as violation:
                statement = statements.throw(violation)
            else:
                statement = statements.send(rows)
    except StopIteration as done:
        result: T = done.value
        return result


def execute(on: apsw.Connection | apsw.Cursor, statement: Statement) -> list[Row]:
    """All rows of a statement.  A connection makes a cursor for each; who has many to run keeps one.  Raises Violation, Unsaved,
    Outdated, TooSlow, TooLong, Overloaded where the database cannot be used now, or ServerBroken where it will not mend by itself."""
    sql, values, many, _ = statement
    try:
        return (on.executemany(sql, values) if many else on.execute(sql, values)).fetchall()
    except apsw.Error as error:
        raise _explained(error, on.connection if isinstance(on, apsw.Cursor) else on) from None


def _explained(error: apsw.Error, connection: apsw.Connection) -> Exception:
    """What is raised for an error at a statement."""
    if isinstance(error, apsw.ConstraintError):
        if connection.in_transaction:  # who now looks for words must not meet what the same write wrote
            try:
                connection.execute(f"ROLLBACK TO {SAVEPOINT}")
            except apsw.SQLError:
                return Unsaved()
        return violation_of(error)
    if isinstance(error, apsw.InterruptError):
        return TooSlow()
    if isinstance(error, apsw.TooBigError):
        return TooLong()
    failure = failure_of(error, connection.system_errno)
    if failure is None and _MISSING.search(str(error)):
        return Outdated(str(error))
    return failure or error


def violation_of(error: apsw.ConstraintError) -> Violation:
    text = str(error)
    unique = _UNIQUE.search(text)
    if unique:
        return Violation("unique", tuple(name.strip().partition(".")[2] for name in unique[1].split(",")), text)
    return Violation("foreign key" if "FOREIGN KEY" in text else "other", (), text)


def failure_of(error: apsw.Error, system: int = 0) -> ServerFailure | None:
    """What is the matter with the database and how to mend it; None where the statement itself is at fault.  `system` is
    the number that the operating system gave its reason, if any."""
    match error:
        case apsw.IOError() if system == errno.EROFS:
            return ReadOnly(READ_ONLY_DISK)
        case apsw.IOError() if system == errno.EDQUOT:
            return Overloaded("the quota of the disk is used up; nothing was written; free some space and try again")
        case apsw.BusyError() | apsw.LockedError() | apsw.ProtocolError():
            return Overloaded("the database is locked by another program; nothing was written; try again in a moment")
        case _ if is_full(error):
            return Overloaded("the disk is full; nothing was written; free some space and try again")
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return ReadOnly(NO_RIGHTS)
        case apsw.IOError() | apsw.CantOpenError() | apsw.NoMemError():
            return Overloaded(f"the database cannot be used now: {error}; nothing was written; try again when disk and memory have room")
        case apsw.CorruptError() | apsw.NotADBError():
            return ServerBroken(f"the database is damaged: {error}; stop the server and bring back a backup with `icosa restore`")
    return None

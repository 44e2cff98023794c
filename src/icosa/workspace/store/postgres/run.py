"""Runs the statements of a read or a write on a PostgreSQL connection."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from itertools import count
from typing import Any

import asyncpg

from icosa.errors import IcosaError, InvalidInput, Overloaded
from icosa.workspace.store.answer_length import too_long
from icosa.workspace.store.statement import Outdated, Row, Statement, Statements, T, Violation
from icosa.workspace.store.sums import beyond_numbers

LIMIT_SECONDS = 10.0

LARGE_BYTES = 256 * 1024
"""From this length on, what is made of a value is made beside the event loop."""

_PLACEHOLDER = re.compile(r"""'[^']*'|"[^"]*"|\?""")

UniqueColumns = Mapping[str, tuple[str, ...]]
"""The columns of each unique index, by its name."""


class Again(Exception):
    """Nothing was written; the transaction may be begun anew, and may then find another state of affairs."""


READ_ONLY = "the database takes no writes now: it is a standby, or was made read-only; nothing was written; try again when it takes them"


class UniqueTaken(Again):
    """A unique value is taken, perhaps by somebody who wrote it after the transaction had looked."""


class Lost(Again):
    """The connection is gone, or leads to a server that takes no writes (the text says so); what was not committed on
    it is undone."""


class Locked(Exception):
    """Somebody holds a lock on what a statement needs, and did not let go of it in time; nothing was written."""


async def run(
    connection: asyncpg.Connection, statements: Statements[T], refused: Callable[[Violation], Awaitable[None]] | None = None
) -> T:
    """The result of the statements.  A violation is raised inside them, where they can answer it, once `refused`
    has heard of it.  Raises Again, Lost, Overloaded, and what the statements raise."""
    try:
        statement = next(statements)
        while True:
            try:
                rows = await execute(connection, statement)
            except Violation as violation:
                if refused:
                    await refused(violation)
                statement = statements.throw(violation)
            else:
                statement = await _send_beside(statements, rows) if _large(rows) else statements.send(rows)
    except (StopIteration, _Done) as done:
        result: T = done.value
        return result


class _Done(Exception):
    """The end of the generator: a StopIteration finds no way out of another thread."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _large(rows: list[Row]) -> bool:
    return bool(rows) and any(isinstance(each, str | bytes) and len(each) > LARGE_BYTES for each in (rows[0][0], rows[0][-1]))


async def _send_beside(statements: Statements[T], rows: list[Row]) -> Statement:
    def send() -> Statement:
        try:
            return statements.send(rows)
        except StopIteration as done:
            raise _Done(done.value) from None

    return await asyncio.get_running_loop().run_in_executor(None, send)


async def transact(
    connection: asyncpg.Connection,
    statements: Statements[T],
    unique: Callable[[], UniqueColumns],
    *,
    again: bool,
    lock_milliseconds: int | None = None,
) -> T:
    """The result of the statements once it is committed; raises what they raise, and then nothing was written.

    A refused statement undoes the whole transaction at once; the generator goes on outside of it, to find words
    for their error.  With `again`, a unique value that is taken raises Taken instead.  `lock_milliseconds` is how
    long a statement waits for a lock, where that is not as long as on any connection.
    """
    broken = False

    async def refused(violation: Violation) -> None:
        nonlocal broken
        await _command(connection, "ROLLBACK")
        broken = True
        if violation.rule == "unique":
            if again:
                raise UniqueTaken
            violation.columns = unique().get(violation.columns[0], ())

    await _command(connection, f"BEGIN; SET LOCAL lock_timeout = {lock_milliseconds}" if lock_milliseconds else "BEGIN")
    try:
        result = await run(connection, statements, refused)
    except Exception:
        if connection.is_in_transaction() and not connection.is_closed():
            await _command(connection, "ROLLBACK")
        raise
    if broken:
        raise RuntimeError("a write that was refused went on as if it had not been")
    try:
        await _command(connection, "COMMIT")
    except Lost:
        raise Overloaded(
            "the connection to the database was lost while the write was being committed; "
            "whether it was is not known, so read the record before sending it again"
        ) from None
    return result


async def _command(connection: asyncpg.Connection, text: str) -> None:
    try:
        await connection.execute(text)
    except Exception as error:
        raise failure_of(error) or error from None


async def execute(connection: asyncpg.Connection, statement: Statement) -> list[Row]:
    """All rows of a statement.  Raises Violation, whose `columns` hold the name of the constraint, Outdated, Again, Lost,
    Locked, or Overloaded where the database cannot be used now."""
    try:
        if statement.many:
            rows: list[Row] = await connection.fetchmany(numbered(statement.sql), statement.values)
        else:
            rows = await connection.fetch(numbered(statement.sql), *statement.values)
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from None
    return rows


@lru_cache(maxsize=8192)
def numbered(sql: str) -> str:
    """`?` as PostgreSQL counts them: $1, $2, …; those within quotes are text."""
    number = count(1)
    return _PLACEHOLDER.sub(lambda found: f"${next(number)}" if found[0] == "?" else found[0], sql)


def failure_of(error: BaseException) -> Exception | None:
    """What an error of the driver means; None where it is not the database's."""
    match error:
        case asyncpg.UniqueViolationError():
            return Violation("unique", (error.constraint_name or "",), str(error))
        case asyncpg.ForeignKeyViolationError():
            return Violation("foreign key", (), str(error))
        case asyncpg.IntegrityConstraintViolationError():
            return Violation("other", (), str(error))
        case asyncpg.UndefinedColumnError() | asyncpg.UndefinedTableError():
            return Outdated(str(error))
        case asyncpg.DeadlockDetectedError() | asyncpg.SerializationError() | asyncpg.InvalidCachedStatementError():
            return Again()
        case asyncpg.QueryCanceledError():
            return Overloaded(
                f"the request was stopped after {LIMIT_SECONDS:g} seconds; ask for less: a smaller limit or depth, "
                "or a filter on an indexed field"
            )
        case asyncpg.LockNotAvailableError():
            return Locked()
        case asyncpg.NumericValueOutOfRangeError():
            return beyond_numbers()
        case asyncpg.ProgramLimitExceededError() if "index" not in str(error):
            return too_long()
        case asyncpg.InternalServerError() if "invalid memory alloc" in str(error):
            return too_long()
        case asyncpg.ProgramLimitExceededError():
            return InvalidInput(f"a value is too long for the index over its field ({error}); send a shorter one")
        case (
            asyncpg.PostgresConnectionError()
            | asyncpg.AdminShutdownError()
            | asyncpg.CrashShutdownError()
            | asyncpg.CannotConnectNowError()
            | asyncpg.InterfaceError()
            | asyncpg.InternalClientError()
            | OSError()
        ):
            return Lost()
        case asyncpg.ReadOnlySQLTransactionError():
            return Lost(READ_ONLY)
        case asyncpg.DiskFullError():
            return Overloaded("the database's disk is full; nothing was written; free some space and try again")
        case asyncpg.InsufficientResourcesError() | asyncpg.OperatorInterventionError() | asyncpg.PostgresSystemError():
            return Overloaded(f"the database cannot be used now: {error}; try again in a moment")
        case IcosaError():
            return error
    return None

"""Connections of one event loop to one database.

Smaller than the driver's own pool in one thing that counts: a connection goes back without a round trip
to reset it, because nothing here leaves anything behind on one.

A statement that meets a lock of somebody else gives up at once, and its request begins anew as one that is patient.
Half of the connections at most are with patient ones, so that a table which another program has locked takes nothing
away from requests about other tables.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg

from icosa.errors import InvalidInput, Overloaded
from icosa.workspace.store.postgres.connect import connect
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.run import LIMIT_SECONDS, Locked, execute
from icosa.workspace.store.statement import Statement, T

LOCK_SECONDS = 5.0
"""How long a request waits for what another program has locked."""

_IMPATIENT_MILLISECONDS = 50
_log = logging.getLogger("icosa")


class Pool:
    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._idle: list[asyncpg.Connection] = []
        self._places = asyncio.Semaphore(database.pool)
        self._patient = asyncio.Semaphore(max(1, database.pool // 2))
        self._closed = False
        self._unreachable = False
        self.in_use = 0

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection that nobody else uses meanwhile.  Raises Overloaded where there is none in time."""
        await self._take_place()
        self.in_use += 1
        connection: asyncpg.Connection | None = None
        try:
            connection = self._reuse() or await self._connect()
            yield connection
        finally:
            if connection is not None:
                if self._closed or connection.is_in_transaction():
                    connection.terminate()
                elif not connection.is_closed():
                    self._idle.append(connection)
            self.in_use -= 1
            self._places.release()

    async def patiently(self, attempt: Callable[[asyncpg.Connection, int], Awaitable[T]]) -> T:
        """The result of an attempt that may wait for locks, for as many milliseconds as it is told.  Raises Overloaded
        where they are not free in time, the time for a connection included."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + LOCK_SECONDS
        try:
            async with asyncio.timeout_at(ends):
                await self._patient.acquire()
        except TimeoutError:
            raise _locked() from None
        try:
            async with self.connection() as connection:
                return await attempt(connection, max(1, round((ends - loop.time()) * 1000)))
        except Locked:
            raise _locked() from None
        finally:
            self._patient.release()

    def forget(self) -> None:
        """Lets all connections go that wait: after one was lost, the others lead nowhere either."""
        while self._idle:
            self._idle.pop().terminate()

    def close(self) -> None:
        """Lets go of all; those in use when they come back."""
        self._closed = True
        self.forget()

    async def _take_place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            raise Overloaded(
                f"all {self._database.pool} connections to the database were in use for {LIMIT_SECONDS:g} seconds; try again in a moment"
            ) from None

    def _reuse(self) -> asyncpg.Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    async def _connect(self) -> asyncpg.Connection:
        try:
            connection = await connect(self._database)
        except (InvalidInput, Overloaded) as error:
            if not self._unreachable:
                self._unreachable = True
                _log.error("%s", error)
            # Where it is, and who is let in there, is nothing that callers need to know.
            raise Overloaded("the database cannot be reached now; nothing was written; try again when it is there") from None
        if self._unreachable:
            self._unreachable = False
            _log.warning("the database %s is there again", self._database.name)
        try:
            await execute(connection, Statement(f"SET lock_timeout = {_IMPATIENT_MILLISECONDS}"))
        except BaseException:
            connection.terminate()
            raise
        return connection


def _locked() -> Overloaded:
    return Overloaded(
        f"another program has locked what was asked for, and did not let go of it in {LOCK_SECONDS:g} seconds; "
        "nothing was written; try again when it has ended"
    )

"""Connections of one event loop to one database.

Smaller than the driver's own pool in one thing that counts: a connection goes back without a round trip
to reset it, because nothing here leaves anything behind on one.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from icosa.errors import InvalidInput, Overloaded
from icosa.workspace.store.postgres.connect import connect
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.run import LIMIT_SECONDS


class Pool:
    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._idle: list[asyncpg.Connection] = []
        self._places = asyncio.Semaphore(database.pool)
        self._closed = False
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
            return await connect(self._database)
        except InvalidInput as error:  # it was good when the workspace was opened
            raise Overloaded(error.message) from None

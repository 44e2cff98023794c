"""The floor's PostgreSQL: prepared statements on a few connections that stay open, with the settings of a workspace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from bench.floor.plan import AN_EVENT, OUTBOX, Step, changed_row, event_of, own_row
from icosa.workspace.location import postgres_database
from icosa.workspace.store.postgres.connect import connect
from icosa.workspace.store.postgres.run import numbered


class PostgresFloor:
    def __init__(self, url: str) -> None:
        self._database = postgres_database(url)
        self._places = asyncio.Semaphore(self._database.pool)
        self._idle: list[asyncpg.Connection[Any]] = []

    async def read(self, step: Step, id_: str) -> bytes:
        async with self._connection() as connection:
            row = await connection.fetchrow(numbered(step.sql), *step.bound(id_))
            found: bytes = row[0]
            return found

    async def write(self, step: Step, id_: str) -> bytes:
        rows = [changed_row(step, id_)] if step.by_id else [own_row(step) for _ in range(step.records)]
        async with self._connection() as connection, connection.transaction():
            docs = [str(doc) for (doc,) in await connection.fetchmany(numbered(step.sql), rows)]
            await connection.execute(numbered(OUTBOX), *AN_EVENT, *event_of(docs))
        return ",{".join(docs).encode()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["asyncpg.Connection[Any]"]:
        async with self._places:
            connection = self._idle.pop() if self._idle else await connect(self._database)
            try:
                yield connection
            finally:
                self._idle.append(connection)

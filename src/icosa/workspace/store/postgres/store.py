"""A workspace's records in a PostgreSQL database."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import asyncpg

from icosa.catalogue.model import Catalogue
from icosa.errors import Overloaded
from icosa.wire.version import Version
from icosa.workspace.store.postgres import dialect
from icosa.workspace.store.postgres.connect import prepare, reshape
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.ddl import unique_columns
from icosa.workspace.store.postgres.pool import Pool
from icosa.workspace.store.postgres.run import Again, Locked, Lost, UniqueColumns, UniqueTaken, run, transact
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statements, T
from icosa.workspace.store.store import NotAtOnce
from icosa.workspace.store.stored_catalogue import Holding, Reshaping, holding_of, look

TRIES = 10
"""How often a transaction is begun anew where the connection was lost, or where others held what they need."""

LARGE_AT_ONCE = 2
"""How many large requests are dealt with at once, beside the event loop and with connections of their own."""


class PostgresStore:
    """A Store.  Several servers and processes may use the same database: nothing of a row is kept here."""

    dialect = dialect

    def __init__(self, database: PostgresDatabase, catalogue: Catalogue | None, version: Version | None = None) -> None:
        self._blocking = _Blocking()
        try:
            found, self.version = self._blocking.run(prepare(database, catalogue, version))
        except BaseException:
            self._blocking.close()
            raise
        self.holding = holding_of(found, dialect, self.version)
        self._database = database
        self._large = ThreadPoolExecutor(LARGE_AT_ONCE, thread_name_prefix="icosa-large")
        self._pools: WeakKeyDictionary[asyncio.AbstractEventLoop, Pool] = WeakKeyDictionary()

    @property
    def catalogue(self) -> Catalogue:
        return self.holding.catalogue

    @property
    def reads(self) -> Reads:
        return self.holding.reads

    def read(self, begin: Callable[[], Statements[T]]) -> T:
        return self._blocking.run(self.read_soon(begin))

    def read_at_once(self, begin: Callable[[], Statements[T]]) -> T:
        raise NotAtOnce

    async def read_soon(self, begin: Callable[[], Statements[T]]) -> T:
        async def attempt(look_again: bool, connection: asyncpg.Connection, lock_milliseconds: int | None) -> T:
            if lock_milliseconds is None:
                return await run(connection, begin())
            return await transact(connection, begin(), dict, again=look_again, lock_milliseconds=lock_milliseconds)

        return await self._tried(attempt, "the connection to the database was lost again and again; try again in a moment")

    def commits(self) -> object:
        return object()  # PostgreSQL counts none that a question at once could ask for

    def write(self, begin: Callable[[], Statements[T]], *, vast: bool = False) -> T:
        return self._blocking.run(self.write_soon(begin))

    async def write_soon(self, begin: Callable[[], Statements[T]], *, large: bool = False, vast: bool = False) -> T:
        if large or vast:
            return await asyncio.get_running_loop().run_in_executor(self._large, self.write, begin)

        async def attempt(look_again: bool, connection: asyncpg.Connection, lock_milliseconds: int | None) -> T:
            return await transact(connection, begin(), self._unique_columns, again=look_again, lock_milliseconds=lock_milliseconds)

        exhausted = "others were writing to the same records all the while; nothing was written; try again in a moment"
        return await self._tried(attempt, exhausted)

    async def _tried(self, attempt: Callable[[bool, asyncpg.Connection, int | None], Awaitable[T]], exhausted: str) -> T:
        """The result of an attempt, which is made again where that may help."""
        pool, patient, look_again = self._pool(), False, True
        for _ in range(TRIES):
            try:
                if patient:
                    return await pool.patiently(partial(attempt, look_again))
                async with pool.connection() as connection:
                    return await attempt(look_again, connection, None)
            except Locked:
                patient = True
            except Lost as lost:
                pool.forget()
                exhausted = str(lost) or exhausted
            except UniqueTaken:
                look_again = False
            except Again:
                pass
        raise Overloaded(exhausted)

    def _unique_columns(self) -> UniqueColumns:
        return unique_columns(self.catalogue)

    def look(self) -> Statements[Holding]:
        self.holding = yield from look(dialect, self.version)
        return self.holding

    def reshape(self, begin: Reshaping[T]) -> T:
        return self._blocking.run(self.reshape_soon(begin))

    async def reshape_soon(self, begin: Reshaping[T]) -> T:
        for _ in range(TRIES):
            with suppress(Again):
                catalogue, result = await reshape(self._database, self.version, begin)
                self.holding = holding_of(catalogue, dialect, self.version)
                return result
        raise Overloaded("others were writing to the same records all the while; nothing was changed; try again in a moment")

    def scrub(self) -> None:
        """VACUUM is PostgreSQL's own affair."""

    def refusal(self) -> str:
        return ""  # a standby may take over at any time

    def facts(self) -> list[tuple[str, str, float]]:
        pools = list(self._pools.values())
        return [
            ("icosa_pool_connections", "Connections to the database that are open or may be.", float(self._database.pool * len(pools))),
            ("icosa_pool_in_use", "Connections to the database that are in use.", float(sum(each.in_use for each in pools))),
        ]

    def close(self) -> None:
        for loop, pool in list(self._pools.items()):
            with suppress(RuntimeError):  # a loop that has ended took its connections along
                loop.call_soon_threadsafe(pool.close)
        self._large.shutdown()
        self._blocking.close()

    def _pool(self) -> Pool:
        loop = asyncio.get_running_loop()
        pool = self._pools.get(loop)
        if pool is None:
            pool = self._pools[loop] = Pool(self._database)
        return pool


class _Blocking:
    """An event loop on a thread of its own, for callers that have none."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="icosa-postgres", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop.is_closed():
            work.close()
            raise Overloaded("the workspace is being closed; nothing was read or written")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Finishes what was begun, then ends the thread."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._finished(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _finished(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)
        await asyncio.sleep(0)  # connections that were let go take leave of the loop

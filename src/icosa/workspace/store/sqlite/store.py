"""A workspace's records in a SQLite file."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from weakref import WeakKeyDictionary

from icosa.catalogue.model import Catalogue
from icosa.wire.version import Version
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.connect import prepare, reshape
from icosa.workspace.store.sqlite.delivery import Delivery
from icosa.workspace.store.sqlite.file import file_bytes, log_bytes
from icosa.workspace.store.sqlite.readers import Readers
from icosa.workspace.store.sqlite.run import TooLong, TooSlow
from icosa.workspace.store.sqlite.scrubbing import cut_log, merge, unmerged
from icosa.workspace.store.sqlite.writer import Writer
from icosa.workspace.store.statement import Outdated, Statements, T
from icosa.workspace.store.store import NotAtOnce
from icosa.workspace.store.stored_catalogue import Holding, Reshaping, holding_of, look

SLOW_THREADS = 4


class SqliteStore:
    """A Store.  Several processes may open the same file."""

    dialect = dialect

    def __init__(self, path: str, catalogue: Catalogue | None, version: Version | None = None) -> None:
        found, self.version = prepare(path, catalogue, version)
        self.holding = holding_of(found, dialect, self.version)
        self._path = path
        self._readers = Readers(path)
        self._writer = Writer(path, self._readers.let_go)
        self._deliveries: WeakKeyDictionary[asyncio.AbstractEventLoop, Delivery] = WeakKeyDictionary()
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self._slow = ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="icosa-slow")

    @property
    def catalogue(self) -> Catalogue:
        return self.holding.catalogue

    @property
    def reads(self) -> Reads:
        return self.holding.reads

    def read(self, begin: Callable[[], Statements[T]]) -> T:
        return self._readers.patient(begin)

    def read_at_once(self, begin: Callable[[], Statements[T]]) -> T:
        try:
            return self._readers.quick(begin)
        except (TooSlow, TooLong):
            raise NotAtOnce from None

    async def read_soon(self, begin: Callable[[], Statements[T]]) -> T:
        loop = asyncio.get_running_loop()
        turns = self._turns.get(loop)
        if turns is None:
            turns = self._turns[loop] = asyncio.Semaphore(SLOW_THREADS)
        async with turns:  # threads that ran ahead of the loop would pile up answers that nobody has sent yet
            return await loop.run_in_executor(self._slow, self.read, begin)

    def commits(self) -> object:
        return self._readers.commits()

    def write(self, begin: Callable[[], Statements[T]], *, vast: bool = False) -> T:
        return self._writer.submit(begin, vast=vast).result()

    async def write_soon(self, begin: Callable[[], Statements[T]], *, large: bool = False, vast: bool = False) -> T:
        loop = asyncio.get_running_loop()
        delivery = self._deliveries.get(loop)
        if delivery is None:
            delivery = self._deliveries[loop] = Delivery(loop)
        result: T = await delivery.expect(self._writer.submit(begin, vast=vast))
        return result

    def look(self) -> Statements[Holding]:
        self.holding = yield from look(dialect, self.version)
        return self.holding

    def reshape(self, begin: Reshaping[T]) -> T:
        catalogue, result = reshape(self._path, self.version, begin)
        self.holding = holding_of(catalogue, dialect, self.version)
        return result

    async def reshape_soon(self, begin: Reshaping[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._slow, self.reshape, begin)

    def scrub(self) -> None:
        indexes = self.read(unmerged)
        for index in indexes:
            with suppress(Outdated):  # its object is gone
                merge(self.write, index)
        if indexes:
            cut_log(self._path)

    def refusal(self) -> str:
        return self._writer.refusal

    def facts(self) -> list[tuple[str, str, float]]:
        return [
            ("icosa_database_bytes", "Size of the database's file.", float(file_bytes(self._path))),
            ("icosa_log_bytes", "Size of the write-ahead log.", float(log_bytes(self._path))),
        ]

    def close(self) -> None:
        self._slow.shutdown()
        self._writer.close()
        self._readers.close()

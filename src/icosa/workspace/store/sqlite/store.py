"""A workspace's records in a SQLite file."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from icosa.catalogue.model import Catalogue
from icosa.errors import Overloaded
from icosa.wire.version import Version
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.file import file_bytes, log_bytes
from icosa.workspace.store.sqlite.owed import Lines, Owed
from icosa.workspace.store.sqlite.preparing import prepare
from icosa.workspace.store.sqlite.readers import Readers
from icosa.workspace.store.sqlite.run import TooLong, TooSlow
from icosa.workspace.store.sqlite.scrubbing import cut_log, merge, unmerged
from icosa.workspace.store.statement import Outdated, Statements, T
from icosa.workspace.store.store import CLOSING, NotAtOnce
from icosa.workspace.store.stored_catalogue import Holding, Reshaping, holding_of, look

if TYPE_CHECKING:
    from icosa.workspace.store.sqlite.loops import Loops
    from icosa.workspace.store.sqlite.writer import Writer

_TRIES = 3
"""How often lines of history are made for a read, which others may owe again before it begins."""


class SqliteStore:
    """A Store.  Several processes may open the same file.

    Who only reads, and blocks, has neither a thread that writes nor anything of event loops: both are made for the first who needs
    them, since most commands do not, and pay for what is loaded.
    """

    dialect = dialect

    def __init__(self, path: str, catalogue: Catalogue | None, version: Version | None = None) -> None:
        found = prepare(path, catalogue, version)
        self.version = found.version
        self.holding = holding_of(found.catalogue, dialect, self.version)
        self._path = path
        self._only_read = found.only_read
        self._readers = Readers(path, found.seen, found.reader)
        self._making = Lock()
        self._made_writer: Writer | None = None
        self._made_loops: Loops | None = None
        self._closed = False

    @property
    def catalogue(self) -> Catalogue:
        return self.holding.catalogue

    @property
    def reads(self) -> Reads:
        return self.holding.reads

    def read(self, begin: Callable[[], Statements[T]]) -> T:
        for _ in range(_TRIES):
            try:
                return self._readers.patient(begin)
            except Owed:
                if not self._writer.pay():
                    break
        return self._readers.patient(begin, lines=Lines.SHOWN)

    def read_at_once(self, begin: Callable[[], Statements[T]]) -> T:
        try:
            return self._readers.quick(begin)
        except (TooSlow, TooLong, Owed):
            raise NotAtOnce from None

    async def read_soon(self, begin: Callable[[], Statements[T]]) -> T:
        return await self._loops.in_turn(partial(self.read, begin))

    def commits(self) -> object:
        return self._readers.commits()

    def write(self, begin: Callable[[], Statements[T]], *, vast: bool = False) -> T:
        return self._writer.write(begin, vast=vast)

    def write_soon(self, begin: Callable[[], Statements[T]], *, large: bool = False, vast: bool = False) -> Awaitable[T]:
        done = self._loops.expect()
        self._writer.submit(begin, done, vast=vast)
        return done

    def look(self) -> Statements[Holding]:
        self.holding = yield from look(dialect, self.version)
        return self.holding

    def reshape(self, begin: Reshaping[T]) -> T:
        from icosa.workspace.store.sqlite.tables import reshape  # here: see the class

        catalogue, result = reshape(self._path, self.version, begin)
        self.holding = holding_of(catalogue, dialect, self.version)
        return result

    async def reshape_soon(self, begin: Reshaping[T]) -> T:
        return await self._loops.threads.run(self.reshape, begin)

    def scrub(self) -> None:
        indexes = self.read(unmerged)
        for index in indexes:
            with suppress(Outdated):  # its object is gone
                merge(self.write, index)
        if indexes:
            cut_log(self._path)

    def refusal(self) -> str:
        # What was opened to be written to, and was, needs no second connection to tell.
        return self._writer.refusal if self._made_writer or self._only_read else ""

    def facts(self) -> list[tuple[str, str, float]]:
        return [
            ("icosa_database_bytes", "Size of the database's file.", float(file_bytes(self._path))),
            ("icosa_log_bytes", "Size of the write-ahead log.", float(log_bytes(self._path))),
        ]

    def close(self) -> None:
        with self._making:
            self._closed = True
        if self._made_loops is not None:
            self._made_loops.threads.close()
        if self._made_writer is not None:
            self._made_writer.close()
        self._readers.close()

    @property
    def _writer(self) -> "Writer":
        return self._made_writer or self._make_writer()

    def _make_writer(self) -> "Writer":
        from icosa.workspace.store.sqlite.writer import Writer  # here: see the class

        with self._making:
            if self._made_writer is None:
                if self._closed:
                    raise Overloaded(CLOSING)
                self._made_writer = Writer(self._path, self._readers.let_go)
            return self._made_writer

    @property
    def _loops(self) -> "Loops":
        return self._made_loops or self._make_loops()

    def _make_loops(self) -> "Loops":
        from icosa.workspace.store.sqlite.loops import Loops  # here: see the class

        with self._making:
            self._made_loops = self._made_loops or Loops()
            return self._made_loops

"""A workspace's records in a SQLite file."""

from collections.abc import Callable
from concurrent.futures import Future

from icosa.catalogue.model import Catalogue
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.connect import prepare
from icosa.workspace.store.sqlite.readers import Readers
from icosa.workspace.store.sqlite.run import TooSlow
from icosa.workspace.store.sqlite.writer import Writer
from icosa.workspace.store.statement import Steps, T


class SqliteStore:
    """Safe to use from several threads; several processes may open the same file."""

    def __init__(self, path: str, catalogue: Catalogue) -> None:
        prepare(path, catalogue)
        self.dialect = dialect
        self.reads = Reads(catalogue, dialect)
        self._readers = Readers(path)
        self._writer = Writer(path)

    def read_quickly(self, steps: Steps[T]) -> T:
        """Runs a read at once.  Raises TooSlow where it needs more than its budget."""
        return self._readers.quick(steps)

    def read(self, steps: Callable[[], Steps[T]]) -> T:
        """Runs a read, blocking for as long as it takes, up to the time limit."""
        return self._readers.patient(steps())

    def write(self, steps: Callable[[], Steps[T]]) -> "Future[T]":
        return self._writer.submit(steps)

    def close(self) -> None:
        self._writer.close()
        self._readers.close()


__all__ = ["SqliteStore", "TooSlow"]

"""A SQLite file that is filled in one transaction.

Indexes are built when all rows are there, each by one sort.  Triggers go on meanwhile: they count, and keep the index over texts.
"""

from collections.abc import Sequence
from contextlib import closing
from types import TracebackType
from typing import Any, Self

from icosa.catalogue.model import Object
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.connect import BUSY_MILLISECONDS, connect
from icosa.workspace.store.sqlite.run import SAVEPOINT, execute
from icosa.workspace.store.sqlite.write_lock import Turn
from icosa.workspace.store.statement import Row, Statement, Violation

_CACHE_KIB = 64_000
"""Pages that are changed all the while, such as those of the index over texts, are not written more often than needed."""

_FIRST_WRONG = "SELECT \"table\" || ' points at a ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 1"


class SqliteLoading:
    """A Loading."""

    dialect = dialect

    def __init__(self, path: str, objects: Sequence[Object]) -> None:
        self._path, self._objects = path, objects
        self._indexes: list[str] = []

    def __enter__(self) -> Self:
        self._connection = connect(self._path, named=False)
        for pragma in ("foreign_keys = OFF", "temp_store = FILE", f"cache_size = -{_CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        try:
            with closing(Turn(self._path, BUSY_MILLISECONDS / 1000)) as turn, turn.held():
                self.rows("BEGIN IMMEDIATE")
            self.rows(f"SAVEPOINT {SAVEPOINT}")
            for of in self._objects:
                text = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
                for name, sql in self.rows(text, (of.table,)):
                    self.rows(f"DROP INDEX {quoted(str(name))}")
                    self._indexes.append(str(sql))
        except BaseException:
            self._connection.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with closing(self._connection):  # which takes back what was not committed
            if error is None:
                for sql in self._indexes:
                    self.rows(sql)
                for (wrong,) in self.rows(_FIRST_WRONG):
                    raise Violation("foreign key", (), str(wrong))
                self.rows("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return execute(self._connection, Statement(sql, values))

    def put(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        text = f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})"
        execute(self._connection, Statement(text, rows, many=True))

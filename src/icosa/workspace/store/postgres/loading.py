"""A PostgreSQL database that is filled in one transaction, by COPY.

Indexes and foreign keys are made when all rows are there, and rows are counted once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Self

from icosa.catalogue.model import Catalogue, Object
from icosa.errors import Overloaded
from icosa.workspace.store.names import quoted
from icosa.workspace.store.postgres import ddl, dialect
from icosa.workspace.store.postgres.connect import changing_tables, connect, has_trigrams, let_go, link
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.run import Again, Locked, execute, failure_of
from icosa.workspace.store.statement import Row, Statement, T, Violation

_MEMORY = "SET LOCAL maintenance_work_mem = '128MB'"
"""For the building of indexes: the server's own 64 MB make those over every three letters take longer."""

_FIELD, _ROW, _NULL = "\0f", "\0r", "\0n"
"""What stands between values while what they hold is escaped: no text that PostgreSQL takes has a NUL in it."""

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", _FIELD: "\t", _ROW: "\n", _NULL: "\\N"}

_LOST = "the database was lost, or held by others, while it was filled; nothing is in it; run the same command again"


class PostgresLoading:
    """A Loading."""

    dialect = dialect

    def __init__(self, database: PostgresDatabase, catalogue: Catalogue, objects: Sequence[Object]) -> None:
        self._database, self._catalogue, self._objects = database, catalogue, objects

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        try:
            self._connection = self._runner.run(connect(self._database, patient=True))
            self._transaction = changing_tables(self._connection)
            self._run(self._transaction.__aenter__())
            self._run(self._begin())
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                self._run(self._finish())
                self._run(self._transaction.__aexit__(None, None, None))
        finally:
            self._connection.terminate()  # which takes back what was not committed
            self._runner.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return self._run(execute(self._connection, Statement(sql, values)))

    def put(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        copied = self._connection.copy_to_table(table, source=_once(lines(rows)), columns=list(names), format="text")
        self._run(copied)

    async def _begin(self) -> None:
        await self._connection.execute(_MEMORY)
        for of in self._objects:
            texts = [*await let_go(self._connection, of), f"ALTER TABLE {quoted(of.table)} DISABLE TRIGGER USER"]
            await self._connection.execute(";\n".join(texts))

    async def _finish(self) -> None:
        searched = await has_trigrams(self._connection)
        for of in self._objects:
            texts = [*ddl.indexes(of), *(ddl.search(of) if searched else ()), ddl.tally(of)]
            await self._connection.execute(";\n".join([*texts, f"ALTER TABLE {quoted(of.table)} ENABLE TRIGGER USER"]))
        await link(self._connection, self._catalogue)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._runner.run(work)
        except Exception as error:
            failure = error if isinstance(error, Again | Locked | Violation) else failure_of(error)
            raise Overloaded(_LOST) if isinstance(failure, Again | Locked) else failure or error from None


async def _once(text: bytes) -> AsyncIterator[bytes]:
    yield text


def lines(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as COPY reads them.  Raises Violation for a text with a NUL, which PostgreSQL has no place for."""
    made = [[_NULL if each is None else each if each.__class__ is str else _TEXTS[each.__class__](each) for each in row] for row in rows]
    text = "".join([_FIELD.join(row) + _ROW for row in made])
    if text.count("\0") != sum(len(row) + row.count(None) for row in rows):
        raise Violation("other", (), "a text has a NUL in it, which PostgreSQL does not take")
    for letter, escape in _ESCAPES.items():
        text = text.replace(letter, escape)
    return text.encode()


def _listed(values: list[str]) -> str:
    quoted_values = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted_values) + "}"


_TEXTS: dict[type, Callable[[Any], str]] = {bool: lambda value: "t" if value else "f", int: str, float: repr, list: _listed}

"""A PostgreSQL database as it is at one moment."""

import asyncio
from collections.abc import Sequence
from typing import Any

from icosa.catalogue.model import Catalogue
from icosa.errors import Overloaded
from icosa.wire.version import Version
from icosa.workspace.store import stored_catalogue, stored_version
from icosa.workspace.store.postgres import dialect
from icosa.workspace.store.postgres.connect import connect
from icosa.workspace.store.postgres.database import PostgresDatabase
from icosa.workspace.store.postgres.run import Again, execute
from icosa.workspace.store.statement import Row, Statement


class PostgresSnapshot:
    """A Snapshot, on a connection of its own."""

    dialect = dialect

    def __init__(self, database: PostgresDatabase) -> None:
        self._runner, self._name = asyncio.Runner(), database.name
        try:
            self._connection = self._runner.run(connect(database))
            self._runner.run(self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        except BaseException:
            self._runner.close()
            raise

    def catalogue(self) -> Catalogue:
        rows = self.rows(stored_catalogue.READ)
        return stored_catalogue.catalogue_of(str(rows[0][0]) if rows else None, self.version())

    def version(self) -> Version:
        rows = self.rows(stored_version.READ)
        return stored_version.settled(str(rows[0][0]) if rows else "", None, self._name)

    def has(self, table: str) -> bool:
        return bool(self.rows("SELECT 1 WHERE to_regclass(?) IS NOT NULL", (table,)))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        try:
            return self._runner.run(execute(self._connection, Statement(sql, values)))
        except Again:
            raise Overloaded("the connection to the database was lost; run the same command again") from None

    def close(self) -> None:
        self._connection.terminate()
        self._runner.close()

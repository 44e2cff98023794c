"""A database as it is at one moment, however much is written to it meanwhile."""

from collections.abc import Sequence
from typing import Any, Protocol

from icosa.catalogue.model import Catalogue
from icosa.wire.version import Version
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.statement import Row


class Snapshot(Protocol):
    """Reads from one moment of a database.  Nothing is made or changed there."""

    @property
    def dialect(self) -> Dialect: ...

    def catalogue(self) -> Catalogue:
        """The one that the database keeps, or the standard one."""

    def version(self) -> Version:
        """The version of the wire that the workspace speaks.  Raises InvalidInput where that is one that this Icosa does not."""

    def has(self, table: str) -> bool:
        """Whether there is a table of that name; a database that an older Icosa made may lack some."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement.  Raises Overloaded where the database cannot be used now."""

    def close(self) -> None:
        """Lets the moment go."""

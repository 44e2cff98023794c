"""Filling an empty database, whichever it is."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.statement import Row


class Loading(Protocol):
    """A database that is filled in one transaction, which is as long as it needs to be: what is put in is there once the block is
    left without an error, and nothing of it before, whatever is killed.

        with SqliteLoading("crm.db", catalogue, [company]) as loading:
            loading.put("company", ("id", "name"), [("…", "Acme")])

    The indexes of the objects that are named, and what holds their links, are taken away before and made after, when all rows are
    there: rows may come in any order.  Raises Violation where rows cannot be together, when the block is left too, and
    Overloaded where the database cannot be used now.
    """

    @property
    def dialect(self) -> Dialect: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """What a statement finds within the transaction."""

    def put(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Adds rows: stored values of these columns, in this order."""

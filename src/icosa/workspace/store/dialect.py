"""What differs between databases, as one protocol.  Each database answers it in its own folder, in
files of the same names; nothing else in the store knows which one is in use."""

from collections.abc import Sequence
from typing import Any, Protocol

from icosa.catalogue.columns import Column
from icosa.catalogue.model import Object
from icosa.wire.filter import Comparator


class Dialect(Protocol):
    def value(self, column: Column, canonical: Any) -> Any:
        """A canonical value as the database stores it."""

    def canonical(self, column: Column, stored: Any) -> Any:
        """A stored value in canonical form."""

    def comparable(self, column: Column, sql: str) -> str:
        """An expression that compares and sorts as the column's kind does."""

    def test(self, column: Column, comparator: Comparator, value: Any, sql: str) -> tuple[str, Any]:
        """A condition on the expression `sql` with at most one `?`, and what to bind to it."""

    def narrowed(self, of: Object, column: Column, comparator: Comparator, value: Any) -> tuple[str, Any] | None:
        """A condition with one `?` that every row which passes the test meets too, and that an index answers;
        None where there is none.  Rows are those of the alias `t`."""

    def key(self, named: Sequence[tuple[str, str]]) -> str:
        """An expression for a JSON object on one line, without blanks: the (path, expression) of a cursor."""

    def lines(self, expression: str) -> str:
        """An aggregate that joins an expression's values over all rows, a line each."""

    def page(self, expression: str) -> str:
        """An aggregate that joins records without their opening brace; each begins on a new line."""

    def collection(self, expression: str) -> str:
        """An aggregate that joins records without their opening brace, on one line."""

    def among(self, sql: str) -> str:
        """A condition that `sql` is one of the ids in a bound list."""

    def ids(self, ids: list[str]) -> Any:
        """A list of ids as `among` binds it."""

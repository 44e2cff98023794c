"""How store code talks to a database without knowing which, or whether it waits for it.

Everything that reads or writes is a generator: it yields statements and is sent their rows.  A driver
runs it, blocking (SQLite) or not (PostgreSQL), and decides about transactions.  So the logic of a
write stands once, and tests can drive it by hand.
"""

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, TypeVar

Row = tuple[Any, ...]
T = TypeVar("T")
Statements = Generator["Statement", list[Row], T]
"""Yields the statements of one transaction, is sent the rows of each, and returns a T:

    def renamed(id_: str, name: str) -> Statements[bool]:
        rows = yield Statement('UPDATE "company" SET "name" = ? WHERE "id" = ? RETURNING "id"', (name, id_))
        return bool(rows)
"""


class Statement(NamedTuple):
    """SQL with `?` for each value.  `many` runs it once for each row of values.

    The rows of one that is `lasting` may be kept for as long as nobody writes to the database; its values are
    a tuple.
    """

    sql: str
    values: Sequence[Any] = ()
    many: bool = False
    lasting: bool = False


class Violation(Exception):
    """The database refused a write: `rule` is "unique", "foreign key" or "other"; `columns` are the names
    of the columns it named.  Drivers raise it inside the generator, at the statement that was refused."""

    def __init__(self, rule: str, columns: tuple[str, ...], detail: str) -> None:
        super().__init__(detail)
        self.rule = rule
        self.columns = columns


class Outdated(Exception):
    """What was to be read or written was planned for other objects than the database has: it names a table or a column that
    is not there, or others were changed meanwhile.  Nothing was written; plan it anew."""

"""What records are called, for who has their ids and asks for nothing else of them."""

from collections.abc import Sequence
from functools import lru_cache

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.model import Object
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Row, Statement, Statements


def labels(dialect: Dialect, of: Object, ids: Sequence[str]) -> Statements[list[Row]]:
    """The id of each live record among these, and the columns of what it is called by, as they are stored; in any order, as tuples,
    which rows of PostgreSQL are not."""
    return list(map(tuple, (yield Statement(_text(dialect.among(quoted("id")), of), (dialect.ids(list(ids)),)))))


@lru_cache(maxsize=256)
def _text(among: str, of: Object) -> str:
    names = ", ".join(quoted(each.name) for each in columns_of_field(of, of.label_identifier))
    return f'SELECT "id", {names} FROM {quoted(of.table)} WHERE {among} AND "deletedAt" IS NULL'

"""The records that a condition holds for, as a write of several takes them: the deleted among them too."""

from typing import Any

from icosa.catalogue.model import Object
from icosa.wire.language.condition import Condition
from icosa.workspace.store import select
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing


def matching(writing: Writing, of: Object, condition: Condition, held: str, most: int | None = None) -> Statements[list[str]]:
    """Their ids, in order, up to so many.  They are `held` as the dialect has it until the write ends; all who hold several do
    so in the order of ids, and wait for each other and not for ever."""
    values: list[Any] = []
    where = select.where(writing.dialect, of, condition, values)
    limit = "" if most is None else f" LIMIT {most}"
    rows = yield Statement(f'SELECT t."id" FROM {quoted(of.table)} t WHERE {where} ORDER BY t."id"{limit}{held}', values)
    return [str(row[0]) for row in rows]

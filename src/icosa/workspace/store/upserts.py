"""Which records of an upsert are there already: by id, else by a unique value."""

from collections.abc import Sequence

from icosa.catalogue.model import Object
from icosa.wire.body import Sent
from icosa.workspace.store.names import quoted, unique_keys
from icosa.workspace.store.records import changed_columns
from icosa.workspace.store.statement import Statement, Steps
from icosa.workspace.store.write import Writing


def existing(writing: Writing, of: Object, records: Sequence[Sent]) -> Steps[list[str | None]]:
    """For each record the id of the live one that it names, or None."""
    found: list[str | None] = []
    for sent in records:
        found.append((yield from _match(writing, of, sent)))
    return found


def _match(writing: Writing, of: Object, sent: Sent) -> Steps[str | None]:
    values = changed_columns(of, sent)
    table = quoted(of.table)
    if values.get("id"):
        rows = yield Statement(f'SELECT "id" FROM {table} WHERE "id" = ? AND "deletedAt" IS NULL', (values["id"],))
        if rows:
            return str(rows[0][0])
    for key in unique_keys(of):
        bound = [values.get(column.name) for column in key]
        if all(each not in (None, "") for each in bound):
            match = " AND ".join(f"{quoted(column.name)} = ?" for column in key)
            rows = yield Statement(f'SELECT "id" FROM {table} WHERE {match} AND "deletedAt" IS NULL', bound)
            if rows:
                return str(rows[0][0])
    return None

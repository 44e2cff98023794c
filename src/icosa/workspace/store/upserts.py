"""Which records of an upsert are there already: by id, else by a unique value."""

from collections.abc import Sequence

from icosa.catalogue.model import Object
from icosa.wire.rest.body import Sent
from icosa.workspace.store.names import quoted, unique_keys
from icosa.workspace.store.records import Columns, changed_columns
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing


def existing(writing: Writing, of: Object, records: Sequence[Sent]) -> Statements[list[str | None]]:
    """For each record the id of the live one that it names, or None.

    They are looked up, and held, in the order of what names them, so that batches which name the same ones
    in other orders wait for each other and not for ever.
    """
    named = [changed_columns(of, sent) for sent in records]
    keys = ["id", *(column.name for key in unique_keys(of) for column in key)]
    found: list[str | None] = [None] * len(records)
    for at in sorted(range(len(records)), key=lambda at: [str(named[at].get(key) or "") for key in keys]):
        found[at] = yield from _match(writing, of, named[at])
    return found


def _match(writing: Writing, of: Object, values: Columns) -> Statements[str | None]:
    table, held = quoted(of.table), writing.dialect.FOR_CHANGE
    if values.get("id"):
        rows = yield Statement(f'SELECT "id" FROM {table} WHERE "id" = ? AND "deletedAt" IS NULL{held}', (values["id"],))
        if rows:
            return str(rows[0][0])
    for key in unique_keys(of):
        bound = [values.get(column.name) for column in key]
        if all(each not in (None, "") for each in bound):
            match = " AND ".join(f"{quoted(column.name)} = ?" for column in key)
            rows = yield Statement(f'SELECT "id" FROM {table} WHERE {match} AND "deletedAt" IS NULL{held}', bound)
            if rows:
                return str(rows[0][0])
    return None

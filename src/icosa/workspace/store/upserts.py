"""Which records of an upsert are there already: by id, else by a unique value."""

from collections.abc import Sequence

from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Object
from icosa.errors import Conflict
from icosa.wire.rest.body import Sent
from icosa.workspace.store.names import quoted, unique_keys
from icosa.workspace.store.records import Columns, changed_columns
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing


def existing(writing: Writing, of: Object, records: Sequence[Sent]) -> Statements[list[str | None]]:
    """For each record the id of the one that it names, or None.  Raises Conflict where one names two, which is only looked
    for where a version finds deleted records too.

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
    every = writing.version.writes.finds_deleted
    alive, held = "" if every else ' AND "deletedAt" IS NULL', writing.dialect.FOR_CHANGE
    matches: dict[str, str] = {}
    if values.get("id"):
        rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE "id" = ?{alive}{held}', (values["id"],))
        matches |= {str(row[0]): f"id: {values['id']}" for row in rows}
    for key in unique_keys(of):
        bound = [values.get(column.name) for column in key]
        if (every or not matches) and all(each not in (None, "") for each in bound):
            match = " AND ".join(f"{quoted(column.name)} = ?" for column in key)
            first = 'ORDER BY ("deletedAt" IS NOT NULL) LIMIT 1'  # of a value that deleted records give up there may be several
            rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {match}{alive} {first}{held}', bound)
            named_by = ", ".join(f"{column.path}: {shown(value)}" for column, value in zip(key, bound, strict=True))
            for row in rows:
                matches.setdefault(str(row[0]), named_by)
    if len(matches) > 1:
        names = ", ".join(matches.values())
        raise Conflict(
            f"{names} name {len(matches)} different records of {of.plural}, so that it is not clear which one is meant; send one of them",
            legacy=f"Multiple records found with the same unique field values for {names}. Cannot determine which record to update.",
        )
    return next(iter(matches), None)

"""Several records made one: its values, and all that hung on the others.

What belongs to another record, by whichever relation, belongs to the one that stays; the others are destroyed.  A real
2.19 moves plain relations alone, and destroys a merged person's notes, tasks and files along with it.
"""

from collections.abc import Sequence

from icosa.catalogue.columns import Column, column_by_name, columns
from icosa.catalogue.model import HasMany, Object
from icosa.errors import NotFound
from icosa.workspace.store import outbox
from icosa.workspace.store.deletions import destroy
from icosa.workspace.store.merged import merged
from icosa.workspace.store.names import doc_column, quoted, unique_keys
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, opened, refused, signature, stored
from icosa.workspace.store.write_plan import Merge

_REHEARSAL = "icosa_rehearsal"


def merge(writing: Writing, reads: Reads, plan: Merge) -> Statements[bytes]:
    """The JSON of the record that stays.  Raises NotFound where one of them is not there, or deleted.

    For a dry run all of it is done and taken back, so that it says what would be, and is refused where that would be.
    """
    if plan.dry_run:
        yield Statement(f"SAVEPOINT {_REHEARSAL}")
    records = yield from _held(writing, reads, plan)
    kept = plan.ids[plan.priority]
    others = [id_ for id_ in plan.ids if id_ != kept]
    for many in writing.catalogue.has_many(plan.of):
        yield from _move(writing, plan.of, many, kept, others)
    yield from destroy(writing, plan.of, others)
    yield from _take(writing, plan.of, kept, merged(plan.of, records, plan.priority))
    answer = yield from reads.find_one(plan.of, kept, plan.depth)
    if plan.dry_run:
        yield Statement(f"ROLLBACK TO {_REHEARSAL}")
    return answer


def _held(writing: Writing, reads: Reads, plan: Merge) -> Statements[list[Columns]]:
    """The records, in the order in which they were named; nobody else changes them, or hangs anything on them, until the
    write ends."""
    of = plan.of
    names = ", ".join(quoted(column.name) for column in columns(of))
    rows = yield Statement(
        f'SELECT {names} FROM {quoted(of.table)} WHERE {writing.dialect.among(quoted("id"))} AND "deletedAt" IS NULL '
        f'ORDER BY "id"{writing.dialect.FOR_END}',
        (writing.dialect.ids(list(plan.ids)),),
    )
    found = {str(record["id"]): record for record in (opened(writing, of, reads.read_columns(of, row)) for row in rows)}
    missing = next((id_ for id_ in plan.ids if id_ not in found), None)
    if missing:
        raise NotFound(f"ids: no {of.singular} has the id {missing}, or it was deleted; check the ids", legacy="Record not found")
    return [found[id_] for id_ in plan.ids]


def _move(writing: Writing, of: Object, many: HasMany, kept: str, others: list[str]) -> Statements[None]:
    """Hangs what hangs on the others, deleted or not, on the one that is kept; all but what is there already, which goes
    with the others."""
    source, key, dialect = writing.catalogue.by_singular[many.source], many.foreign_key, writing.dialect
    rows = yield Statement(
        f'SELECT "id", {doc_column(source)} FROM {quoted(source.table)} WHERE {dialect.among(quoted(key))} '
        f'ORDER BY "id"{dialect.FOR_CHANGE}',
        (dialect.ids(others),),
    )
    before = {str(row[0]): str(row[1]) for row in rows}
    if source is of:  # what leads from one of them to another leads nowhere once they are one
        before = {id_: doc for id_, doc in before.items() if id_ != kept and id_ not in others}
    for id_ in (yield from _there_already(writing, source, key, [kept, *others])):
        before.pop(id_, None)
    if not before:
        return
    values_now = {key: kept, "updatedAt": writing.now, **signature(writing, source)}
    sets, values = _assigned(writing, source, values_now)
    rows = yield Statement(
        f'UPDATE {quoted(source.table)} SET {sets} WHERE {dialect.among(quoted("id"))} RETURNING "id", {doc_column(source)}',
        (*values, dialect.ids(list(before))),
    )
    changes = [(str(row[0]), before[str(row[0])], str(row[1])) for row in rows]
    yield outbox.event(writing, source, "updated", changes, updated_fields=[key])


def _there_already(writing: Writing, source: Object, key: str, ids: list[str]) -> Statements[list[str]]:
    """Of the live records that hang on these, those that say what one of an earlier one says, where no two may: a person is
    on a list once."""
    doubled: list[str] = []
    for unique in unique_keys(source):
        others = [column for column in unique if column.name != key]
        if len(others) == len(unique):
            continue
        seen: set[tuple[object, ...]] = set()
        for id_ in ids:
            for found, *values in (yield _listed(writing, source, key, others, id_)):
                if None in values or "" in values:
                    continue
                if tuple(values) in seen:
                    doubled.append(str(found))
                seen.add(tuple(values))
    return doubled


def _listed(writing: Writing, source: Object, key: str, others: Sequence[Column], id_: str) -> Statement:
    listed = "".join(f", {quoted(column.name)}" for column in others)
    return Statement(
        f'SELECT "id"{listed} FROM {quoted(source.table)} WHERE {quoted(key)} = ? AND "deletedAt" IS NULL ORDER BY "id"', (id_,)
    )


def _take(writing: Writing, of: Object, id_: str, changed: Columns) -> Statements[None]:
    """Gives the record that stays its values; also the moment, where there are none to give."""
    table, doc = quoted(of.table), doc_column(of)
    ((old,),) = yield Statement(f'SELECT {doc} FROM {table} WHERE "id" = ?', (id_,))
    sets, values = _assigned(writing, of, {**changed, "updatedAt": writing.now, **signature(writing, of)}, id_)
    try:
        ((new,),) = yield Statement(f'UPDATE {table} SET {sets} WHERE "id" = ? RETURNING {doc}', (*values, id_))
    except Violation as violation:
        raise (yield from refused(of, violation, [{**changed, "id": id_}])) from None
    if changed:
        fields = list(dict.fromkeys(column_by_name(of)[name].field for name in changed))
        yield outbox.event(writing, of, "updated", [(id_, str(old), str(new))], updated_fields=fields)


def _assigned(writing: Writing, of: Object, changes: Columns, id_: str = "") -> tuple[str, list[object]]:
    by_name = column_by_name(of)
    values = [stored(writing, of, by_name[name], value, id_) for name, value in changes.items()]
    return ", ".join(f"{quoted(name)} = ?" for name in changes), values

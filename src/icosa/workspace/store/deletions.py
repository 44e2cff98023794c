"""Deleting, destroying and restoring records, with all that lives and dies with them."""

from collections.abc import Sequence
from typing import Any

from icosa.catalogue.model import CASCADE, Object
from icosa.workspace.store import keys, outbox
from icosa.workspace.store.names import DELETED_WITH, doc_column, quoted
from icosa.workspace.store.plan import Delete, Restore
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, not_found, refused


def delete(writing: Writing, plan: Delete) -> Statements[None]:
    """Soft: the record, and every record that would have been destroyed with it, is marked and can be
    restored.  `permanent`: the record is destroyed, also one that was deleted before.

    A record that was kept by name is destroyed by a deletion that does not say to keep it: whoever sent the two speaks
    to servers on which it would be.
    """
    of = plan.of
    if plan.permanent:
        yield from _destroy(writing, of, plan.id)
        return
    found = yield from mark_deleted(writing, of, '"id" = ?', (plan.id,))
    if found:
        if plan.asked:
            yield Statement(f'UPDATE {quoted(of.table)} SET {DELETED_WITH} = "id" WHERE "id" = ?', (plan.id,))
        return
    kept = yield Statement(
        f'SELECT 1 FROM {quoted(of.table)} WHERE "id" = ? AND "deletedAt" IS NOT NULL AND {DELETED_WITH} = "id"', (plan.id,)
    )
    if not kept or plan.asked:
        raise not_found(of, plan.id)
    yield from _destroy(writing, of, plan.id)


def _destroy(writing: Writing, of: Object, id_: str) -> Statements[None]:
    table = quoted(of.table)
    rows = yield Statement(f'SELECT 1 FROM {table} WHERE "id" = ?{writing.dialect.FOR_END}', (id_,))
    if not rows:
        raise not_found(of, id_)
    gone = yield from _dies_with(writing, of, id_)
    yield Statement(f'DELETE FROM {table} WHERE "id" = ?', (id_,))
    yield from outbox.erase(writing.dialect, gone)
    yield outbox.destroyed(writing, of, id_)


def restore(writing: Writing, reads: Reads, plan: Restore) -> Statements[bytes]:
    """The JSON of a deleted record that is alive again, and with it every record that was deleted with it."""
    of = plan.of
    held = writing.dialect.FOR_CHANGE
    rows = yield Statement(f'SELECT 1 FROM {quoted(of.table)} WHERE "id" = ? AND "deletedAt" IS NOT NULL{held}', (plan.id,))
    if not rows:
        raise not_found(of, plan.id, "deleted ")
    yield from _restore(writing, of, [plan.id], plan.id)
    return (yield from reads.find_one(of, plan.id, plan.depth))


def mark_deleted(
    writing: Writing, of: Object, condition: str, values: Sequence[Any], parent: tuple[Object, str] | None = None
) -> Statements[list[str]]:
    """Marks the live records of a condition as deleted, and all that live and die with them; their ids.

    Each dependent remembers the record that was deleted first, so that it comes back with that one alone;
    `parent` is the object and foreign key by which dependents were found.
    """
    first = "NULL"
    if parent:
        owner, key = parent
        first = f'(SELECT coalesce(p.{DELETED_WITH}, p."id") FROM {quoted(owner.table)} p WHERE p."id" = {quoted(of.table)}.{quoted(key)})'
    held = writing.dialect.FOR_END
    if held:
        yield Statement(f'SELECT 1 FROM {quoted(of.table)} WHERE {condition} AND "deletedAt" IS NULL ORDER BY "id"{held}', values)
    rows = yield Statement(
        f'UPDATE {quoted(of.table)} SET "deletedAt" = ?, "updatedAt" = ?, {DELETED_WITH} = {first} '
        f'WHERE {condition} AND "deletedAt" IS NULL RETURNING "id", {doc_column(of)}',
        (writing.now, writing.now, *values),
    )
    ids = [str(row[0]) for row in rows]
    if ids:
        yield outbox.event(writing, of, "deleted", [(str(row[0]), str(row[1]), str(row[1])) for row in rows])
        for source, key in _dependents(writing, of):
            yield from mark_deleted(writing, source, writing.dialect.among(quoted(key)), (writing.dialect.ids(ids),), (of, key))
    return ids


def _restore(writing: Writing, of: Object, ids: list[str], first: str) -> Statements[None]:
    """Brings records back, and the dependents that were deleted with the record `first`."""
    among = writing.dialect.among(quoted("id"))
    sets = f'"deletedAt" = NULL, "updatedAt" = ?, {DELETED_WITH} = NULL{keys.restored(of)}'
    text = f'UPDATE {quoted(of.table)} SET {sets} WHERE {among} RETURNING "id", {doc_column(of)}'
    try:
        rows = yield Statement(text, (writing.now, writing.dialect.ids(ids)))
    except Violation as violation:
        raise (yield from refused(of, violation, [])) from None
    yield outbox.event(writing, of, "restored", [(str(row[0]), str(row[1]), str(row[1])) for row in rows])
    for source, key in _dependents(writing, of):
        found = yield Statement(
            f'SELECT "id" FROM {quoted(source.table)} WHERE {writing.dialect.among(quoted(key))} AND {DELETED_WITH} = ?',
            (writing.dialect.ids(ids), first),
        )
        if found:
            yield from _restore(writing, source, [str(row[0]) for row in found], first)


def _dies_with(writing: Writing, of: Object, id_: str) -> Statements[set[str]]:
    """The ids of a record and of all that the database destroys with it; no more come to live with them until then."""
    dying, waiting, held = {id_}, [(of, [id_])], writing.dialect.FOR_END
    while waiting:
        parent, ids = waiting.pop()
        for source, key in _dependents(writing, parent):
            rows = yield Statement(
                f'SELECT "id" FROM {quoted(source.table)} WHERE {writing.dialect.among(quoted(key))} ORDER BY "id"{held}',
                (writing.dialect.ids(ids),),
            )
            found = [str(row[0]) for row in rows if str(row[0]) not in dying]
            if found:
                dying.update(found)
                waiting.append((source, found))
    return dying


def _dependents(writing: Writing, of: Object) -> list[tuple[Object, str]]:
    """(object, foreign key) of every relation whose records are deleted, destroyed and restored with those of this object:
    of notes the note targets, by their `noteId`."""
    found = []
    for many in writing.catalogue.has_many(of):
        source = writing.catalogue.by_singular[many.source]
        if source.relation_by_key[many.foreign_key].on_delete is CASCADE:
            found.append((source, many.foreign_key))
    return found

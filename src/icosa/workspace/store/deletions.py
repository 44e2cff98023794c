"""Deleting, destroying and restoring records, with all that lives and dies with them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from icosa.catalogue.model import CASCADE, Catalogue, Object
from icosa.workspace.store import keys, outbox
from icosa.workspace.store.names import DELETED_WITH, doc_column, quoted
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, not_found, one_of, refused
from icosa.workspace.store.write_plan import Delete, Restore


def delete(writing: Writing, plan: Delete) -> Statements[None]:
    """Soft: the record, and every record that would have been destroyed with it, is marked and can be
    restored.  `permanent`: the record is destroyed, also one that was deleted before.  Raises NotFound.

    Where the version finds no deleted records, one that was kept by name is destroyed by a deletion that does not say to
    keep it: whoever sent the two speaks to servers on which it would be.
    """
    of = plan.of
    if plan.permanent:
        yield from _destroy_one(writing, of, plan.id)
    elif writing.version.writes.finds_deleted:
        if not (yield from mark(writing, of, [plan.id])):
            raise not_found(of, plan.id)
    elif not (yield from _mark_one(writing, of, plan.id, kept=plan.asked)):
        was_kept = f'"deletedAt" IS NOT NULL AND {DELETED_WITH} = "id"'
        kept = yield Statement(f'SELECT 1 FROM {quoted(of.table)} WHERE "id" = ? AND {was_kept}', (plan.id,))
        if not kept or plan.asked:
            raise not_found(of, plan.id)
        yield from _destroy_one(writing, of, plan.id)


def restore(writing: Writing, reads: Reads, plan: Restore) -> Statements[bytes]:
    """The JSON of a deleted record that is alive again, and with it every record that was deleted with it.  Raises NotFound,
    also for one that is alive where the version does not find that."""
    of = plan.of
    rows = yield Statement(f'SELECT "deletedAt" FROM {quoted(of.table)} WHERE "id" = ?{writing.dialect.FOR_CHANGE}', (plan.id,))
    deleted = bool(rows) and rows[0][0] is not None
    if not rows or not (deleted or writing.version.writes.finds_deleted):
        raise not_found(of, plan.id, "deleted ")
    if deleted:
        yield from bring_back(writing, of, [plan.id])
    return (yield from reads.find_one(of, plan.id, plan.depth))


def move(writing: Writing, of: Object, id_: str, deleted_at: str | None) -> Statements[str]:
    """Deletes a record as of a moment, or brings it back; its doc as it is then."""
    table = quoted(of.table)
    if deleted_at is None:
        yield from bring_back(writing, of, [id_])
    else:
        yield from mark_deleted(writing, of, '"id" = ?', (id_,))
        yield Statement(f'UPDATE {table} SET "deletedAt" = ? WHERE "id" = ?', (deleted_at, id_))
    rows = yield Statement(f'SELECT {doc_column(of)} FROM {table} WHERE "id" = ?', (id_,))
    return str(rows[0][0])


def mark(writing: Writing, of: Object, ids: list[str]) -> Statements[list[str]]:
    """Marks those of these records that there are as deleted, anew where they were deleted before; their ids."""
    which, bound = one_of(writing.dialect, "id", ids)
    again = yield Statement(
        f'UPDATE {quoted(of.table)} SET "deletedAt" = ?, "updatedAt" = ? WHERE {which} AND "deletedAt" IS NOT NULL '
        f'RETURNING "id", {doc_column(of)}',
        (writing.now, writing.now, bound),
    )
    if again:
        yield outbox.event(writing, of, "deleted", [(str(row[0]), str(row[1]), str(row[1])) for row in again])
    return [*(str(row[0]) for row in again), *(yield from mark_deleted(writing, of, which, (bound,)))]


def _mark_one(writing: Writing, of: Object, id_: str, *, kept: bool) -> Statements[bool]:
    """As `mark_deleted` of one record, without its JSON where nobody needs that; `kept` by name.  Whether it was there."""
    recorded = outbox.deleted(writing, of, id_)
    if recorded is None:
        marked = yield from mark_deleted(writing, of, '"id" = ?', (id_,))
        if marked and kept:
            yield Statement(f'UPDATE {quoted(of.table)} SET {DELETED_WITH} = "id" WHERE "id" = ?', (id_,))
        return bool(marked)
    yield Statement(_marking(of, kept=kept), (writing.now, writing.now, id_))
    if not (yield recorded):
        return False
    yield from _mark_dependents(writing, of, [id_])
    return True


@lru_cache(maxsize=1024)
def _marking(of: Object, *, kept: bool) -> str:
    """Marks the live record with a bound id as deleted, at a moment that is bound twice before it."""
    sets = f'"deletedAt" = ?, "updatedAt" = ?, {DELETED_WITH} = ' + ('"id"' if kept else "NULL")
    return f'UPDATE {quoted(of.table)} SET {sets} WHERE "id" = ? AND "deletedAt" IS NULL'


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
        yield from _mark_dependents(writing, of, ids)
    return ids


def _mark_dependents(writing: Writing, of: Object, ids: list[str]) -> Statements[None]:
    for source, key in (yield from _living_with(writing, of, ids, ' AND "deletedAt" IS NULL')):
        which, bound = one_of(writing.dialect, key, ids)
        yield from mark_deleted(writing, source, which, (bound,), (of, key))


def bring_back(writing: Writing, of: Object, ids: list[str], firsts: list[str] | None = None) -> Statements[None]:
    """Brings deleted records back, and the dependents that were deleted with them: with the records `firsts`, of which these
    are dependents, or which they are."""
    firsts = ids if firsts is None else firsts
    which, bound = one_of(writing.dialect, "id", ids)
    sets = f'"deletedAt" = NULL, "updatedAt" = ?, {DELETED_WITH} = NULL{keys.restored(of)}'
    text = f'UPDATE {quoted(of.table)} SET {sets} WHERE {which} RETURNING "id", {doc_column(of)}'
    try:
        rows = yield Statement(text, (writing.now, bound))
    except Violation as violation:
        raise (yield from refused(of, violation, [])) from None
    yield outbox.event(writing, of, "restored", [(str(row[0]), str(row[1]), str(row[1])) for row in rows])
    for source, key in (yield from _living_with(writing, of, ids)):
        which, bound = one_of(writing.dialect, key, ids)
        found = yield Statement(
            f'SELECT "id" FROM {quoted(source.table)} WHERE {which} '
            f'AND {writing.dialect.among(DELETED_WITH)} ORDER BY "id"{writing.dialect.FOR_CHANGE}',
            (bound, writing.dialect.ids(firsts)),
        )
        if found:
            yield from bring_back(writing, source, [str(row[0]) for row in found], firsts)


def destroy(writing: Writing, of: Object, ids: list[str]) -> Statements[None]:
    """Destroys records that are there, deleted or not, and what the outbox tells of them and of all that goes with them."""
    yield from outbox.erase(writing.dialect, (yield from take_out(writing, of, ids)))
    yield outbox.destroyed(writing, of, ids)


def take_out(writing: Writing, of: Object, ids: list[str]) -> Statements[set[str]]:
    """Takes records out of the database, and all that goes with them; the ids of them all, of which the outbox is to keep
    nothing else."""
    dying = yield from _dies_with(writing, of, ids)
    # Those that live with others go before these, all of an object at once: what the database does of itself it does one by one.
    for each, going in reversed(dying):
        which, bound = one_of(writing.dialect, "id", going)
        yield Statement(f"DELETE FROM {quoted(each.table)} WHERE {which}", (bound,))
    return {id_ for _, going in dying for id_ in going}


def _destroy_one(writing: Writing, of: Object, id_: str) -> Statements[None]:
    rows = yield Statement(f'SELECT 1 FROM {quoted(of.table)} WHERE "id" = ?{writing.dialect.FOR_END}', (id_,))
    if not rows:
        raise not_found(of, id_)
    yield from destroy(writing, of, [id_])


def _dies_with(writing: Writing, of: Object, first: list[str]) -> Statements[list[tuple[Object, list[str]]]]:
    """The ids of records and of all that the database destroys with them, each after what it lives with; no more come to
    live with them until then."""
    dying, seen, held = [(of, first)], set(first), writing.dialect.FOR_END
    for parent, ids in dying:
        for source, key in (yield from _living_with(writing, parent, ids)):
            which, bound = one_of(writing.dialect, key, ids)
            rows = yield Statement(f'SELECT "id" FROM {quoted(source.table)} WHERE {which} ORDER BY "id"{held}', (bound,))
            found = [str(row[0]) for row in rows if str(row[0]) not in seen]
            if found:
                seen.update(found)
                dying.append((source, found))
    return dying


def _living_with(writing: Writing, of: Object, ids: list[str], condition: str = "") -> Statements[list[tuple[Object, str]]]:
    """Those of `_dependents` of which any that meets the condition belongs to one of these records.  Most often none does, and one
    statement that finds that out takes a tenth of what a statement for each of them takes.

    To be asked once nobody else can add to them: on a database where others write meanwhile, when the records are locked.
    """
    dependents = _dependents(writing.catalogue, of)
    if not dependents:
        return []
    _, bound = one_of(writing.dialect, "id", ids)
    if len(ids) == 1:
        text = _whether_of_one(writing.catalogue, of, condition)
    else:
        text = _whether_any(writing.catalogue, of, writing.dialect.among, condition)
    (found,) = yield Statement(text, [bound] * len(dependents))
    return [each for each, there in zip(dependents, found, strict=True) if there]


@lru_cache(maxsize=1024)
def _whether_of_one(catalogue: Catalogue, of: Object, condition: str) -> str:
    """As `_whether_any`, for dependents of one record."""
    return _whether_any(catalogue, of, "{} = ?".format, condition)


def _whether_any(catalogue: Catalogue, of: Object, which: Callable[[str], str], condition: str) -> str:
    """A statement for whether there are any of each kind of dependents, of the ids that are bound once for each kind; `which` makes
    of a foreign key a condition on it."""
    asked = [
        f"EXISTS (SELECT 1 FROM {quoted(source.table)} WHERE {which(quoted(key))}{condition})" for source, key in _dependents(catalogue, of)
    ]
    return f"SELECT {', '.join(asked)}"


@lru_cache(maxsize=1024)
def _dependents(catalogue: Catalogue, of: Object) -> tuple[tuple[Object, str], ...]:
    """(object, foreign key) of every relation whose records are deleted, destroyed and restored with those of this object:
    of notes the note targets, by their `noteId`."""
    found = []
    for many in catalogue.has_many(of):
        source = catalogue.by_singular[many.source]
        if source.relation_by_key[many.foreign_key].on_delete is CASCADE:
            found.append((source, many.foreign_key))
    return tuple(found)

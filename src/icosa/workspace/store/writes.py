"""Writes: create, update, delete, restore.  Each is the statements of one transaction: everything is checked
first, the event goes into the outbox in the same transaction, and the answer comes from the rows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from icosa.catalogue.columns import column_by_name, columns
from icosa.catalogue.model import CASCADE, Object
from icosa.wire.identifiers import new_id
from icosa.wire.rest.body import Sent
from icosa.workspace.store import keys, outbox, positions, upserts
from icosa.workspace.store.answer_length import Length
from icosa.workspace.store.names import DELETED_WITH, doc_column, quoted, unique_keys
from icosa.workspace.store.plan import Create, Delete, Restore, Update
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.records import Columns, changed_columns, new_columns
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, check_links, not_found, place, refused, stored


def create(writing: Writing, reads: Reads, plan: Create) -> Statements[list[tuple[str, bytes]]]:
    """(id, JSON) of the records, in the order sent.  With `upsert`, a record whose id or unique value is
    there already is updated instead."""
    matches: list[str | None] = [None] * len(plan.records)
    if plan.upsert:
        matches = yield from upserts.existing(writing, plan.of, plan.records)
    new = [(at, sent) for at, sent in enumerate(plan.records) if matches[at] is None]
    answers: list[bytes] = [b""] * len(plan.records)
    ids: list[str] = [each or "" for each in matches]
    if new:
        made = yield from _insert(writing, plan.of, [sent for _, sent in new])
        for (at, _), (id_, doc) in zip(new, made, strict=True):
            ids[at], answers[at] = id_, _record(doc)
    for at, match in enumerate(matches):
        if match is not None:
            answers[at] = yield from _merge(writing, reads, plan.of, match, plan.records[at])
    if plan.depth:
        answers, length = [], Length()
        for id_ in ids:
            answers.append((yield from reads.find_one(plan.of, id_, plan.depth)))
            length.add(answers[-1])
    return list(zip(ids, answers, strict=True))


def update(writing: Writing, reads: Reads, plan: Update) -> Statements[bytes]:
    """The JSON of the record as it is now.  Raises NotFound where it is not there, or deleted."""
    answer = yield from _merge(writing, reads, plan.of, plan.id, plan.sent)
    if plan.depth:
        return (yield from reads.find_one(plan.of, plan.id, plan.depth))
    return answer


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


def _insert(writing: Writing, of: Object, records: Sequence[Sent]) -> Statements[list[tuple[str, str]]]:
    """(id, doc) of new records."""
    made = []
    for sent in records:
        values = new_columns(of, with_actor(writing, of, sent), new_id(), writing.now)
        made.append(values)
    yield from positions.fill(of, made)
    yield from check_links(writing, of, made)
    names = columns(of)
    rows_in = [[stored(writing, of, column, values[column.name], values["id"]) for column in names] for values in made]
    try:
        rows = yield Statement(_insert_text(of), rows_in, many=True)
    except Violation as violation:
        raise (yield from refused(of, violation, made, new=writing.version)) from None
    docs = [str(row[0]) for row in rows]
    inserted = [(str(values["id"]), doc) for values, doc in zip(made, docs, strict=True)]
    yield outbox.event(writing, of, "created", [(id_, None, doc) for id_, doc in inserted])
    return inserted


@lru_cache(maxsize=1024)
def _insert_text(of: Object) -> str:
    names = [quoted(column.name) for column in columns(of)]
    return f"INSERT INTO {quoted(of.table)} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) RETURNING {doc_column(of)}"


def with_actor(writing: Writing, of: Object, sent: Sent) -> Sent:
    """A new record says who made it: the writer, unless the body names somebody; a source alone is kept."""
    if "createdBy" not in of.field_by_name or sent.get("createdBy", {}).get("name"):
        return sent
    return {**sent, "createdBy": {**writing.actor, **sent.get("createdBy", {})}}


def _merge(writing: Writing, reads: Reads, of: Object, id_: str, sent: Sent) -> Statements[bytes]:
    table, after = quoted(of.table), changed_columns(of, sent)
    after.pop("id", None)
    unique = {column.name for key in unique_keys(of) for column in key}
    names = [column for column in columns(of) if column.name in after or column.name in unique]
    listed = "".join(f"{quoted(column.name)}, " for column in names)
    held = writing.dialect.FOR_CHANGE
    rows = yield Statement(f'SELECT {listed}{doc_column(of)} FROM {table} WHERE "id" = ? AND "deletedAt" IS NULL{held}', (id_,))
    if not rows:
        raise not_found(of, id_)
    before = {column.name: writing.dialect.canonical(column, value) for column, value in zip(names, rows[0], strict=False)}
    old_doc = str(rows[0][-1])
    yield from positions.fill(of, [after] if "position" in after else [])
    changed = {name: value for name, value in after.items() if not _same(writing, of, id_, name, before, value)}
    doc = old_doc
    if changed:
        keys.check_change(of, before, changed)
        changed.setdefault("updatedAt", writing.now)
        yield from check_links(writing, of, [changed])
        by_name = column_by_name(of)
        sets = ", ".join(f"{quoted(name)} = ?" for name in changed)
        values = [stored(writing, of, by_name[name], value, id_) for name, value in changed.items()]
        try:
            rows = yield Statement(f'UPDATE {table} SET {sets} WHERE "id" = ? RETURNING {doc_column(of)}', (*values, id_))
        except Violation as violation:
            raise (yield from refused(of, violation, [{**before, **changed, "id": id_}])) from None
        doc = str(rows[0][0])
    yield outbox.event(writing, of, "updated", [(id_, old_doc, doc)], updated_fields=list(sent))
    return _record(doc)


def _record(doc: str) -> bytes:
    return b"{" + doc.encode()


def _same(writing: Writing, of: Object, id_: str, name: str, before: Columns, value: Any) -> bool:
    column, old = column_by_name(of)[name], before[name]
    if column.secret and old:
        old = writing.sealer.open(old, place(of, column, id_))
    return bool(old == value and type(old) is type(value))


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


def update_where(writing: Writing, reads: Reads, of: Object, condition: str, values: Sequence[Any], changes: Columns) -> Statements[None]:
    """Gives the live records of a condition these values, and tells of it as of any other update."""
    rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {condition} AND "deletedAt" IS NULL', values)
    for (id_,) in rows:
        yield from _merge(writing, reads, of, str(id_), {name: {"": value} for name, value in changes.items()})


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

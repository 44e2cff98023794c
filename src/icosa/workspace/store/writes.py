"""Writes: create and update.  Each is the statements of one transaction: everything is checked
first, the event goes into the outbox in the same transaction, and the answer comes from the rows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from icosa.catalogue.columns import column_by_name, columns
from icosa.catalogue.model import Object
from icosa.wire.identifiers import new_id
from icosa.wire.rest.body import Sent
from icosa.workspace.store import keys, outbox, positions, upserts
from icosa.workspace.store.answer_length import Length
from icosa.workspace.store.connections import connected
from icosa.workspace.store.files import check_files
from icosa.workspace.store.names import doc_column, quoted, unique_keys
from icosa.workspace.store.plan import Create, Update
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.records import Columns, changed_columns, new_columns
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, check_links, not_found, place, refused, stored


def create(writing: Writing, reads: Reads, plan: Create) -> Statements[list[tuple[str, bytes]]]:
    """(id, JSON) of the records, in the order sent.  With `upsert`, a record whose id or unique value is
    there already is updated instead."""
    records = yield from connected(writing, plan.records)
    matches: list[str | None] = [None] * len(records)
    if plan.upsert:
        matches = yield from upserts.existing(writing, plan.of, records)
    new = [(at, sent) for at, sent in enumerate(records) if matches[at] is None]
    answers: list[bytes] = [b""] * len(records)
    ids: list[str] = [each or "" for each in matches]
    if new:
        made = yield from _insert(writing, plan.of, [sent for _, sent in new])
        for (at, _), (id_, doc) in zip(new, made, strict=True):
            ids[at], answers[at] = id_, _record(doc)
    for at, match in enumerate(matches):
        if match is not None:
            answers[at] = yield from _merge(writing, reads, plan.of, match, records[at])
    if plan.depth:
        answers, length = [], Length()
        for id_ in ids:
            answers.append((yield from reads.find_one(plan.of, id_, plan.depth)))
            length.add(answers[-1])
    return list(zip(ids, answers, strict=True))


def update(writing: Writing, reads: Reads, plan: Update) -> Statements[bytes]:
    """The JSON of the record as it is now.  Raises NotFound where it is not there, or deleted."""
    (sent,) = yield from connected(writing, [plan.sent])
    answer = yield from _merge(writing, reads, plan.of, plan.id, sent)
    if plan.depth:
        return (yield from reads.find_one(plan.of, plan.id, plan.depth))
    return answer


def _insert(writing: Writing, of: Object, records: Sequence[Sent]) -> Statements[list[tuple[str, str]]]:
    """(id, doc) of new records."""
    made = []
    for sent in records:
        values = new_columns(of, with_actor(writing, of, sent), new_id(), writing.now)
        made.append(values)
    yield from positions.fill(of, made)
    check_files(of, made)
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
    sent = with_editor(writing, of, sent)
    if "createdBy" not in of.field_by_name or sent.get("createdBy", {}).get("name"):
        return sent
    return {**sent, "createdBy": {**writing.actor, **sent.get("createdBy", {})}}


def with_editor(writing: Writing, of: Object, sent: Sent) -> Sent:
    """Who wrote last is the writer, whatever a body says."""
    return {**sent, "updatedBy": writing.actor} if "updatedBy" in of.field_by_name else sent


def _merge(writing: Writing, reads: Reads, of: Object, id_: str, sent: Sent) -> Statements[bytes]:
    table, after = quoted(of.table), changed_columns(of, with_editor(writing, of, sent))
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
        check_files(of, [changed], before)
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


def update_where(writing: Writing, reads: Reads, of: Object, condition: str, values: Sequence[Any], changes: Columns) -> Statements[None]:
    """Gives the live records of a condition these values, and tells of it as of any other update."""
    rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {condition} AND "deletedAt" IS NULL', values)
    for (id_,) in rows:
        yield from _merge(writing, reads, of, str(id_), {name: {"": value} for name, value in changes.items()})

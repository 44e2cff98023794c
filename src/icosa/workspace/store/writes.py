"""Writes: create and update.  Each is the statements of one transaction: everything is checked
first, the event goes into the outbox in the same transaction, and the answer comes from the rows."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from icosa.catalogue.columns import Column, column_by_name, columns, links
from icosa.catalogue.kinds import AS_THEY_ARE
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.wire.identifiers import new_ids
from icosa.wire.rest.body import Sent
from icosa.workspace.store import deletions, keys, outbox, positions, upserts
from icosa.workspace.store.answer_length import Length
from icosa.workspace.store.connections import connected
from icosa.workspace.store.files import check_files
from icosa.workspace.store.matches import matching
from icosa.workspace.store.names import doc_column, quoted, unique_keys
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.records import Columns, changed_columns, new_columns
from icosa.workspace.store.sealed_place import place
from icosa.workspace.store.statement import Row, Statement, Statements, Violation
from icosa.workspace.store.write import Writing, check_links, not_found, refused, signature, stored
from icosa.workspace.store.write_plan import Create, Update, UpdateMany


class Made(NamedTuple):
    """A record that a creation answers with: its id and JSON, and whether it is `new` or was there."""

    id: str
    record: bytes
    new: bool


def create(writing: Writing, reads: Reads, plan: Create) -> Statements[list[Made]]:
    """The records, in the order sent.  With `upsert`, a record whose id or unique value is
    there already is updated instead, and where the version finds deleted ones too it is brought back; then the answer
    may have those first."""
    records: Sequence[Sent] = plan.records
    if writing.version.connects and not all(map(plan.of.relation_by_key.keys().isdisjoint, records)):
        records = yield from connected(writing, records)
    if not plan.upsert:
        made = (yield from insert(writing, plan.of, records)) if records else []
        return (yield from _made_new(writing, reads, plan, made))
    matches = yield from upserts.existing(writing, plan.of, records)
    new = [(at, sent) for at, sent in enumerate(records) if matches[at] is None]
    answers: list[bytes] = [b""] * len(records)
    ids: list[str] = [each or "" for each in matches]
    if new:
        made = yield from insert(writing, plan.of, [sent for _, sent in new])
        for (at, _), (id_, doc) in zip(new, made, strict=True):
            ids[at], answers[at] = id_, _record(doc)
    for at, match in enumerate(matches):
        if match is not None:
            back: Sent = {"deletedAt": {"": None}} if writing.version.writes.finds_deleted else {}
            answers[at] = yield from change(writing, plan.of, match, {**back, **records[at]})
    if plan.depth:
        answers = yield from _opened(writing, reads, plan.of, ids, plan.depth)
    found = [Made(id_, answer, match is None) for id_, answer, match in zip(ids, answers, matches, strict=True)]
    return sorted(found, key=lambda each: each.new) if writing.version.writes.updated_first else found


def _made_new(writing: Writing, reads: Reads, plan: Create, made: Sequence[tuple[str, str]]) -> Statements[list[Made]]:
    if not plan.depth:
        return [Made(id_, _record(doc), True) for id_, doc in made]
    answers = yield from _opened(writing, reads, plan.of, [id_ for id_, _ in made], plan.depth)
    return [Made(id_, answer, True) for (id_, _), answer in zip(made, answers, strict=True)]


def update(writing: Writing, reads: Reads, plan: Update) -> Statements[bytes]:
    """The JSON of the record as it is now.  Raises NotFound where it is not there, or deleted and the version does not
    find those."""
    (sent,) = yield from connected(writing, [plan.sent])
    answer = yield from change(writing, plan.of, plan.id, sent)
    if plan.depth:
        (answer,) = yield from _opened(writing, reads, plan.of, [plan.id], plan.depth)
    return answer


def update_many(writing: Writing, reads: Reads, plan: UpdateMany) -> Statements[list[tuple[str, bytes]]]:
    """(id, JSON) of every record that matched, each changed as by an update of its own.  Raises InvalidQuery where they are
    more than one request may change."""
    most = writing.version.writes.most_updated
    ids = yield from matching(writing, plan.of, plan.condition, writing.dialect.FOR_CHANGE, most + 1)
    if len(ids) > most:
        raise InvalidQuery(
            f"filter: more than {most} {plan.of.plural} match; change at most {most} a request, by a filter that holds for fewer",
            legacy=f"Cannot update more than {most} records at once",
        )
    (sent,) = yield from connected(writing, [plan.sent])
    answers = []
    for id_ in ids:
        answers.append((yield from change(writing, plan.of, id_, sent)))
    if plan.depth:
        answers = yield from _opened(writing, reads, plan.of, ids, plan.depth)
    return list(zip(ids, answers, strict=True))


def _opened(writing: Writing, reads: Reads, of: Object, ids: Sequence[str], depth: int) -> Statements[list[bytes]]:
    """The JSON of records with their relations."""
    answers, length = [], Length()
    for id_ in ids:
        answers.append((yield from reads.find_one(of, id_, depth, deleted=None)))
        length.add(answers[-1])
    return answers


def insert(writing: Writing, of: Object, records: Sequence[Sent], *, linked: bool = False) -> Statements[list[tuple[str, str]]]:
    """(id, doc) of new records.  Where they are `linked`, whoever made them has seen to it that their relations lead to
    records that are there, and it does not matter whether those are deleted."""
    count = len(records)
    ids = new_ids(2 * count if outbox.tells_lines(writing, of) else count)  # of records, and of the lines that tell of them
    made = [new_columns(of, with_actor(writing, of, sent), id_, writing.now) for sent, id_ in zip(records, ids, strict=False)]
    if count == 1 and not linked and writing.dialect.LINKED:
        check_files(of, made)
        rows = yield from _insert_alone(writing, of, made[0])
    else:
        yield from positions.fill(of, made, descends=writing.version.writes.descends)
        check_files(of, made)
        if not linked:
            yield from check_links(writing, of, made)
        rows_in = [_row(writing, of, values) for values in made]
        try:
            rows = yield Statement(insert_text(of, doc_column(of)), rows_in, many=True)
        except Violation as violation:
            raise (yield from refused(of, violation, made, new=writing.version)) from None
    docs = [str(row[0]) for row in rows]
    inserted = [(str(values["id"]), doc) for values, doc in zip(made, docs, strict=True)]
    yield outbox.created(writing, of, inserted, ids[count:])
    return inserted


def _insert_alone(writing: Writing, of: Object, values: Columns) -> Statements[list[Row]]:
    """The doc of a new record, of which one statement finds the position, and whether what its relations lead to is there."""
    descends = writing.version.writes.descends
    if values.get("position") == "last":
        yield from positions.fill(of, [values], descends=descends)
    placed = values.setdefault("position", "first") != "first"
    wanted = [link for link in links(of) if values[link.name] and (link.target, values[link.name]) != (of.singular, values["id"])]
    tables = tuple((link.name, writing.catalogue.by_singular[link.target or ""].table) for link in wanted)
    text, unbound = _alone(of, writing.dialect.LINKED, tables, placed=placed, descends=descends)
    row = _row(writing, of, values)
    if unbound is not None:
        del row[unbound]
    try:
        return (yield Statement(text, row))
    except Violation as violation:
        yield from check_links(writing, of, [values])
        raise (yield from refused(of, violation, [values], new=writing.version)) from None


@lru_cache(maxsize=4096)
def _alone(of: Object, linked: str, tables: tuple[tuple[str, str], ...], *, placed: bool, descends: bool) -> tuple[str, int | None]:
    """INSERT for a record whose relations lead to these tables, each with its column; and the place in its row of what is not bound:
    its position, unless it is `placed` or has none."""
    names = [column.name for column in columns(of)]
    computed = {name: linked.format(table=quoted(table)) for name, table in tables}
    unbound = None if placed or "position" not in names else names.index("position")
    if unbound is not None:
        computed["position"] = positions.next_of_one(of, descends=descends)
    return insert_text(of, doc_column(of), computed=tuple(computed.items())), unbound


def _row(writing: Writing, of: Object, values: Columns) -> list[Any]:
    """The values of a record as they are bound."""
    picked, converted = _inserted(of)
    row = list(picked(values))
    for at, column in converted:
        if row[at] is not None:
            row[at] = stored(writing, of, column, row[at], values["id"])
    return row


@lru_cache(maxsize=1024)
def _inserted(of: Object) -> tuple[Callable[[Columns], Sequence[Any]], tuple[tuple[int, Column], ...]]:
    """What picks the values of all columns, in their order; and those whose values are not stored as they are, each with its place."""
    found = columns(of)
    converted = tuple((at, each) for at, each in enumerate(found) if each.secret or each.kind not in AS_THEY_ARE)
    return itemgetter(*(each.name for each in found)), converted


@lru_cache(maxsize=1024)
def insert_text(of: Object, returning: str = "", *, computed: tuple[tuple[str, str], ...] = ()) -> str:
    """INSERT for a record, with all its columns in the order of the catalogue.  Of those that are `computed`, each with the
    expression for it, nothing is bound."""
    names, expressions = [column.name for column in columns(of)], dict(computed)
    values = ", ".join(expressions.get(name, "?") for name in names)
    text = f"INSERT INTO {quoted(of.table)} ({', '.join(map(quoted, names))}) VALUES ({values})"
    return f"{text} RETURNING {returning}" if returning else text


def with_actor(writing: Writing, of: Object, sent: Sent) -> Sent:
    """A new record says who made it: the writer, unless the body names somebody; a source alone is kept.  Objects that say
    who changed them last keep every part that was named."""
    if "createdBy" not in of.field_by_name:
        return sent
    if "updatedBy" not in of.field_by_name and sent.get("createdBy", {}).get("name"):
        return sent
    signed = {"updatedBy": dict(writing.actor)} if "updatedBy" in of.field_by_name else {}
    return {**sent, "createdBy": {**writing.actor, **sent.get("createdBy", {})}, **signed}


def change(writing: Writing, of: Object, id_: str, sent: Sent) -> Statements[bytes]:
    """Gives a record what was sent; its JSON as it is then.  Raises NotFound."""
    traits = writing.version.writes
    after = changed_columns(of, sent)
    after.pop("id", None)
    moved, deleted_at = "deletedAt" in after, after.pop("deletedAt", None)
    signed = signature(writing, of)
    after = {name: value for name, value in after.items() if name not in signed}
    before, old_doc = yield from _held(writing, of, id_, after)
    yield from positions.fill(of, [after] if "position" in after else [], descends=traits.descends)
    changed = {name: value for name, value in after.items() if not _same(writing, of, id_, name, before, value)}
    doc, eventful = old_doc, bool(changed) or not traits.stamps
    if changed or traits.stamps:
        keys.check_change(of, before, changed)
        check_files(of, [changed], before)
        yield from check_links(writing, of, [changed])
        changed = {"updatedAt": writing.now, **changed, **signed}
        by_name = column_by_name(of)
        values = [stored(writing, of, by_name[name], value, id_) for name, value in changed.items()]
        try:
            doc = yield from _set(writing, of, tuple(changed), (*values, id_))
        except Violation as violation:
            raise (yield from refused(of, violation, [{**before, **changed, "id": id_}])) from None
    if eventful:
        yield outbox.event(writing, of, "updated", [(id_, old_doc, doc)], updated_fields=list(sent))
    if moved and deleted_at != before["deletedAt"]:
        doc = yield from deletions.move(writing, of, id_, deleted_at)
    return _record(doc)


def _set(writing: Writing, of: Object, names: tuple[str, ...], values: Sequence[Any]) -> Statements[str]:
    """Sets columns of the record whose id is the last of the values; its doc as it is then."""
    dialect = writing.dialect
    rows = yield Statement(_setting(of, names, returns=not dialect.READS_BACK), values)
    if not dialect.READS_BACK:
        return str(rows[0][0])
    ((doc,),) = yield Statement(dialect.one(dialect.doc(of, "t"), of, "", whole=False), values[-1:])
    return str(doc, "utf-8")


@lru_cache(maxsize=1024)
def _setting(of: Object, names: tuple[str, ...], *, returns: bool) -> str:
    """A statement that sets these columns of a record, and returns its doc where it is to."""
    text = f'UPDATE {quoted(of.table)} SET {", ".join(f"{quoted(name)} = ?" for name in names)} WHERE "id" = ?'
    return f"{text} RETURNING {doc_column(of)}" if returns else text


def _held(writing: Writing, of: Object, id_: str, after: Columns) -> Statements[tuple[Columns, str]]:
    """What a record has in the columns that are to be changed, in unique ones and in deletedAt, and its doc; nobody else
    changes it until this write ends."""
    dialect = writing.dialect
    text, names = _holding(of, tuple(after), dialect.FOR_CHANGE, alive=not writing.version.writes.finds_deleted)
    rows = yield Statement(text, (id_,))
    if not rows:
        raise not_found(of, id_)
    before = {column.name: dialect.canonical(column, value) for column, value in zip(names, rows[0], strict=False)}
    return before, str(rows[0][-1])


@lru_cache(maxsize=1024)
def _holding(of: Object, after: tuple[str, ...], locked: str, *, alive: bool) -> tuple[str, tuple[Column, ...]]:
    kept = {"deletedAt", *after, *(column.name for key in unique_keys(of) for column in key)}
    names = tuple(column for column in columns(of) if column.name in kept)
    listed = ", ".join([*(quoted(column.name) for column in names), doc_column(of)])
    living = ' AND "deletedAt" IS NULL' if alive else ""
    return f'SELECT {listed} FROM {quoted(of.table)} WHERE "id" = ?{living}{locked}', names


def _record(doc: str) -> bytes:
    return b"{" + doc.encode()


def _same(writing: Writing, of: Object, id_: str, name: str, before: Columns, value: Any) -> bool:
    column, old = column_by_name(of)[name], before[name]
    if column.secret and old:
        old = writing.sealer.open(old, place(of, column, id_))
    return bool(old == value and type(old) is type(value))


def update_where(writing: Writing, of: Object, condition: str, values: Sequence[Any], changes: Columns) -> Statements[None]:
    """Gives the live records of a condition these values, and tells of it as of any other update."""
    rows = yield Statement(f'SELECT "id" FROM {quoted(of.table)} WHERE {condition} AND "deletedAt" IS NULL', values)
    for (id_,) in rows:
        yield from change(writing, of, str(id_), {name: {"": value} for name, value in changes.items()})

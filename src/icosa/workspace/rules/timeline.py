"""The history of records: lines of the object timelineActivity, written with what they tell of.

    company.created, company.deleted, company.restored    of each object that such a line can lead to
    company.updated                                       with what each changed field was and is
    linked-note.created                                   on what a note, or a task, was just put to

A line goes with its record when that is destroyed, so that of a destroyed one there is none.  No event tells of a line as it
is written, as none of a Twenty 2.19 does: it tells of a write whose event is there.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from icosa.catalogue.columns import column_by_name, columns
from icosa.catalogue.model import Object
from icosa.wire.identifiers import new_id
from icosa.workspace.metadata.identity import derived
from icosa.workspace.store import history, positions
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import ACTIVITY, quoted
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Occurrence, Writing, refused
from icosa.workspace.store.writes import insert_text

_ACTIONS: Final = frozenset({"created", "updated", "deleted", "restored"})
_UNTOLD: Final = frozenset({"id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector"})
"""Fields whose changes nobody reads a history for."""

_POSITION: Final = "position"
_TEXTS: Final = frozenset({"name", "linkedRecordCachedName"})

_LINKED: Final = {"noteTarget": "note", "taskTarget": "task"}
"""What a record that only joins others puts to them."""


def written(writing: Writing) -> Statements[None]:
    """Writes the lines of all that happened in this write, and counts it as written."""
    happened = list(writing.happened)
    of = writing.catalogue.by_singular.get(ACTIVITY) if happened else None
    keys = {} if of is None else history.keys(of)
    if of is not None and keys:
        lines: list[Columns] = []
        for each in happened:
            if each.of.singular in keys and each.action in _ACTIONS:
                lines += _lines(each, keys[each.of.singular])
            elif each.of.singular in _LINKED and each.action == history.CREATED:
                lines += yield from _linked(writing, each, keys)
        if lines:
            yield from _insert(writing, of, lines)
    writing.happened.clear()


def _insert(writing: Writing, of: Object, lines: Sequence[Columns]) -> Statements[None]:
    """Writes lines, of each of which there are the columns that are its own.  There is one for nearly every write, so that all
    that is the same for each is made ready once, and no statement but this one is run for it."""
    dialect, by_name = writing.dialect, column_by_name(of)
    blank = _blank(of, dialect)  # type: ignore[arg-type]  # a dialect is a module, which has a hash as any object has
    rows = []
    for line in lines:
        row = blank.row.copy()
        row[blank.id] = new_id()
        for place in blank.moments:
            row[place] = writing.now
        for name, each in line.items():
            row[blank.places[name]] = each if name in _TEXTS else dialect.value(by_name[name], each)
        rows.append(row)
    try:
        yield Statement(blank.text, rows, many=True)
    except Violation as violation:
        made = [dict(zip(blank.places, row, strict=True)) for row in rows]
        raise (yield from refused(of, violation, made, new=writing.version)) from None


class _BlankLine(NamedTuple):
    """A line that says nothing yet: the statement that writes one, what it binds, as the database stores it, and the places therein,
    by column, of the id, and of what is the moment of writing."""

    text: str
    row: list[Any]
    places: dict[str, int]
    id: int
    moments: Sequence[int]


@lru_cache(maxsize=64)
def _blank(of: Object, dialect: Dialect) -> _BlankLine:
    values = history.blank(of)
    bound = [column for column in columns(of) if column.name != _POSITION]
    places = {column.name: place for place, column in enumerate(bound)}
    moments = [place for name, place in places.items() if values[name] == history.MOMENT]
    row = [dialect.value(column, values[column.name]) for column in bound]
    computed = {_POSITION: positions.next_first(of, dialect)} if len(bound) < len(columns(of)) else {}
    return _BlankLine(insert_text(of, computed=tuple(computed.items())), row, places, places["id"], moments)


def _lines(happening: Occurrence, key: str) -> Iterator[Columns]:
    for id_, before, after in happening.changes:
        line: Columns = {"name": history.name(happening.of.singular, happening.action), key: id_}
        if happening.action == "updated":
            diff = _difference(happening.of, _record(before), _record(after))
            if not diff:
                continue
            line["properties"] = {"diff": diff}
        yield line


def _difference(of: Object, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Every field that is otherwise, a composite as a whole."""
    names = [field.name for field in of.fields if field.name not in _UNTOLD and not field.secret]
    return {name: {"before": before[name], "after": after[name]} for name in names if before[name] != after[name]}


def _linked(writing: Writing, happening: Occurrence, keys: dict[str, str]) -> Statements[list[Columns]]:
    singular = _LINKED[happening.of.singular]
    of = writing.catalogue.by_singular.get(singular)
    relation = happening.of.relation_by_name.get(singular)
    if of is None or relation is None or "title" not in column_by_name(of):
        return []
    lines: list[Columns] = []
    for _, _, after in happening.changes:
        record = _record(after)
        linked = record[relation.foreign_key]
        ends = [(keys[each.target], record[each.foreign_key]) for each in happening.of.belongs_to if each.morph and each.target in keys]
        ends = [(key, id_) for key, id_ in ends if id_]
        if not linked or not ends:
            continue
        rows = yield Statement(f'SELECT "title" FROM {quoted(of.table)} WHERE "id" = ?', (linked,))
        line: Columns = {
            "name": history.name(f"linked-{singular}", history.CREATED),
            "linkedRecordCachedName": rows[0][0] if rows else None,
            "linkedRecordId": linked,
            "linkedObjectMetadataId": derived("object", singular),
        }
        lines += [{**line, key: id_} for key, id_ in ends]
    return lines


def _record(doc: str | None) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads("{" + (doc or "}"))
    return found

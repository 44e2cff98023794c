"""The history of records: lines of the object timelineActivity, written with what they tell of.

    company.created, company.deleted, company.restored    of each object that such a line can lead to
    company.updated                                       with what each changed field was and is
    linked-note.created                                   on what a note, or a task, was just put to

A line goes with its record when that is destroyed, so that of a destroyed one there is none.
"""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.model import Object
from icosa.wire.rest.body import Sent
from icosa.workspace.metadata.identity import derived
from icosa.workspace.rules.system import by_system
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Occurrence, Writing
from icosa.workspace.store.writes import insert

_ACTIVITY: Final = "timelineActivity"
_NEEDED: Final = {"name", "properties", "happensAt", "linkedRecordCachedName", "linkedRecordId", "linkedObjectMetadataId"}
_ACTIONS: Final = frozenset({"created", "updated", "deleted", "restored"})
_UNTOLD: Final = frozenset({"id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector"})
"""Fields whose changes nobody reads a history for."""

_LINKED: Final = {"noteTarget": "note", "taskTarget": "task"}
"""What a record that only joins others puts to them."""


def written(writing: Writing) -> Statements[None]:
    """Writes the lines of all that happened in this write, and counts it as written."""
    happened = list(writing.happened)
    of = writing.catalogue.by_singular.get(_ACTIVITY)
    if of is not None and column_by_name(of).keys() >= _NEEDED:
        keys = {relation.target: relation.foreign_key for relation in of.belongs_to if relation.morph}
        lines: list[Sent] = []
        for each in happened:
            if each.of.singular in keys and each.action in _ACTIONS:
                lines += _lines(each, keys[each.of.singular])
            elif each.of.singular in _LINKED and each.action == "created":
                lines += yield from _linked(writing, each, keys)
        if lines:
            yield from insert(by_system(writing), of, [{**line, "happensAt": {"": writing.now}} for line in lines], linked=True)
    writing.happened.clear()


def _lines(happening: Occurrence, key: str) -> Iterator[Sent]:
    for id_, before, after in happening.changes:
        properties: dict[str, Any] = {}
        if happening.action == "updated":
            diff = _difference(happening.of, _record(before), _record(after))
            if not diff:
                continue
            properties = {"diff": diff}
        yield {"name": {"": f"{happening.of.singular}.{happening.action}"}, "properties": {"": properties}, key: {"": id_}}


def _difference(of: Object, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Every field that is otherwise, a composite as a whole."""
    names = [field.name for field in of.fields if field.name not in _UNTOLD and not field.secret]
    return {name: {"before": before[name], "after": after[name]} for name in names if before[name] != after[name]}


def _linked(writing: Writing, happening: Occurrence, keys: dict[str, str]) -> Statements[list[Sent]]:
    singular = _LINKED[happening.of.singular]
    of = writing.catalogue.by_singular.get(singular)
    relation = happening.of.relation_by_name.get(singular)
    if of is None or relation is None or "title" not in column_by_name(of):
        return []
    lines: list[Sent] = []
    for _, _, after in happening.changes:
        record = _record(after)
        linked = record[relation.foreign_key]
        ends = [(keys[each.target], record[each.foreign_key]) for each in happening.of.belongs_to if each.morph and each.target in keys]
        ends = [(key, id_) for key, id_ in ends if id_]
        if not linked or not ends:
            continue
        rows = yield Statement(f'SELECT "title" FROM {quoted(of.table)} WHERE "id" = ?', (linked,))
        line: Sent = {
            "name": {"": f"linked-{singular}.created"},
            "properties": {"": {}},
            "linkedRecordCachedName": {"": rows[0][0] if rows else None},
            "linkedRecordId": {"": linked},
            "linkedObjectMetadataId": {"": derived("object", singular)},
        }
        lines += [{**line, key: {"": id_}} for key, id_ in ends]
    return lines


def _record(doc: str | None) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads("{" + (doc or "}"))
    return found

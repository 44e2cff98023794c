"""The schemas of the envelopes that `icosa.wire.rest.envelope` writes."""

from icosa.catalogue.model import Object
from icosa.wire.actions import Operation
from icosa.wire.openapi.schemas import Schema, reference
from icosa.wire.rest.envelope import key_of
from icosa.wire.version import Version

_CURSOR: Schema = {"type": ["string", "null"], "description": "For starting_after and ending_before; null on an empty page."}
_TOTAL: Schema = {"type": "integer", "minimum": 0, "description": "How many records there are on all pages together."}
_FORWARD = "Where the page lies. A page that was asked for with ending_before has hasPreviousPage too, where that is true."
_NEXT: Schema = {"hasNextPage": {"type": "boolean"}}
_PREVIOUS: Schema = {"hasPreviousPage": {"type": "boolean"}}
_CURSORS: Schema = {"startCursor": _CURSOR, "endCursor": _CURSOR}

OPEN_API_DOCUMENT: Schema = {
    "type": "object",
    "properties": {
        "openapi": {"type": "string"},
        "info": {"type": "object"},
        "servers": {"type": "array", "items": {"type": "object"}},
        "components": {"type": "object"},
        "paths": {"type": "object"},
        "tags": {"type": "array", "items": {"type": "object"}},
    },
}


def record(operation: Operation, of: Object) -> Schema:
    return _data(_object(key_of(operation, of), reference(of, "ForResponse")))


def records(operation: Operation, of: Object) -> Schema:
    return _data(_object(key_of(operation, of), _list(of)))


def deleted(of: Object) -> Schema:
    return _data(_object(key_of(Operation.DELETE_ONE, of), _object("id", {"type": "string", "format": "uuid"})))


def groups(of: Object) -> Schema:
    """A bare list: what is asked of a group stands beside its values."""
    values = {"type": "array", "description": "What the records of the group have in common, a value for each thing that is grouped by."}
    return {"type": "array", "items": _object("groupByDimensionValues", values, {"records": _list(of)})}


def page(of: Object, version: Version) -> Schema:
    return _data(_object(of.plural, _list(of)), _place(version))


def duplicates(of: Object, version: Version) -> Schema:
    return _data({"type": "array", "items": _object(key_of(Operation.FIND_DUPLICATES, of), _list(of), _place(version))})


def _place(version: Version) -> Schema:
    """What stands beside the records of a page."""
    if version.two_ways:
        lies = {"type": "object", "description": "Where the page lies.", "properties": {**_CURSORS, **_NEXT, **_PREVIOUS}}
        return {"totalCount": _TOTAL, "pageInfo": lies}
    return {"pageInfo": {"type": "object", "description": _FORWARD, "properties": {**_NEXT, **_CURSORS}}, "totalCount": _TOTAL}


def _list(of: Object) -> Schema:
    return {"type": "array", "items": reference(of, "ForResponse")}


def _data(schema: Schema, more: Schema | None = None) -> Schema:
    return _object("data", schema, more)


def _object(key: str, schema: Schema, more: Schema | None = None) -> Schema:
    return {"type": "object", "properties": {key: schema, **(more or {})}}

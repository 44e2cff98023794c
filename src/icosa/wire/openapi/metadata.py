"""The OpenAPI document of metadata: how objects, fields, webhooks, keys and views are told and changed.

It is the same for every workspace of a version.  A version that keeps metadata answers with what it is, bare objects and
lists; one that only tells of objects and fields has an envelope around them, as around records.
"""

from typing import Any, Final, NamedTuple

import orjson

from icosa.catalogue.field_types import GENERATIONS
from icosa.catalogue.naming import capitalised
from icosa.wire.openapi.components import SECURITY_SCHEMES, responses
from icosa.wire.openapi.schemas import Schema
from icosa.wire.version import Version

_GENERATION = 2
_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_ID: Final = {"type": "string", "format": "uuid"}
_MOMENT: Final = {"type": "string", "format": "date-time"}


def _described(schema: Schema, text: str) -> Schema:
    return {**schema, "description": text}


_OPTIONS = {
    "type": "array",
    "description": "What a choice can be; needed for SELECT and MULTI_SELECT.",
    "items": {"type": "object", "properties": {"value": _TEXT, "label": _TEXT, "color": _TEXT, "position": {"type": "integer"}}},
}
_RELATION = {
    "type": "object",
    "description": "The other end of a relation; needed for RELATION.",
    "properties": {
        "type": {"type": "string", "enum": ["MANY_TO_ONE", "ONE_TO_MANY"]},
        "targetObjectMetadataId": _ID,
        "targetFieldLabel": _described(_TEXT, "What the other object calls it; its name is made of it."),
        "targetFieldIcon": _TEXT,
    },
}
_TYPES = sorted({*(each.name for each in GENERATIONS[_GENERATION].values()), "RELATION"} - {"NUMERIC", "POSITION", "TS_VECTOR"})


class _Kind(NamedTuple):
    """What metadata has many of: its plural and singular name, what it is, what is sent of it, and which of that is needed."""

    plural: str
    singular: str
    text: str
    sent: Schema
    needed: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    """What is sent when one is made, and never again."""
    paged: bool = False
    gone: Schema | None = None
    """What the answer to a deletion is, where it is not what was deleted."""
    made: bool = True


_KEPT: Final = "Objects, fields, webhooks, keys and views of a workspace: what its records are made of, told and changed."
_KINDS: Final = (
    _Kind(
        "objects",
        "object",
        "A kind of record, such as company.",
        {
            "nameSingular": _described(_TEXT, "Its name, which answers have: a lower-case letter, then letters and digits."),
            "namePlural": _described(_TEXT, "Its name in paths."),
            **dict.fromkeys(("labelSingular", "labelPlural", "description", "icon"), _TEXT),
            "isActive": _described(_FLAG, "Whether it is shown; a hidden one answers as before."),
        },
        ("nameSingular", "namePlural", "labelSingular", "labelPlural"),
        ("nameSingular", "namePlural"),
        paged=True,
    ),
    _Kind(
        "fields",
        "field",
        "A value of the records of an object, or one end of a relation.",
        {
            "objectMetadataId": _described(_ID, "The object that it is of."),
            "name": _described(_TEXT, "Its name in records."),
            "type": {"type": "string", "enum": _TYPES},
            **dict.fromkeys(("label", "description", "icon"), _TEXT),
            "isActive": _described(_FLAG, "Whether it is shown; a hidden one is read and written as before."),
            "isUnique": _described(_FLAG, "Whether no two records have the same value."),
            "defaultValue": {"description": "What a new record has: a text in single quotes, or any other value as it is."},
            "options": _OPTIONS,
            "settings": {"type": "object", "description": "maxNumberOfValues of FILES; others are kept as they are sent."},
            "relationCreationPayload": _RELATION,
        },
        ("objectMetadataId", "name", "label", "type"),
        ("objectMetadataId", "name", "type", "relationCreationPayload"),
        paged=True,
    ),
    _Kind(
        "webhooks",
        "webhook",
        "A subscription to changes.",
        {
            "targetUrl": _described(_TEXT, "The address that receives the events."),
            "operations": {"type": "array", "items": _TEXT, "description": 'Such as ["company.created", "*.destroyed"]; else ["*.*"].'},
            "description": _TEXT,
            "secret": _described(_TEXT, "What deliveries are signed with; made where none is sent."),
        },
        ("targetUrl",),
        gone=_FLAG,
    ),
    _Kind(
        "apiKeys",
        "apiKey",
        "A credential of a program; the workspace makes them elsewhere.",
        {"name": _TEXT, "expiresAt": _described(_MOMENT, "Only ever earlier."), "revokedAt": _described(_MOMENT, "For good.")},
        gone=_FLAG,
        made=False,
    ),
    _Kind(
        "views",
        "view",
        "Which fields of an object somebody looks at, and how.",
        {
            "name": _TEXT,
            "objectMetadataId": _ID,
            "type": {"type": "string", "enum": ["TABLE", "KANBAN", "CALENDAR"]},
            "icon": _TEXT,
            "position": {"type": "number"},
        },
        ("name", "objectMetadataId"),
        ("objectMetadataId",),
        gone={"type": "object", "properties": {"success": _FLAG}},
    ),
)


def metadata_document(address: str, version: Version) -> Schema:
    """The document, as JSON values.  `address` is where the workspace is reached."""
    text = _KEPT if version.keeps_metadata else "Objects and fields of a workspace: what its records are made of."
    kinds = _KINDS if version.keeps_metadata else _KINDS[:2]
    return {
        "openapi": "3.1.1",
        "info": {"title": "Icosa metadata", "version": version.name, "description": text},
        "servers": [{"url": f"{address}{version.root}metadata", "description": "This workspace"}],
        "security": [{"bearerAuth": []}],
        "tags": [{"name": each.plural, "description": each.text} for each in kinds],
        "paths": {path: operations for each in kinds for path, operations in _paths(each, version.keeps_metadata).items()},
        "components": {
            "securitySchemes": SECURITY_SCHEMES,
            "schemas": {name: schema for each in kinds for name, schema in _schemas(each, version.keeps_metadata).items()},
            "responses": responses(version),
        },
    }


def metadata_document_bytes(address: str, version: Version) -> bytes:
    return orjson.dumps(metadata_document(address, version))


def _schemas(kind: _Kind, kept: bool) -> Schema:
    name = capitalised(kind.singular)
    moments = {"createdAt": _MOMENT, "updatedAt": _MOMENT}
    changed = {each: schema for each, schema in kind.sent.items() if each not in kind.fixed}
    # What is there from the beginning has types and views too that nobody can make.
    answered = {each: {name: value for name, value in schema.items() if name != "enum"} for each, schema in kind.sent.items()}
    made: Schema = {"type": "object", "description": kind.text, "properties": kind.sent}
    if kind.needed:
        made["required"] = list(kind.needed)
    answer = {"type": "object", "description": kind.text, "properties": {"id": _ID, **answered, "workspaceId": _ID, **moments}}
    if not kept:
        return {f"{name}ForResponse": answer}
    return {
        name: made,
        f"{name}ForUpdate": {"type": "object", "description": kind.text, "properties": changed},
        f"{name}ForResponse": answer,
    }


def _paths(kind: _Kind, kept: bool) -> Schema:
    answer = _reference(kind, "ForResponse")
    listed = _listed(kind, kept)
    many: Schema = {"get": _operation(kind, f"Find Many {kind.plural}", listed, parameters=_PAGES if kind.paged else ())}
    one: Schema = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": _ID, "description": f"The id of the {kind.singular}."}],
        "get": _operation(kind, f"Find One {kind.singular}", answer if kept else _enveloped(kind.singular, answer)),
    }
    if kept and kind.made:
        many["post"] = _operation(kind, f"Create One {kind.singular}", answer, "201", _reference(kind))
    if kept:
        one["patch"] = _operation(kind, f"Update One {kind.singular}", answer, body=_reference(kind, "ForUpdate"))
        one["delete"] = _operation(kind, f"Delete One {kind.singular}", kind.gone or answer)
    return {f"/{kind.plural}": many, f"/{kind.plural}/{{id}}": one}


_PAGES: Final = tuple(
    {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
    for name, schema, text in (
        ("limit", {"type": "integer", "minimum": 0}, "How many come at most."),
        ("starting_after", _ID, "The id that the page comes after."),
        ("ending_before", _ID, "The id that the page comes before."),
    )
)


def _enveloped(name: str, answer: Schema, **beside: Schema) -> Schema:
    held: Schema = {"type": "object", "properties": {name: answer}}
    return {"type": "object", "properties": {"data": held, **beside}}


def _listed(kind: _Kind, kept: bool) -> Schema:
    items = {"type": "array", "items": _reference(kind, "ForResponse")}
    if not kind.paged:
        return items
    info = {
        **dict.fromkeys(("hasNextPage", "hasPreviousPage"), _FLAG),
        **{name: {"type": ["string", "null"]} for name in ("startCursor", "endCursor")},
    }
    beside: Schema = {"pageInfo": {"type": "object", "properties": info}, "totalCount": {"type": "integer"}}
    return {"type": "object", "properties": {"data": items, **beside}} if kept else _enveloped(kind.plural, items, **beside)


def _operation(
    kind: _Kind, summary: str, answer: Schema, status: str = "200", body: Schema | None = None, parameters: tuple[Schema, ...] = ()
) -> Schema:
    verb, count, what = summary.split()
    name = f"{verb.lower()}{count}{capitalised(what)}"
    described: Schema = {"tags": [kind.plural], "summary": summary, "operationId": name}
    if parameters:
        described["parameters"] = list(parameters)
    if body:
        described["requestBody"] = {"required": True, "content": _json(body)}
    refused = {each: {"$ref": f"#/components/responses/{each}"} for each in ("400", "401", "403")}
    return {**described, "responses": {status: {"description": "It is done.", "content": _json(answer)}, **refused}}


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _reference(kind: _Kind, suffix: str = "") -> Schema:
    return {"$ref": f"#/components/schemas/{capitalised(kind.singular)}{suffix}"}

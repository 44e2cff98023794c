"""The stand-in's OpenAPI document, laid out as 2.19 lays out its own: the server ends in /rest/, paths have no /rest."""

from typing import Any

from tests.newer_server.schema import BASE, OBJECTS, PARTS, Json, Thing

_STRING: Json = {"type": "string"}
_URL: Json = {"type": "object", "properties": {"url": {"type": "string", "format": "uri"}, "label": _STRING}}
_PHONE: Json = {"type": "object", "properties": {"number": _STRING, "countryCode": _STRING, "callingCode": _STRING}}
_LISTS = {"secondaryLinks": _URL, "additionalEmails": {"type": "string", "format": "email"}, "additionalPhones": _PHONE}
_FILE: Json = {"type": "object", "properties": {"fileId": {"type": "string", "format": "uuid"}, "label": _STRING}}
_OF: dict[str, Json] = {
    "NUMBER": {"type": "number"},
    "POSITION": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "UUID": {"type": "string", "format": "uuid"},
    "DATE_TIME": {"type": "string", "format": "date-time"},
    "ARRAY": {"type": "array", "items": _STRING},
    "RAW_JSON": {"type": "object"},
    "FILES": {"type": "array", "items": _FILE},
}


def _query(name: str, kind: str, **more: Any) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind, **more}}


PARAMETERS: dict[str, Json] = {
    "idPath": {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
    "startingAfter": _query("starting_after", "string"),
    "endingBefore": _query("ending_before", "string"),
    "filter": _query("filter", "string"),
    "depth": _query("depth", "integer", enum=[0, 1], default=1),
    "upsert": _query("upsert", "boolean", default=False),
    "softDelete": _query("soft_delete", "boolean", default=False),
    "orderBy": _query("order_by", "string"),
    "limit": _query("limit", "integer", minimum=0, maximum=200, default=60),
}


def document(url: str) -> Json:
    schemas: Json = {}
    for of in OBJECTS.values():
        schemas |= _schemas(of)
    return {
        "openapi": "3.1.1",
        "info": {"title": "Stand-in", "version": "v0.1"},
        "servers": [{"url": f"{url}/rest/", "description": "Production Development"}],
        "components": {
            "securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": schemas,
            "parameters": PARAMETERS,
            "responses": {},
        },
        "security": [{"bearerAuth": []}],
        "paths": {path: item for of in OBJECTS.values() for path, item in _paths(of).items()},
    }


def _schemas(of: Thing) -> Json:
    name = _name(of)
    sent = {each: _schema(kind) for each, kind in of.all_fields.items() if each not in BASE}
    sent |= {each: {"type": "object", "properties": {"source": {"type": "string", "enum": ["API", "MANUAL"]}}} for each in _STAMPS}
    base = {each: _schema(kind) for each, kind in BASE.items()}
    stamp = {"type": "object", "properties": {"source": _STRING, "workspaceMemberId": _OF["UUID"], "name": _STRING}}
    related: Json = {each: {"type": "object", "oneOf": [{"$ref": _ref(OBJECTS[target])}]} for each, (target, _) in of.points.items()}
    related |= {
        collection: {"type": "array", "items": {"$ref": _ref(other)}}
        for other in OBJECTS.values()
        for target, collection in other.points.values()
        if target == of.plural
    }
    return {
        name: {"type": "object", "properties": sent},
        f"{name}ForUpdate": {"type": "object", "properties": sent},
        f"{name}ForResponse": {"type": "object", "properties": {**base, **sent, **dict.fromkeys(_STAMPS, stamp), **related}},
    }


_STAMPS = ("createdBy", "updatedBy")


def _name(of: Thing) -> str:
    return of.singular[0].upper() + of.singular[1:]


def _ref(of: Thing) -> str:
    return f"#/components/schemas/{_name(of)}ForResponse"


def _schema(kind: str | tuple[str, ...]) -> Json:
    if isinstance(kind, tuple):
        return {"type": "string", "enum": list(kind)}
    if kind in PARTS:
        shown = {part: {"type": "array", "items": _LISTS[part]} if part in _LISTS else _schema(each) for part, each in PARTS[kind].items()}
        return {"type": "object", "properties": shown}
    return _OF.get(kind, _STRING)


def _paths(of: Thing) -> Json:
    one, plural = _name(of), of.plural
    many = plural[0].upper() + plural[1:]
    item = {"type": "array", "items": {"$ref": _ref(of)}}
    record = {"$ref": _ref(of)}
    sent, changed = {"$ref": f"#/components/schemas/{one}"}, {"$ref": f"#/components/schemas/{one}ForUpdate"}
    ids = {"type": "object", "properties": {"id": _OF["UUID"]}}
    pages = ("orderBy", "filter", "limit", "depth", "startingAfter", "endingBefore")
    ids_of_all = {"type": "array", "items": ids}
    return {
        f"/{plural}": {
            "get": _does(f"findMany{many}", pages, plural, item),
            "post": _does(f"createOne{one}", ("depth", "upsert"), f"create{one}", record, sent, "201"),
            "delete": _does(f"deleteMany{many}", ("filter", "softDelete"), f"delete{many}", ids_of_all),
            "patch": _does(f"updateMany{many}", ("depth", "filter"), f"update{many}", item, changed),
        },
        f"/batch/{plural}": {
            "post": _does(f"createMany{many}", ("depth", "upsert"), f"create{many}", item, {"type": "array", "items": sent}, "201")
        },
        f"/{plural}/{{id}}": {
            "get": _does(f"findOne{one}", ("idPath", "depth"), of.singular, record),
            "delete": _does(f"deleteOne{one}", ("idPath", "softDelete"), f"delete{one}", ids),
            "patch": _does(f"UpdateOne{one}", ("idPath", "depth"), f"update{one}", record, changed),
        },
        f"/{plural}/duplicates": {"post": _does(f"find{one}Duplicates", ("depth",), f"{of.singular}Duplicates", item, {"type": "object"})},
        f"/restore/{plural}/{{id}}": {"patch": _does(f"restoreOne{one}", ("idPath", "depth"), f"restore{one}", record)},
        f"/restore/{plural}": {"patch": _does(f"restoreMany{many}", ("depth", "filter"), f"restore{many}", item)},
    }


def _does(operation: str, parameters: tuple[str, ...], key: str, schema: Json, body: Json | None = None, status: str = "200") -> Json:
    data = {"type": "object", "properties": {"data": {"type": "object", "properties": {key: schema}}}}
    found: Json = {
        "operationId": operation,
        "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in parameters],
        "responses": {status: {"description": "Successful operation", "content": {"application/json": {"schema": data}}}},
    }
    return found if body is None else {**found, "requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}

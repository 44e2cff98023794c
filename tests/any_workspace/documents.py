"""Documents that this project did not write: that of Twenty 1.0.3, and by hand what a workspace adds to it."""

import copy
import json
from typing import Any

from icosa.catalogue.standard import STANDARD
from icosa.wire.openapi.document import document_bytes
from tests.shared import SHARED, reference

Json = dict[str, Any]

PLANETS = ["MARS", "VENUS"]
TEXT = {"type": "string"}

AS_TWENTY_WRITES: dict[str, Json] = {
    "fieldText": TEXT,
    "fieldUuid": {"type": "string", "format": "uuid"},
    "fieldNumber": {"type": "integer"},
    "fieldFloat": {"type": "number"},
    "fieldBoolean": {"type": "boolean"},
    "fieldDateTime": {"type": "string", "format": "date-time"},
    "fieldDate": {"type": "string", "format": "date"},
    "fieldSelect": {"type": "string", "enum": PLANETS},
    "fieldMultiSelect": {"type": "array", "items": {"type": "string", "enum": PLANETS}},
    "fieldRating": {"type": "string", "enum": [f"RATING_{n}" for n in range(1, 6)]},
    "fieldArray": {"type": "array", "items": TEXT},
    "fieldRawJson": {"type": "object"},
    "fieldCurrency": {"type": "object", "properties": {"amountMicros": {"type": "number"}, "currencyCode": TEXT}},
    "fieldFullName": {"type": "object", "properties": {"firstName": TEXT, "lastName": TEXT}},
    "fieldRichTextV2": {"type": "object", "properties": {"blocknote": TEXT, "markdown": TEXT}},
    "fieldActor": {"type": "object", "properties": {"source": {"type": "string", "enum": ["API", "MANUAL"]}}},
    "fieldEmails": {
        "type": "object",
        "properties": {"primaryEmail": TEXT, "additionalEmails": {"type": "array", "items": {"type": "string", "format": "email"}}},
    },
    "fieldPhones": {
        "type": "object",
        "properties": {
            "additionalPhones": {"type": "array", "items": TEXT},
            "primaryPhoneCountryCode": TEXT,
            "primaryPhoneCallingCode": TEXT,
            "primaryPhoneNumber": TEXT,
        },
    },
    "fieldLinks": {
        "type": "object",
        "properties": {
            "primaryLinkLabel": TEXT,
            "primaryLinkUrl": TEXT,
            "secondaryLinks": {
                "type": "array",
                "items": {"type": "object", "properties": {"url": {"type": "string", "format": "uri"}, "label": TEXT}},
            },
        },
    },
    "fieldAddress": {
        "type": "object",
        "properties": {
            **dict.fromkeys(
                ("addressStreet1", "addressStreet2", "addressCity", "addressPostcode", "addressState", "addressCountry"),
                TEXT,
            ),
            "addressLat": {"type": "number"},
            "addressLng": {"type": "number"},
        },
    },
}
"""A field of each type that somebody can add in a workspace's settings, as 1.0.3 describes it."""

TYPES = {
    "fieldText": "TEXT", "fieldUuid": "UUID", "fieldNumber": "NUMBER", "fieldFloat": "NUMBER", "fieldBoolean": "BOOLEAN",
    "fieldDateTime": "DATE_TIME", "fieldDate": "DATE", "fieldSelect": "SELECT", "fieldMultiSelect": "MULTI_SELECT",
    "fieldRating": "RATING", "fieldArray": "ARRAY", "fieldRawJson": "RAW_JSON", "fieldCurrency": "CURRENCY",
    "fieldFullName": "FULL_NAME", "fieldRichTextV2": "RICH_TEXT_V2", "fieldActor": "ACTOR", "fieldEmails": "EMAILS",
    "fieldPhones": "PHONES", "fieldLinks": "LINKS", "fieldAddress": "ADDRESS",
}  # fmt: skip
"""What each of them is to be read as."""

_MOMENT = {"type": "string", "format": "date-time"}
_ID = {"type": "string", "format": "uuid"}


def twenty() -> Json:
    """The document of Twenty 1.0.3 as it comes."""
    copied: Json = copy.deepcopy(reference("openapi-1.0.3.json"))
    return copied


def ours() -> Json:
    """Our own document in the manner of Twenty 1.0.3, which does not say where null is answered."""
    made: Json = without_null(json.loads(document_bytes(STANDARD)))
    return made


def without_null(item: Any) -> Any:
    if isinstance(item, list):
        return [without_null(each) for each in item]
    if not isinstance(item, dict):
        return item
    kept = {name: without_null(each) for name, each in item.items()}
    if isinstance(types := kept.get("type"), list):
        kept["type"] = next(each for each in types if each != "null")
    return {**kept, "enum": [each for each in kept["enum"] if each is not None]} if "enum" in kept else kept


def extended() -> Json:
    """That of a workspace in which somebody has added rockets, and a field of each type to people; made of our own
    document where the other one is not there."""
    document = twenty() if SHARED.is_dir() else ours()
    schemas = document["components"]["schemas"]
    for suffix in ("", "ForUpdate", "ForResponse"):
        schemas[f"Person{suffix}"]["properties"] |= copy.deepcopy(AS_TWENTY_WRITES)
        schemas[f"Rocket{suffix}"] = {
            "type": "object",
            "description": "Something that flies",
            "properties": {
                "name": {**TEXT, "description": "What it is called"},
                **copy.deepcopy(AS_TWENTY_WRITES),
                "position": {"type": "number"},
                "companyId": _ID,
                "motherId": _ID,
            },
        }
        schemas[f"TaskTarget{suffix}"]["properties"]["rocketId"] = _ID
    schemas["Rocket"]["required"] = ["fieldUuid"]
    schemas["RocketForResponse"]["properties"] |= {
        "id": _ID, "createdAt": _MOMENT, "updatedAt": _MOMENT, "deletedAt": _MOMENT,
        "company": one("Company"), "mother": one("Rocket"), "boosters": several("Rocket"), "taskTargets": several("TaskTarget"),
    }  # fmt: skip
    schemas["CompanyForResponse"]["properties"]["rockets"] = several("Rocket")
    schemas["TaskTargetForResponse"]["properties"]["rocket"] = one("Rocket")
    for path, item in list(document["paths"].items()):
        if "/companies" in path:
            document["paths"][path.replace("companies", "rockets")] = renamed(item)
    document["tags"].append({"name": "rockets", "description": "Object `Rockets`"})
    return document


def newer() -> Json:
    """The same workspace on a newer server: paths below a server's address, larger pages, and more operations."""
    document = extended()
    document["servers"] = [{"url": "https://crm.example.com/rest/"}]
    document["paths"] = {path.removeprefix("/rest"): item for path, item in document["paths"].items()}
    parameters = document["components"]["parameters"]
    parameters["limit"]["schema"]["maximum"] = 200
    parameters["upsert"] = query("upsert", "boolean")
    parameters["softDelete"] = query("soft_delete", "boolean")
    parameters["fields"] = query("fields", "string")
    for plural, singular, name in (("people", "person", "Person"), ("rockets", "rocket", "Rocket")):
        capital = plural.capitalize()
        many, single = document["paths"][f"/{plural}"], document["paths"][f"/{plural}/{{id}}"]
        many["post"]["parameters"].append({"$ref": "#/components/parameters/upsert"})
        many["get"]["parameters"].append({"$ref": "#/components/parameters/fields"})
        single["delete"]["parameters"].append({"$ref": "#/components/parameters/softDelete"})
        filtered = {"tags": [plural], "parameters": [{"$ref": "#/components/parameters/filter"}], "responses": {}}
        many["patch"] = {
            **filtered,
            "operationId": f"updateMany{capital}",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}ForUpdate"}}}},
        }
        many["delete"] = {**filtered, "operationId": f"deleteMany{capital}"}
        document["paths"][f"/restore/{plural}/{{id}}"] = {"patch": {"operationId": f"restoreOne{singular.capitalize()}", "responses": {}}}
        document["paths"][f"/{plural}/merge"] = {"patch": {"operationId": f"mergeMany{capital}", "requestBody": MERGE, "responses": {}}}
        document["paths"][f"/{plural}/groupBy"] = {
            "get": {
                "operationId": f"groupBy{capital}",
                "parameters": [query("group_by", "array"), query("include_records_sample", "boolean")],
                "responses": {},
            }
        }
    return document


MERGE: Json = {
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "ids": {"type": "array", "items": _ID},
                    "conflictPriorityIndex": {"type": "number"},
                    "dryRun": {"type": "boolean"},
                },
                "required": ["ids", "conflictPriorityIndex"],
            }
        }
    }
}


def one(name: str) -> Json:
    return {"type": "object", "oneOf": [{"$ref": f"#/components/schemas/{name}ForResponse"}]}


def several(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}ForResponse"}}


def query(name: str, type_: str) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": {"type": type_}}


def renamed(item: Any) -> Any:
    text = json.dumps(item)
    for old, new in (("Companies", "Rockets"), ("companies", "rockets"), ("Company", "Rocket"), ("company", "rocket")):
        text = text.replace(old, new)
    return json.loads(text)

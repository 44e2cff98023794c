"""The parts of the document that all operations share: parameters, faults, and how a caller is known."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from icosa.catalogue.examples import ID
from icosa.errors import NotFound
from icosa.wire.actions import Operation, properties
from icosa.wire.actions.properties import Property
from icosa.wire.rest.query import GROUPS, MOST_GROUPS
from icosa.wire.version import Version

Part = dict[str, Any]


def _parameter(described: Property, schema: Part, examples: Mapping[str, tuple[str, str]] | None = None) -> Part:
    made: Part = {
        "name": described.name,
        "in": described.place,
        "description": described.description,
        "required": described.required,
        "schema": schema,
    }
    if examples:
        made["examples"] = {name: {"value": value, "summary": summary} for name, (value, summary) in examples.items()}
    return made


_SHARED: Part = {
    "idPath": _parameter(properties.RECORD_ID, {"type": "string", "format": "uuid"}, {"one": (ID, "The id of a record")}),
    "orderBy": _parameter(
        properties.ORDER_BY,
        {"type": "string", "default": "id"},
        {
            "newest": ("createdAt[DescNullsLast]", "The newest first"),
            "part": ("name.lastName,name.firstName", "By a part of a field, then by another"),
        },
    ),
    "filter": _parameter(
        properties.FILTER,
        {"type": "string"},
        {
            "one": ('createdAt[gte]:"2026-02-03"', "Created on that day or later"),
            "part": ('emails.primaryEmail[eq]:"ada@example.com"', "A part of a field"),
            "nested": ('or(city[startsWith]:"Par",not(city[in]:["London","Rome"]))', "Conditions within conditions"),
            "deleted": ("deletedAt[is]:NOT_NULL", "What was deleted and can be restored"),
        },
    ),
    "startingAfter": _parameter(properties.STARTING_AFTER, {"type": "string"}),
    "endingBefore": _parameter(properties.ENDING_BEFORE, {"type": "string"}),
    "upsert": {
        "name": "upsert",
        "in": "query",
        "description": "With true, a record whose id or unique value is taken already is updated instead of refused.",
        "required": False,
        "schema": {"type": "boolean", "default": False},
    },
    "permanent": {
        "name": "permanent",
        "in": "query",
        "description": "With true, the record is destroyed: it cannot be restored, and records that only exist for it go with it.",
        "required": False,
        "schema": {"type": "boolean", "default": False},
    },
    "softDelete": {
        "name": "soft_delete",
        "in": "query",
        "description": "With true, the record is kept and can be restored; without it, it is destroyed, and what only exists for it too.",
        "required": False,
        "schema": {"type": "boolean", "default": False},
    },
}
_GROUPS: Part = {
    "groupBy": {
        "name": "group_by",
        "in": "query",
        "description": "What groups are made by, as a JSON list: fields, parts of fields, or dates by a granularity.",
        "required": True,
        "schema": {"type": "string"},
        "examples": {
            "field": {"value": '[{"stage": true}]', "summary": "By the values of a field"},
            "month": {"value": '[{"createdAt": {"granularity": "MONTH", "timeZone": "UTC"}}]', "summary": "By the months of a date"},
            "related": {"value": '[{"company": {"name": true}}]', "summary": "By a field of a related record"},
            "items": {"value": '[{"tags": {"unnest": true}}]', "summary": "By each item of a list"},
        },
    },
    "groupOrderBy": {
        "name": "order_by",
        "in": "query",
        "description": "What the groups are sorted by, as a JSON list: what they are made by, or what is asked of each.",
        "required": False,
        "schema": {"type": "string"},
        "examples": {
            "field": {"value": '[{"stage": "AscNullsLast"}]', "summary": "By what they are made by"},
            "most": {"value": '[{"aggregate": {"totalCount": "DescNullsLast"}}]', "summary": "Those with the most records first"},
            "month": {"value": '[{"createdAt": {"orderBy": "AscNullsLast", "granularity": "MONTH"}}]', "summary": "By date"},
        },
    },
    "groupLimit": {
        "name": "limit",
        "in": "query",
        "description": f"How many groups there are at most, up to {MOST_GROUPS}.",
        "required": False,
        "schema": {"type": "integer", "minimum": 0, "maximum": MOST_GROUPS, "default": GROUPS},
    },
    "viewId": {
        "name": "viewId",
        "in": "query",
        "description": "The id of a view of the object whose filters count too.",
        "required": False,
        "schema": {"type": "string", "format": "uuid"},
    },
    "aggregate": {
        "name": "aggregate",
        "in": "query",
        "description": "What is asked of each group, as a JSON list of names: totalCount, or countEmpty, countNotEmpty, countUniqueValues, "
        "percentageEmpty, percentageNotEmpty, countTrue, countFalse, min, max, avg or sum with a field behind it.",
        "required": False,
        "schema": {"type": "string"},
        "examples": {
            "count": {"value": '["totalCount"]', "summary": "How many records it has"},
            "sum": {"value": '["sumAmountAmountMicros", "maxCreatedAt"]', "summary": "A sum, and the latest date"},
        },
    },
    "includeRecordsSample": {
        "name": "include_records_sample",
        "in": "query",
        "description": "With true, each group shows some of its records, ten at most.",
        "required": False,
        "schema": {"type": "boolean", "default": False},
    },
    "orderByForRecords": {
        "name": "order_by_for_records",
        "in": "query",
        "description": "What the records within a group are sorted by, as order_by says it of a list.",
        "required": False,
        "schema": {"type": "string"},
    },
}
_LISTED = ("idPath", "orderBy", "filter", "limit", "depth", "startingAfter", "endingBefore", "upsert")


def parameters(version: Version) -> Part:
    """The parameters that operations of a version refer to, by name."""
    page: Part = {"type": "integer", "minimum": 0, "maximum": version.max_page, "default": version.page}
    depths: Part = {"type": "integer", "enum": list(version.depths), "default": 0}
    found = {
        **_SHARED,
        "limit": _parameter(properties.limit(version.page, version.max_page), page),
        "depth": _parameter(properties.depth(version.depths), depths),
    }
    groups = _GROUPS if Operation.GROUP_BY in version.operations else {}
    return {**{name: found[name] for name in (*_LISTED, deletion(version))}, **groups}


def deletion(version: Version) -> str:
    """The name of the parameter by which a deletion is told whether to destroy."""
    return "softDelete" if version.keeps else "permanent"


_FAULT_PROPERTIES: Part = {
    "statusCode": {"type": "integer", "description": "The status of the answer, once more."},
    "error": {"type": "string", "description": "The kind of fault, as Twenty 1.0.3 calls it."},
    "messages": {
        "type": "array",
        "items": {"type": "string"},
        "description": "What was wrong, where, and how to mend it. Not there for malformed JSON and unknown paths.",
    },
    "message": {"type": "string", "description": "The same text, for programs that look for it here."},
}
_CODE: Part = {"type": "string", "description": "What the kind of fault is called beside its name, where it has one."}
_CODE_HEADER: Part = {
    "description": "A code for the fault that does not change with its words, such as record_not_found or invalid_value.",
    "schema": {"type": "string"},
}


def _fault(status: int, description: str, error: str, message: str, headers: Part | None = None) -> Part:
    return {
        "description": description,
        "headers": {"Icosa-Error": _CODE_HEADER, **(headers or {})},
        "content": {
            "application/json": {
                "schema": {"type": "object", "properties": _FAULT_PROPERTIES},
                "example": {"statusCode": status, "error": error, "messages": [message], "message": message},
            }
        },
    }


_RESPONSES: Part = {
    "400": _fault(
        400,
        "The request is wrong, or the record it is about is not there; nothing was written.",
        "BadRequestException",
        'employees: "many" is not a number; send digits such as 12 or 12.5',
    ),
    "401": _fault(401, "The key is none, or has expired.", "UNAUTHENTICATED", "Token has expired."),
    "403": _fault(403, "No key was sent, it was revoked, or it may not do this.", "FORBIDDEN_EXCEPTION", "Missing authentication token"),
    "404": {},  # its example names the prefix of a version
    "413": _fault(
        413, "The body is longer than the workspace takes; send several smaller ones.", "Payload Too Large", "The body is too long."
    ),
    "500": _fault(500, "The workspace failed.", "INTERNAL_SERVER_ERROR", "The workspace could not answer."),
    "503": _fault(
        503,
        "The workspace is too busy to answer in time; nothing was written.",
        "SERVICE_UNAVAILABLE",
        "The statement took longer than it may; ask for less, or try again.",
        {"Retry-After": {"description": "How many seconds to wait before trying again.", "schema": {"type": "integer"}, "example": 1}},
    ),
}


def responses(version: Version) -> Part:
    """The refusals that operations of a version refer to, by status."""
    none = version.faults.get(NotFound, version.fault)[0] == HTTPStatus.NOT_FOUND
    what = "Nothing is served at this path, or the record is not there." if none else "Nothing is served at this path."
    found = {**_RESPONSES, "404": _fault(404, what, "Not Found", f"Cannot GET {version.prefix}")}
    return {status: _with_code(each) for status, each in found.items()} if version.codes else found


def _with_code(fault: Part) -> Part:
    """A fault as versions have it that give some of them a code."""
    json = fault["content"]["application/json"]
    schema = {**json["schema"], "properties": {**json["schema"]["properties"], "code": _CODE}}
    return {**fault, "content": {"application/json": {**json, "schema": schema}}}


SECURITY_SCHEMES: Part = {
    "bearerAuth": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key of the workspace, in the header `Authorization: Bearer <key>`.",
    }
}

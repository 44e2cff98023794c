"""The paths of the document: seven operations of every object, and the one that serves the document."""

from icosa.catalogue.examples import ID
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import capitalised, label
from icosa.wire.actions import OPERATIONS, Operation, method_of, template_of
from icosa.wire.actions.operation import restoring_template
from icosa.wire.openapi import answers
from icosa.wire.openapi.components import deletion
from icosa.wire.openapi.schemas import Schema, reference
from icosa.wire.version import TWENTY_1_0_3, Version

_FAULTS = ("400", "401", "403", "404", "500", "503")
_FAULTS_WITH_BODY = ("400", "401", "403", "404", "413", "500", "503")


def paths(catalogue: Catalogue, version: Version) -> Schema:
    """Every path with its operations."""
    made = open_api_path()
    for each in catalogue:
        for operation in (one for one in OPERATIONS if one in version.operations):
            described = {"tags": [each.plural], **_operation(operation, each, version)}
            made.setdefault(template_of(operation, each, version.prefix), {})[method_of(operation).lower()] = described
    return made


def open_api_path() -> Schema:
    """The path that everybody may read; with a key it tells more."""
    operation = {
        "tags": ["General"],
        "summary": "Read this document",
        "description": "Without a key it has this path alone; with one, everything that the workspace serves.",
        "operationId": "GetOpenApiSchema",
        "security": [{}, {"bearerAuth": []}],
        "responses": _responses("200", answers.OPEN_API_DOCUMENT, "The document.", ("500", "503")),
    }
    return {template_of(Operation.GET_OPEN_API_SCHEMA): {method_of(Operation.GET_OPEN_API_SCHEMA).lower(): operation}}


def _operation(operation: Operation, of: Object, version: Version) -> Schema:
    if operation in (Operation.FIND_MANY, Operation.CREATE_MANY, Operation.FIND_DUPLICATES):
        return _on_several(operation, of, version)
    return _on_one(operation, of, version)


def _on_several(operation: Operation, of: Object, version: Version) -> Schema:
    """What is asked about several records at once."""
    singular, plural, several = capitalised(of.singular), capitalised(of.plural), label(of.plural).lower()
    match operation:
        case Operation.FIND_MANY:
            return {
                "operationId": f"findMany{plural}",
                "summary": f"List {several}",
                "description": f"One page of {several}: those that the filter selects, sorted as asked, with the number of all of them.",
                "parameters": _parameters("orderBy", "filter", "limit", "depth", "startingAfter", "endingBefore"),
                "responses": _responses("200", answers.page(of), f"A page of {several}."),
            }
        case Operation.CREATE_MANY:
            return {
                "operationId": f"createMany{plural}",
                "summary": f"Add several records to {several}",
                "description": "All of them are created, or none. One object instead of a list is taken for a list of one.",
                "parameters": _parameters("depth", "upsert"),
                "requestBody": _body(_batch(of, version), "The new records, in a list."),
                "responses": _responses(
                    str(version.created), answers.records(operation, of), "The records, in the order sent.", _FAULTS_WITH_BODY
                ),
            }
        case _:
            return {
                "operationId": f"find{singular}Duplicates",
                "summary": f"Look for duplicates among {several}",
                "description": (
                    f"For each record asked about, those of the {several} that are like it. Objects say which of their properties tell "
                    "records apart; where none of them is filled in, or the object names none, nothing is found."
                ),
                "parameters": _parameters("depth"),
                "requestBody": _body(_asked_about(of), "Ids of records that exist, or records as they would be created; not both."),
                "responses": _responses("200", answers.duplicates(of), "One page for each record asked about.", _FAULTS_WITH_BODY),
            }


def _on_one(operation: Operation, of: Object, version: Version) -> Schema:
    """What is asked about one record."""
    singular, one, several = capitalised(of.singular), label(of.singular).lower(), label(of.plural).lower()
    match operation:
        case Operation.CREATE_ONE:
            return {
                "operationId": f"createOne{singular}",
                "summary": f"Add a record to {several}",
                "description": "Properties that are not sent get their defaults.",
                "parameters": _parameters("depth", "upsert"),
                "requestBody": _body(reference(of), "The properties of the new record."),
                "responses": _responses(
                    str(version.created), answers.record(operation, of), "The record, as it was stored.", _FAULTS_WITH_BODY
                ),
            }
        case Operation.FIND_ONE:
            return {
                "operationId": f"findOne{singular}",
                "summary": f"Read one of the {several}",
                "description": f"The {one} with this id. Where there is none, or it was deleted, the status is 400.",
                "parameters": _parameters("idPath", "depth"),
                "responses": _responses("200", answers.record(operation, of), "The record."),
            }
        case Operation.DELETE_ONE:
            restore = f"{method_of(Operation.RESTORE)} {restoring_template(version.restores[0], of, version.prefix)}"
            return {
                "operationId": f"deleteOne{singular}",
                "summary": f"Delete one of the {several}",
                "description": f"The {one} is hidden from every answer, until {restore} brings it back.",
                "parameters": _parameters("idPath", deletion(version)),
                "responses": _responses("200", answers.deleted(of), "The id of the record that is gone."),
            }
        case _:
            return {
                "operationId": f"UpdateOne{singular}",
                "summary": f"Change one of the {several}",
                "description": "Properties that are not sent stay as they are; null clears one.",
                "parameters": _parameters("idPath", "depth"),
                "requestBody": _body(reference(of, "ForUpdate"), "The properties to change."),
                "responses": _responses("200", answers.record(operation, of), "The record, as it is now.", _FAULTS_WITH_BODY),
            }


def _batch(of: Object, version: Version) -> Schema:
    """The records of a creation; how many may come is said where 1.0.3 takes another number, whose document says none."""
    most = {} if version.batch == TWENTY_1_0_3.batch else {"maxItems": version.batch}
    return {"type": "array", "items": reference(of), "minItems": 1, **most}


def _asked_about(of: Object) -> Schema:
    return {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": reference(of)},
            "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        },
        "example": {"ids": [ID]},
    }


def _parameters(*names: str) -> list[Schema]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _body(schema: Schema, description: str) -> Schema:
    return {"description": description, "required": True, "content": {"application/json": {"schema": schema}}}


def _responses(status: str, schema: Schema, description: str, faults: tuple[str, ...] = _FAULTS) -> Schema:
    answer = {"description": description, "content": {"application/json": {"schema": schema}}}
    return {status: answer, **{each: {"$ref": f"#/components/responses/{each}"} for each in faults}}

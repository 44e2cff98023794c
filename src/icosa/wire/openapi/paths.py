"""The paths of the document: the operations of every object, and the one that serves the document.

They stand without the prefix of the version, with which the server's address ends.
"""

from icosa.catalogue.examples import ID
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import capitalised, label
from icosa.errors import NotFound
from icosa.wire.actions import OPERATIONS, Operation, method_of, template_of
from icosa.wire.actions.operation import ON_SEVERAL, restoring_template
from icosa.wire.openapi import answers
from icosa.wire.openapi.components import deletion
from icosa.wire.openapi.references import FAULTS_WITH_BODY, body_of, parameters_named, responses_of
from icosa.wire.openapi.schemas import Schema, reference
from icosa.wire.openapi.several import grouping, merging, on_filtered, restoring_one
from icosa.wire.version import TWENTY_1_0_3, Version


def paths(catalogue: Catalogue, version: Version) -> Schema:
    """Every path with its operations.  A version that restores several records lists the restoring of one too."""
    made = open_api_path()
    listed = [each for each in (*OPERATIONS, *ON_SEVERAL) if each in version.operations]
    if Operation.RESTORE_MANY in listed:
        listed.insert(listed.index(Operation.RESTORE_MANY), Operation.RESTORE)
    for each in catalogue:
        for operation in listed:
            if operation is Operation.MERGE and not each.duplicate_criteria:
                continue
            described = {"tags": [each.plural], **_operation(operation, each, version)}
            made.setdefault(template_of(operation, each, ""), {})[method_of(operation).lower()] = described
    return made


def open_api_path() -> Schema:
    """The path that everybody may read; with a key it tells more."""
    operation = {
        "tags": ["General"],
        "summary": "Read this document",
        "description": "Without a key it has this path alone; with one, everything that the workspace serves.",
        "operationId": "GetOpenApiSchema",
        "security": [{}, {"bearerAuth": []}],
        "responses": responses_of("200", answers.OPEN_API_DOCUMENT, "The document.", ("500", "503")),
    }
    return {template_of(Operation.GET_OPEN_API_SCHEMA): {method_of(Operation.GET_OPEN_API_SCHEMA).lower(): operation}}


def _operation(operation: Operation, of: Object, version: Version) -> Schema:
    if operation in (Operation.FIND_MANY, Operation.CREATE_MANY, Operation.FIND_DUPLICATES):
        return _on_several(operation, of, version)
    if operation in (Operation.UPDATE_MANY, Operation.DELETE_MANY, Operation.RESTORE_MANY):
        return on_filtered(operation, of, version)
    match operation:
        case Operation.RESTORE:
            return restoring_one(of)
        case Operation.MERGE:
            return merging(of)
        case Operation.GROUP_BY:
            return grouping(of)
        case _:
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
                "parameters": parameters_named("orderBy", "filter", "limit", "depth", "startingAfter", "endingBefore"),
                "responses": responses_of("200", answers.page(of, version), f"A page of {several}."),
            }
        case Operation.CREATE_MANY:
            return {
                "operationId": f"createMany{plural}",
                "summary": f"Add several records to {several}",
                "description": "All of them are created, or none. One object instead of a list is taken for a list of one.",
                "parameters": parameters_named("depth", "upsert"),
                "requestBody": body_of(_batch(of, version), "The new records, in a list."),
                "responses": responses_of(
                    str(version.created), answers.records(operation, of), "The records, in the order sent.", FAULTS_WITH_BODY
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
                "parameters": parameters_named("depth"),
                "requestBody": body_of(_asked_about(of), "Ids of records that exist, or records as they would be created; not both."),
                "responses": responses_of("200", answers.duplicates(of, version), "A page for each record asked about.", FAULTS_WITH_BODY),
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
                "parameters": parameters_named("depth", "upsert"),
                "requestBody": body_of(reference(of), "The properties of the new record."),
                "responses": responses_of(
                    str(version.created), answers.record(operation, of), "The record, as it was stored.", FAULTS_WITH_BODY
                ),
            }
        case Operation.FIND_ONE:
            return {
                "operationId": f"findOne{singular}",
                "summary": f"Read one of the {several}",
                "description": f"The {one} with this id. Where there is none, or it was deleted, the status is {_of_none(version)}.",
                "parameters": parameters_named("idPath", "depth"),
                "responses": responses_of("200", answers.record(operation, of), "The record."),
            }
        case Operation.DELETE_ONE:
            restore = f"{method_of(Operation.RESTORE)} {restoring_template(version.restores[0], of, version.prefix)}"
            return {
                "operationId": f"deleteOne{singular}",
                "summary": f"Delete one of the {several}",
                "description": _deletion(one, restore, version),
                "parameters": parameters_named("idPath", deletion(version)),
                "responses": responses_of("200", *_gone(of, version)),
            }
        case _:
            return {
                "operationId": f"UpdateOne{singular}",
                "summary": f"Change one of the {several}",
                "description": f"Properties that are not sent stay as they are; null clears one{but_parts(version)}.",
                "parameters": parameters_named("idPath", "depth"),
                "requestBody": body_of(reference(of, "ForUpdate"), "The properties to change."),
                "responses": responses_of("200", answers.record(operation, of), "The record, as it is now.", FAULTS_WITH_BODY),
            }


def but_parts(version: Version) -> str:
    """What is to be added where it says that null clears."""
    return "" if version.writes.null_clears_parts else ", but a composite property, of which each part is to be sent as null or empty"


def _of_none(version: Version) -> int:
    """The status where a record is not there."""
    return version.faults.get(NotFound, version.fault)[0]


def _deletion(one: str, restore: str, version: Version) -> str:
    if not version.keeps:
        return f"The {one} is hidden from every answer, until {restore} brings it back."
    return f"The {one} is destroyed. With {version.keeps}=true it is hidden from every answer, until {restore} brings it back."


def _gone(of: Object, version: Version) -> tuple[Schema, str]:
    """The schema of what a deletion answers, and the words for it."""
    if version.tells_deleted:
        return answers.record(Operation.DELETE_ONE, of), "The record, where it is kept; else its id."
    return answers.deleted(of), "The id of the record that is gone."


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

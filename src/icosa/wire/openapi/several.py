"""What newer versions offer on several records at once, and on deleted ones, as the document describes it."""

from icosa.catalogue.examples import ID
from icosa.catalogue.model import Object
from icosa.catalogue.naming import capitalised, label
from icosa.wire.actions import Operation
from icosa.wire.openapi import answers
from icosa.wire.openapi.components import deletion
from icosa.wire.openapi.references import FAULTS_WITH_BODY, body_of, parameters_named, responses_of
from icosa.wire.openapi.schemas import Schema, reference
from icosa.wire.version import Version


def on_filtered(operation: Operation, of: Object, version: Version) -> Schema:
    """An update, deletion or restoring of all records that a filter selects; without one it is refused."""
    plural, several = capitalised(of.plural), label(of.plural).lower()
    match operation:
        case Operation.UPDATE_MANY:
            return {
                "operationId": f"updateMany{plural}",
                "summary": f"Change several of the {several}",
                "description": f"All {several} that the filter selects are changed alike, deleted ones too; a filter is needed.",
                "parameters": parameters_named("depth", "filter"),
                "requestBody": body_of(reference(of, "ForUpdate"), "The properties to change."),
                "responses": responses_of("200", answers.records(operation, of), "The records, as they are now.", FAULTS_WITH_BODY),
            }
        case Operation.DELETE_MANY:
            return {
                "operationId": f"deleteMany{plural}",
                "summary": f"Delete several of the {several}",
                "description": f"All {several} that the filter selects are destroyed, or kept out of sight; a filter is needed.",
                "parameters": parameters_named("filter", deletion(version)),
                "responses": responses_of("200", answers.records(operation, of), "The ids of the records, or those that are kept."),
            }
        case _:
            return {
                "operationId": f"restoreMany{plural}",
                "summary": f"Bring several of the {several} back",
                "description": f"All deleted {several} that the filter selects are there again; a filter is needed.",
                "parameters": parameters_named("filter", "depth"),
                "responses": responses_of("200", answers.records(operation, of), "The records, as they are read."),
            }


def restoring_one(of: Object) -> Schema:
    """The restoring of one record."""
    one = label(of.singular).lower()
    return {
        "operationId": f"restoreOne{capitalised(of.singular)}",
        "summary": f"Bring a deleted {one} back",
        "description": f"The {one} is there again, and what was deleted with it.",
        "parameters": parameters_named("idPath", "depth"),
        "responses": responses_of("200", answers.record(Operation.RESTORE, of), "The record, as it is read."),
    }


def merging(of: Object) -> Schema:
    """The merge of several records."""
    several = label(of.plural).lower()
    return {
        "operationId": f"mergeMany{capitalised(of.plural)}",
        "summary": f"Make one of several {several}",
        "description": "One of the records stays, and takes what it lacks from the others, which are destroyed. dryRun only shows it.",
        "parameters": parameters_named("depth"),
        "requestBody": body_of(_MERGED, "Which records, and whose values go before those of the others."),
        "responses": responses_of("200", answers.record(Operation.MERGE, of), "The record that is left.", FAULTS_WITH_BODY),
    }


def grouping(of: Object) -> Schema:
    """The groups of records, counted and summed up."""
    several = label(of.plural).lower()
    return {
        "operationId": f"groupBy{capitalised(of.plural)}",
        "summary": f"Count and sum up {several} in groups",
        "description": f"Groups of {several} that have the same values, with what is asked of each group.",
        "parameters": parameters_named(
            "groupBy", "filter", "groupOrderBy", "groupLimit", "viewId", "aggregate", "includeRecordsSample", "orderByForRecords"
        ),
        "responses": responses_of("200", answers.groups(of), "The groups."),
    }


_MERGED: Schema = {
    "type": "object",
    "properties": {
        "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 2, "maxItems": 9},
        "conflictPriorityIndex": {"type": "integer", "minimum": 0, "description": "The place in ids of the record that stays."},
        "dryRun": {"type": "boolean", "default": False},
    },
    "required": ["ids", "conflictPriorityIndex"],
    "example": {"ids": [ID, ID], "conflictPriorityIndex": 0, "dryRun": True},
}

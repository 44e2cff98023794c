"""The schemas of an object: what creates a record, what updates one, and what an answer holds."""

from typing import Any

from icosa.catalogue.columns import Column, columns_of_field
from icosa.catalogue.examples import example
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.naming import capitalised, label

Schema = dict[str, Any]
"""A JSON schema, or a piece of the document."""


def schemas(catalogue: Catalogue) -> Schema:
    """Three schemas of every object, by name."""
    made: Schema = {}
    for each in catalogue:
        name = capitalised(each.singular)
        made[name] = request(each, creating=True)
        made[f"{name}ForUpdate"] = request(each, creating=False)
        made[f"{name}ForResponse"] = response(each, catalogue)
    return made


def reference(of: Object, suffix: str = "") -> Schema:
    return {"$ref": f"#/components/schemas/{capitalised(of.singular)}{suffix}"}


def request(of: Object, *, creating: bool) -> Schema:
    """A record as a client sends it."""
    made: Schema = {
        "type": "object",
        "description": of.description,
        "properties": {
            (each.foreign_key if isinstance(each, BelongsTo) else each.name): _sent_relation(each)
            if isinstance(each, BelongsTo)
            else {**each.type.schema(each), **_hidden(each), "description": each.description}
            for each in of.members
        },
    }
    required = [each.name for each in of.fields if each.required]
    if creating and required:
        made["required"] = required
    shown = {each.name: example(each) for each in of.fields if _worth_showing(each, creating)}
    return {**made, "example": shown} if shown else made


def _sent_relation(relation: BelongsTo) -> Schema:
    return {"type": "string", "format": "uuid", "description": relation.description}


def _hidden(field: Field) -> Schema:
    """That a value is a secret, so that forms and clients do not show it."""
    return {"format": "password"} if field.secret else {}


def _worth_showing(field: Field, creating: bool) -> bool:
    """What an example names: not what the workspace fills in by itself, nor secrets, nor ids that would point at nothing."""
    if field.required:
        return creating
    return not (field.system or field.secret or field.type.retired or field.type.about.kept or field.type.parts[0].kind is Kind.UUID)


def response(of: Object, catalogue: Catalogue) -> Schema:
    """A record as an answer holds it; the records it is related to come with a depth of 1 or 2."""
    id_, *moments = BASE_FIELDS
    properties: Schema = {}
    for member in (id_, *of.members, *moments):
        if isinstance(member, BelongsTo):
            properties[member.foreign_key] = {**_sent_relation(member), "type": ["string", "null"]}
        else:
            properties[member.name] = {**_answered(of, member), **_hidden(member), "description": member.description}
    for relation in of.belongs_to:
        target = reference(catalogue.by_singular[relation.target], "ForResponse")
        properties[relation.name] = {"oneOf": [target, {"type": "null"}], "description": relation.description}
    for many in catalogue.has_many(of):
        source = catalogue.by_singular[many.source]
        properties[many.name] = {"type": "array", "items": reference(source, "ForResponse"), "description": many.description}
    return {"type": "object", "description": f"{label(of.singular)}, as it is read: {of.description}", "properties": properties}


def _answered(of: Object, field: Field) -> Schema:
    """The schema of a field's value in an answer."""
    if not field.type.composite:
        (column,) = columns_of_field(of, field.name)
        return field.type.parts[0].schema_out or _value(column)
    parts = {column.part: column for column in columns_of_field(of, field.name)}
    return {
        "type": "object",
        "properties": {part.name: part.schema_out or _value(parts[part.name]) for part in field.type.parts if not part.hidden},
    }


_VALUES: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.NUMBER: {"type": "number"},
    Kind.NUMERIC: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE_TIME: {"type": "string", "format": "date-time"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.OPTION: {"type": "string"},
    Kind.OPTIONS: {"type": "array"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.JSON: {},
}


def _value(column: Column) -> Schema:
    made = dict(_VALUES[Kind.NUMBER if column.bare else column.kind])
    if column.kind is Kind.OPTION:
        made["enum"] = [*column.options, None] if column.nullable else list(column.options)
    if column.kind is Kind.OPTIONS:
        made["items"] = {"type": "string", "enum": list(column.options)}
    if column.nullable and "type" in made:
        made["type"] = [made["type"], "null"]
    return made

"""The Python types of values: as an answer holds them, and as a method takes them."""

from typing import Any

from icosa.catalogue.columns import Column, columns_of_field
from icosa.catalogue.field_types import Part
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object
from icosa.stubs.layout import quoted
from icosa.stubs.names import Names

_READ = {
    Kind.TEXT: "str",
    Kind.UUID: "str",
    Kind.NUMBER: "float",
    Kind.NUMERIC: "str",
    Kind.BOOLEAN: "bool",
    Kind.DATE_TIME: "str",
    Kind.DATE: "str",
    Kind.TEXTS: "list[str]",
    Kind.JSON: "Any",
}
_WRITTEN = _READ | {
    Kind.UUID: "str | UUID",
    Kind.NUMERIC: "str | float | Decimal",
    Kind.DATE_TIME: "str | datetime | date",
    Kind.DATE: "str | date",
    Kind.TEXTS: "Sequence[str]",
}


def read(of: Object, field: Field, names: Names) -> str:
    """The type of a field in a record that was read."""
    if field.type.composite:
        return names.values[field.type.name]
    (column,) = columns_of_field(of, field.name)
    return _or_none(_READ.get(_answered(column)) or _options(column.kind, names.options[of.singular, field.name], "list"), column.nullable)


def written_type(of: Object, field: Field, names: Names) -> str:
    """The type of a field in a record that is written; None stands there where it clears the field."""
    if field.type.composite:
        return f"{names.inputs[field.type.name]} | None"
    (column,) = columns_of_field(of, field.name)
    hint = _WRITTEN.get(column.kind) or _options(column.kind, names.options[of.singular, field.name], "Sequence")
    if field.type.about.keywords:
        hint += f" | Literal[{', '.join(map(quoted, field.type.about.keywords))}]"
    return _or_none(f"{hint} | Secret" if field.secret else hint, field.nullable)


def read_part(type_name: str, part: Part, columns: list[Column], names: Names) -> str:
    """The type of a part of a composite value that was read; `columns` are all that hold such a part."""
    nullable = any(column.nullable for column in columns)
    if part.schema_out is not None:
        return _of_schema(part.schema_out, "list", "dict[str, Any]")
    return _or_none(names.options[type_name, part.name] if part.options else _READ[_answered(part)], nullable)


def written_part_type(type_name: str, part: Part, names: Names) -> str:
    """The type of a part of a composite value that is written."""
    if part.schema is not None:
        return _or_none(_of_schema(part.schema, "Sequence", "Mapping[str, Any]"), part.nullable)
    return _or_none(names.options[type_name, part.name] if part.options else _WRITTEN[part.kind], part.nullable)


def _answered(of: Column | Part) -> Kind:
    """The kind that an answer shows: decimals are numbers where the server has no texts for them."""
    return Kind.NUMBER if of.bare else of.kind


def _options(kind: Kind, name: str, several: str) -> str:
    return f"{several}[{name}]" if kind is Kind.OPTIONS else name


def _or_none(hint: str, nullable: bool) -> str:
    return f"{hint} | None" if nullable and hint != "Any" else hint


_OF_JSON = {"string": "str", "integer": "float", "number": "float", "boolean": "bool", "null": "None"}


def _of_schema(schema: dict[str, Any], several: str, mapping: str) -> str:
    """The type of a value that a JSON schema describes."""
    kinds = schema.get("type", [])
    hints = []
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        match kind:
            case "array":
                hints.append(f"{several}[{_of_schema(schema.get('items', {}), several, mapping)}]")
            case "object":
                hints.append(mapping)
            case _:
                hints.append(_OF_JSON[kind])
    return " | ".join(hints) or "Any"

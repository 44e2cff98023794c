"""RICH_TEXT, retired, and RICH_TEXT_V2, its successor."""

from icosa.catalogue.field_types.type import FieldType, Part, Values, composite
from icosa.catalogue.kinds import Kind, coerce


def _blank_is_none(values: Values, path: str) -> Values:
    return {name: value or None for name, value in values.items()}


RICH_TEXT = FieldType(
    "RICH_TEXT",
    "string",
    (Part("", Kind.TEXT),),
    lambda field, value, path: {"": coerce(Kind.TEXT, value, path)} if value else {},
    lambda field: {"type": "string"},
    retired="Rich text is not supported, please use RICH_TEXT_V2 instead",
)

RICH_TEXT_V2 = composite(
    "RICH_TEXT_V2",
    Part("blocknote", Kind.TEXT, default="", omitted=None),
    Part("markdown", Kind.TEXT, default="", omitted=None),
    read=_blank_is_none,
)

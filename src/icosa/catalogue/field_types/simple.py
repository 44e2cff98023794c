"""The types of one value, as they stand on the wire."""

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import FieldType, simple
from icosa.catalogue.kinds import Kind

_A_NUMBER = "A number, such as {example}."

TEXT = simple(
    "TEXT", "string", Kind.TEXT, lambda field: {"type": "string"}, About(searched=("",), any_text=True, look=Look(fact=7)), default=""
)

UUID = simple(
    "UUID",
    "string",
    Kind.UUID,
    lambda field: {"type": "string", "format": "uuid"},
    About(example="20202020-1c25-4d02-bf25-6aeccf7ea419", hint="A UUID, such as {example}.", look=Look(worth="seldom")),
)

NUMBER = simple(
    "NUMBER",
    "number",
    Kind.NUMBER,
    lambda field: {"type": "integer"},
    About(example=12, hint=_A_NUMBER, look=Look(worth="sought", whole=True, right=True, fact=9, labelled=True)),
)

NUMERIC = simple(
    "NUMERIC",
    "number",
    Kind.NUMERIC,
    lambda field: {"type": "number"},
    About(example=12.5, hint=_A_NUMBER, look=Look(worth="sought", whole=True, right=True, fact=10, labelled=True)),
)

BOOLEAN = simple(
    "BOOLEAN", "boolean", Kind.BOOLEAN, lambda field: {"type": "boolean"}, About(example=True, hint="true or false.", look=Look(whole=True))
)

DATE_TIME = simple(
    "DATE_TIME",
    "string",
    Kind.DATE_TIME,
    lambda field: {"type": "string", "format": "date-time"},
    About(
        example="2026-02-03T04:05:06.000Z",
        hint="ISO 8601, such as {example}.",
        look=Look(worth="moment", whole=True, fact=6, labelled=True),
    ),
)

DATE = simple(
    "DATE",
    "string",
    Kind.DATE,
    lambda field: {"type": "string", "format": "date"},
    About(
        example="2026-02-03", hint="Year, month and day, such as {example}.", look=Look(worth="moment", whole=True, fact=5, labelled=True)
    ),
)

ARRAY = simple(
    "ARRAY",
    "json",
    Kind.TEXTS,
    lambda field: {"type": "array", "items": {"type": "string"}},
    About(example=["first", "second"], hint="A JSON list of texts, such as {example}.", any_text=True),
)

RAW_JSON = simple(
    "RAW_JSON",
    "json",
    Kind.JSON,
    lambda field: {"type": "object"},
    About(example={"key": "value"}, hint="Any JSON, such as {example}.", any_text=True, look=Look(worth="seldom")),
)

SIMPLE: tuple[FieldType, ...] = (TEXT, UUID, NUMBER, NUMERIC, BOOLEAN, DATE_TIME, DATE, ARRAY, RAW_JSON)

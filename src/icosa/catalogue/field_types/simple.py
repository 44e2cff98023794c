"""The types of one value, as they stand on the wire."""

from icosa.catalogue.field_types.type import FieldType, simple
from icosa.catalogue.kinds import Kind

TEXT = simple("TEXT", "string", Kind.TEXT, lambda field: {"type": "string"}, default="")

UUID = simple("UUID", "string", Kind.UUID, lambda field: {"type": "string", "format": "uuid"})

NUMBER = simple("NUMBER", "number", Kind.NUMBER, lambda field: {"type": "integer"})

NUMERIC = simple("NUMERIC", "number", Kind.NUMERIC, lambda field: {"type": "number"})

BOOLEAN = simple("BOOLEAN", "boolean", Kind.BOOLEAN, lambda field: {"type": "boolean"})

DATE_TIME = simple("DATE_TIME", "string", Kind.DATE_TIME, lambda field: {"type": "string", "format": "date-time"})

DATE = simple("DATE", "string", Kind.DATE, lambda field: {"type": "string", "format": "date"})

ARRAY = simple("ARRAY", "json", Kind.TEXTS, lambda field: {"type": "array", "items": {"type": "string"}})

RAW_JSON = simple("RAW_JSON", "json", Kind.JSON, lambda field: {"type": "object"})

SIMPLE: tuple[FieldType, ...] = (TEXT, UUID, NUMBER, NUMERIC, BOOLEAN, DATE_TIME, DATE, ARRAY, RAW_JSON)

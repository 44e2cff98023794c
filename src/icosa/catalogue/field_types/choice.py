"""Types whose values are options of the field: one, several, or one to five stars."""

from icosa.catalogue.field_types.type import simple
from icosa.catalogue.kinds import Kind

RATINGS = ("RATING_1", "RATING_2", "RATING_3", "RATING_4", "RATING_5")

SELECT = simple("SELECT", "options", Kind.OPTION, lambda field: {"type": "string", "enum": list(field.options)})

RATING = simple("RATING", "options", Kind.OPTION, lambda field: {"type": "string", "enum": list(field.options)})

MULTI_SELECT = simple(
    "MULTI_SELECT",
    "json",
    Kind.OPTIONS,
    lambda field: {"type": "array", "items": {"type": "string", "enum": list(field.options)}},
)

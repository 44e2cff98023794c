"""Types whose values are options of the field: one, several, or one to five stars."""

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import simple
from icosa.catalogue.kinds import Kind

_ONE = About(hint="One of {options}.", look=Look(worth="sought", whole=True, fact=1))
_STARS = About(hint="One of {options}.", look=Look(worth="sought", whole=True, fact=4))

RATINGS = ("RATING_1", "RATING_2", "RATING_3", "RATING_4", "RATING_5")

SELECT = simple("SELECT", "options", Kind.OPTION, lambda field: {"type": "string", "enum": list(field.options)}, _ONE)

RATING = simple("RATING", "options", Kind.OPTION, lambda field: {"type": "string", "enum": list(field.options)}, _STARS)

MULTI_SELECT = simple(
    "MULTI_SELECT",
    "json",
    Kind.OPTIONS,
    lambda field: {"type": "array", "items": {"type": "string", "enum": list(field.options)}},
    About(hint="A JSON list of any of {options}, such as {example}.", any_text=True, look=Look(fact=2)),
)

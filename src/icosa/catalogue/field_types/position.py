"""POSITION: where a record stands among the others, by hand.

A workspace computes it where it is not sent; "first" and "last" are accepted in place of a number and
stay as they are until the record is written.
"""

from typing import Any

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import FieldSettings, FieldType, Part, Values
from icosa.catalogue.kinds import Kind, coerce, shown
from icosa.errors import InvalidValue

ENDS = ("first", "last")


def _check(field: FieldSettings, value: Any, path: str) -> Values:
    if value == "":
        return {}
    if value in ENDS:
        return {"": value}
    try:
        return {"": coerce(Kind.NUMBER, value, path)}
    except InvalidValue as error:
        problem = f'{shown(value)} is not a position; send a number, "first" or "last"'
        raise InvalidValue(path, problem, legacy=error.legacy) from None


POSITION = FieldType(
    "POSITION",
    "number",
    (Part("", Kind.NUMBER),),
    _check,
    lambda field: {"type": "number"},
    about=About(
        example=1, hint='A number, "first" or "last"; computed where it is left out.', keywords=ENDS, kept=True, look=Look(worth="never")
    ),
)

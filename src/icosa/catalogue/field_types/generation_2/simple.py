"""The types of one value, as they stand on the wire."""

from dataclasses import replace
from typing import Any

from icosa.catalogue.field_types import choice, position
from icosa.catalogue.field_types import simple as first
from icosa.catalogue.field_types.generation_2.checking import inspected, refused, second_simple
from icosa.catalogue.field_types.type import FieldSettings, FieldType, Values
from icosa.catalogue.kinds import Kind, coerce, shown
from icosa.errors import InvalidValue

SIMPLE: tuple[FieldType, ...] = tuple(map(second_simple, (*first.SIMPLE, choice.SELECT, choice.RATING, choice.MULTI_SELECT)))


def _place(field: FieldSettings, value: Any, path: str) -> Values:
    if value in position.ENDS:
        return {"": value}
    if isinstance(value, str):
        problem = f'{shown(value)} is not a position; send a number, "first" or "last"'
        raise InvalidValue(path, problem, legacy=f'Invalid position value {inspected(value)} for field "{path}"')
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refused(Kind.NUMBER, value, path)
    return {"": coerce(Kind.NUMBER, value, path)}


POSITION = replace(position.POSITION, check=_place)

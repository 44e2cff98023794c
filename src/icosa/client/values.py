"""Python values as JSON says them."""

import math
from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from icosa.catalogue.kinds import shown, wire_moment
from icosa.errors import InvalidValue
from icosa.secret import Secret


def plain(value: Any, path: str) -> Any:
    """A Python value as JSON has it.

    Moments, dates, UUIDs, decimals, enums, tuples and sets become what the wire has for them; a Secret is
    opened.  Raises InvalidValue, naming `path`, for what JSON cannot say: a moment without a time zone
    (it could be meant in any), NaN, an object of some class.
    """
    match value:
        case Enum():
            return plain(value.value, path)
        case None | bool() | str() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise InvalidValue(path, f"{value} is not a number that JSON can say; send a finite one, or None for none")
            return value
        case Mapping():
            return {_key(key, path): plain(each, f"{path}.{key}") for key, each in value.items()}
        case list() | tuple() | Set():
            return [plain(each, f"{path}[{at}]") for at, each in enumerate(value)]
        case datetime():
            if value.tzinfo is None:
                raise InvalidValue(path, f"{value.isoformat()} has no time zone; give one, such as datetime(2026, 2, 3, tzinfo=UTC)")
            return wire_moment(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Decimal():
            if not value.is_finite():
                raise InvalidValue(path, f"{value} is not a number that JSON can say; send a finite one, or None for none")
            return int(value) if value == value.to_integral_value() else f"{value:f}"
        case Secret():
            return value.reveal()
        case _:
            raise InvalidValue(
                path, f"a value of type {type(value).__name__} is nothing JSON can say; send texts, numbers, booleans, lists, dicts or None"
            )


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise InvalidValue(path, f"{shown(key)} cannot be the name of a value; names are texts")
    return key

"""Python values as JSON says them."""

import math
from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

from icosa.catalogue.kinds import shown, wire_moment
from icosa.errors import InvalidValue
from icosa.secret import Secret

_MISSING: Final = ("NAType", "NaTType")


def plain(value: Any, path: str) -> Any:
    """A Python value as JSON has it.

    Moments, dates, UUIDs, decimals, enums, tuples and sets become what the wire has for them, and so do the scalars
    and arrays of numpy; what pandas has for "no value" (NA, NaT) is none; a Secret is opened.  Raises InvalidValue,
    naming `path`, for what JSON cannot say: a moment without a time zone (it could be meant in any), NaN, an object of
    some class.
    """
    if value.__class__ is str or value is None:
        return value
    match value:
        case Enum():
            return plain(value.value, path)
        case None | bool() | int():
            return value
        case str():
            return value if type(value) is str else str.__str__(value)  # numpy's are texts of a class of their own
        case float():
            if not math.isfinite(value):
                raise InvalidValue(path, f"{value} is not a number that JSON can say; send a finite one, or None for none")
            return value if type(value) is float else float(value)  # numpy's are floats too, and no writer of JSON takes them
        case Mapping():
            return {_key(key, path): plain(each, f"{path}.{key}") for key, each in value.items()}
        case list() | tuple() | Set():
            return [plain(each, f"{path}[{at}]") for at, each in enumerate(value)]
        case _ if is_missing(value):  # NaT is a datetime, by its class
            return None
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
            return int(value) if value == value.to_integral_value() else _fraction(value)
        case Secret():
            return value.reveal()
        case _ if type(value).__module__.partition(".")[0] == "numpy":
            return _of_numpy(value, path)
        case _:
            raise InvalidValue(
                path, f"a value of type {type(value).__name__} is nothing JSON can say; send texts, numbers, booleans, lists, dicts or None"
            )


def _fraction(value: Decimal) -> float | str:
    """A number where it is one of JSON, digit for digit, as a field of numbers takes nothing else; else its digits, which a field of
    decimals takes."""
    number = float(value)
    return number if Decimal(repr(number)) == value else f"{value:f}"


def _of_numpy(value: Any, path: str) -> Any:
    """Told by its name: who has nothing of numpy in hand does not load it."""
    kind = type(value).__name__
    if kind == "ndarray":
        return [plain(each, f"{path}[{at}]") for at, each in enumerate(value)]
    if kind == "datetime64":
        raise InvalidValue(path, f"{value} has no time zone; give one, such as pandas.Timestamp(value, tz='UTC')")
    python = value.item() if hasattr(value, "item") else value
    if type(python) is type(value) or kind == "timedelta64":
        raise InvalidValue(path, f"a value of type numpy.{kind} is nothing JSON can say")
    return plain(python, path)


def is_missing(value: Any) -> bool:
    """Whether a value is one of those by which pandas and numpy say that there is none.  (NaN, which is a number that
    went wrong as well, is none of them.)"""
    return type(value).__name__ in _MISSING or (type(value).__name__ == "datetime64" and str(value) == "NaT")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise InvalidValue(path, f"{shown(key)} cannot be the name of a value; names are texts")
    return key

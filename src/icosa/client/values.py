"""Values as they are given in Python or in a form, and as JSON says them."""

import json
import math
from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NoReturn
from uuid import UUID

from icosa.catalogue.kinds import shown, wire_moment
from icosa.errors import InvalidValue, MalformedJson
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


def parsed(text: str, path: str, example: str) -> Any:
    """What a JSON text says.  Raises MalformedJson with line and column; the text itself is not shown,
    because it may hold secrets."""
    try:
        return json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        wrong = error.msg[:1].lower() + error.msg[1:]
        raise MalformedJson(path, f"not JSON: line {error.lineno}, column {error.colno}: {wrong}. Send JSON such as {example}") from None
    except RecursionError:
        raise MalformedJson(path, f"not JSON that can be read: it is nested too deeply. Send JSON such as {example}") from None
    except ValueError as error:
        raise MalformedJson(path, f"not JSON: {error}. Send JSON such as {example}") from None


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise InvalidValue(path, f"{shown(key)} cannot be the name of a value; names are texts")
    return key

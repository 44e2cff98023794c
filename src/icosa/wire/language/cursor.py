"""Cursors: a place in an order, as text.

A cursor is base64 of a JSON object with one value a key of the order, by path and in that order:
{"name.lastName": "Lovelace", "id": "…"}.  In the default order that is 1.0.3's own form, {"id": "…"}.
"""

import binascii
from base64 import b64encode
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

import orjson

from icosa.catalogue.kinds import brief, coerce, shown
from icosa.errors import InvalidQuery, InvalidValue
from icosa.wire.language.order import OrderKey


class _Value(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Value.UNKNOWN
"""The value of a key that a cursor does not hold."""

# base64url, and the "+" that a query string turns into a blank
_STANDARD = str.maketrans("-_ ", "+/+")


def encode(keys: Sequence[OrderKey], values: Sequence[Any]) -> str:
    """The cursor of a record that has these canonical values, one a key."""
    if len(keys) == 1:  # most pages are in the order of ids
        return b64encode(b'{"%b":%b}' % (keys[0].path.encode(), orjson.dumps(values[0]))).decode("ascii")
    return b64encode(orjson.dumps({key.path: value for key, value in zip(keys, values, strict=True)})).decode("ascii")


def decode(text: str, keys: Sequence[OrderKey]) -> tuple[Any, ...]:
    """The canonical values that a cursor holds, one a key.  Reads base64 and base64url, padded or not.

    Raises InvalidQuery: not a cursor, one that was made under another order, or one with a value that the
    key's field cannot have.
    """
    held = contents(text)
    paths = [key.path for key in keys]
    if list(held) != paths:
        raise _invalid(f"it was made for the order {_named(held)}, and the page is ordered by {_named(paths)}")
    return tuple(_checked(key, value) for key, value in zip(keys, held.values(), strict=True))


def decode_loosely(text: str, keys: Sequence[OrderKey]) -> tuple[Any, ...]:
    """The same as Twenty 2.19 has it: a cursor of another order is refused but where all that it lacks are parts of fields.
    Those are UNKNOWN, and no record comes after or before them."""
    held = contents(text)
    missing = [key for key in keys if key.path not in held]
    if not missing or not all(key.column.part for key in missing):
        return decode(text, keys)
    return tuple(_checked(key, held[key.path]) if key.path in held else UNKNOWN for key in keys)


def contents(text: str) -> dict[str, Any]:
    """The values that a cursor holds, by path, as they stand there.  Raises InvalidQuery for what is no cursor."""
    found = None
    try:
        plain = text.translate(_STANDARD).rstrip("=")
        found = orjson.loads(binascii.a2b_base64(plain + "=" * (-len(plain) % 4), strict_mode=True))
    except ValueError:  # binascii.Error and JSONDecodeError are ValueErrors, as is text beyond ASCII
        pass
    if not isinstance(found, dict):
        raise InvalidQuery(
            f"cursor: {shown(text)} is none; send startCursor or endCursor of a page, as it is",
            legacy=f"Invalid cursor: {brief(text)}",
        )
    return found


def _checked(key: OrderKey, value: Any) -> Any:
    column = key.column
    if value is None:
        if key.nullable:
            return None
        raise _invalid(f"{key.path} is never null")
    try:
        return coerce(column.kind, value, column.path, column.options)
    except InvalidValue as error:
        raise _invalid(error.message) from None


def _invalid(problem: str) -> InvalidQuery:
    return InvalidQuery(
        f"cursor: {problem}; send a cursor of a page that was asked for with the same order_by",
        legacy="Invalid cursor",
        fault="INVALID_CURSOR",
    )


def _named(paths: Sequence[str] | dict[str, Any]) -> str:
    return brief(",".join(paths)) or "of nothing"

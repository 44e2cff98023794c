"""The kinds of value that a workspace stores.

A field is made of one or more parts and each part is of one kind.  A kind fixes the canonical Python
form of a value, which is also its form on the wire:

    TEXT       str, without NUL and lone surrogates
    UUID       str, lower case, with hyphens
    NUMBER     int or finite float
    NUMERIC    str, a decimal in plain notation ("5000000", "48.85"); the wire shows it as text
    BOOLEAN    bool
    DATE_TIME  str, UTC with milliseconds ("2026-02-03T04:05:06.789Z")
    DATE       str ("2026-02-03")
    OPTION     str, one of the field's options
    OPTIONS    list of str, each one of the field's options
    TEXTS      list of str
    JSON       anything JSON can say

`coerce` reads a value from a JSON body, `read` reads one from the text of a filter or cursor.  Both
raise InvalidValue.  Only this module knows what is a date or a number; the rules are in
docs/compatibility.md.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, assert_never

from icosa.catalogue.characters import visible
from icosa.errors import InvalidValue


class Kind(StrEnum):
    TEXT = "TEXT"
    UUID = "UUID"
    NUMBER = "NUMBER"
    NUMERIC = "NUMERIC"
    BOOLEAN = "BOOLEAN"
    DATE_TIME = "DATE_TIME"
    DATE = "DATE"
    OPTION = "OPTION"
    OPTIONS = "OPTIONS"
    TEXTS = "TEXTS"
    JSON = "JSON"


BLANK_SAYS_NOTHING = frozenset({Kind.UUID, Kind.NUMBER, Kind.NUMERIC, Kind.BOOLEAN, Kind.DATE_TIME, Kind.DATE, Kind.OPTION})
"""Kinds that have no empty value, so that a form's empty box counts as not filled in."""

LISTS = frozenset({Kind.OPTIONS, Kind.TEXTS})

AS_THEY_ARE = frozenset({Kind.TEXT, Kind.OPTION, Kind.UUID, Kind.DATE_TIME, Kind.DATE, Kind.NUMBER, Kind.NUMERIC})
"""Kinds whose canonical values every database stores as they are."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_CANONICAL_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_DIGITS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SIGNIFICANT_DIGITS = 17  # enough for any double that a JSON number was
_WHOLE_DIGITS = 18
_LONGEST_NUMBER = 400  # characters: more than any double or decimal that is kept needs
_EXACT = Context(prec=_LONGEST_NUMBER, Emax=MAX_EMAX, Emin=MIN_EMIN)
_FARTHEST_ZONE = timedelta(hours=16)
_DEEPEST_JSON = 200  # lists and objects in each other: what every database and parser on the way can hold


_LONGEST_SHOWN = 80
_LONGEST_PATH = 200


def shown(value: object) -> str:
    """A value as an error message shows it: as JSON, and cut where it is long.  Costs no more for a longer one."""
    return brief(_spelled(value, _LONGEST_SHOWN + 1))


def _spelled(value: object, room: int) -> str:
    """At least the first `room` characters of a value's JSON, where it has as many."""
    if isinstance(value, str):
        return json.dumps(value[:room], ensure_ascii=False)
    if isinstance(value, dict):
        return _joined("{}", ((f"{_spelled(str(key), room)}: ", item) for key, item in value.items()), room)
    if isinstance(value, list | tuple):
        return _joined("[]", (("", item) for item in value), room)
    try:
        return json.dumps(value, ensure_ascii=False, default=repr)
    except (ValueError, RecursionError):  # digits without end, or what holds itself
        return f"such a long {type(value).__name__}"


def _joined(brackets: str, items: Iterable[tuple[str, object]], room: int) -> str:
    text = brackets[0]
    for key, item in items:
        if len(text) >= room:
            return text
        text += (", " if len(text) > 1 else "") + key
        text += _spelled(item, max(room - len(text), 1))
    return text + brackets[1]


def coerce(kind: Kind, value: Any, path: str, options: Sequence[str] = ()) -> Any:
    """The canonical form of a JSON value, which is not None.  Raises InvalidValue, naming `path`."""
    if kind is Kind.TEXT:
        return value if value.__class__ is str and value.isascii() and "\0" not in value else _text(value, path)
    match kind:
        case Kind.JSON:
            try:
                _check_json(value, 0)
            except InvalidValue as error:
                raise error.named(_shortened(path + error.path)) from None
            return value
        case Kind.BOOLEAN:
            return _boolean(value, path)
        case Kind.NUMBER:
            return _number(value, path)
        case Kind.NUMERIC:
            return _numeric(value, path)
        case Kind.TEXTS | Kind.OPTIONS:
            if not isinstance(value, list):
                raise InvalidValue(
                    path,
                    f'{shown(value)} is not a list; send a list of texts such as ["a", "b"]',
                    legacy=f'malformed array literal: "{brief(value)}"',
                )
            return coerce_each(Kind.TEXT if kind is Kind.TEXTS else Kind.OPTION, value, path, options)
        case Kind.OPTION:
            return _option(value, path, options)
        case Kind.UUID | Kind.DATE_TIME | Kind.DATE:
            if not isinstance(value, str):
                raise _refused(kind, value, path)
            return read(kind, value, path)
        case _:
            assert_never(kind)


def coerce_each(kind: Kind, values: Sequence[Any], path: str, options: Sequence[str] = ()) -> list[Any]:
    """The canonical form of each.  Raises InvalidValue, naming the one: `path[3]`."""
    found = []
    for at, value in enumerate(values):
        try:
            found.append(coerce(kind, value, path, options))
        except InvalidValue as error:
            raise error.named(f"{path}[{at}]") from None
    return found


def read(kind: Kind, text: str, path: str, options: Sequence[str] = ()) -> Any:
    """The canonical form of a value written as text.  Raises InvalidValue, naming `path`."""
    if kind is Kind.TEXT:
        return text if text.__class__ is str and text.isascii() and "\0" not in text else _text(text, path)
    match kind:
        case Kind.UUID:
            lowered = visible(text).strip().lower()
            if not _UUID.fullmatch(lowered):
                raise _refused(kind, text, path)
            return lowered
        case Kind.DATE_TIME:
            return moment(text, path)
        case Kind.DATE:
            moment(text, path, kind=kind)
            return visible(text).strip()[:10]  # the day as it was written, in whichever zone that was
        case Kind.OPTION | Kind.OPTIONS:
            return _option(text, path, options)
        case Kind.NUMBER:
            return _number(text, path)
        case Kind.NUMERIC:
            return _numeric(text, path)
        case Kind.BOOLEAN:
            return _boolean(visible(text).strip(), path)
        case _:
            return _text(text, path)


EXPECTED = {
    Kind.UUID: "a UUID; send 32 hexadecimal digits with hyphens, such as 20202020-1c25-4d02-bf25-6aeccf7ea419",
    Kind.DATE_TIME: "a date and time; send ISO 8601, such as 2026-02-03T04:05:06.000Z or 2026-02-03",
    Kind.DATE: "a date; send year, month and day, such as 2026-02-03",
    Kind.NUMBER: "a number; send digits such as 12 or 12.5",
    Kind.NUMERIC: "a decimal number; send digits such as 5000000",
    Kind.BOOLEAN: "a boolean; send true or false",
    Kind.TEXT: "a text; send it in quotes",
}

_POSTGRES_NAME = {
    Kind.UUID: "uuid",
    Kind.DATE_TIME: "timestamp with time zone",
    Kind.DATE: "date",
    Kind.NUMBER: "double precision",
    Kind.NUMERIC: "numeric",
    Kind.BOOLEAN: "boolean",
}


def moment(text: str, path: str, *, kind: Kind = Kind.DATE_TIME) -> str:
    """A moment in canonical form.  Without a zone it is read as UTC; finer than milliseconds is cut."""
    if is_canonical_moment(text):
        return text
    found = _MOMENT.fullmatch(visible(text).strip())
    if not found:
        raise _refused(kind, text, path)
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        when = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0")[:3].ljust(3, "0")) * 1000, tzinfo=UTC,
        )  # fmt: skip
        if zone and zone not in "Zz":
            digits = zone[1:].replace(":", "").ljust(4, "0")
            shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            if shift >= _FARTHEST_ZONE or int(digits[2:]) > 59:
                raise _refused(kind, text, path)
            when += shift if zone[0] == "-" else -shift
    except (ValueError, OverflowError):
        raise _refused(kind, text, path) from None
    return wire_moment(when)


def is_canonical_moment(text: str) -> bool:
    """Whether a moment is written as the wire writes it, which is quicker to see than to write it so."""
    if not _CANONICAL_MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def wire_moment(when: datetime) -> str:
    """A datetime as the wire writes it: UTC, milliseconds, Z."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _text(value: Any, path: str) -> str:
    if isinstance(value, str):
        return _sound(value, path)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(_number(value, path))
    raise _refused(Kind.TEXT, value, path)


def _option(value: Any, path: str, options: Sequence[str]) -> str:
    if isinstance(value, str) and value in options:
        return value
    raise InvalidValue(
        path,
        f"{shown(value)} is none of its options; send one of {', '.join(options)}",
        legacy=f'invalid input value for enum: "{brief(value)}"',
    )


def _sound(text: str, path: str) -> str:
    if "\0" in text:
        raise InvalidValue(path, "holds a NUL character, which no text may; leave it out")
    try:
        if not text.isascii():
            text.encode()
    except UnicodeEncodeError as error:
        problem = f"holds half a surrogate pair at character {error.start}, which is not text; send whole characters"
        raise InvalidValue(path, problem) from None
    return text


def _check_json(value: Any, depth: int) -> None:
    """Raises InvalidValue, whose path begins at this value: paths are spelled out on the way back from a fault, and for
    the thousands of values that have none they are not."""
    match value:
        case None | bool():
            pass
        case str():
            _sound(value, "")
        case int() | float():
            if not math.isfinite(value) or (isinstance(value, int) and not -(2**63) <= value < 2**64):
                raise InvalidValue("", f"{shown(value)} is a number that JSON cannot carry; send a finite one of at most 64 bits")
        case list() | dict() if depth == _DEEPEST_JSON:
            raise InvalidValue("", f"lies more than {_DEEPEST_JSON} lists and objects deep; send it flatter")
        case list():
            for at, item in enumerate(value):
                try:
                    _check_json(item, depth + 1)
                except InvalidValue as error:
                    raise error.named(_shortened(f"[{at}]{error.path}")) from None
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise InvalidValue("", f"has the key {shown(key)}, which is no text; JSON has keys in quotes")
                _sound(key, "")
                try:
                    _check_json(item, depth + 1)
                except InvalidValue as error:
                    raise error.named(_shortened(f".{brief(key)}{error.path}")) from None
        case _:
            raise InvalidValue("", f"{shown(value)} is nothing that JSON can say; send text, numbers, booleans, lists or objects")


def _shortened(path: str) -> str:
    return path if len(path) <= _LONGEST_PATH else f"{path[: _LONGEST_PATH // 2]} … {path[-_LONGEST_PATH // 2 :]}"


def _boolean(value: Any, path: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise _refused(Kind.BOOLEAN, value, path)


def _number(value: Any, path: str) -> int | float:
    if value.__class__ is int and -(2**53) < value < 2**53:
        return int(value)
    if isinstance(value, str):
        value = _digits(Kind.NUMBER, value, path)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(Kind.NUMBER, value, path)
    try:
        number = float(value)
    except OverflowError:
        raise _refused(Kind.NUMBER, value, path) from None
    if not math.isfinite(number):
        raise _refused(Kind.NUMBER, value, path)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _numeric(value: Any, path: str) -> str:
    if value.__class__ is int and -(10**_WHOLE_DIGITS) < value < 10**_WHOLE_DIGITS:
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _refused(Kind.NUMERIC, value, path)
    try:
        decimal = Decimal(_digits(Kind.NUMERIC, value if isinstance(value, str) else str(value), path)).normalize(_EXACT)
    except (InvalidOperation, ValueError):  # an exponent, or a Python integer, beyond all bounds
        raise _refused(Kind.NUMERIC, value, path) from None
    _, digits, exponent = decimal.as_tuple()
    assert isinstance(exponent, int)
    whole = len(digits) + exponent
    if whole > _WHOLE_DIGITS or (exponent < 0 and (len(digits) > _SIGNIFICANT_DIGITS or -exponent > _SIGNIFICANT_DIGITS)):
        raise InvalidValue(
            path,
            f"{shown(value)} has too many digits; send at most {_WHOLE_DIGITS} for a whole number, "
            f"{_SIGNIFICANT_DIGITS} for one with a fraction",
        )
    return f"{decimal:f}" if decimal else "0"


def _digits(kind: Kind, text: str, path: str) -> str:
    text = visible(text).strip()
    if len(text) > _LONGEST_NUMBER or not _DIGITS.fullmatch(text):
        raise _refused(kind, text, path)
    return text


def _refused(kind: Kind, value: Any, path: str) -> InvalidValue:
    return InvalidValue(path, f"{shown(value)} is not {EXPECTED[kind]}", legacy=_legacy(kind, value))


def _legacy(kind: Kind, value: Any) -> str | None:
    name = _POSTGRES_NAME.get(kind)
    return f'invalid input syntax for type {name}: "{brief(value)}"' if name else None


def brief(value: Any) -> str:
    """A value inside a sentence that clients look for: as it is, but sound text and cut where it is long."""
    text = value[: _LONGEST_SHOWN + 1] if isinstance(value, str) else shown(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."

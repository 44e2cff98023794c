"""How values of the second generation are checked: each kind takes its own JSON type and nothing that could be made one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from icosa.catalogue.field_types.type import (
    LONGEST_LIST,
    UNSENT,
    FieldSettings,
    FieldType,
    Part,
    Values,
    apart,
    as_sent,
    free_texts,
    undisclosed,
)
from icosa.catalogue.kinds import EXPECTED, Kind, brief, coerce, coerce_each, shown
from icosa.errors import InvalidValue

_WORDS: Mapping[Kind, str] = {
    Kind.TEXT: 'Invalid string value {value} for text field "{path}"',
    Kind.UUID: 'Invalid UUID value {value} for field "{path}"',
    Kind.NUMBER: 'Invalid number value {value} for field "{path}"',
    Kind.NUMERIC: 'Invalid number value {value} for field "{path}"',
    Kind.BOOLEAN: 'Invalid boolean value {value} for field "{path}"',
    Kind.DATE_TIME: "Invalid value {value} for date-time field \"{path}\". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'",
    Kind.DATE: "Invalid value {value} for date field \"{path}\". Expected format: 'YYYY-MM-DD'",
    Kind.OPTIONS: 'Invalid value {value} for multi select field "{path}"',
    Kind.TEXTS: 'Invalid value {value} for array field "{path}"',
    Kind.JSON: 'Invalid object value {value} for field "{path}"',
}
"""How Twenty 2.19 refuses a value."""

_LARGEST = 2**63 - 1
"""The largest whole number that SQLite compares as one."""

_ABSENT: Mapping[Kind, Any] = {Kind.TEXT: "", Kind.TEXTS: [], Kind.OPTIONS: []}
"""What an answer has where no value of a kind is stored; null where it is none of these."""


def second_simple(of: FieldType, **about: Any) -> FieldType:
    """A type of one value as its second generation."""
    (part,) = of.parts
    text, empties = part.kind is Kind.TEXT, part.kind is Kind.JSON

    def check(field: FieldSettings, value: Any, path: str) -> Values:
        if text and value.__class__ is str and value.isascii() and value and "\0" not in value:
            return {"": value}  # as all that follows would find it
        if field.secret:
            value = undisclosed(part.kind, value, path)
        found = strict(part.kind, value, path, field.options)
        return {"": None if not found and (field.nullable or empties) and _empty(found) else found}

    return replace(of, parts=(_second(part),), check=check, **about)


def second_composite(
    of: FieldType,
    *,
    name: str = "",
    read: Callable[[Values, str], Values] = apart,
    promote: Callable[[Values], Values] = as_sent,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
) -> FieldType:
    """A type of several parts as its second generation; `parts` says what else differs of some.  Parts that were not sent
    stay as they are, and `read` looks at them together; `promote` at those of a new record."""
    made = tuple(_second(part, **(parts or {}).get(part.name, {})) for part in of.parts)
    by_name = {part.name: part for part in made}
    listed = ", ".join(part.name for part in made if not part.hidden)
    of_lists = frozenset(part.name for part in made if part.lists)
    of_texts = frozenset(part.name for part in made if part.kind is Kind.TEXT and not part.lists) - of.aliases.keys()
    may_be_none = frozenset(part.name for part in made if part.nullable)

    def check(field: FieldSettings, value: Any, path: str) -> Values:
        if not isinstance(value, dict):
            raise refused(Kind.JSON, value, path, f"is not an object; send one with any of {listed}")
        values: Values = {}
        for key, item in value.items():
            if item.__class__ is str and key in of_texts and item.isascii() and "\0" not in item:
                values[key] = item  # as all that follows would find it
                continue
            part = by_name.get(of.alias(key))
            if part is None:
                wording = f'Invalid subfield {brief(key)} for {of.name.lower()} field "{path}"'
                raise InvalidValue(f"{path}.{brief(key)}", f"is no part of {name or of.name}; its parts are {listed}", legacy=wording)
            values[part.name] = _of_part(part, item, f"{path}.{part.name}", listed=part.name in of_lists)
        found = read(values, path)
        if all(found.values()):
            return found
        return {key: None if not item and key in may_be_none and _empty(item) else item for key, item in found.items()}

    omitted = {part.name: part.default for part in made}

    def created(values: Values) -> Values:
        return promote({**omitted, **values})

    free = {part.name: free_texts for part in made if part.kind is Kind.TEXT and not part.lists} if read is apart else {}
    added = omitted if promote is as_sent else None
    return replace(of, name=name or of.name, parts=made, check=check, created=created, added=added, as_they_stand=free)


def _second(part: Part, **changes: Any) -> Part:
    """A part that stores nothing where it is empty; lists are what JSON has of them."""
    kept = part.default if part.options or not part.nullable or (part.kind is Kind.JSON and part.hidden) else None
    absent = [] if part.lists else _ABSENT.get(part.kind)
    settled: dict[str, Any] = {"default": kept, "omitted": UNSENT, "absent": absent}
    settled |= {"bare": part.kind is Kind.NUMERIC, "ranked": part.kind is Kind.OPTION}
    return part._replace(**settled | changes)


def _of_part(part: Part, item: Any, path: str, *, listed: bool) -> Any:
    if item is None:
        return None
    if listed and isinstance(item, list) and len(item) > LONGEST_LIST:
        raise InvalidValue(path, f"holds {len(item)} values; send at most {LONGEST_LIST}")
    if listed:
        return coerce(Kind.JSON, item, path)  # `read` knows what stands in it
    return strict(part.kind, item, path, part.options)


def strict(kind: Kind, value: Any, path: str, options: tuple[str, ...] = ()) -> Any:
    """The canonical form of a JSON value, which is not None.  Raises InvalidValue for one of another JSON type, but for
    decimals, which may be texts, for lists of one text, and for JSON as text."""
    if kind is Kind.TEXT and isinstance(value, str):  # most values are texts, and every case below costs them something
        return _coerced(kind, value, path)
    match kind:
        case Kind.TEXT | Kind.UUID | Kind.DATE_TIME | Kind.DATE if not isinstance(value, str):
            raise refused(kind, value, path)
        case Kind.BOOLEAN if not isinstance(value, bool):
            raise refused(kind, value, path)
        case Kind.NUMBER if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused(kind, value, path)
        case Kind.NUMERIC if (whole := _whole(value)) is not None:
            return str(whole)
        case Kind.OPTION:
            return _option(value, path, options)
        case Kind.OPTIONS | Kind.TEXTS:
            return _listed(kind, value, path, options)
        case Kind.JSON:
            value = _json(value, path)
    return _coerced(kind, value, path)


def _coerced(kind: Kind, value: Any, path: str) -> Any:
    try:
        return coerce(kind, value, path)
    except InvalidValue as error:
        raise _worded(kind, error, value, path) from None


def refused(kind: Kind, value: Any, path: str, problem: str = "") -> InvalidValue:
    """The error for a value of another JSON type."""
    wording = _WORDS[kind].format(value=inspected(value), path=path)
    return InvalidValue(path, f"{shown(value)} {problem or f'is not {_EXPECTED[kind]}'}", legacy=wording)


_EXPECTED: Mapping[Kind, str] = {
    **EXPECTED,
    Kind.NUMBER: "a number; send digits without quotes, such as 12 or 12.5",
    Kind.BOOLEAN: "a boolean; send true or false without quotes",
    Kind.JSON: 'an object or a list; send one such as {"key": "value"}',
    Kind.TEXTS: 'a list of texts; send one such as ["a", "b"]',
    Kind.OPTIONS: "a list of options of this field; send one of texts",
}


def inspected(value: Any) -> str:
    """A value inside the sentences of Twenty 2.19, which shows texts in single quotes."""
    return f"'{brief(value)}'" if isinstance(value, str) else brief(value)


def _worded(kind: Kind, error: InvalidValue, value: Any, path: str) -> InvalidValue:
    wording = _WORDS[kind].format(value="NaN" if kind is Kind.NUMERIC else inspected(value), path=path)
    return InvalidValue(error.path, error.problem, legacy=wording)


def _whole(value: Any) -> int | None:
    """A whole number that databases keep as one; None for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 or abs(value) > _LARGEST:
        return None
    return int(value)


def _option(value: Any, path: str, options: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise InvalidValue(
            path,
            f"{shown(value)} is not a text; send one of {', '.join(options)}",
            legacy=f'Invalid string value {inspected(value)} for text field "{path}"',
        )
    if value not in options:
        listed = ", ".join(options)
        wording = f'Invalid value "{brief(value)}" for field "{path}". Valid values are: {listed}'
        raise InvalidValue(path, f"{shown(value)} is none of its options; send one of {listed}", legacy=wording)
    return value


def _listed(kind: Kind, value: Any, path: str, options: tuple[str, ...]) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(each, str) for each in items):
        raise refused(kind, value, path)
    try:
        return coerce_each(Kind.OPTION if kind is Kind.OPTIONS else Kind.TEXT, items, path, options)
    except InvalidValue as error:
        raise _worded(kind, error, value, path) from None


def _json(value: Any, path: str) -> Any:
    """An object or a list, also as JSON text."""
    read = value
    if isinstance(value, str):
        try:
            read = orjson.loads(value)
        except ValueError:
            raise refused(Kind.JSON, value, path) from None
    if not isinstance(read, dict | list):
        raise refused(Kind.JSON, value, path)
    return read


def _empty(value: Any) -> bool:
    return not value and isinstance(value, str | list | dict)

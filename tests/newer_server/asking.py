"""Filters, orders and pages, read as naively as 2.19 reads them."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from tests.newer_server.refusing import Refused
from tests.newer_server.schema import LIST, TEXT, Json, Thing
from tests.newer_server.values import is_uuid

Kept = Callable[[Json], bool]

_COMPARATORS = ("eq", "neq", "in", "containsAny", "is", "gt", "gte", "lt", "lte", "startsWith", "endsWith", "like", "ilike")
_ORDERED = ("eq", "neq", "gt", "gte", "lt", "lte", "in", "is")
_TEXT = (*_ORDERED, "like", "ilike", "startsWith", "endsWith")
_ALLOWED: dict[str, tuple[str, ...]] = {TEXT: _TEXT, "BARE_TEXT": _TEXT, "BOOLEAN": ("eq", "is"), "ARRAY": ("is",)}
_LIKE = ("is", "like")


def value_at(record: Json, path: str) -> Any:
    """The value at a path, None where there is none: an empty text is none, an empty list too."""
    field, _, part = path.partition(".")
    held = record.get(field)
    held = held.get(part) if part and isinstance(held, dict) else held
    return None if held in ("", [], {}) else held


def read_filter(text: str | None, of: Thing) -> Kept:
    """Which records a filter keeps.  Deleted ones are kept only where it names deletedAt."""
    if text is None:
        return lambda record: record["deletedAt"] is None
    if text.count("(") != text.count(")"):
        raise Refused("'filter' invalid. 1 close bracket is missing in the query")
    inner = _expression(text if re.fullmatch(r"(or|and|not)\((.+)\)", text, re.DOTALL) else f"and({text})", of)
    return inner if "deletedAt" in text else lambda record: record["deletedAt"] is None and inner(record)


def _expression(text: str, of: Thing) -> Kept:
    found = re.fullmatch(r"(or|and|not)\((.*)\)", text, re.DOTALL)
    if found is None:
        return _comparison(text, of)
    word, parts = found[1], [_expression(each, of) for each in _split(found[2])]
    if word == "not":
        if len(parts) != 1:
            raise Refused("'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)")
        return lambda record: not parts[0](record)
    join = any if word == "or" else all
    return lambda record: join(each(record) for each in parts)


def _split(text: str) -> list[str]:
    """Split at commas outside of brackets, parentheses and quotes; a quote of any kind opens or closes."""
    found, depth, quotes = [""], 0, {'"': False, "'": False}
    for each in text:
        if each in quotes:
            quotes[each] = not quotes[each]
        depth += (each in "([") - (each in ")]") if not any(quotes.values()) else 0
        if each == "," and depth == 0 and not any(quotes.values()):
            found.append("")
        else:
            found[-1] += each
    return found


def _comparison(text: str, of: Thing) -> Kept:
    found = re.fullmatch(r"([^\[\]]+)\[([^\[\]]+)\]:(.+)", text)
    if found is None:
        raise Refused(f"'filter' invalid for '{text or 'and()'}'. eg: price[gte]:10")
    path, comparator, raw = found.groups()
    if comparator not in _COMPARATORS:
        raise Refused(f"'filter' invalid for '{text}', comparator {comparator} not in {', '.join(_COMPARATORS)}")
    kind = _kind(path, of)
    allowed = _LIKE if kind in (LIST, "RAW_JSON", "FILES") else _ALLOWED.get(kind if isinstance(kind, str) else "", _ORDERED)
    if comparator not in allowed:
        named = kind if isinstance(kind, str) else "SELECT"
        raise Refused(f'Operator "{comparator}" is not valid for field "{path}" of type {named} - Allowed operators: {", ".join(allowed)}')
    wanted = _wanted(path, comparator, raw, kind)
    return lambda record: _holds(value_at(record, path), comparator, wanted)


def _kind(path: str, of: Thing) -> str | tuple[str, ...]:
    field, _, part = path.partition(".")
    whole = of.all_fields.get(field)
    if whole is None:
        raise Refused(f'Object {of.singular} doesn\'t have any "{field}" field.')
    if path not in of.paths:
        raise Refused(f'Sub field "{part or "eq"}" not found for composite type: {whole}')
    return of.paths[path]


def _wanted(path: str, comparator: str, raw: str, kind: str | tuple[str, ...]) -> Any:
    if comparator == "is":
        if raw not in ("NULL", "NOT_NULL"):
            raise Refused('Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"')
        return raw == "NULL"
    if comparator == "in":
        if not (raw.startswith("[") and raw.endswith("]")):
            raise Refused(
                f"'filter' invalid for 'in' operator. Received '{raw}' but array value expected eg: 'field[in]:[value_1,value_2]'"
            )
        return [_one(path, each, kind) for each in raw[1:-1].split(",")]
    return _one(path, raw, kind)


def _one(path: str, raw: str, kind: str | tuple[str, ...]) -> Any:
    text = raw[1:-1] if len(raw) > 1 and raw[0] in "\"'" and raw[-1] in "\"'" else raw
    if kind in ("NUMBER", "POSITION"):
        try:
            return float(text)
        except ValueError:
            raise Refused(f'Invalid number value NaN for field "{path}"') from None
    if kind == "BOOLEAN":
        if text not in ("true", "false"):
            raise Refused(f"Invalid boolean value '{text}' for field \"{path}\"")
        return text == "true"
    if kind == "UUID" and not is_uuid(text):
        raise Refused(f"Invalid UUID value '{text}' for field \"{path}\"")
    if isinstance(kind, tuple) and text not in kind:
        raise Refused(f'invalid input value for enum: "{text}"')
    return text or None


def _holds(held: Any, comparator: str, wanted: Any) -> bool:
    if comparator == "is":
        return (held is None) is wanted
    if comparator == "eq":
        return bool(held == wanted)
    if comparator == "in":
        return (held is not None and held in wanted) or (held is None and None in wanted)
    if comparator == "neq" and wanted is None:
        return held is not None
    if held is None or wanted is None:
        return False
    if comparator in ("like", "ilike", "startsWith", "endsWith"):
        text = held if isinstance(held, str) else json.dumps(held, ensure_ascii=False)
        return _like(text, comparator, wanted)
    tests = {"neq": held != wanted, "gt": held > wanted, "gte": held >= wanted, "lt": held < wanted, "lte": held <= wanted}
    return bool(tests[comparator])


def _like(text: str, comparator: str, wanted: str) -> bool:
    if comparator in ("startsWith", "endsWith"):
        return text.startswith(wanted) if comparator == "startsWith" else text.endswith(wanted)
    pattern = "".join(
        re.escape(each[1:]) if each[0] == "\\" and len(each) > 1 else ".*" if each == "%" else "." if each == "_" else re.escape(each)
        for each in re.findall(r"\\.|.", wanted, re.DOTALL)
    )
    return re.fullmatch(pattern, text, re.DOTALL | (re.IGNORECASE if comparator == "ilike" else 0)) is not None


Key = tuple[str, bool, bool]  # path, descending, nulls first


def read_order(text: str | None, of: Thing) -> list[Key]:
    keys: list[Key] = []
    for each in [] if text is None else text.split(","):
        found = re.fullmatch(r"([^\[\]]+)(?:\[(Asc|Desc)Nulls(First|Last)\])?", each)
        if found is None or found[1] not in of.paths:
            raise Refused(f'Field "{each}" does not exist or is not sortable')
        keys.append((found[1], found[2] == "Desc", found[3] != "Last"))
    return keys if any(path == "id" for path, _, _ in keys) else [*keys, ("id", False, True)]


def ordered(records: list[Json], keys: list[Key]) -> list[Json]:
    for path, descending, nulls_first in reversed(keys):
        some = sorted((each for each in records if value_at(each, path) is not None), key=lambda r: value_at(r, path), reverse=descending)
        none = [each for each in records if value_at(each, path) is None]
        records = none + some if nulls_first else some + none
    return records


def cursor_of(record: Json, keys: list[Key]) -> str:
    return base64.b64encode(json.dumps({path: value_at(record, path) for path, _, _ in keys}).encode()).decode()


def beyond(cursor: str, keys: list[Key], *, back: bool) -> Kept:
    """Which records lie behind a cursor, compared as the database compares: with NULL nothing is true, so that
    records whose key is NULL lie behind no cursor, and none lie behind one that holds NULL."""
    try:
        at = json.loads(base64.b64decode(cursor, validate=True))
        places = [(path, descending != back, at[path]) for path, descending, _ in keys]
    except (ValueError, KeyError, TypeError):
        raise Refused(f"Invalid cursor: {cursor}") from None

    def lies(record: Json) -> bool:
        for path, descending, there in places:
            here = value_at(record, path)
            if here is None or there is None:
                return False
            if here != there:
                return bool(here < there) if descending else bool(here > there)
        return False

    return lies

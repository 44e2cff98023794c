"""A filter as chips: the comparisons of which all hold, each in words.  The text is the filter, and chips are read from it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from icosa.call.searching import literal
from icosa.catalogue import naming
from icosa.catalogue.columns import Column, column_by_path, columns
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object
from icosa.surfaces.console.controls.values import is_uuid
from icosa.surfaces.console.controls.writing import units
from icosa.surfaces.console.showing import Looking, label, of_field
from icosa.surfaces.console.showing.simple import option_label
from icosa.wire.language.filter import parse, write
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter

EMPTY, SET, CONTAINS = "empty", "set", "contains"
"""Ways to compare that people think of as their own, and that are others with a fixed value to a filter."""
_LONGEST: Final = 60
_CONTAINED: Final = re.compile(r"%((?:[^%_\\]|\\.|_)+)%", re.DOTALL)
_MOMENTS: Final = frozenset({Kind.DATE, Kind.DATE_TIME})

WORDS: Final[Mapping[str, str]] = {
    "contains": "contains", "eq": "is", "neq": "is not", "startsWith": "begins with", "in": "is one of", "containsAny": "has any of",
    "gte": "at least", "lte": "at most", "gt": "more than", "lt": "less than", "like": "is like", "ilike": "is like, in any case",
    "empty": "is empty", "set": "is set",
}  # fmt: skip
_OF_MOMENTS: Final = {"gte": "from", "lte": "up to", "gt": "after", "lt": "before"}
_BY_KIND: Final[Mapping[Kind, Sequence[str]]] = {
    Kind.TEXT: ("contains", "eq", "neq", "startsWith", "empty", "set"),
    Kind.NUMBER: ("gte", "lte", "eq", "neq", "gt", "lt", "empty", "set"),
    Kind.NUMERIC: ("gte", "lte", "eq", "neq", "gt", "lt", "empty", "set"),
    Kind.BOOLEAN: ("eq", "empty", "set"),
    Kind.OPTION: ("eq", "neq", "empty", "set"),
    Kind.OPTIONS: ("containsAny", "empty", "set"),
    Kind.TEXTS: ("containsAny", "empty", "set"),
    Kind.DATE: ("gte", "lt", "eq", "gt", "lte", "empty", "set"),
    Kind.DATE_TIME: ("gte", "lt", "gt", "lte", "empty", "set"),
    Kind.UUID: ("eq", "neq", "empty", "set"),
    Kind.JSON: ("contains", "empty", "set"),
}


class Chip(NamedTuple):
    """`at` is the place of the condition in the filter, from 0."""

    at: int
    field: str
    word: str
    value: str


def items(text: str) -> tuple[Filter, ...]:
    """What all has to hold.  Raises InvalidQuery for a text that is no filter."""
    if not text.strip():
        return ()
    tree = parse(text)
    return tree.children if isinstance(tree, And) else (tree,)


def joined(conditions: Sequence[Filter]) -> str:
    """The text of conditions that all hold."""
    return ",".join(map(write, conditions))


def without(text: str, at: int) -> str:
    """A filter without one of its conditions."""
    return joined([each for place, each in enumerate(items(text)) if place != at])


def chips(of: Object, text: str, names: Mapping[str, str], look: Looking) -> tuple[list[Chip], int]:
    """A chip for each comparison of a property that there is, and how many conditions have none: these are in the text alone.
    `names` are what records are called, by id."""
    found = items(text)
    made = [made for at, each in enumerate(found) if (made := _chip(of, at, each, names, look)) is not None]
    return made, len(found) - len(made)


def path_label(of: Object, column: Column) -> str:
    """What a column is called: "Company", "Address City"."""
    whole = label(of, column.field)
    if not column.part:
        return whole
    part = naming.label(column.part)
    return part if part.startswith(whole.split()[0]) else f"{whole}: {part}"


def choices(of: Object) -> list[tuple[str, str]]:
    """Every path that can be compared, with its name."""
    return [(each.path, path_label(of, each)) for each in columns(of)]


def ways(column: Column) -> list[tuple[str, str]]:
    """How a column can be compared, in words that suit its kind."""
    names = (EMPTY, SET) if column.secret else _BY_KIND[column.kind]
    return [(each, word(column, each)) for each in names]


def word(column: Column, way: str) -> str:
    return (_OF_MOMENTS.get(way) if column.kind in _MOMENTS else None) or WORDS[way]


def way_of(comparison: Comparison) -> tuple[str, tuple[str, ...]]:
    """How a comparison compares, and with what, as people would say it."""
    value, comparator = comparison.value, comparison.comparator
    if isinstance(value, tuple):
        return comparator.value, value
    if comparator is Comparator.IS:
        return (EMPTY if value == "NULL" else SET), ()
    contained = _CONTAINED.fullmatch(value) if comparator is Comparator.ILIKE else None
    return (CONTAINS, (re.sub(r"\\(.)", r"\1", contained[1]),)) if contained else (comparator.value, (value,))


def comparison(path: str, way: str, values: Sequence[str]) -> Comparison:
    """The comparison that somebody put together; of several values each counts."""
    match way:
        case "empty" | "set":
            return Comparison(path, Comparator.IS, "NULL" if way == EMPTY else "NOT_NULL")
        case "contains":
            return Comparison(path, Comparator.ILIKE, f"%{literal(values[0])}%")
        case "eq" if len(values) > 1:
            return Comparison(path, Comparator.IN, tuple(values))
        case "in" | "containsAny":
            return Comparison(path, Comparator(way), tuple(values))
        case _:
            return Comparison(path, Comparator(way), values[0])


def related(of: Object, text: str) -> dict[str, list[str]]:
    """The ids that a filter compares foreign keys with, by the object that they are of."""
    found: dict[str, list[str]] = {}
    for each in items(text):
        column = column_by_path(of).get(each.path) if isinstance(each, Comparison) else None
        if isinstance(each, Comparison) and column and column.target and each.comparator is not Comparator.IS:
            values = [each.value] if isinstance(each.value, str) else each.value
            found.setdefault(column.target, []).extend(filter(is_uuid, values))
    return found


def _chip(of: Object, at: int, condition: Filter, names: Mapping[str, str], look: Looking) -> Chip | None:
    column = column_by_path(of).get(condition.path) if isinstance(condition, Comparison) else None
    if column is None or not isinstance(condition, Comparison):
        return None
    way, values = way_of(condition)
    shown = [_value(of, column, way, each, names, look) for each in values]
    value = ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")
    return Chip(at, path_label(of, column), word(column, way), value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…")


def _value(of: Object, column: Column, way: str, value: str, names: Mapping[str, str], look: Looking) -> str:
    if column.options:
        return option_label(value)
    if column.target:
        return names.get(value, value)
    if in_units(of, column):
        return units(value) if value.lstrip("-").isdigit() else value
    if column.kind is Kind.BOOLEAN:
        return {"true": "yes", "false": "no"}.get(value.lower(), value)
    field = of.field_by_name.get(column.field)
    if field and column.kind in _MOMENTS:
        return str(of_field(field, value, look.briefly))
    return value or "an empty text"


def in_units(of: Object, column: Column) -> bool:
    """Whether people say its values in whole units, and servers in millionths."""
    field = of.field_by_name.get(column.field)
    part: Any = field.type.part(column.part) if field and column.part else None
    return part is not None and part.in_units

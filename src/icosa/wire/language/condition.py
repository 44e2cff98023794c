"""A filter bound to an object: every path a column, every value in canonical form.

What a condition asks (`shape`) is told apart from the values it asks about (`values`), so that a store
can keep one statement a shape and bind the values.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import orjson

from icosa.catalogue.columns import Column
from icosa.catalogue.kinds import LISTS, Kind, brief, coerce, read, shown
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery, InvalidValue
from icosa.wire.language import pattern
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Not, Or
from icosa.wire.language.path import column_at
from icosa.wire.language.place import Hop


class _Presence(Enum):
    PRESENT = "NOT_NULL"


PRESENT: Final = _Presence.PRESENT
"""The value of `is` where any value will do."""


@dataclass(frozen=True, slots=True)
class Test:
    """One column compared with one value.

    `is` has None (no value) or PRESENT (any value); `in` and `containsAny` have a tuple, as have `eq`
    and `neq` on a list; `like`, `ilike`, `startsWith` and `endsWith` have the text as it was written, to be
    compared with the column's value as the wire writes it; others have a canonical value of the column's kind.
    """

    __test__ = False  # nothing for pytest to collect

    column: Column
    comparator: Comparator
    value: Any


@dataclass(frozen=True, slots=True)
class All:
    """Every child holds."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one child holds."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    child: "Condition"


@dataclass(frozen=True, slots=True)
class Through:
    """The record at the end of a hop passes a test.  Where there is none it has no values; and there is none where it was
    deleted, unless `deleted` are looked at too."""

    hop: Hop
    test: Test
    deleted: bool = False


Condition = All | Either | Negation | Through | Test

_ORDERED = frozenset({Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE})
_EQUALITY = frozenset({Comparator.EQ, Comparator.NEQ})
_PATTERNS = frozenset({Comparator.LIKE, Comparator.ILIKE})
_BITS = _PATTERNS | {Comparator.STARTS_WITH, Comparator.ENDS_WITH}
_PRESENCE = frozenset({Comparator.IS})
_OF_LISTS = _PRESENCE | _EQUALITY | _BITS | {Comparator.CONTAINS_ANY}
_OF_SCALARS = _PRESENCE | _EQUALITY | _BITS | _ORDERED | {Comparator.IN}

COMPARATORS: dict[Kind, frozenset[Comparator]] = dict.fromkeys(Kind, _OF_SCALARS) | {
    Kind.BOOLEAN: _OF_SCALARS - _ORDERED,
    Kind.JSON: _PRESENCE | _PATTERNS,
    Kind.OPTIONS: _OF_LISTS,
    Kind.TEXTS: _OF_LISTS,
}
"""Which comparators suit which kind."""


def bind(tree: Filter, of: Object) -> Condition:
    """A filter with the columns of an object and canonical values.

    Raises InvalidQuery naming the field: there is none of that name, the comparator does not suit it, or
    the value is none of its kind.
    """
    match tree:
        case And(children):
            return All(tuple(bind(child, of) for child in children))
        case Or(children):
            return Either(tuple(bind(child, of) for child in children))
        case Not(child):
            return Negation(bind(child, of))
        case Comparison():
            return _test(tree, of)


def shape(condition: Condition) -> Hashable:
    """What a condition asks, without the values: equal for conditions that one statement answers."""
    match condition:
        case Test(column, comparator, value):
            return (column.name, comparator, value) if comparator is Comparator.IS else (column.name, comparator)
        case Through(hop, test, deleted):
            return (hop.name, deleted, shape(test))
        case Negation(child):
            return ("not", shape(child))
        case All(children):
            return ("and", *map(shape, children))
        case Either(children):
            return ("or", *map(shape, children))


def values(condition: Condition) -> list[Any]:
    """The values of a condition from left to right, a tuple counting as one; `is` has none."""
    match condition:
        case Test(_, comparator, value):
            return [] if comparator is Comparator.IS else [value]
        case Negation(child) | Through(_, child):
            return values(child)
        case All(children) | Either(children):
            return [value for child in children for value in values(child)]


def mentions(condition: Condition, path: str) -> bool:
    """Whether a condition looks at this path, not that of a related record; one that looks at deletedAt may find the
    deleted."""
    match condition:
        case Test(column):
            return column.path == path
        case Through():
            return False
        case Negation(child):
            return mentions(child, path)
        case All(children) | Either(children):
            return any(mentions(child, path) for child in children)


def _test(comparison: Comparison, of: Object) -> Test:
    column, comparator = column_at(of, comparison.path, "filter"), comparison.comparator
    if column.secret and comparator is not Comparator.IS:
        raise InvalidQuery(
            f"filter: {column.path} is encrypted at rest and cannot be compared; "
            f"{column.path}[is]:NULL and {column.path}[is]:NOT_NULL are what can be asked of it"
        )
    if comparator not in COMPARATORS[column.kind]:
        suited = ", ".join(each for each in Comparator if each in COMPARATORS[column.kind])
        raise InvalidQuery(f"filter: {column.path} is of kind {column.kind}, which {comparator} does not suit; use one of {suited}")
    try:
        return Test(column, comparator, _value(column, comparator, comparison.value))
    except InvalidValue as error:
        legacy = error.legacy
        if legacy and legacy.startswith("invalid input value for enum") and not column.part:
            legacy = _option_legacy(column, comparison.value)
        raise InvalidQuery(f"filter: {error.message}", legacy=legacy) from None


def _value(column: Column, comparator: Comparator, value: str | tuple[str, ...]) -> Any:
    if comparator is Comparator.IS:
        return None if value == "NULL" else PRESENT
    if isinstance(value, tuple):
        kind = Kind.TEXT if column.kind is Kind.TEXTS else column.kind
        if kind is Kind.TEXT and "".join(value).isprintable():
            return value  # as each would be read
        return tuple(read(kind, item, column.path, column.options) for item in value)
    if comparator in _BITS:
        if comparator in _PATTERNS:
            pattern.check(value, column.path)
        return read(Kind.TEXT, value, column.path)
    if column.kind in LISTS:
        return _list(column, value)
    return read(column.kind, value, column.path, column.options)


def _list(column: Column, text: str) -> tuple[str, ...]:
    """A whole list, as `eq` and `neq` take it."""
    try:
        found = orjson.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise InvalidValue(
            column.path,
            f'{shown(text)} is not a list; write JSON such as ["a","b"], or ask for some of its items by {column.path}[containsAny]:[a,b]',
            legacy=f'malformed array literal: "{brief(text)}"',
        )
    return tuple(coerce(column.kind, found, column.path, column.options))


def _option_legacy(column: Column, value: str | tuple[str, ...]) -> str:
    first = value if isinstance(value, str) else next(item for item in value if item not in column.options)
    known = ", ".join(f"'{option}'" for option in column.options)
    return f"'filter' enum value '{brief(first)}' not available in '{column.field}' enum. Available enum values are [{known}]"

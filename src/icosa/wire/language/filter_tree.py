"""What a filter says, however it is written: comparisons, and what joins them.  It knows no fields, and no text."""

from dataclasses import dataclass
from enum import StrEnum

MAX_DEPTH = 32
"""How many and(), or() and not() may lie within each other."""

MAX_COMPARISONS = 500


class Comparator(StrEnum):
    EQ = "eq"
    NEQ = "neq"
    IN = "in"
    CONTAINS_ANY = "containsAny"
    IS = "is"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    LIKE = "like"
    ILIKE = "ilike"


TAKES_LIST = frozenset({Comparator.IN, Comparator.CONTAINS_ANY})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`value` is a tuple for `in` and `containsAny`, which find nothing where it is empty; "NULL" or "NOT_NULL" for `is`; else the text."""

    path: str
    comparator: Comparator
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """`children` are never empty."""

    children: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """`children` are never empty."""

    children: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: "Filter"


Filter = And | Or | Not | Comparison

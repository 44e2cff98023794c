"""Filters, written in Python.

    from icosa import F

    recent = F.created_at >= datetime(2026, 2, 3, tzinfo=UTC)
    crm.people.find_many(where=recent & (F.emails.primary_email.ilike("%@example.com") | F.company_id.is_null()))

`F` names fields, in snake_case or as the wire does (`F.job_title`, `F.jobTitle`, `F["emails.primaryEmail"]`),
and a comparison of one is a `Where`.  A related record is compared by its foreign key (`F.company_id`).
Fields and values are checked against the object when the filter is sent.
"""

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NoReturn
from uuid import UUID

from icosa.call.values import is_missing, plain
from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidQuery, InvalidValue
from icosa.wire.language.filter import parse, write
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Not, Or

__all__ = ["F", "FieldPath", "Value", "Where"]

Value = str | bool | int | float | Decimal | date | UUID | Enum
"""What a field is compared with; a `datetime` is a `date`, and needs a time zone."""

_NAME = re.compile(r"""[^\[\](),:"'\s]+""")
_NO_TRUTH: Final = (
    "is neither true nor false before a workspace has read it; write & for and, | for or, ~ for not, with each comparison in "
    "parentheses, and .in_([...]) rather than in"
)


@dataclass(frozen=True, slots=True)
class Where:
    """A filter.  `str()` of it is the text that the API takes; & | ~ join filters; `tree` is what it says."""

    tree: Filter

    @classmethod
    def of(cls, text: str) -> "Where":
        """The filter that a text says, to be joined with others.  Raises InvalidQuery."""
        return cls(parse(text))

    def __and__(self, other: "Where") -> "Where":
        if not isinstance(other, Where):
            return NotImplemented
        return Where(And((*_joined(self, And), *_joined(other, And))))

    def __or__(self, other: "Where") -> "Where":
        if not isinstance(other, Where):
            return NotImplemented
        return Where(Or((*_joined(self, Or), *_joined(other, Or))))

    def __invert__(self) -> "Where":
        return Where(Not(self.tree))

    def __bool__(self) -> NoReturn:
        raise TypeError(f"the filter {self} {_NO_TRUTH}")

    def __str__(self) -> str:
        return write(self.tree)

    def __repr__(self) -> str:
        return f"Where.of({str(self)!r})"


class FieldPath:
    """A field, a part of one, or a foreign key, by its path: `F.emails.primary_email`.

    Comparing it gives a Where.  Values are texts, numbers, booleans, moments with a time zone, dates, UUIDs,
    decimals and enums; None means no value (`F.company_id == None`), and a whole list is compared by == and !=.
    Raises InvalidValue for anything else.  A part that is called like a method goes by `F["field.like"]`.
    """

    __slots__ = ("_path",)
    __hash__ = None  # type: ignore[assignment]
    __iter__ = None  # or `in`, finding __getitem__, would count up from 0

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> "FieldPath":
        return FieldPath(f"{self._path}.{_wire_name(name)}")

    def __getitem__(self, name: str) -> "FieldPath":
        return FieldPath(f"{self._path}.{_path(name)}")

    def __eq__(self, value: object) -> Where:  # type: ignore[override]
        return self.is_null() if value is None or is_missing(value) else self._compared(Comparator.EQ, value, whole=True)

    def __ne__(self, value: object) -> Where:  # type: ignore[override]
        return self.is_not_null() if value is None or is_missing(value) else self._compared(Comparator.NEQ, value, whole=True)

    def __lt__(self, value: Value) -> Where:
        return self._compared(Comparator.LT, value)

    def __le__(self, value: Value) -> Where:
        return self._compared(Comparator.LTE, value)

    def __gt__(self, value: Value) -> Where:
        return self._compared(Comparator.GT, value)

    def __ge__(self, value: Value) -> Where:
        return self._compared(Comparator.GTE, value)

    def in_(self, values: Iterable[Value]) -> Where:
        """Is one of these; none of them finds nothing."""
        return self._among(Comparator.IN, values)

    def contains_any(self, values: Iterable[Value]) -> Where:
        """Is a list with at least one of these in it."""
        return self._among(Comparator.CONTAINS_ANY, values)

    def is_null(self) -> Where:
        """Has no value."""
        return Where(Comparison(self._path, Comparator.IS, "NULL"))

    def is_not_null(self) -> Where:
        """Has a value."""
        return Where(Comparison(self._path, Comparator.IS, "NOT_NULL"))

    def starts_with(self, text: str) -> Where:
        """Begins so; every character counts as itself."""
        return self._compared(Comparator.STARTS_WITH, text)

    def ends_with(self, text: str) -> Where:
        """Ends so; every character counts as itself."""
        return self._compared(Comparator.ENDS_WITH, text)

    def like(self, pattern: str) -> Where:
        r"""Fits the pattern: % is any text, _ any character, \ stands before one that is meant as itself."""
        return self._compared(Comparator.LIKE, pattern)

    def ilike(self, pattern: str) -> Where:
        """Fits the pattern in upper or lower case."""
        return self._compared(Comparator.ILIKE, pattern)

    def __bool__(self) -> NoReturn:
        raise TypeError(f"the field {self._path} {_NO_TRUTH}")

    def __call__(self, *_: object, **__: object) -> NoReturn:
        before, _dot, called = self._path.rpartition(".")
        raise TypeError(_no_method(before, called))

    def __contains__(self, value: object) -> NoReturn:
        raise TypeError(f"`in` asks for true or false; write F.{self._path}.contains_any([{value!r}]) or .like(…)")

    def __repr__(self) -> str:
        return f'F["{self._path}"]'

    def _compared(self, comparator: Comparator, value: object, *, whole: bool = False) -> Where:
        return Where(Comparison(self._path, comparator, _text(value, self._path, whole)))

    def _among(self, comparator: Comparator, values: Iterable[Value]) -> Where:
        if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
            raise InvalidValue(self._path, f"{shown(values)} is no list of values; give one such as [{shown(values)}]")
        texts = tuple(_text(each, self._path, False) for each in values)
        return Where(Comparison(self._path, comparator, texts))


class Fields:
    """Names fields, of whichever object is asked about: `F.city`, `F.emails.primary_email`, `F["companyId"]`.  `F` is the
    only one of these; whether a field exists is looked at when a request is made of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> FieldPath:
        return FieldPath(_wire_name(name))

    def __getitem__(self, path: str) -> FieldPath:
        return FieldPath(_path(path))

    def __call__(self, *_: object, **__: object) -> NoReturn:
        raise TypeError('F is not called; it names fields: F.city, or F["emails.primaryEmail"]')

    def __repr__(self) -> str:
        return "F"


F: Final = Fields()

DELETED: Final = Where(Comparison("deletedAt", Comparator.IS, "NOT_NULL"))
LIVE: Final = Where(Comparison("deletedAt", Comparator.IS, "NULL"))
LIVE_OR_DELETED: Final = Where(Or((LIVE.tree, DELETED.tree)))
"""Who names deletedAt gets deleted records too."""


def both(where: Where | str | None, more: Where) -> Where | str:
    """Both filters; one that was given as text stays as it was written."""
    if where is None or (isinstance(where, str) and not where.strip()):
        return more
    return f"and({where},{more})" if isinstance(where, str) else where & more


def _joined(where: Where, kind: type[And] | type[Or]) -> tuple[Filter, ...]:
    """What a filter adds to others: its own parts where it is joined in the same way, so that a long chain lies no deeper."""
    return where.tree.children if isinstance(where.tree, kind) else (where.tree,)


def _wire_name(name: str) -> str:
    """job_title as the wire has it, jobTitle, which stays as it is; a last underscore keeps a word of Python's apart."""
    if name.startswith("_"):  # what Python itself, or a tool, looks for
        raise AttributeError(name)
    first, *more = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in more)


_METHODS: Final = tuple(name for name in vars(FieldPath) if not name.startswith("_"))
_SYNONYMS: Final = {
    "contains": '.ilike("%…%") for texts, .contains_any([...]) for lists', "icontains": '.ilike("%…%")', "endswith": ".ends_with(…)",
    "startswith": ".starts_with(…)", "isin": ".in_([...])", "oneof": ".in_([...])", "equals": "== …", "eq": "== …", "ne": "!= …",
    "neq": "!= …", "gt": "> …", "gte": ">= …", "ge": ">= …", "lt": "< …", "lte": "<= …", "le": "<= …", "isnull": ".is_null()",
    "isna": ".is_null()", "isnone": ".is_null()", "notnull": ".is_not_null()", "between": "(F.x >= …) & (F.x <= …)",
    "desc": 'order_by="x[DescNullsLast]"', "asc": 'order_by="x"',
}  # fmt: skip
"""How other libraries call what a filter says."""


def _no_method(path: str, called: str) -> str:
    near = _SYNONYMS.get(called.lower()) or next(
        (f".{each}(…)" for each in difflib.get_close_matches(naming.snake_case(called), _METHODS, 1)), ""
    )
    suggestion = f"write {near}" if near else f"it has {', '.join(_METHODS)}, and is compared by ==, !=, <, <=, > and >="
    return f"F.{path or called} has no method '{called}'; {suggestion}"


def _path(path: object) -> str:
    if not (isinstance(path, str) and _NAME.fullmatch(path)):
        raise InvalidQuery(f'filter: {shown(path)} cannot be a field; name one such as F["emails.primaryEmail"]')
    return ".".join(map(_wire_name, path.split(".")))


def _text(value: object, path: str, whole: bool) -> str:
    """A value as a filter writes it; a list only where it is compared as a `whole`."""
    if value is None or is_missing(value):
        raise InvalidValue(path, "None is no value to compare so; use .is_null() or .is_not_null()")
    if isinstance(value, FieldPath | Where):
        raise InvalidValue(path, f"{value!r} is no value; fields are compared with values, not with each other")
    if isinstance(value, Mapping):
        raise InvalidValue(path, "a record or an object is no value; compare its id (F.company_id) or one of its parts (F.name.last_name)")
    if isinstance(value, list | tuple | Set):
        if not whole:
            raise InvalidValue(path, "a list is no value to compare so; use .in_([...]) for one of several, .contains_any([...]) for lists")
        return json.dumps(plain(value, path), ensure_ascii=False)
    text: Any = plain(value, path)
    return text if isinstance(text, str) else json.dumps(text)

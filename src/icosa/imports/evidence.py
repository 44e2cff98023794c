"""What the values of a column show about how all of them are written: the order of its dates, its decimal mark,
whether its countries are codes, and whether its ids are those of another program.

A column is looked through once before its rows are shaped.  Where one way only fits all of its values, that is how
the column is written, and the plan says so; where several do, each value has to be clear by itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from icosa.call.targets import Target, find_target
from icosa.catalogue.kinds import Kind, shown
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidValue
from icosa.imports.column_map import ColumnMap
from icosa.imports.foreign_ids import is_foreign, may_be_foreign
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.values.amounts import parts_of
from icosa.imports.values.conventions import DATE_ORDERS, Conventions
from icosa.imports.values.countries import is_country_code
from icosa.imports.values.lists import is_object
from icosa.imports.values.moments import orders_of
from icosa.imports.values.numbers import marks_of, readings
from icosa.imports.values.people import affixes
from icosa.imports.values.texts import unguarded
from icosa.imports.values.unknown import is_unknown

_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}

_IDS, _FOREIGN = "id", "foreign"

_MOST_SHOWN = 5
"""Titles and suffixes of names that a note lists: a choice, enough to see what is meant by them in one line."""


_KNOWN_AT_MOST = 2000
"""Texts of a column of which it is kept what they show."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What columns show, by their names: the conventions of each that shows any, and a sentence for the plan; of those
    that are the ids of another program, and of no record here, one with its row."""

    conventions: Mapping[str, Conventions] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Watch:
    """The ways that are left in which all values of a column so far can be read; `unclear` is whether any of them
    is read in several, and `example` the value that showed the most."""

    ways: Callable[[str], frozenset[str]]
    left: frozenset[str] | None = None
    unclear: bool = False
    example: tuple[int, str] = (0, "")
    seen: dict[str, None] = field(default_factory=dict)
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def ways_of(self, text: str) -> frozenset[str]:
        """The ways to read a text, none where it shows nothing.  Many rows say the same."""
        found = self.known.get(text)
        if found is None:
            if len(self.known) >= _KNOWN_AT_MOST:
                self.known.clear()
            found = self.known[text] = self.ways(text)
        return found

    def add(self, number: int, text: str, ways: frozenset[str]) -> None:
        self.unclear = self.unclear or len(ways) > 1
        left = ways if self.left is None else self.left & ways
        if self.left is None or len(left) < len(self.left):
            self.example = (number, text)
        self.left = left

    @property
    def only(self) -> str | None:
        return next(iter(self.left)) if self.left is not None and len(self.left) == 1 else None


def watched(catalogue: Catalogue, mapping: ColumnMap, conventions: Conventions) -> dict[str, tuple[str, _Watch]]:
    """The columns whose values can show something that nobody told, each with what that is."""
    found: dict[str, tuple[str, _Watch]] = {}
    for each in mapping.columns:
        if not each.path or conventions.exact:
            continue
        target = find_target(catalogue, mapping.object, each.path)
        if sort := _IDS if may_be_foreign(catalogue, mapping, each) else _sort(target, conventions):
            found[each.column] = (sort, _Watch(_WAYS[sort]))
    return found


def look_through(watches: Mapping[str, tuple[str, _Watch]], rows: Iterable[Row | BadRow], conventions: Conventions) -> Evidence:
    """Reads rows to their end, and says what they show."""
    for row in rows:
        if isinstance(row, BadRow):
            continue
        for column, (sort, watch) in watches.items():
            value = unguarded(row.values.get(column))
            if sort == _IDS and value.__class__ in (int, float):
                value = str(value)
            if isinstance(value, str) and value.strip() and value != conventions.clear:
                _add(sort, watch, row.number, value, conventions)
    found = {column: shows for column, (sort, watch) in watches.items() if (shows := _shows(sort, watch, conventions)) is not None}
    foreign = {column: each.example for column, (sort, each) in watches.items() if sort == _IDS and each.only == _FOREIGN}
    return Evidence(
        {column: shows[0] for column, shows in found.items()},
        {column: shows[1] for column, shows in found.items() if shows[1]},
        {column: f"{shown(text)} in row {number}" for column, (number, text) in foreign.items()},
    )


def _add(sort: str, watch: _Watch, number: int, text: str, conventions: Conventions) -> None:
    if sort == "name":
        for each in affixes(text):
            if len(watch.seen) < _MOST_SHOWN:
                watch.seen.setdefault(each)
        return
    ways = watch.ways_of(text)
    if ways and not is_object(text) and (not is_unknown(text, conventions.unknown) or text.strip() == "NA"):
        watch.add(number, text, ways)


def _shows(sort: str, watch: _Watch, conventions: Conventions) -> tuple[Conventions, str] | None:
    row, text = watch.example
    if sort == "name":
        return (conventions, f"{', '.join(watch.seen)}: no part of a name, and left out") if watch.seen else None
    if sort == _IDS or watch.only is None or (sort != "country" and not watch.unclear):
        return None
    match sort:
        case "date":
            return replace(conventions, date_order=watch.only), f"dates are {_ORDERS[watch.only]}, as {shown(text)} in row {row} shows"
        case "number":
            mark = "point" if watch.only == "." else "comma"
            return replace(conventions, decimal=watch.only), f"numbers have a decimal {mark}, as {shown(text)} in row {row} shows"
        case _:
            return replace(conventions, codes=watch.only == "code"), ""


def _sort(target: Target, conventions: Conventions) -> str:
    """What there is to find out about the values of a target, "" for nothing."""
    of = target.field
    if of is None or of.secret:
        return ""
    whole = of.type.composite and not target.part
    if whole and of.type.about.name and target.relation is None:
        return "name"
    part = of.type.part(target.part)
    kind = part.kind if part else Kind.NUMERIC if any(each.in_units for each in of.type.parts) else None
    if kind in (Kind.DATE, Kind.DATE_TIME):
        return "date" if conventions.date_order is None and conventions.locale is None else ""
    if kind in (Kind.NUMBER, Kind.NUMERIC):
        return "number" if marks_of(conventions) is None else ""
    return "country" if (of.type_name, target.part) == ("ADDRESS", "addressCountry") else ""


def _orders(text: str) -> frozenset[str]:
    return orders_of(text, _NOTHING_TOLD) & frozenset(DATE_ORDERS)


def _marks(text: str) -> frozenset[str]:
    if text.isascii() and text.lstrip("+-").isdigit():
        return frozenset()
    try:
        number = parts_of(text, "")[0]
    except InvalidValue:
        return frozenset()
    found = readings(number)
    if len(found) == 2 and len(set(found.values())) == 1:
        return frozenset()  # 12 is 12 to everybody
    return frozenset(marks[0] for marks in found)


def _written(text: str) -> frozenset[str]:
    if not is_country_code(text):
        return frozenset(("name",))
    return frozenset(("code", "name")) if is_unknown(text) else frozenset(("code",))


def _whose(text: str) -> frozenset[str]:
    return frozenset((_FOREIGN,) if is_foreign(text) else ("here",))


_NOTHING_TOLD = Conventions()
_WAYS: dict[str, Callable[[str], frozenset[str]]] = {
    "date": _orders,
    "number": _marks,
    "country": _written,
    "name": lambda text: frozenset(),
    _IDS: _whose,
}

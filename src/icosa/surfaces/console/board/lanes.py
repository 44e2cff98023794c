"""The lanes of a board: what is in each, how many, and what it is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

import icosa
from icosa.call.page import Record
from icosa.call.searching import searched_paths
from icosa.call.where import F, Where
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.showing import Looking, Shown, address, called, label, of_field, telling, value
from icosa.surfaces.console.showing.simple import option_label
from icosa.wire.actions import Operation, actions_of

CARDS: Final = 50
"""So many records of each lane are on the board; the others are counted, and in the table."""

_FIELDS: Final = 2
"""Values of a card beside whom it is about."""


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    name: str
    href: str
    facts: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Lane:
    """`option` is its choice, "" for the records without one; `of` its shown form.  `sums` is what the shown cards come to, a text
    for each currency; `all` leads to the whole lane in a table."""

    id: str
    option: str
    of: Shown
    total: int
    cards: Sequence[Card]
    sums: Sequence[str]
    all: str

    @property
    def left(self) -> int:
        return max(self.total - len(self.cards), 0)


@dataclass(frozen=True, slots=True)
class Board:
    """`by` is the field whose choices are the lanes, and `filter` which records are on it at all, as text."""

    crm: icosa.Client
    of: Object
    by: Field
    filter: str
    look: Looking

    @property
    def path(self) -> str:
        return board_path(self.of, self.by.name, self.filter)

    @property
    def unfiltered(self) -> str:
        return board_path(self.of, self.by.name)

    @property
    def table(self) -> str:
        """The same records in a table."""
        return f"/browse/{self.of.plural}" + (f"?{urlencode({'filter': self.filter})}" if self.filter else "")

    @property
    def new(self) -> str:
        """The form of another record."""
        return form_address(next(each for each in actions_of(self.of) if each.operation is Operation.CREATE_ONE))

    @property
    def asked(self) -> str:
        """The query of the request for one lane, as it is on the wire."""
        here = str(F[self.by.name] == self.by.options[0])
        return f"?filter={self.filter},{here}&limit={CARDS}" if self.filter else f"?filter={here}&limit={CARDS}"

    @property
    def by_label(self) -> str:
        return label(self.of, self.by.name)

    @property
    def example(self) -> str:
        """A filter, as one may be typed."""
        return f'{next(iter(searched_paths(self.of)), "id")}[ilike]:"%acme%"'

    def word(self, option: str) -> str:
        """What a choice is called."""
        return option_label(option) if option else "None"

    @property
    def options(self) -> tuple[str, ...]:
        """The choices, with "" for none where there may be none."""
        return self.by.options + (("",) if self.by.nullable else ())

    def lanes(self) -> list[Lane]:
        """Raises InvalidQuery for a filter that cannot be read, and whatever reading raises."""
        return [self.lane(each) for each in self.options]

    def lane(self, option: str) -> Lane:
        here = F[self.by.name] == option if option else F[self.by.name].is_null()
        where = Where.of(self.filter) & here if self.filter else here
        limit = min(CARDS, self.crm.offers.max_limit)
        page = self.crm[self.of.plural].find_many(where=where, order_by=_order(self.of), limit=limit, depth=1)
        table = f"/browse/{self.of.plural}?{urlencode({'filter': str(where)})}"
        shown = of_field(self.by, option, self.look.briefly) if option else Shown((), True)
        at = f"lane-{self.options.index(option)}"
        return Lane(at, option, shown, page.total_count, [self.card(each) for each in page], list(sums(self.of, page, self.look)), table)

    def card(self, record: Record) -> Card:
        return Card(str(record["id"]), called(self.of, record), address(self.of, record["id"]), list(self._facts(record)))

    def _facts(self, record: Record) -> Iterator[Shown]:
        """The most telling beside the name and the lane, such as an amount, then whom it is about."""
        ends = (value(self.crm.catalogue, self.of, each.name, record, self.look.briefly) for each in self.of.belongs_to)
        yield from (*telling(self.of, record, self.look, _FIELDS, without=(self.by.name,)), *islice(filter(None, ends), 1))


def board_path(of: Object, by: str = "", filter_: str = "") -> str:
    query = {name: text for name, text in (("by", by), ("filter", filter_)) if text}
    return f"/board/{of.plural}" + (f"?{urlencode(query)}" if query else "")


def fields_of(of: Object) -> list[Field]:
    """The fields that a board can go by: those with one choice of several."""
    return [each for each in of.fields if not each.type.composite and each.type.parts[0].kind is Kind.OPTION and each.options]


def sums(of: Object, records: Sequence[Record], look: Looking) -> Iterator[str]:
    """What the first amount of money of records comes to, for each currency."""
    money = next((each for each in of.fields if each.type_name == "CURRENCY"), None)
    if money is None:
        return
    found: dict[str, int] = {}
    for record in records:
        amount: Any = record.get(money.name)
        micros = _micros(amount) if isinstance(amount, Mapping) else None
        if micros is not None:
            code = str(amount.get("currencyCode") or "")
            found[code] = found.get(code, 0) + micros
    for code, total in sorted(found.items(), key=lambda each: -each[1]):
        yield str(of_field(money, {"amountMicros": total, "currencyCode": code}, look))


def _micros(amount: Mapping[str, Any]) -> int | None:
    try:
        return int(amount.get("amountMicros") or 0) if amount.get("amountMicros") not in (None, "") else None
    except (TypeError, ValueError):
        return None


def _order(of: Object) -> str:
    """As they are sorted by hand, else the newest first."""
    return "position" if "position" in of.field_by_name else "createdAt[DescNullsLast]"

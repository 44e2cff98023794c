"""The cells of one member of a record, read once for all rows that say the same."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from icosa.imports.plain_columns import ABSENT, TEXTS, Column, ColumnReader
from icosa.imports.plain_members import CellReader, Link, PlainReader, Understood

_KNOWN_AT_MOST: Final = 2000
"""Values of a column, or of several that go to one field, of which it is kept what they mean."""

_LONGEST_KNOWN: Final = 100
"""Characters of the longest of them."""


class RefusedCell(Exception):
    """A cell that cannot be used, by its column, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class MemberOfRow(NamedTuple):
    """What a row says of a member: its value, or ABSENT; links; and whether there is more to it, so that the row has to be read
    by itself."""

    value: Any
    links: tuple[Link, ...] = ()
    is_odd: bool = False


_ODD: Final = MemberOfRow(ABSENT, is_odd=True)


@dataclass(slots=True)
class MemberCells:
    """The cells of one member, whose name is `name`.  Most columns say the same again and again: what was understood is kept by
    what was said, for as long as that is so.  The value of a `composite` one has parts.  `plain` reads the cells of a row, and
    `members` the columns of many rows, where there is nothing odd about them; `anew` reads any cells, and raises RefusedCell."""

    name: str
    composite: bool
    columns: tuple[str, ...]
    first: int | None
    """The place of the first of its columns among all; None where that is no matter, since those of no other stand between."""
    cells: list[CellReader]
    anew: Callable[[Sequence[CellReader], Sequence[Any]], Understood]
    plain: PlainReader | None
    members: ColumnReader | None
    known: dict[tuple[Any, ...], Understood] = field(default_factory=dict)
    known_members: dict[Hashable, MemberOfRow] = field(default_factory=dict)
    asked: int = 0
    met: int = 0

    def understood(self, values: Mapping[str, Any]) -> Understood:
        """What the values of a row say.  Raises RefusedCell."""
        texts = tuple(map(values.get, self.columns))
        if self.asked < 0 or not _is_short(texts):
            return self._read(texts)
        self.asked += 1
        found = self.known.get(texts)
        if found is not None:
            self.met += 1
            return found
        if len(self.known) >= _KNOWN_AT_MOST:
            self.known.clear()
            if self.met < self.asked // 4:
                self.asked = -1  # a column of names, of addresses: hardly any comes twice
        found = self.known[texts] = self._read(texts)
        return found

    def by_row(self, columns: Sequence[Column]) -> Sequence[MemberOfRow]:
        """What each of many rows says of the member."""
        rows: Sequence[Any] = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        if not all({*map(type, column)} <= TEXTS for column in columns):
            return [self._member(texts) for texts in rows]
        known = self.known_members
        long = any(len(text) > _LONGEST_KNOWN for column in columns for text in {*column} if text)
        if long or len(known) > _KNOWN_AT_MOST:
            self.known_members = known = {}
        for texts in {*rows} - known.keys():
            known[texts] = self._member(texts)
        if long:
            self.known_members = {}
        return [known[texts] for texts in rows]

    def _member(self, texts: Any) -> MemberOfRow:
        try:
            found = self._read((texts,) if len(self.columns) == 1 else texts)
        except RefusedCell:
            return _ODD
        elsewhere = self.first is not None and (len(found.places) > 1 or any(place != self.first for place in found.places))
        return MemberOfRow(found.record.get(self.name, ABSENT), found.links, bool(found.further) or elsewhere)

    def _read(self, texts: Sequence[Any]) -> Understood:
        found = self.plain(texts) if self.plain is not None else None
        return self.anew(self.cells, texts) if found is None else found


def _is_short(texts: Sequence[Any]) -> bool:
    """Whether all of it is texts, which are the same where they are equal, and short ones."""
    for each in texts:  # noqa: SIM110 - a generator would take twice as long
        if each is not None and (each.__class__ is not str or len(each) > _LONGEST_KNOWN):
            return False
    return True

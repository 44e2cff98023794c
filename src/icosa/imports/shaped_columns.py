"""What many rows say, column by column: most of what would be done for each cell is done for each column, or each value of it.
Rows that need more are read by themselves, in the place that they have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import Any, NamedTuple

from icosa.imports.member_cells import MemberCells
from icosa.imports.plain_columns import ABSENT, Column, Parts, has_absent, members_of, parts_of
from icosa.imports.plain_members import Link
from icosa.imports.rows.row import Row

Links = Sequence[tuple[Link, ...]]


@dataclass(frozen=True)
class MemberColumn:
    """What rows say of one member of their records: as it was read, by `parts` or by the `whole` member of each row."""

    name: str
    composite: bool
    read: Parts | None
    of_rows: Sequence[Any] | None = None

    @cached_property
    def members(self) -> Sequence[Any]:
        """The member of each row, ABSENT where it says nothing of it."""
        return self.of_rows if self.of_rows is not None else members_of(self.read or {})

    @cached_property
    def parts(self) -> Parts:
        """The same by part: see `plain_columns.parts_of`."""
        return self.read if self.read is not None else parts_of(self.members, composite=self.composite)


class ShapedColumns(NamedTuple):
    """What so many `rows` say: members and links, and at which places rows are of which this is not so."""

    members: Sequence[MemberColumn]
    links: Links
    odd: set[int]
    rows: int

    def records(self) -> list[dict[str, Any]]:
        """The record of each row."""
        if not self.members:
            return [{} for _ in range(self.rows)]
        names, columns = [each.name for each in self.members], [each.members for each in self.members]
        found = zip(*columns, strict=True)
        if not any(map(has_absent, columns)):
            return [dict(zip(names, row, strict=True)) for row in found]
        return [{name: value for name, value in zip(names, row, strict=True) if value is not ABSENT} for row in found]


def shaped_columns(members: Sequence[MemberCells], rows: Sequence[Row], order: Callable[[Link], int] | None) -> ShapedColumns:
    """What rows say.  `order` is the place of a link's column, where the cells of members do not stand side by side."""
    values = [row.values for row in rows]
    columns: list[MemberColumn] = []
    links: list[Links] = []
    odd: set[int] = set()
    for member in members:
        cells = [[each.get(column) for each in values] for column in member.columns]
        parts = member.members(cells) if member.members is not None else None
        if parts is None:
            found, linked, oddities = zip(*member.by_row(cells), strict=True)
            odd.update(compress(range(len(rows)), oddities))
            if any(linked):
                links.append(linked)
            if any(value is not ABSENT for value in found):
                columns.append(MemberColumn(member.name, member.composite, None, found))
        elif parts:
            columns.append(MemberColumn(member.name, member.composite, parts))
            if order is not None and len(cells) > 1:
                odd.update(_begun_later(cells[0], columns[-1].members))
    return ShapedColumns(columns, _links(len(rows), columns, links, order), odd, len(rows))


def _begun_later(first: Column, found: Sequence[Any]) -> list[int]:
    """Rows that say a member, and not in its first column."""
    return [at for at, (cell, value) in enumerate(zip(first, found, strict=True)) if not cell and value is not ABSENT]


def _links(count: int, members: Sequence[MemberColumn], columns: Sequence[Links], order: Callable[[Link], int] | None) -> Links:
    """The links of each row, but for relations whose key it has."""
    if not columns:
        return [()] * count
    if len(columns) == 1 and order is None:
        found = columns[0]
    else:
        found = [tuple(sorted(chain.from_iterable(row), key=order)) if order else sum(row, ()) for row in zip(*columns, strict=True)]
    keys = {each.name: each.members for each in members if each.name.endswith("Id")}
    if not keys:
        return found
    own_keys = [{name for name, ids in keys.items() if ids[at] is not ABSENT} for at in range(count)]
    return [tuple(link for link in row if f"{link.relation}Id" not in own) for row, own in zip(found, own_keys, strict=True)]

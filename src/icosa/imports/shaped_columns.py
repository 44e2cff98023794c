"""Many rows made records, column by column: most of what would be done for each cell is done for each column, or each value of it.
Rows that need more are read by themselves, in the place that they have."""

from collections.abc import Callable, Sequence
from itertools import chain, compress
from typing import Any, NamedTuple

from icosa.imports.member_cells import MemberCells
from icosa.imports.plain_columns import ABSENT, Column
from icosa.imports.plain_members import Link
from icosa.imports.rows.row import Row

Links = Sequence[tuple[Link, ...]]


class ShapedColumns(NamedTuple):
    """What rows say: a record and links for each, and at which places rows are of which this is not so."""

    records: Sequence[dict[str, Any]]
    links: Links
    odd: set[int]


def shaped_columns(members: Sequence[MemberCells], rows: Sequence[Row], order: Callable[[Link], int] | None) -> ShapedColumns:
    """What rows say.  `order` is the place of a link's column, where the cells of members do not stand side by side."""
    values = [row.values for row in rows]
    names: list[str] = []
    columns: list[Sequence[Any]] = []
    links: list[Links] = []
    odd: set[int] = set()
    for member in members:
        cells = [[each.get(column) for each in values] for column in member.columns]
        found = member.members(cells) if member.members is not None else None
        if found is None:
            found, linked, oddities = zip(*member.by_row(cells), strict=True)
            odd.update(compress(range(len(rows)), oddities))
            if any(linked):
                links.append(linked)
        elif order is not None and len(cells) > 1:
            odd.update(_begun_later(cells[0], found))
        if any(value is not ABSENT for value in found):
            names.append(member.name)
            columns.append(found)
    records = _records(names, columns, len(rows))
    return ShapedColumns(records, _links(records, names, links, order), odd)


def _begun_later(first: Column, found: Sequence[Any]) -> list[int]:
    """Rows that say a member, and not in its first column."""
    return [at for at, (cell, value) in enumerate(zip(first, found, strict=True)) if not cell and value is not ABSENT]


def _records(names: Sequence[str], columns: Sequence[Sequence[Any]], count: int) -> list[dict[str, Any]]:
    if not names:
        return [{} for _ in range(count)]
    rows = zip(*columns, strict=True)
    if not any(ABSENT in column for column in columns):
        return [dict(zip(names, row, strict=True)) for row in rows]
    return [{name: value for name, value in zip(names, row, strict=True) if value is not ABSENT} for row in rows]


def _links(records: Sequence[dict[str, Any]], names: Sequence[str], columns: Sequence[Links], order: Callable[[Link], int] | None) -> Links:
    """The links of each row, but for relations whose key it has."""
    if not columns:
        return [()] * len(records)
    if len(columns) == 1 and order is None:
        found = columns[0]
    else:
        found = [tuple(sorted(chain.from_iterable(row), key=order)) if order else sum(row, ()) for row in zip(*columns, strict=True)]
    if not any(name.endswith("Id") for name in names):
        return found
    return [tuple(link for link in row if f"{link.relation}Id" not in record) for row, record in zip(found, records, strict=True)]

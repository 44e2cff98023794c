"""What `parts/table.html` shows: columns, rows and cells."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.record import Record, address, called, label, value
from icosa.surfaces.console.showing.shown import Piece, Shown


@dataclass(frozen=True, slots=True)
class Column:
    """`href` is where a click on the heading leads, which orders by it; `order` is how the table is ordered by it."""

    name: str
    label: str
    right: bool = False
    href: str = ""
    order: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`edit` is the address of its editor; it then has an `id`, which its editor shares."""

    shown: Shown
    id: str = ""
    edit: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`name` is what the row is called where it is selected; the first cell leads to `href`."""

    id: str
    name: str
    href: str
    cells: Sequence[Cell]
    selected: bool = False
    gone: bool = False


def columns_of(of: Object, names: Iterable[str]) -> list[Column]:
    """Columns for properties of an object, numbers at the right."""
    fields = of.field_by_name
    return [Column(each, label(of, each), each in fields and fields[each].type.about.look.right) for each in names]


def rows_of(
    catalogue: Catalogue, of: Object, records: Iterable[Record], names: Sequence[str], look: Looking, selected: Collection[str] = ()
) -> list[Row]:
    """Rows for records; the first column is what leads to the record, and says its id where it would say nothing."""
    briefly = look.briefly
    made = []
    for record in records:
        id_ = str(record.get("id", ""))
        shown = [value(catalogue, of, each, record, briefly) for each in names]
        name = str(shown[0]) if shown[0] and names[0] == of.label_identifier != "id" else called(of, record)
        first = _unlinked(shown[0]) or Shown((Piece(name),), True)
        cells = [Cell(first), *map(Cell, shown[1:])]
        made.append(Row(id_, name, address(of, id_) if id_ else "", cells, id_ in selected, bool(record.get("deletedAt"))))
    return made


def _unlinked(of: Shown) -> Shown:
    """What stands in a link itself."""
    return (
        of if not any(each.href for each in of.pieces) else Shown(tuple(each._replace(href="") for each in of.pieces), of.brief, of.lines)
    )

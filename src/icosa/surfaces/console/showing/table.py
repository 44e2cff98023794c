"""What `parts/table.html` shows: columns, rows and cells.

Rows and cells know their own markup, as values do: a template that goes from cell to cell takes longer than all else that makes a
page of sixty rows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.record import Record, address, called, label, value
from icosa.surfaces.console.showing.shown import Shown, ShownPiece, escaped


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """`href` is where a click on the heading leads, which orders by it; `order` is how the table is ordered by it, and `edited`
    whether its cells are, where the table's are."""

    name: str
    label: str
    right: bool = False
    href: str = ""
    order: Literal["", "ascending", "descending"] = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`id` is what it shares with its editor.  One that says nothing is empty: the look has the dash in it."""

    shown: Shown
    id: str = ""
    changed: bool = False

    def markup(self, right: bool = False, note: str = "") -> Markup:
        """As a cell of a table; `right` where it stands at the right, `note` is said beside the value."""
        return Markup(self.written(right, note))

    def head(self, href: str = "", note: str = "") -> Markup:
        """As the first cell of a row, which leads to `href`."""
        return Markup(self.written_head(href, note))

    def written(self, right: bool, note: str = "") -> str:
        """The text of `markup`."""
        return f"<td{self._around(_KINDS[right, self.changed])}>{self.shown.__html__() if self.shown else ''}{_beside(note)}</td>"

    def written_head(self, href: str, note: str = "") -> str:
        """The text of `head`."""
        inside = f'<a href="{escaped(href)}">{self.shown.__html__()}</a>' if href else self.shown.__html__()
        return f'<th scope="row"{self._around(_KINDS[False, self.changed])}>{inside}{_beside(note)}</th>'

    def _around(self, kind: str) -> str:
        return f' id="{escaped(self.id)}"{kind}' if self.id else kind


_KINDS: Final = {(False, False): "", (True, False): ' class="num"', (False, True): ' class="was"', (True, True): ' class="num was"'}


def _beside(note: str) -> str:
    return f' <small class="faint">{escaped(note)}</small>' if note else ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`name` is what the row is called where it is selected; the first cell leads to `href`."""

    id: str
    name: str
    href: str
    cells: Sequence[Cell]
    selected: bool = False
    gone: bool = False

    def markup(self, columns: Sequence[ShownColumn], select: str | bool = "") -> Markup:
        """As a row of a table; `select` is the id of the form that it belongs to where it is ticked, or true where that form is
        around it."""
        first, *others = self.cells
        rest = "".join(each.written(column.right) for each, column in zip(others, columns[1:], strict=True))
        return Markup(row_markup(self.id, self.name, f"{first.written_head(self.href)}{rest}", select, self.selected, self.gone))


_SELECTED: Final = ' aria-selected="true"'


def row_markup(id_: str, name: str, cells: str, select: str | bool, selected: bool = False, gone: bool = False) -> str:
    """A row around the markup of its cells."""
    at = escaped(id_)
    row = f'<tr id="r-{at}"' if id_ else "<tr"
    row += ' class="gone"' if gone else ""
    if not select:
        return f"{row}>{cells}</tr>"
    form = f' form="{escaped(select)}"' if isinstance(select, str) else ""
    return (
        f'{row}{_SELECTED if selected else ""}><td class="tick"><input type="checkbox" name="id" value="{at}"{form} data-select '
        f'aria-label="Select {escaped(name)}"{" checked" if selected else ""}></td>{cells}</tr>'
    )


def columns_of(of: Object, names: Iterable[str]) -> list[ShownColumn]:
    """Columns for properties of an object, numbers at the right."""
    fields = of.field_by_name
    return [ShownColumn(each, label(of, each), each in fields and fields[each].type.about.look.right) for each in names]


def rows_of(
    catalogue: Catalogue, of: Object, records: Iterable[Record], names: Sequence[str], look: Looking, selected: Collection[str] = ()
) -> list[ShownRow]:
    """Rows for records; the first column is what leads to the record, and says its id where it would say nothing."""
    briefly = look.briefly
    made = []
    for record in records:
        id_ = str(record.get("id", ""))
        shown = [value(catalogue, of, each, record, briefly) for each in names]
        name = str(shown[0]) if shown[0] and names[0] == of.label_identifier != "id" else called(of, record)
        cells = [Cell(leading(shown[0], name)), *map(Cell, shown[1:])]
        made.append(ShownRow(id_, name, address(of, id_) if id_ else "", cells, id_ in selected, bool(record.get("deletedAt"))))
    return made


def leading(of: Shown, name: str) -> Shown:
    """The first value of a row, as it stands in a link to the record: without links of its own, and with the name where it says
    nothing."""
    if not of:
        return Shown((ShownPiece(name),), True)
    return of._replace(pieces=tuple(each._replace(href="") for each in of.pieces)) if any(each.href for each in of.pieces) else of

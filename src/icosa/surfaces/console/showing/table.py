"""What `parts/table.html` shows: columns, rows and cells.

Rows and cells know their own markup, as values do: a template that goes from cell to cell takes longer than all else that makes a
page of sixty rows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from markupsafe import Markup

from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.record import Record, address, called, label, value
from icosa.surfaces.console.showing.shown import Shown, ShownPiece


@dataclass(frozen=True, slots=True)
class ShownColumn:
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

    def markup(self, right: bool = False, note: str = "") -> Markup:
        """As a cell of a table; `right` where it stands at the right, `note` is said beside the value."""
        return Markup(self.written(right, note))

    def head(self, href: str = "", note: str = "") -> Markup:
        """As the first cell of a row, which leads to `href`: a key edits it, as a click leads on."""
        return Markup(self.written_head(href, note))

    def written(self, right: bool, note: str = "") -> str:
        """The text of `markup`."""
        if not (self.id or self.edit or self.changed or note):
            return f'<td class="num">{self.shown.__html__()}</td>' if right else f"<td>{self.shown.__html__()}</td>"
        return f"<td{self._around(_KINDS[right, self.changed], _CLICKED)}>{self.shown.__html__()}{self._after(note)}</td>"

    def written_head(self, href: str, note: str = "") -> str:
        """The text of `head`."""
        inside = f'<a href="{escape(href)}">{self.shown.__html__()}</a>' if href else self.shown.__html__()
        return f'<th scope="row"{self._around(_KINDS[False, self.changed], _BY_KEY)}>{inside}{self._after(note)}</th>'

    def _around(self, kind: str, trigger: str) -> str:
        id_ = f' id="{escape(self.id)}"' if self.id else ""
        edit = f' hx-get="{escape(self.edit)}" hx-trigger="{trigger}" hx-target="this" hx-swap="outerHTML"' if self.edit else ""
        return f"{id_}{kind}{edit}"

    def _after(self, note: str) -> str:
        beside = f' <small class="faint">{escape(note)}</small>' if note else ""
        edit = f'<noscript> <a href="{escape(self.edit)}" aria-label="Edit">…</a></noscript>' if self.edit else ""
        return beside + edit


_KINDS: Final = {(False, False): "", (True, False): ' class="num"', (False, True): ' class="was"', (True, True): ' class="num was"'}
_CLICKED, _BY_KEY = "edit, dblclick", "edit"


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
        id_ = f' id="r-{escape(self.id)}"' if self.id else ""
        ticked = f' aria-selected="{str(self.selected).lower()}"' if select else ""
        gone = ' class="gone"' if self.gone else ""
        return Markup(f"<tr{id_}{gone}{ticked}>{self._tick(select)}{first.written_head(self.href)}{rest}</tr>")

    def _tick(self, select: str | bool) -> str:
        if not select:
            return ""
        form = f' form="{escape(select)}"' if isinstance(select, str) else ""
        checked = " checked" if self.selected else ""
        return (
            f'<td class="tick"><input type="checkbox" name="id" value="{escape(self.id)}"{form} data-select '
            f'aria-label="Select {escape(self.name)}"{checked}></td>'
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
        first = _unlinked(shown[0]) or Shown((ShownPiece(name),), True)
        cells = [Cell(first), *map(Cell, shown[1:])]
        made.append(ShownRow(id_, name, address(of, id_) if id_ else "", cells, id_ in selected, bool(record.get("deletedAt"))))
    return made


def _unlinked(of: Shown) -> Shown:
    """What stands in a link itself."""
    return (
        of if not any(each.href for each in of.pieces) else Shown(tuple(each._replace(href="") for each in of.pieces), of.brief, of.lines)
    )

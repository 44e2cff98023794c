"""Records as tables for a person, no wider than the terminal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from icosa.call.paths import says
from icosa.call.ranking import candidates, look_of, members
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.cli.cells import Record, cell, in_words
from icosa.surfaces.cli.columns import ChosenColumn
from icosa.surfaces.cli.terminal import harmless

ID_WIDTH: Final = 36
GAP: Final = 2
WIDEST, WIDEST_ADDRESS = 32, 40
NARROWEST, NARROWEST_NAME, NARROWEST_ADDRESS, NARROWEST_CHOSEN = 16, 22, 28, 8
"""How much room one column of a list gets, and to how much it may be cut; a name needs a little more, an address
more than that."""
_BESIDE_ID: Final = 3
"""How many of the most telling columns have to have room beside the id for it to be there: what somebody looks for goes
before it."""
_COPIED: Final = ("id", "command", "path")
NARROWEST_FOLDED: Final = 12


def plain_table(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str]) -> Table:
    """A table of the headed values; ids, commands and paths, which people copy, stay whole."""
    table = _table()
    for key, heading in headings.items():
        values = [row.get(key) for row in rows if row.get(key) != ""]
        right = bool(values) and all(type(each) is int for each in values)
        whole = max((cell_len(line) for row in rows for line in _plain(row.get(key)).splitlines()), default=0) if key in _COPIED else None
        table.add_column(heading, overflow="fold", no_wrap=key in _COPIED, min_width=whole, justify="right" if right else "left")
    for row in rows:
        texts = ((key, harmless(_plain(row.get(key)))) for key in headings)
        table.add_row(*(Text(text) if key in _COPIED else Folded(text, NARROWEST_FOLDED) for key, text in texts))
    return table


class Folded(Text):
    """A text that may be broken anywhere, so that a table with a long path or a word of many letters is no wider than the
    terminal; `least` is how much room it gets in any case."""

    def __init__(self, text: str, least: int) -> None:
        super().__init__(text)
        self._least = least

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        found = super().__rich_measure__(console, options)
        return Measurement(min(found.minimum, self._least), found.maximum)


def _plain(value: Any) -> str:
    return f"{value:,}" if type(value) is int else in_words(value, brief=True)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a list: how wide it is, and the text of a record in it."""

    heading: str
    width: int
    text: Callable[[Record], str]
    right: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a list.  `ids` is whether ids are among them."""

    columns: tuple[TableColumn, ...]
    ids: bool

    def table(self, records: Sequence[Record], title: str | None = None, *, heads: bool = True) -> Table:
        """A row for each record; without `heads` it goes on below another table."""
        table = _table(title, heads)
        for each in self.columns:
            table.add_column(each.heading, width=each.width, no_wrap=True, overflow="ellipsis", justify="right" if each.right else "left")
        for record in records:
            table.add_row(*(_shown(_line(each.text(record))) for each in self.columns))
        return table


def list_layout(catalogue: Catalogue, of: Object, records: Sequence[Record], width: int, chosen: Sequence[ChosenColumn] = ()) -> Layout:
    """The columns of a list of records: those that were chosen, or what each is called, then the most telling of its
    other properties that have room, then its id, whole, where there is room for it too."""
    if chosen:
        return _of_chosen(records, width, chosen)
    found = candidates(catalogue, of, records)
    texts = {name: _text_of(catalogue, of, name) for name in found}
    wanted = {name: max(map(cell_len, (naming.label(name), *(_line(text(each)) for each in records)))) for name, text in texts.items()}
    beside = _widths(of, wanted, width - ID_WIDTH)
    telling = [name for name, has_values in found.items() if has_values]
    alone = _widths(of, {name: wanted[name] for name in telling}, width)
    first = set(telling[:_BESIDE_ID])
    ids = len(first & beside.keys()) >= len(first & alone.keys())
    made = [
        TableColumn(naming.label(name), room, texts[name], look_of(of, name).right) for name, room in (beside if ids else alone).items()
    ]
    return Layout((*made, *([TableColumn("Id", ID_WIDTH, lambda record: in_words(record.get("id")))] if ids else [])), ids)


def records_table(catalogue: Catalogue, of: Object, records: Sequence[Record], width: int, title: str | None = None) -> Table:
    """A row for each record, by its most telling columns."""
    return list_layout(catalogue, of, records, width).table(records, title)


def record_table(catalogue: Catalogue, of: Object, record: Record) -> Table:
    """A row for each property of one record that says anything, then one for each relation and collection
    that does."""
    table = _table(heads=False)
    names = filled(of, record)
    table.add_column(style="bold", no_wrap=True, min_width=max((cell_len(naming.label(name)) for name in names), default=0))
    table.add_column(overflow="fold")
    for name in names:
        table.add_row(naming.label(name), Folded(harmless(cell(catalogue, of, name, record, brief=False)), ID_WIDTH))
    return table


def filled(of: Object, record: Record) -> list[str]:
    """The properties of a record that say anything, in the order of its form."""
    own = ("id", *members(of, [record]), "createdAt", "updatedAt", "deletedAt")
    more = (name for name in record if name not in own and name not in of.relation_by_key and name not in of.relation_by_name)
    return [name for name in (*own, *more) if says(record.get(name))]


def _table(title: str | None = None, heads: bool = True) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        show_header=heads,
    )


def _text_of(catalogue: Catalogue, of: Object, name: str) -> Callable[[Record], str]:
    return lambda record: cell(catalogue, of, name, record, brief=True)


def _widths(of: Object, wanted: Mapping[str, int], room: int) -> dict[str, int]:
    """Which columns there is room for, and how wide each is.  The most telling come first; one that does
    not fit gets what is left, if that is enough to read it by."""
    most = {name: min(WIDEST_ADDRESS if look_of(of, name).wide else WIDEST, width) for name, width in wanted.items()}
    widths: dict[str, int] = {}
    for name, width in most.items():
        narrowest = NARROWEST_ADDRESS if look_of(of, name).wide else NARROWEST
        least = width if look_of(of, name).whole else min(width, max(narrowest, cell_len(naming.label(name))))
        if not widths:
            widths[name] = min(width, NARROWEST_NAME)  # which record it is, however narrow the terminal
        elif least + GAP <= room:
            widths[name] = min(width, room - GAP)
        else:
            continue
        room -= widths[name] + GAP
    for name in widths:
        more = max(0, min(room, most[name] - widths[name]))
        widths[name] += more
        room -= more
    return widths


def _of_chosen(records: Sequence[Record], width: int, chosen: Sequence[ChosenColumn]) -> Layout:
    """All of them; where they are too wide together, the widest are cut, but never an id."""
    widths = [max(map(cell_len, (each.heading, *(_line(each.text(record)) for record in records)))) for each in chosen]
    least = [wide if each.is_id else min(wide, NARROWEST_CHOSEN) for each, wide in zip(chosen, widths, strict=True)]
    room = width - GAP * (len(chosen) - 1)
    while sum(widths) > room and widths != least:
        at = max((at for at, wide in enumerate(widths) if wide > least[at]), key=lambda at: widths[at])
        widths[at] -= 1
    shown = (TableColumn(each.heading, wide, each.text, each.look.right) for each, wide in zip(chosen, widths, strict=True))
    return Layout(tuple(shown), ids=True)


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> Text:
    return Text(harmless(text))

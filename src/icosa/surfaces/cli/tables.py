"""Records as tables for a person, no wider than the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from icosa.catalogue import naming
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.surfaces.cli.cells import Record, cell, says, told
from icosa.surfaces.cli.terminal import harmless

ID_WIDTH = 36
GAP = 2
WIDEST, NARROWEST, NARROWEST_NAME = 32, 16, 22
"""How much room one column of a list gets, and to how much it may be cut; a name needs a little more."""

_SOUGHT = ("SELECT", "EMAILS", "CURRENCY", "DATE_TIME", "DATE", "RATING")
_SELDOM = ("RAW_JSON", "RICH_TEXT", "RICH_TEXT_V2", "UUID", "ACTOR", "LINKS")
_WHOLE = ("NUMBER", "NUMERIC", "CURRENCY", "DATE_TIME", "DATE", "EMAILS", "PHONES", "SELECT", "RATING", "BOOLEAN")
"""Types whose values mean nothing, or something else, when they are cut."""
_NOT_SHOWN = 6
_TO_THE_RIGHT = ("NUMBER", "NUMERIC", "CURRENCY")


def plain_table(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str]) -> Table:
    """A table of the headed values; ids, commands and paths, which people copy, stay whole."""
    table = _table()
    for key, heading in headings.items():
        right = rows and all(type(row.get(key)) is int for row in rows)
        table.add_column(heading, overflow="fold", no_wrap=key in ("id", "command", "path"), justify="right" if right else "left")
    for row in rows:
        table.add_row(*(_shown(_plain(row.get(key))) for key in headings))
    return table


def _plain(value: Any) -> str:
    return f"{value:,}" if type(value) is int else told(value, brief=True)


def records_table(catalogue: Catalogue, of: Object, records: Sequence[Record], width: int, title: str | None = None) -> Table:
    """A row for each record: what it is called, then the most telling of its other properties that have
    room, then its id, whole."""
    table = _table(title)
    columns = {name: [_line(cell(catalogue, of, name, each, brief=True)) for each in records] for name in _candidates(of, records)}
    widths = _laid_out(of, columns, width - ID_WIDTH)
    for name, room in widths.items():
        right = "right" if _type_of(of, name) in _TO_THE_RIGHT else "left"
        table.add_column(naming.label(name), width=room, no_wrap=True, overflow="ellipsis", justify=right)  # type: ignore[arg-type]
    table.add_column("Id", width=ID_WIDTH, no_wrap=True)
    for at, record in enumerate(records):
        table.add_row(*(_shown(columns[name][at]) for name in widths), _shown(told(record.get("id"))))
    return table


def record_table(catalogue: Catalogue, of: Object, record: Record) -> Table:
    """A row for each property of one record that says anything, then one for each relation and collection
    that does."""
    table = _table(heads=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name in filled(of, record):
        table.add_row(naming.label(name), _shown(cell(catalogue, of, name, record, brief=False)))
    return table


def filled(of: Object, record: Record) -> list[str]:
    """The properties of a record that say anything, in the order of its form."""
    own = ("id", *_members(of, [record]), "createdAt", "updatedAt", "deletedAt")
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


def _members(of: Object, records: Sequence[Record]) -> list[str]:
    """The object's own properties in the order of its form; a relation that came along stands for its key."""
    names = []
    for member in of.members:
        key = member.foreign_key if isinstance(member, BelongsTo) else member.name
        names.append(member.name if any(says(record.get(member.name)) for record in records) else key)
    return names


def _candidates(of: Object, records: Sequence[Record]) -> list[str]:
    """The properties that are worth a column, the most telling first."""
    there = [name for name in (*_members(of, records), "createdAt") if any(_worth(of, name, each) for each in records)]
    ranks = {name: _rank(of, name, [each.get(name) for each in records]) for name in there}
    return sorted((name for name in there if ranks[name] < _NOT_SHOWN), key=lambda name: ranks[name])


def _worth(of: Object, name: str, record: Record) -> bool:
    field = of.field_by_name.get(name)
    if field and (field.secret or field.type_name == "POSITION"):
        return False
    return name != "id" and says(record.get(name)) and record.get(name) is not False


def _rank(of: Object, name: str, values: Sequence[Any]) -> int:
    """Smaller is more telling: what a record is called, what people look for, the rest in the order of its
    form.  Keys mean nothing to a reader, and what all records share or few of them have means little."""
    if name == of.label_identifier:
        return 0
    if name in of.searchable:
        rank = 1
    elif name.endswith("Id") or name == "createdAt" or _type_of(of, name) in _SELDOM:
        rank = 4
    else:
        rank = 1 if _type_of(of, name) in _SOUGHT else 2
    all_alike = len(values) > 1 and all(value == values[0] for value in values)
    return rank + (2 if all_alike or 2 * sum(map(says, values)) < len(values) else 0)


def _type_of(of: Object, name: str) -> str:
    field = of.field_by_name.get(name)
    return field.type_name if field else ""


def _laid_out(of: Object, columns: Mapping[str, Sequence[str]], room: int) -> dict[str, int]:
    """Which columns there is room for, and how wide each is.  The most telling come first; one that does
    not fit gets what is left, if that is enough to read it by."""
    wanted = {name: min(WIDEST, max(map(cell_len, (naming.label(name), *texts)))) for name, texts in columns.items()}
    widths: dict[str, int] = {}
    for name, width in wanted.items():
        least = width if _type_of(of, name) in _WHOLE else min(width, max(NARROWEST, cell_len(naming.label(name))))
        if not widths:
            widths[name] = min(width, NARROWEST_NAME)  # which record it is, however narrow the terminal
        elif least + GAP <= room:
            widths[name] = min(width, room - GAP)
        else:
            continue
        room -= widths[name] + GAP
    for name in widths:
        more = max(0, min(room, wanted[name] - widths[name]))
        widths[name] += more
        room -= more
    return widths


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> Text:
    return Text(harmless(text))

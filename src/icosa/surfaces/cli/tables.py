"""Records as tables for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from icosa.catalogue import naming
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.surfaces.cli.terminal import harmless

ID_WIDTH = 38
COLUMN_WIDTH = 20
_MICROS = 1_000_000

Record = Mapping[str, Any]


def plain_table(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str]) -> Table:
    """A table of the headed values."""
    table = _table()
    for heading in headings.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_text(row.get(key)) for key in headings))
    return table


def records_table(catalogue: Catalogue, of: Object, records: Sequence[Record], width: int, title: str | None = None) -> Table:
    """A row for each record: its id, what it is called, and as many of its other fields as are filled in
    and have room."""
    table = _table(title)
    table.add_column("Id", no_wrap=True, min_width=36)
    names = _telling(of, records)[: max(1, (width - ID_WIDTH) // COLUMN_WIDTH)]
    for name in names:
        table.add_column(naming.label(name), no_wrap=True, overflow="ellipsis")
    for record in records:
        table.add_row(_text(record.get("id")), *(_text(_cell(catalogue, of, name, record), single=True) for name in names))
    return table


def record_table(catalogue: Catalogue, of: Object, record: Record) -> Table:
    """A row for each property of one record, then one for each relation and collection that holds anything."""
    table = _table(heads=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    own = [name for name in ("id", *_members(of, [record]), "createdAt", "updatedAt", "deletedAt") if name in record]
    more = [name for name, value in record.items() if name not in own and name not in of.relation_by_key and _says(value)]
    for name in own + more:
        table.add_row(naming.label(name), _text(_cell(catalogue, of, name, record)))
    return table


def _table(title: str | None = None, heads: bool = True) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False, show_header=heads)


def _members(of: Object, records: Sequence[Record]) -> list[str]:
    """The object's own properties in the order of its forms; a relation that came along stands for its key."""
    names = []
    for member in of.members:
        key = member.foreign_key if isinstance(member, BelongsTo) else member.name
        names.append(member.name if any(_says(record.get(member.name)) for record in records) else key)
    return names


def _telling(of: Object, records: Sequence[Record]) -> list[str]:
    """The properties worth a column, the most telling first."""
    names = [name for name in _members(of, records) if name not in ("position", "createdBy")]
    ranked = dict.fromkeys((of.label_identifier, *names, "createdAt", "createdBy"))
    return [name for name in ranked if name != "id" and any(_says(record.get(name)) for record in records)]


def _says(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_says(each) for each in value.values())
    return value not in (None, False, "", [])


def _cell(catalogue: Catalogue, of: Object, name: str, record: Record) -> str:
    """One value in a line."""
    value = record.get(name)
    relation = of.relation_by_name.get(name)
    if relation is not None and isinstance(value, dict):
        target = catalogue.by_singular[relation.target]
        return _cell(catalogue, target, target.label_identifier, value) or str(value.get("id", ""))
    if isinstance(value, list) and any(isinstance(each, dict) and "id" in each for each in value):
        return f"{len(value)} record{'s' if len(value) > 1 else ''}"
    return _told(value)


def _told(value: Any) -> str:
    """A value in words: the parts of a composite that say something, one after the other."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case {"amountMicros": amount, "currencyCode": code}:
            return f"{float(amount) / _MICROS:,.2f} {code or ''}".strip() if _says(amount) else ""
        case {"source": source, "name": name}:
            return str(name or source or "")
        case {"markdown": markdown}:
            return _told(markdown)
        case dict():
            return " ".join(filter(None, map(_told, value.values())))
        case list():
            return ", ".join(filter(None, map(_told, value)))
        case _:
            return str(value)


def _text(value: Any, *, single: bool = False) -> Text:
    told = _told(value)
    return Text(harmless(" ".join(told.split()) if single else told))

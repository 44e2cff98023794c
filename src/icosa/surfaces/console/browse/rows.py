"""Rows of a table, as markup.

A row is made of nothing but the values that it shows, the names of the records that it points at, and how the table shows
them.  So each is made once for the bytes of all that: rows that are as they were the last time cost a look-up, whoever looks,
in whatever order they come.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Any, Final

import orjson

from icosa.call.page import Record
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.surfaces.console.showing import Looking, ShownPiece, address, called, of_field
from icosa.surfaces.console.showing.shown import Shown, escaped
from icosa.surfaces.console.showing.table import leading, row_markup

_UNSET: Final[tuple[Any, ...]] = (None, "", [], {})
_ROWS: Final = 8192
"""How many are kept: as many as a hundred pages have, in some ten megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class RowDrawing:
    """How rows of an object are shown.  `sources` are the keys of a record that the columns are made of, each with whether it points
    at a record, and whether it is a secret, of which a row says whether it is set, and is made of no more."""

    of: Object
    sources: Sequence[tuple[str, bool, bool]]
    shows: Sequence[Callable[[Any], Shown]]
    rights: Sequence[bool]
    form: str


@lru_cache(maxsize=256)
def drawing(catalogue: Catalogue, of: Object, names: tuple[str, ...], zone: tzinfo, form: str) -> RowDrawing:
    """How rows with these columns are shown to who looks in that zone; they are ticked for the form with that id."""
    look = Looking(zone, brief=True)
    sources, shows, rights = [], [], []
    for name in names:
        relation = of.relation_by_name.get(name)
        field = of.field_by_name.get(name)
        sources.append((relation.foreign_key if relation else name, relation is not None, bool(field and field.secret)))
        shows.append(_pointing(catalogue, relation) if relation else _valued(of, name, look))
        rights.append(bool(field and field.type.about.look.right))
    return RowDrawing(of, sources, shows, rights, form)


def drawn(how: RowDrawing, records: Iterable[Record], names: Mapping[str, str]) -> list[str]:
    """The rows of records; `names` are what those are called that they point at, by id."""
    identifier = how.of.label_identifier
    rows = []
    for record in records:
        values = [record["id"], bool(record.get("deletedAt")), record.get(identifier)]
        for source, points, secret in how.sources:
            value = record.get(source)
            values.append((value, names.get(value)) if points and value else value if not secret else value not in _UNSET or None)
        rows.append(_row(how, orjson.dumps(values)))
    return rows


@lru_cache(maxsize=_ROWS)
def _row(how: RowDrawing, packed: bytes) -> str:
    id_, gone, title, *values = orjson.loads(packed)
    first, *others = [show(value) for show, value in zip(how.shows, values, strict=True)]
    of = how.of
    name = str(first) if first and how.sources[0][0] == of.label_identifier != "id" else called(of, {"id": id_, of.label_identifier: title})
    cells = [f'<th scope="row"><a href="{escaped(address(of, id_))}">{leading(first, name).__html__()}</a></th>']
    for each, right in zip(others, how.rights[1:], strict=True):
        inside = each.__html__() if each.pieces else ""
        cells.append(f'<td class="num">{inside}</td>' if right else f"<td>{inside}</td>")
    return row_markup(id_, name, "".join(cells), how.form, gone=gone)


def _valued(of: Object, name: str, look: Looking) -> Callable[[Any], Shown]:
    field = of.field_by_name[name]
    return lambda value: of_field(field, value, look)


def _pointing(catalogue: Catalogue, relation: BelongsTo) -> Callable[[Any], Shown]:
    target = catalogue.by_singular[relation.target]

    def shown(end: Any) -> Shown:
        if not end:
            return Shown((), True)
        id_, name = end
        return Shown((ShownPiece(name or str(id_)[:8], "relation", address(target, id_)),), True)

    return shown

"""Rows of a table, as markup: how each column is written is known before the first row, and all cells of it are written at once.

What stands between the values is the same in every row, so that the rows of a page are one list of texts, in which each column has
its places.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Final
from urllib.parse import quote

from icosa.call.page import Record
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.surfaces.console.showing import Looking, ShownPiece, address, called, of_field
from icosa.surfaces.console.showing.column_markup import Cells, ColumnMarkup, column_markup, full_names_of, names_markup, texts_of
from icosa.surfaces.console.showing.shown import Shown, escaped
from icosa.surfaces.console.showing.table import leading

Names = Mapping[str, str]
"""What records are called that others point at, by id."""

CellsOf = Callable[[Sequence[Record], Names], Cells]
"""What stands inside the cells of a column, for each record."""

Heads = Callable[[Sequence[Record], Names], tuple[Sequence[str], Cells]]
"""What each record is called, and the markup that leads to it."""

_NAMING: Final[Mapping[str, Callable[[Sequence[Any]], Sequence[str]]]] = {"FULL_NAME": full_names_of, "TEXT": texts_of}
"""Types whose value is a name as it is."""

_PLAIN: Final = b"0123456789abcdef-"
"""What ids are of, nearly all: it means nothing in markup or in an address."""


@dataclass(frozen=True, slots=True, eq=False)
class RowDrawing:
    """How rows of an object are shown.  `heads` and `columns` give what stands in the cells; `opens` stands before the id, `leads` before
    the name and `ends` behind it, and each column with what is before and behind its cells."""

    heads: Heads
    form: str
    leads: str
    listed: str
    columns: Sequence[tuple[str, CellsOf]]


@lru_cache(maxsize=256)
def drawing(catalogue: Catalogue, of: Object, names: tuple[str, ...], zone: tzinfo, form: str, listed: str = "") -> RowDrawing:
    """How rows with these columns are shown to who looks in that zone; they are ticked for the form with that id, and lead to the page
    of their record with what is `listed`: which list it stands in, as a query."""
    right = [each in of.field_by_name and of.field_by_name[each].type.about.look.right for each in names[1:]]
    opens = ['<td class="num">' if each else "<td>" for each in right]
    columns = [(opening, _cells(catalogue, of, each, zone)) for opening, each in zip(opens, names[1:], strict=True)]
    return RowDrawing(_heads(catalogue, of, names[0], zone), escaped(form), escaped(address(of, "")), escaped(listed), columns)


def drawn(how: RowDrawing, records: Sequence[Record], names: Names) -> str:
    """The rows of records."""
    titles, heads = how.heads(records, names)
    marked, led = _ids_markup(_values("id", records))
    gone = [' class="gone"' if each else "" for each in _values("deletedAt", records)]
    parts: list[str | Sequence[str]] = [
        '<tr id="r-', marked, '"', gone, '><td class="tick"><input type="checkbox" name="id" value="', marked,
        f'" form="{how.form}" data-select aria-label="Select ', titles, f'"></td><th scope="row"><a href="{how.leads}', led,
        f'{how.listed}">', *heads, "</a></th>",
    ]  # fmt: skip
    for opens, cells in how.columns:
        parts += (opens, *cells(records, names), "</td>")
    return _joined([*parts, "</tr>"], len(records))


def _joined(parts: Cells, count: int) -> str:
    """So many rows of these parts."""
    row: list[str] = []
    places: list[tuple[int, Sequence[str]]] = []
    for each in parts:
        if not isinstance(each, str):
            places.append((len(row), each))
            row.append("")
        elif row and (not places or places[-1][0] != len(row) - 1):
            row[-1] += each
        else:
            row.append(each)
    step = len(row)
    row *= count
    for at, texts in places:
        row[at::step] = texts
    return "".join(row)


def _ids_markup(ids: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Ids as they stand in markup, and at the end of an address."""
    if not "".join(ids).encode().translate(None, _PLAIN):
        return ids, ids
    return [escaped(each) for each in ids], [escaped(quote(each, safe="")) for each in ids]


def _cells(catalogue: Catalogue, of: Object, name: str, zone: tzinfo) -> CellsOf:
    relation = of.relation_by_name.get(name)
    if relation is not None:
        return partial(_pointing, relation.foreign_key, escaped(address(catalogue.by_singular[relation.target], "")))
    return partial(_written, name, column_markup(of.field_by_name[name], zone))


def _written(name: str, write: ColumnMarkup, records: Sequence[Record], names: Names) -> Cells:
    return write(_values(name, records))


def _values(name: str, records: Sequence[Record]) -> Sequence[Any]:
    """What each record has under a name, None for nothing."""
    try:
        return list(map(itemgetter(name), records))
    except KeyError:  # a server may leave out what is not there
        return [each.get(name) for each in records]


def _pointing(key: str, leads: str, records: Sequence[Record], names: Names) -> Cells:
    """Cells of a relation; `leads` is the address of the records that it points at, without their ids."""
    ids: list[str] = [each or "" for each in _values(key, records)]
    _, led = _ids_markup(ids)
    there = names_markup([(names.get(each) or each[:8]) if each else "" for each in ids])
    if "" not in ids:
        return [f'<a href="{leads}', led, '" class="v-rel">', *there, "</a>"]
    (inside,) = there
    return [[f'<a href="{leads}{at}" class="v-rel">{name}</a>' if at else "" for at, name in zip(led, inside, strict=True)]]


def _heads(catalogue: Catalogue, of: Object, column: str, zone: tzinfo) -> Heads:
    field = of.field_by_name.get(column)
    naming = _NAMING.get(field.type_name) if field and not field.secret and column == of.label_identifier else None
    if naming is not None:

        def by_name(records: Sequence[Record], names: Names) -> tuple[Sequence[str], Cells]:
            known = naming(_values(column, records))
            if "" in known:
                known = [name or called(of, each) for name, each in zip(known, records, strict=True)]
            there = names_markup(known)
            return known if there[0] == "<bdi>" else [escaped(each) for each in known], there

        return by_name
    look, relation = Looking(zone, brief=True), of.relation_by_name.get(column)

    def by_pieces(records: Sequence[Record], names: Names) -> tuple[Sequence[str], Cells]:
        titles, there = [], []
        for each in records:
            shown = _related(catalogue, relation, each, names) if relation else of_field(of.field_by_name[column], each.get(column), look)
            title = str(shown) if shown and column == of.label_identifier != "id" else called(of, each)
            titles.append(escaped(title))
            there.append(leading(shown, title).__html__())
        return titles, [there]

    return by_pieces


def _related(catalogue: Catalogue, relation: BelongsTo, record: Record, names: Names) -> Shown:
    id_ = record.get(relation.foreign_key)
    if not id_:
        return Shown((), True)
    target = catalogue.by_singular[relation.target]
    return Shown((ShownPiece(names.get(id_) or id_[:8], "relation", address(target, id_)),), True)

"""Rows of a table, as markup: how each column is written is known before the first row, which leaves texts to be put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Any, Final

from icosa.call.page import Record
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.surfaces.console.showing import Looking, ShownPiece, address, called, of_field
from icosa.surfaces.console.showing.cell_markup import CellMarkup, cell_markup, full_name, name_markup
from icosa.surfaces.console.showing.shown import Shown, escaped
from icosa.surfaces.console.showing.table import leading, row_markup

_NAMING: Final[Mapping[str, Callable[[Any], str]]] = {"FULL_NAME": full_name, "TEXT": lambda value: "" if value is None else str(value)}
"""Types whose value is a name as it is."""

Names = Mapping[str, str]
"""What records are called that others point at, by id."""


@dataclass(frozen=True, slots=True, eq=False)
class ColumnDrawing:
    """`source` is the key of a record that the column is made of, and `opens` how its cells begin; a column of a relation has
    `target`, the object that it points at, and no `write`."""

    source: str
    opens: str
    write: CellMarkup | None
    target: Object | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RowDrawing:
    """How rows of an object are shown: `head` gives what a record is called, and the markup that leads to it; the other columns
    follow."""

    of: Object
    head: Callable[[Record, Names], tuple[str, str]]
    columns: Sequence[ColumnDrawing]
    form: str
    listed: str


@lru_cache(maxsize=256)
def drawing(catalogue: Catalogue, of: Object, names: tuple[str, ...], zone: tzinfo, form: str, listed: str = "") -> RowDrawing:
    """How rows with these columns are shown to who looks in that zone; they are ticked for the form with that id, and lead to the page
    of their record with what is `listed`: which list it stands in, as a query."""
    columns = [_column(catalogue, of, each, zone) for each in names[1:]]
    return RowDrawing(of, _head(catalogue, of, names[0], zone), columns, form, escaped(listed))


def drawn(how: RowDrawing, records: Iterable[Record], names: Names) -> list[str]:
    """The rows of records."""
    return [_row(how, each, names) for each in records]


def _row(how: RowDrawing, record: Record, names: Names) -> str:
    title, inside = how.head(record, names)
    id_ = record["id"]
    cells = [f'<th scope="row"><a href="{escaped(address(how.of, id_))}{how.listed}">{inside}</a></th>']
    for each in how.columns:
        value = record.get(each.source)
        if value is None:
            cells.append(f"{each.opens}</td>")
        elif each.write is not None:
            cells.append(f"{each.opens}{each.write(value)}</td>")
        elif value and each.target is not None:
            name = names.get(value) or value[:8]
            cells.append(f'{each.opens}<a href="{escaped(address(each.target, value))}" class="v-rel">{name_markup(name)}</a></td>')
        else:
            cells.append(f"{each.opens}</td>")
    return row_markup(id_, title, "".join(cells), how.form, gone=bool(record.get("deletedAt")))


def _column(catalogue: Catalogue, of: Object, name: str, zone: tzinfo) -> ColumnDrawing:
    relation = of.relation_by_name.get(name)
    if relation is not None:
        return ColumnDrawing(relation.foreign_key, "<td>", None, catalogue.by_singular[relation.target])
    field = of.field_by_name[name]
    return ColumnDrawing(name, '<td class="num">' if field.type.about.look.right else "<td>", cell_markup(field, zone))


def _head(catalogue: Catalogue, of: Object, column: str, zone: tzinfo) -> Callable[[Record, Names], tuple[str, str]]:
    field = of.field_by_name.get(column)
    naming = _NAMING.get(field.type_name) if field and not field.secret and column == of.label_identifier else None
    if naming is not None:

        def by_name(record: Record, names: Names) -> tuple[str, str]:
            name = naming(record.get(column)) or called(of, record)
            return name, name_markup(name)

        return by_name
    look, relation = Looking(zone, brief=True), of.relation_by_name.get(column)

    def by_pieces(record: Record, names: Names) -> tuple[str, str]:
        shown = _related(catalogue, relation, record, names) if relation else of_field(of.field_by_name[column], record.get(column), look)
        name = str(shown) if shown and column == of.label_identifier != "id" else called(of, record)
        return name, leading(shown, name).__html__()

    return by_pieces


def _related(catalogue: Catalogue, relation: BelongsTo, record: Record, names: Names) -> Shown:
    id_ = record.get(relation.foreign_key)
    return _pointing(catalogue.by_singular[relation.target], id_, names) if id_ else Shown((), True)


def _pointing(target: Object, id_: str, names: Names) -> Shown:
    return Shown((ShownPiece(names.get(id_) or id_[:8], "relation", address(target, id_)),), True)

"""Records as rows of a table: composite fields by their parts, relations by their ids and names."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from icosa.call.masking import MASK, masked
from icosa.catalogue import columns as stored
from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.errors import UnknownField

Value = Callable[[Mapping[str, Any]], Any]

_LIKE = 0.5
"""How alike a column has to be to be offered for one that there is not: a choice, generous since up to three are offered."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an export.  `name` is the path that an import maps back ("emails.primaryEmail", "companyId",
    "company.name"); `value` takes a value of that kind out of a record, or None.  It shows what is stored at
    `paths`, none where only a whole record says it, and `shown` is what becomes of the values there, None where the one stays."""

    name: str
    kind: Kind
    value: Value
    paths: tuple[str, ...] = ()
    shown: Callable[..., Any] | None = None


def table(
    catalogue: Catalogue,
    of: Object,
    *,
    depth: int = 0,
    chosen: Sequence[str] | None = None,
    deleted: bool = False,
    show_secrets: bool = False,
) -> tuple[ExportColumn, ...]:
    """The columns of an object in the order of its form: its id, its fields, its moments.

    With a depth of 1 or more what a relation's record is called stands beside its id.  `chosen` are names
    of columns, fields and relations, in any spelling, and say the order.  Raises UnknownField for one that
    is none.
    """
    found: list[ExportColumn] = []
    for each in stored.columns(of):
        if _is_hidden(of, each) or (each.path == "deletedAt" and not deleted):
            continue
        found.append(_column(catalogue, each, show_secrets))
        if depth and each.target is not None:
            found += _called(catalogue, of.relation_by_key[each.field])
    return tuple(found) if chosen is None else _chosen(found, of, chosen)


def _value(field: str, part: str) -> Value:
    if not part:
        return lambda record: record.get(field)

    def of_part(record: Mapping[str, Any]) -> Any:
        whole = record.get(field)
        return whole.get(part) if isinstance(whole, Mapping) else None

    return of_part


def _is_hidden(of: Object, column: stored.Column) -> bool:
    field = of.field_by_name.get(column.field)
    part = field.type.part(column.part) if field else None
    return part is not None and part.hidden


def _column(catalogue: Catalogue, column: stored.Column, show_secrets: bool) -> ExportColumn:
    """Without what is secret, copies of it inside JSON included."""
    value, shown = _value(column.field, column.part), _shown(catalogue, column, show_secrets)
    of_record = value if shown is None else lambda record: shown(value(record))
    return ExportColumn(column.path, column.kind, of_record, () if column.secret and show_secrets else (column.path,), shown)


def _shown(catalogue: Catalogue, column: stored.Column, show_secrets: bool) -> Callable[[Any], Any] | None:
    if column.secret and not show_secrets:
        return lambda value: MASK if value else value
    if column.kind is not Kind.JSON:
        return None
    return _as_sent if show_secrets else lambda value: _as_sent(masked(catalogue, value)) if value else value


def _as_sent(value: Any) -> Any:
    """A JSON value as it is sent: one that is a text stands in the quotes that tell it from JSON text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value


def _called(catalogue: Catalogue, relation: BelongsTo) -> list[ExportColumn]:
    """The column of what a related record is called."""
    other = catalogue.by_singular[relation.target]
    field = other.field_by_name[other.label_identifier]
    if field.name == "id" or field.secret:
        return []
    part = field.type.about.primary

    def value(record: Mapping[str, Any]) -> Any:
        related = record.get(relation.name)
        called = related.get(field.name) if isinstance(related, Mapping) else None
        if isinstance(called, Mapping):
            return called.get(part) if part else " ".join(str(each) for each in called.values() if each)
        return called

    kind, name = Kind.TEXT if field.type.composite else field.type.parts[0].kind, f"{relation.name}.{field.name}"
    if part or not field.type.composite:
        return [ExportColumn(name, kind, value, (f"{name}.{part}" if part else name,))]
    if any(each.kind is not Kind.TEXT for each in field.type.parts):
        return [ExportColumn(name, kind, value)]
    paths = (f"{relation.name}.id", *(f"{name}.{each.name}" for each in field.type.parts))
    return [ExportColumn(name, kind, value, paths, lambda id_, *parts: None if id_ is None else " ".join(filter(None, parts)))]


def _chosen(known: Sequence[ExportColumn], of: Object, chosen: Sequence[str]) -> tuple[ExportColumn, ...]:
    found: dict[str, ExportColumn] = {}
    for name in chosen:
        wanted = folded(name)
        of_name = [each for each in known if wanted == folded(each.name)] or [
            each for each in known if wanted in (folded(each.name.partition(".")[0]), folded(each.name.removesuffix("Id")))
        ]
        if not of_name:
            near = get_close_matches(name, [each.name for each in known], 3, _LIKE)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(each.name for each in known[:8])} and more"
            raise UnknownField(f"columns: {of.resource} have no column {name!r}; {hint}")
        found |= {each.name: each for each in of_name}
    return tuple(found.values())

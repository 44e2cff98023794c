"""A row and a mapping, made a record as the wire has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from icosa.call.masking import MASK
from icosa.call.record import JsonRecord
from icosa.call.spelling import nothing
from icosa.call.targets import Target, find_target
from icosa.call.values import plain
from icosa.catalogue.kinds import Kind, coerce, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.column_map import ColumnMap
from icosa.imports.further_values import Further, with_further
from icosa.imports.member_cells import MemberCells, RefusedCell
from icosa.imports.plain_columns import column_reader
from icosa.imports.plain_members import NOTHING, CellReader, Link, Understood, joined, plain_reader
from icosa.imports.row_sheet import RowSheet
from icosa.imports.rows.marks.mark import ERRORS
from icosa.imports.rows.row import BadRow, Row, Unreadable
from icosa.imports.shaped import Shaped
from icosa.imports.shaped_columns import ShapedColumns, shaped_columns
from icosa.imports.values import phones
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.lists import BETWEEN
from icosa.imports.values.reading import Read, reader, says, unknown_in
from icosa.imports.values.texts import unguarded
from icosa.wire.rest.body import read_record

__all__ = ["Conventions", "Link", "Shaped", "shaper"]


_FEW: Final = 8
"""Rows for which it is not worth while to look at their columns."""


@dataclass(slots=True)
class _Member:
    """What a row says about one member of its record: a value, or parts of one, and in which columns."""

    whole: Any = None
    parts: dict[str, Any] = field(default_factory=dict)
    more: list[Any] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


class RowShape:
    """What makes records of rows, or BadRows that say which column is wrong and what was expected; a row that was broken when it was
    read stays so.  Links are of relations whose key the row does not have.  Made by `shaper`."""

    def __init__(self, catalogue: Catalogue, mapping: ColumnMap, cells: Sequence[CellReader], conventions: Conventions) -> None:
        self._catalogue, self._mapping, self._conventions = catalogue, mapping, conventions
        self._of, self._cells = mapping.object, cells
        self._place = {cell.column: at for at, cell in enumerate(cells)}
        by_member = _by_member(cells)
        self._in_place = [cell for some in by_member for cell in some] == cells and conventions.clear is None
        self._members = [self._member(some) for some in by_member]
        self._order = None if self._in_place else lambda link: self._place[link.column]

    def __call__(self, row: Row | BadRow) -> Shaped | BadRow:
        if isinstance(row, BadRow):
            return row
        values = row.values
        try:
            found = [each for member in self._members if (each := member.understood(values)) is not NOTHING]
        except RefusedCell:
            return self._anew(row)  # by the first of all columns that is refused
        if not self._in_place:
            found = [each for each in found if each.record or each.links or each.further]
            if self._conventions.clear is not None or any(len(each.places) > 1 for each in found):
                return self._anew(row)
            found.sort(key=lambda each: each.places[0] if each.places else len(self._cells))
        return _together(self._of, row, found, None if self._in_place else self._place)

    def sheet(self, rows: Sequence[Row | BadRow]) -> RowSheet:
        """The same of many rows, at less work for each."""
        whole = [row for row in rows if not isinstance(row, BadRow)]
        if len(whole) < _FEW or self._conventions.clear is not None:
            return RowSheet(rows, whole, ShapedColumns((), [()] * len(whole), {*range(len(whole))}, len(whole)), self)
        return RowSheet(rows, whole, shaped_columns(self._members, whole, self._order), self)

    def _member(self, cells: list[CellReader]) -> MemberCells:
        """The cells of one member."""
        columns = tuple(each.column for each in cells)
        return MemberCells(
            cells[0].target.name,
            cells[0].target.field is not None and cells[0].target.relation is None and cells[0].target.field.type.composite,
            columns,
            None if self._in_place else self._place[columns[0]],
            cells,
            self._understood,
            plain_reader(self._catalogue, cells, self._conventions, self._place),
            column_reader(cells, self._conventions),
        )

    def _understood(self, some: Sequence[CellReader], texts: Sequence[Any]) -> Understood:
        columns = [each.column for each in some]
        members, links = _read(Row(0, dict(zip(columns, texts, strict=True))), some, self._conventions)
        record, further = _record(self._catalogue, self._mapping, members, self._conventions)
        return Understood(record, tuple(links), further, [self._place[next(iter(each.columns.values()))] for each in members.values()])

    def _anew(self, row: Row) -> Shaped | BadRow:
        """What a row says, by all its cells in their order."""
        try:
            members, links = _read(row, self._cells, self._conventions)
            record, further = _record(self._catalogue, self._mapping, members, self._conventions)
        except RefusedCell as refused:
            return BadRow(row, refused.column, refused.reason)
        wanted = tuple(each for each in links if f"{each.relation}Id" not in record)
        return Shaped(row, with_further(self._of, record, further, {}), wanted, further)


def shaper(
    catalogue: Catalogue,
    mapping: ColumnMap,
    conventions: Conventions | None = None,
    by_column: Mapping[str, Conventions] = MappingProxyType({}),
) -> RowShape:
    """What makes records of rows.  `by_column` are the conventions of columns that have their own."""
    conventions = conventions or Conventions()
    of = mapping.object
    cells = []
    for each in mapping.columns:
        if each.path:
            target = find_target(catalogue, of, each.path)
            own = by_column.get(each.column, conventions)
            is_unknown = unknown_in(target.field, target.part, target.path, own, links=target.relation is not None)
            more = _reader_of_more(catalogue, of, target, own)
            cells.append(CellReader(each.column, target, _reader(target, own), is_unknown, more, own.unknown))
    return RowShape(catalogue, mapping, cells, conventions)


def _together(of: Object, row: Row, found: Sequence[Understood], place: Mapping[str, int] | None) -> Shaped:
    """What the cells of a row say, as its record; links in the order of their columns' `place`, where they are not yet."""
    record: JsonRecord = {}
    links: list[Link] = []
    further: tuple[Further, ...] = ()
    for each in found:
        record |= each.record
        links += each.links
        further += each.further
    if links:
        links = [link for link in links if f"{link.relation}Id" not in record]
    if place is not None:
        links.sort(key=lambda link: place[link.column])
    return Shaped(row, with_further(of, record, further, {}) if further else record, tuple(links), further)


def _by_member(cells: Sequence[CellReader]) -> list[list[CellReader]]:
    """The cells of each member of a record, in the order of the first of each."""
    by_name: dict[str, list[CellReader]] = {}
    for cell in cells:
        by_name.setdefault(cell.target.name, []).append(cell)
    return list(by_name.values())


def _reader(target: Target, conventions: Conventions) -> Read:
    if target.field is None:
        return lambda value: coerce(Kind.UUID, value.strip() if isinstance(value, str) else value, target.path)
    read = reader(target.field, target.part, target.path, conventions)
    return (lambda value: read(_of_record(value, target))) if target.relation is not None else read


def _of_record(value: Any, target: Target) -> Any:
    """What a related record is looked up by, where the record itself stands in its place, as in a saved answer."""
    assert target.field is not None
    if not isinstance(value, dict) or (target.field.type.composite and target.field.name not in value):
        return value
    if target.field.name not in value:
        raise InvalidValue(target.path, f"{shown(value)} is no record that can be looked up; give its id, or its {target.field.name}")
    found = value[target.field.name]
    return found.get(target.part) if target.part and isinstance(found, dict) else found


def _reader_of_more(catalogue: Catalogue, of: Object, target: Target, conventions: Conventions) -> Read | None:
    if target.relation is not None or target.field is None or not target.is_primary:
        return None
    more = f"{target.field.name}+"
    return _reader(find_target(catalogue, of, more), conventions) if target.field.type.about.further and not conventions.exact else None


def _read(row: Row, cells: Sequence[CellReader], conventions: Conventions) -> tuple[dict[str, _Member], list[Link]]:
    members: dict[str, _Member] = {}
    links: list[Link] = []
    cleared: dict[str, CellReader] = {}
    for cell in cells:
        value = row.values.get(cell.column)
        if isinstance(value, str) and value[:1] == "=" and not conventions.exact:
            value = unguarded(value)
        target = cell.target
        if not says(value, conventions.exact) or (target.field is not None and target.field.secret and _is_masked(value)):
            continue
        if isinstance(value, Unreadable):
            raise RefusedCell(cell.column, value.reason)
        if not conventions.exact and isinstance(value, str) and value in ERRORS:
            raise RefusedCell(
                cell.column, f"is the error {value} of a spreadsheet; mend it there, or take errors for empty (--errors-as-empty)"
            )
        first, mark, rest = value.partition(BETWEEN) if cell.read_more and isinstance(value, str) else (value, "", "")
        value = str(first).strip() if mark else value
        clears = conventions.clear is not None and value == conventions.clear
        if not clears and isinstance(value, str) and cell.is_unknown(value):
            continue
        identifier = value.get("id") if isinstance(value, dict) and target.relation is not None else None
        try:
            read = coerce(Kind.UUID, identifier, target.path) if identifier else None if clears else cell.read(value)
        except InvalidInput as error:
            raise RefusedCell(cell.column, _reason(error)) from None
        if identifier:
            members.setdefault(target.name, _Member(read, columns={"": cell.column}))
            continue
        if target.relation is not None and target.field is not None and clears:
            cleared.setdefault(target.relation.name, cell)
            continue
        if target.relation is not None and target.field is not None:
            try:
                key = _key(target, read, conventions)
            except InvalidInput as error:
                raise RefusedCell(cell.column, _reason(error)) from None
            links.append(Link(target.relation.name, target.relation.target, target.value_path, key, cell.column))
            continue
        try:
            _keep(members.setdefault(target.name, _Member()), cell, read, rest)
        except InvalidInput as error:
            raise RefusedCell(cell.column, _reason(error)) from None
    for relation, cell in cleared.items():  # where no other column says which record is meant
        if not any(each.relation == relation for each in links):
            members.setdefault(cell.target.name, _Member(columns={"": cell.column}))
    return members, links


def _keep(member: _Member, cell: CellReader, read: Any, rest: str) -> None:
    """Puts what was read of a cell where it belongs; `rest` is what stands there behind the first of several."""
    target = cell.target
    if target.adds:
        member.more += read if isinstance(read, list) else [] if read is None else [read]  # JSON may be anything; it is looked at below
        member.columns.setdefault(target.part, cell.column)
    elif target.part and target.relation is None:
        member.parts[target.part] = read
        member.columns[target.part] = cell.column
        if rest and cell.read_more:
            member.more += cell.read_more(rest)
    elif isinstance(read, dict) and target.field is not None and target.field.type.composite:
        member.whole = read
        member.columns.update(dict.fromkeys(("", *read), cell.column) | member.columns)
    else:
        member.whole = read
        member.columns[""] = cell.column


def _record(
    catalogue: Catalogue, mapping: ColumnMap, members: dict[str, _Member], conventions: Conventions
) -> tuple[JsonRecord, tuple[Further, ...]]:
    """The members of a record, and what is added to them.  Raises RefusedCell."""
    record: JsonRecord = {}
    further: list[Further] = []
    for name, each in members.items():
        if not each.more or each.parts or each.whole is not None:
            record |= _checked(catalogue, mapping, name, each, conventions)
        if each.more:
            further.append(_further(catalogue, mapping, name, each, record.get(name) or {}, conventions))
    return record, tuple(further)


def _further(catalogue: Catalogue, mapping: ColumnMap, name: str, member: _Member, first: JsonRecord, conventions: Conventions) -> Further:
    part = mapping.object.field_by_name[name].type.about.further
    alone = _Member(parts={part: member.more}, columns=member.columns)
    checked = _checked(catalogue, mapping, name, alone, conventions).get(name) or {}
    return Further(name, first, tuple(checked.get(part) or ()))


def _is_masked(value: Any) -> bool:
    """Whether a secret was left out of what was exported: dots must not take its place."""
    return isinstance(value, str) and not value.strip("*" + MASK)


def _key(target: Target, value: Any, conventions: Conventions) -> Any:
    if target.field is not None and target.field.type_name == "PHONES" and target.part == phones.NUMBER and not conventions.exact:
        return phones.completed({phones.NUMBER: value}, target.path, conventions)
    return plain(value, "") if not isinstance(value, dict) else {name: each for name, each in value.items() if each}


def _checked(catalogue: Catalogue, mapping: ColumnMap, name: str, member: _Member, conventions: Conventions) -> JsonRecord:
    """The member of a record, canonical.  Raises RefusedCell."""
    of = mapping.object.field_by_name.get(name)
    try:
        value = member.whole
        if of is not None and of.type.composite and (value is not None or member.parts):
            parts = {**(value or {}), **member.parts}
            if all(each == [] for each in parts.values()):
                return {}  # no further addresses beside no first one: all that an export has of an empty field
            value = joined(of.type_name, name, member.whole or {}, member.parts, conventions)
        value = nothing(mapping.object, name, lenient=True) if value is None else plain(value, name)
        values = read_record(catalogue, mapping.object, {name: value})
    except InvalidInput as error:
        raise RefusedCell(_column(member, error), _reason(error)) from None
    found = values.get(name)
    if found is None:
        return {}
    return {name: found if of is not None and of.type.composite else found[""]}


def _column(member: _Member, error: InvalidInput) -> str:
    """The column that an error is about: that of the part it names, else the first."""
    part = error.path.partition(".")[2].partition("[")[0] if isinstance(error, InvalidValue) else ""
    return member.columns.get(part) or next(iter(member.columns.values()))


def _reason(error: InvalidInput) -> str:
    return error.problem if isinstance(error, InvalidValue) else error.message

"""What came of an action, as its pane shows it: table, record, JSON, request, history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, get_args

from icosa.call.masking import masked
from icosa.call.page import Record
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.surfaces.console.run.filled_form import cut_json
from icosa.surfaces.console.run.running import ActionRun
from icosa.surfaces.console.showing import (
    Cell,
    Looking,
    Shown,
    ShownColumn,
    ShownRow,
    called,
    columns_of,
    facts,
    label,
    of_field,
    rows_of,
    value,
)
from icosa.surfaces.console.showing import address as address_of
from icosa.wire.actions import Operation

View = Literal["table", "record", "json", "request", "history"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
WORDS: Final[Mapping[View, str]] = {
    "table": "Table", "record": "Record", "json": "JSON", "request": "Request", "history": "History"
}  # fmt: skip

ROWS: Final = 60
_COLUMNS: Final = 8


class ShownGroup(NamedTuple):
    """One page of records as a table; of duplicates there are several.  `note` is what has to be known of it."""

    caption: str
    columns: Sequence[ShownColumn]
    rows: Sequence[ShownRow]
    left_out: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """`changed` are its values that are otherwise now: label, as it was, as it is."""

    name: str
    id: str
    href: str
    facts: Sequence[tuple[str, Shown, bool]]
    changed: Sequence[tuple[str, Shown, Shown]] = ()
    gone: bool = False


def first_view(run: ActionRun) -> View:
    """How a result is shown where nobody said."""
    if run.groupings:
        return "table"
    if not run.groups:
        return "json"
    return "record" if run.action.operation in _OF_ONE or run.action.called == Operation.MERGE else "table"


_OF_ONE: Final = frozenset({Operation.FIND_ONE, Operation.CREATE_ONE, Operation.UPDATE_ONE, Operation.DELETE_ONE, Operation.RESTORE})


def headline(run: ActionRun) -> str:
    """In a few words, what came of it."""
    count = len(run.records)
    if run.action.operation is Operation.DELETE_ONE:
        return "deleted"
    if run.groupings:
        return "one group" if len(run.groupings) == 1 else f"{len(run.groupings):,} groups"
    if not run.groups:
        return "answered"
    if run.action.operation is Operation.FIND_DUPLICATES:
        return "no duplicates" if not count else f"{count:,} like {'it' if len(run.groups) == 1 else 'them'}"
    items = "nothing found" if not count else "one item" if count == 1 else f"{count:,} items"
    return f"{items} of {run.total:,}" if run.total > count > 0 else items


def tables(catalogue: Catalogue, run: ActionRun, look: Looking) -> Iterator[ShownGroup]:
    """The records as tables, each with the columns that say the most."""
    of = run.action.object
    if of is None:
        return
    for at, group in enumerate(run.groups, 1):
        shown = group[:ROWS]
        names = _columns(of, shown)
        rows = [
            _marked(of, names, row, record, run.before)
            for row, record in zip(rows_of(catalogue, of, shown, names, look), shown, strict=True)
        ]
        caption = f"Like record {at}" if run.action.operation is Operation.FIND_DUPLICATES else f"What {run.action.label} gave"
        yield ShownGroup(caption, columns_of(of, names), rows, len(group) - len(shown))


def shown_record(catalogue: Catalogue, run: ActionRun, look: Looking) -> ShownRecord | None:
    """The first record, whole; one that was deleted as it was before."""
    of, record = run.action.object, next(iter(run.records), None)
    if of is None or record is None:
        return None
    before = run.before.get(str(record.get("id")))
    gone = run.action.operation is Operation.DELETE_ONE
    if gone and before is not None:
        record = before
    names = [] if gone or before is None else _changed(of, before, record)
    differences = [
        (label(of, each), value(catalogue, of, each, before or {}, look), value(catalogue, of, each, record, look)) for each in names
    ]
    id_ = str(record.get("id", ""))
    return ShownRecord(
        called(of, record), id_, address_of(of, id_), list(facts(catalogue, of, record, look, changed=names)), differences, gone
    )


def json_of(catalogue: Catalogue, run: ActionRun) -> tuple[str, bool]:
    """The answer as JSON, and whether it is whole; of a run that is over, the records that it left."""
    answer = run.json if run.json is not None else masked(catalogue, list(run.records))
    return cut_json(answer)


def _columns(of: Object, records: Sequence[Record]) -> list[str]:
    """The name first, then what holds a value in any of the records, as the form has it."""
    first = [of.label_identifier]
    for member in of.members:
        key = member.name if isinstance(member, Field) else member.foreign_key
        if member.name in first or (isinstance(member, Field) and (member.secret or member.type.about.look.worth == "never")):
            continue
        if any(
            _says(member, each.get(member.name)) if isinstance(member, Field) else each.get(member.name) or each.get(key)
            for each in records
        ):
            first.append(member.name if isinstance(member, Field) or any(each.get(member.name) for each in records) else key)
        if len(first) == _COLUMNS:
            break
    return first


def _says(field: Field, held: Any) -> bool:
    """Whether there is anything to show of a value: one in parts may be there with all of them empty."""
    return bool(held) and bool(of_field(field, held, Looking()))


def _marked(of: Object, names: Sequence[str], row: ShownRow, record: Record, before: Mapping[str, Record]) -> ShownRow:
    """The row, with what is otherwise than before marked."""
    was = before.get(str(record.get("id")))
    if was is None:
        return row
    other = set(_changed(of, was, record))
    keys = {each.name: each.foreign_key for each in of.belongs_to}
    cells = [Cell(each.shown, each.id, name in other or keys.get(name) in other) for name, each in zip(names, row.cells, strict=True)]
    return ShownRow(row.id, row.name, row.href, cells, row.selected, row.gone)


def _changed(of: Object, before: Record, after: Record) -> list[str]:
    """The names of an object's own values that differ, but for the moment of the change itself."""
    own = [*of.field_by_name, *of.relation_by_key]
    return [each for each in own if each != "updatedAt" and each in before and each in after and before[each] != after[each]]

"""Which id or value is taken, where a server says no more than that one is: it is looked for, among deleted records too."""

from collections.abc import Iterator
from urllib.parse import quote

from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.paths import value_at
from icosa.call.where import LIVE_OR_DELETED, Where
from icosa.catalogue import naming
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import shown
from icosa.client.sending.settling import Looking
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, IcosaError, RecordExists, ValueTaken
from icosa.wire.actions import Operation
from icosa.wire.language.filter_tree import Comparator, Comparison, Or
from icosa.wire.rest import envelope
from icosa.wire.rest.body import read_record

_IN_THE_TRASH = (
    "; it was deleted and lies in the trash, where it keeps what is unique: restore_one brings it back, delete_one with permanent "
    "destroys it"
)

Value = tuple[int, str, object]
"""A value that must be unique: the place of its record in the body, its path, and itself."""


def which_is_taken(work: Work, refused: Conflict, looking: Looking) -> Flow[Conflict]:
    """The same refusal as RecordExists or ValueTaken, with the record that is in the way: of a batch, with the first one
    that cannot be, counted from 0.  Where none is found, it says what the server said."""
    singular = naming.label(work.of.singular)
    values = list(_unique(work))
    if (twice := _twice(values)) is not None:
        (at, path, value), before = twice
        kind = RecordExists if path == "id" else ValueTaken
        return kind(f"{_place(work, at)}{path}: {shown(value)} stands in item {before} too, and is to be unique")
    holders: dict[str, dict[str, Record]] = {}
    for path in dict.fromkeys(path for _, path, _ in values):
        holders[path] = yield from _holders(work, path, [value for _, other, value in values if other == path], looking)
    for at, path, value in values:
        there = holders[path].get(_key(value))
        if there is None or (path != "id" and there.get("id") in work.ids):
            continue
        if path == "id":
            return RecordExists(f"{_place(work, at)}Id: there is a {singular} with the id {value}{_trash(there)}")
        return ValueTaken(f"{_place(work, at)}{path}: {shown(value)} is taken by the {singular} {there['id']}{_trash(there)}")
    return ValueTaken(f"{refused.message.rstrip('.')}: an id, or a value that must be unique, is taken, perhaps by a deleted record")


def _unique(work: Work) -> Iterator[Value]:
    """What the server may have found taken, of each record first the id that somebody chose."""
    chosen = work.action.operation is not Operation.UPDATE_ONE and not work.ids_are_new
    for at, record in enumerate(work.sent):
        if chosen and record.get("id"):
            yield at, "id", record["id"]
        sent = read_record(work.catalogue, work.of, record, retired=True)  # as it is stored
        for column in columns(work.of):
            value = sent.get(column.field, {}).get(column.part)
            if column.unique and not column.secret and column.name != "id" and value not in (None, ""):
                yield at, column.path, value


def _twice(values: list[Value]) -> tuple[Value, int] | None:
    """The first value that stands in two records of one body, and the place of the earlier one."""
    met: dict[tuple[str, str], int] = {}
    for at, path, value in values:
        before = met.setdefault((path, _key(value)), at)
        if before != at:
            return (at, path, value), before
    return None


def _place(work: Work, at: int) -> str:
    return f"[{at}]." if work.action.operation is Operation.CREATE_MANY else ""


def _holders(work: Work, path: str, values: list[object], looking: Looking) -> Flow[dict[str, Record]]:
    """The records that have one of these values, by the value; as far as they can be looked up."""
    found: dict[str, Record] = {}
    action = offered(work.of, work.offers)[Operation.FIND_MANY]
    for begin in range(0, len(values), work.at_once):
        some = values[begin : begin + work.at_once]
        any_of = Where(Or(tuple(Comparison(path, Comparator.EQ, str(each)) for each in some)))
        query = f"filter={quote(str(any_of & LIVE_OR_DELETED), safe='')}&limit={work.at_once}&depth=0"
        try:
            outcome = yield from looking(action, work.request._replace(method="GET", path=action.path, query=query, body=b""))
            records = envelope.read_page(work.of, outcome.payload).records
        except IcosaError:
            continue  # the refusal is what matters
        for each in records:
            found.setdefault(_key(value_at(each, path)), each)
    return found


def _key(value: object) -> str:
    return str(value).casefold()


def _trash(record: Record) -> str:
    return _IN_THE_TRASH if record.get("deletedAt") else ""

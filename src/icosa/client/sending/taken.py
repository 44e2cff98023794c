"""Which id or value is taken, where a server says no more than that one is: it is looked for, among deleted records too."""

from urllib.parse import quote

from icosa.catalogue import naming
from icosa.catalogue.actions import Operation
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import shown
from icosa.client.offered import offered
from icosa.client.page import Record
from icosa.client.sending.settling import Looking, Work
from icosa.client.steps import Steps
from icosa.client.where import Where
from icosa.errors import Conflict, IcosaError, RecordExists, ValueTaken
from icosa.wire import envelope
from icosa.wire.body import read_record
from icosa.wire.filter import Comparator, Comparison

_DELETED_TOO = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"
_IN_THE_TRASH = (
    "; it was deleted and lies in the trash, where it keeps what is unique: restore_one brings it back, delete_one with permanent "
    "destroys it"
)


def which_is_taken(work: Work, refused: Conflict, looking: Looking) -> Steps[Conflict]:
    """The same refusal as RecordExists or ValueTaken, with the record that is in the way.  Where it is not found, it
    says what the server said."""
    singular = naming.label(work.of.singular)
    chosen = work.action.operation is not Operation.UPDATE_ONE and not work.ids_are_new
    own = work.sent[0].get("id") if chosen else None
    if own:
        there = yield from _holder(work, f"id[eq]:{own}", looking)
        if there:
            return RecordExists(f"Id: there is a {singular} with the id {own}{_trash(there)}")
    sent = read_record(work.catalogue, work.of, work.sent[0], retired=True)  # as it is stored
    for column in columns(work.of):
        value = sent.get(column.field, {}).get(column.part)
        if not column.unique or column.secret or value in (None, ""):
            continue
        there = yield from _holder(work, str(Where(Comparison(column.path, Comparator.EQ, value))), looking)
        if there and there.get("id") not in work.ids:
            return ValueTaken(f"{column.path}: {shown(value)} is taken by the {singular} {there['id']}{_trash(there)}")
    return ValueTaken(f"{refused.message.rstrip('.')}: an id, or a value that must be unique, is taken, perhaps by a deleted record")


def _holder(work: Work, wanted: str, looking: Looking) -> Steps[Record | None]:
    action = offered(work.of)[Operation.FIND_MANY]
    query = f"filter={quote(f'and({wanted},{_DELETED_TOO})', safe='')}&limit=1&depth=0"
    try:
        outcome = yield from looking(action, work.request._replace(method="GET", path=action.path, query=query, body=b""))
        records = envelope.read_page(work.of, outcome.payload).records
    except IcosaError:
        return None  # the refusal is what matters
    return records[0] if records else None


def _trash(record: Record) -> str:
    return _IN_THE_TRASH if record.get("deletedAt") else ""

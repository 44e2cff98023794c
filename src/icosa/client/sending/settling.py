"""Whether a write was done whose answer got lost: found out by looking, never by sending it again.

`settled` gives the outcome that the lost answer would have had, or None where nothing was written and the
same request may go (again): a creation because its ids make a second arrival harmless, a change because
nobody has touched the record since before it was first sent.  Where neither is sure, it raises.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from icosa.call.extensions import destroys, offered
from icosa.call.page import Record
from icosa.call.where import DELETED, F, Where
from icosa.catalogue.model import Catalogue, Object
from icosa.client.sending.outcome import Outcome
from icosa.client.sending.retries import Patience
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, IcosaError, InvalidValue, NotFound, UnknownField
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request
from icosa.wire.rest import envelope
from icosa.wire.rest.body import read_record
from icosa.wire.rest.query import parse, upserts

Looking = Callable[[Action, Request], Flow[Outcome]]
"""Sends a request that changes nothing, again where it has to be."""

MARGIN: Final = timedelta(seconds=2)
"""A server tells its clock to the second, and an answer takes a while."""

_SHOWN = 5
"""Ids that an error names: enough to look for, and still one line or two."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The first failure that left it open whether a write was done, what tells how long ago it was first sent, and when the
    record had last been changed as far as this client knew then."""

    error: IcosaError
    patience: Patience
    seen: str = ""


def settled(work: Work, doubt: Doubt, looking: Looking) -> Flow[Outcome | None]:
    """The outcome, or None where it may go (again).  Raises `doubt.error`, with a note of what was found,
    where neither is sure; Conflict where a part of a batch is there."""
    match work.action.operation:
        case Operation.CREATE_ONE | Operation.CREATE_MANY if upserts(work.request.query):
            look = _upserted(work, doubt)
        case Operation.CREATE_ONE | Operation.CREATE_MANY:
            look = _created(work, doubt, looking)
        case Operation.UPDATE_ONE:
            look = _updated(work, doubt, looking)
        case Operation.DELETE_ONE:
            look = _deleted(work, looking)
        case Operation.RESTORE:
            look = _restored(work, looking)
        case _:
            raise doubt.error  # an operation that is not known here may not be harmless twice
    try:
        return (yield from look)
    except _Unsure as unsure:
        doubt.error.add_note(str(unsure))
        raise doubt.error from None
    except IcosaError as error:
        if isinstance(error, Conflict):
            raise
        doubt.error.add_note(f"Whether it was done could not be looked up: {error.message}")
        raise doubt.error from None


class _Unsure(Exception):
    """Words for a person."""


def _upserted(work: Work, doubt: Doubt) -> Flow[Outcome | None]:
    """By an id or a unique value it finds what it wrote before, and writes the same once more."""
    yield from ()
    unique = {each.name for each in work.of.fields if each.unique}
    if all("id" in record or unique & record.keys() for record in work.sent):
        return None
    raise doubt.error


def _created(work: Work, doubt: Doubt, looking: Looking) -> Flow[Outcome | None]:
    if len(work.ids) != len(work.sent):
        raise doubt.error  # without ids of theirs the records cannot be told from others
    found: dict[str, Record] = {}
    date: datetime | None = None
    for at in range(0, len(work.ids), work.at_once):
        ids = work.ids[at : at + work.at_once]
        outcome = yield from looking(*_finding(work, ids))
        date = outcome.date
        found |= {each["id"]: each for each in envelope.read_page(work.of, outcome.payload).records}
    if not work.ids_are_new and not all(_is_ours(work, doubt, sent, found.get(sent["id"]), date) for sent in work.sent):
        return None  # they were there before, which the server will say
    missing = [each for each in work.ids if each not in found]
    if missing and found:
        raise Conflict(_partly(work, missing))
    return None if missing else _as_answer(work, [found[each] for each in work.ids])


def _is_ours(work: Work, doubt: Doubt, sent: Record, found: Record | None, date: datetime | None) -> bool:
    """Whether a record with an id that somebody chose was written by this request."""
    if found is None or stands(work.catalogue, work.of, sent, found):
        return True
    if work.exact or "createdAt" in sent:
        return False
    first = _first_sent(doubt, date)
    return first is not None and _moment(found.get("createdAt"), first) >= first


def _partly(work: Work, missing: Sequence[str]) -> str:
    named = ", ".join(missing[:_SHOWN]) + (" and more" if len(missing) > _SHOWN else "")
    there = len(work.ids) - len(missing)
    return (
        f"of this batch of {len(work.ids)} {work.of.resource}, whose answer got lost, {there} are there "
        f"and {len(missing)} are not: {named}. "
        "A server writes a batch as a whole, so somebody may have deleted those since; look at them before you send them again"
    )


def _updated(work: Work, doubt: Doubt, looking: Looking) -> Flow[Outcome | None]:
    """A change goes again where the record is as it was: nobody's later change can be overwritten by it."""
    outcome = yield from looking(*_one(work))
    found = envelope.read_record(Operation.FIND_ONE, work.of, outcome.payload)
    if work.sent and stands(work.catalogue, work.of, work.sent[0], found):
        return _as_answer(work, [found])
    if _is_untouched(work, doubt, found, outcome.date):
        return None
    raise _Unsure(
        f"It may have been done, and {work.of.singular} {work.ids[0]} has been changed since or at the same time: "
        f"not all that was sent stands in it, and it was last changed at {found.get('updatedAt')}. Look at it before you send this again."
    )


def _is_untouched(work: Work, doubt: Doubt, found: Record, date: datetime | None) -> bool:
    """Whether it is sure that nobody has changed a record since right before its change was first sent."""
    changed = found.get("updatedAt")
    if work.before is not None and "updatedAt" in work.before:
        return bool(changed == work.before["updatedAt"])
    if doubt.seen and changed == doubt.seen:
        return True
    first = _first_sent(doubt, date)
    return first is not None and _moment(changed, first) < first


def _deleted(work: Work, looking: Looking) -> Flow[Outcome | None]:
    permanent = destroys(work.action, work.request.query)
    try:
        yield from looking(*_one(work))
    except NotFound:
        if not permanent or not (yield from _is_kept(work, looking)):
            return _as_answer(work, [{"id": work.ids[0]}])
    return None


def _is_kept(work: Work, looking: Looking) -> Flow[bool]:
    """Whether the record is there, out of sight."""
    outcome = yield from looking(*_finding(work, work.ids, DELETED))
    return bool(envelope.read_page(work.of, outcome.payload).records)


def _restored(work: Work, looking: Looking) -> Flow[Outcome | None]:
    try:
        outcome = yield from looking(*_one(work))
    except NotFound:
        return None
    return _as_answer(work, [envelope.read_record(Operation.FIND_ONE, work.of, outcome.payload)])


def stands(catalogue: Catalogue, of: Object, sent: Record, found: Record) -> bool:
    """Whether every value that was sent is the one that is there, in whatever form it was sent."""
    try:
        asked = read_record(catalogue, of, sent, retired=True)
        there = read_record(catalogue, of, {name: found[name] for name in asked if name in found}, retired=True)
    except (InvalidValue, UnknownField):
        return False
    return all(there.get(name, {}).get(part) == value for name, values in asked.items() for part, value in values.items())


def _one(work: Work) -> tuple[Action, Request]:
    action = offered(work.of, work.offers)[Operation.FIND_ONE]
    path = action.path.replace("{id}", work.ids[0])
    return action, work.request._replace(method="GET", path=path, query=f"depth={_depth(work)}", body=b"")


def _finding(work: Work, ids: Sequence[str], more: Where | None = None) -> tuple[Action, Request]:
    action = offered(work.of, work.offers)[Operation.FIND_MANY]
    wanted = F.id.in_(ids) if more is None else F.id.in_(ids) & more
    query = f"filter={quote(str(wanted), safe='')}&limit={len(ids)}&depth={_depth(work)}"
    return action, work.request._replace(method="GET", path=action.path, query=query, body=b"")


def _depth(work: Work) -> str:
    return parse(work.request.query).depth or "0"


def _as_answer(work: Work, records: Sequence[Record]) -> Outcome:
    """The outcome of the answer that got lost."""
    operation = work.action.operation
    held: Any = list(records) if operation is Operation.CREATE_MANY else records[0]
    return Outcome({"data": {envelope.key_of(operation, work.of): held}}, status=200)


def _first_sent(doubt: Doubt, date: datetime | None) -> datetime | None:
    """A moment of the server's clock before which the request had certainly not been sent; `date` is that
    clock as an answer told it that has just come."""
    return date - timedelta(seconds=doubt.patience.spent) - MARGIN if date else None


def _moment(value: Any, otherwise: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)

"""A merge that goes into a journal: the record that stays, those that are destroyed, and all that hung on them, each as it was.

So it can be put back: the record that stays gets the values that it had, the others are made again, and what hung on them
hangs on them again.  It is rehearsed first, so that the journal says what the record that stays is about to hold.  What was
deleted already when it moved could not be found again: a merge that would move any is not sent.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.where import LIVE_OR_DELETED, F
from icosa.catalogue.model import Object
from icosa.client.filtered_writes import AT_ONCE, records_of, within
from icosa.client.sending.sender import Sender
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import IcosaError, InvalidInput
from icosa.journal.protocol import Journal
from icosa.journal.write import Write
from icosa.wire.actions import Action, Operation


def is_merge(work: Work) -> bool:
    """Whether it makes one of several records; a rehearsal writes nothing."""
    body = work.sent[0] if work.action.called == Operation.MERGE and work.sent else None
    return isinstance(body, dict) and not body.get("dryRun")


class Hanging(NamedTuple):
    """Records of an object that hang on records to be destroyed, by a foreign key."""

    of: Object
    foreign_key: str
    records: tuple[Record, ...]


def merged(work: Work, sender: Sender, journal: Journal) -> Flow[Any]:
    """The answer to a merge.  Raises InvalidInput where it could not be put back whole."""
    ids = [str(each) for each in work.sent[0].get("ids") or ()]
    at = work.sent[0].get("conflictPriorityIndex")
    there = yield from records_of(work, sender, work.of, str(F.id.in_(ids))) if ids else _none()
    by_id = {each["id"]: each for each in there}
    if not (isinstance(at, int) and 0 <= at < len(ids)) or by_id.keys() != set(ids):
        return (yield from sender.writing(work)).payload  # which the server refuses, and says why
    stays, others = ids[at], [each for each in ids if each != ids[at]]
    hanging = yield from _hanging(work, sender, others)
    shown = {**(yield from _rehearsed(work, sender)), "id": stays}  # which comes under an id that is no record's
    writes = _writes(work, stays, [by_id[each] for each in others], (by_id[stays], shown), hanging)
    for each in writes:
        journal.before(each)
    try:
        payload = (yield from sender.writing(work)).payload
        answer: Record = within(work.of, payload)
        now = yield from _as_they_are_now(work, sender, hanging)
    except IcosaError as error:
        for each in writes:
            journal.after(each, (), error)
        raise
    now |= {each: {"id": each} for each in others} | {stays: answer}
    for each in writes:
        journal.after(each, [now[id_] for id_ in each.ids], None)
    return payload


def _rehearsed(work: Work, sender: Sender) -> Flow[Record]:
    """What the server says that the record which stays will hold: all that is known of it where the answer to the merge is lost."""
    body = orjson.dumps({**work.sent[0], "dryRun": True})
    shown: Record = within(work.of, (yield from sender.reading(work.action, work.request._replace(body=body))).payload)
    return shown


def _none() -> Flow[list[Record]]:
    yield from ()
    return []


def _hanging(work: Work, sender: Sender, ids: Sequence[str]) -> Flow[list[Hanging]]:
    """What hangs on these records, by whichever relation.  Raises InvalidInput where some of it is deleted."""
    found = []
    for many in work.catalogue.has_many(work.of):
        of = work.catalogue.by_singular[many.source]
        text = str(F[many.foreign_key].in_(ids) & LIVE_OR_DELETED)
        records = yield from records_of(work, sender, of, text)
        gone = [each for each in records if each.get("deletedAt")]
        if gone:
            raise InvalidInput(
                f"{len(gone)} deleted {of.plural} hang on {work.of.plural} that are to be merged, such as {gone[0]['id']}, and an undo "
                "could not hang them back; nothing was sent. Bring them back or destroy them first, or merge without a journal"
            )
        if records:
            found.append(Hanging(of, many.foreign_key, tuple(records)))
    return found


def _writes(work: Work, stays: str, others: Sequence[Record], kept: tuple[Record, Record], hanging: Sequence[Hanging]) -> list[Write]:
    """The merge as writes of each object; `kept` is the record that stays, as it is and as it will be.  An undo takes them from
    the last to the first: what is unique is free again before a record is made again that has it, and that record is there
    before something hangs on it."""

    def write(of: Object, operation: Operation, before: Sequence[Record], sent: Record | None) -> Write:
        action: Action = offered(of, work.offers)[operation]
        known = () if sent is None else (sent,) * len(before)
        return Write(action, work.request, tuple(str(each["id"]) for each in before), known, tuple(before))

    moved = [write(each.of, Operation.UPDATE_ONE, each.records, {each.foreign_key: stays}) for each in hanging]
    return [*moved, write(work.of, Operation.DELETE_ONE, others, None), write(work.of, Operation.UPDATE_ONE, [kept[0]], kept[1])]


def _as_they_are_now(work: Work, sender: Sender, hanging: Sequence[Hanging]) -> Flow[dict[str, Record]]:
    """What hung on the merged records, by id; with its id alone where it is gone, as some servers destroy it."""
    now: dict[str, Record] = {}
    for each in hanging:
        ids = [str(record["id"]) for record in each.records]
        now |= {id_: {"id": id_} for id_ in ids}
        for at in range(0, len(ids), AT_ONCE):
            there = yield from records_of(work, sender, each.of, str(F.id.in_(ids[at : at + AT_ONCE])))
            now |= {str(record["id"]): record for record in there}
    return now

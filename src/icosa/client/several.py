"""Several records at once, on servers that can, as Twenty 2.19 can: what a filter holds for is changed, deleted or
brought back; records are merged, and counted in groups.

A real 2.19 changes, deletes or brings back every record there is where no filter is given.  Here one is asked for, before
anything is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.record import record
from icosa.call.where import F, Where, both
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Object
from icosa.client.calls import Calls
from icosa.client.transport.flow import Flow
from icosa.errors import IcosaError, InvalidBody, InvalidInput, InvalidQuery, UnknownAction, UnreadableAnswer
from icosa.wire.actions import Action, Operation
from icosa.wire.openapi.reading import Offers

AT_ONCE: Final = 200
"""The most records that 2.19 changes in one request."""

_LISTED: Final = 60
"""How many ids the URL of one request has room for."""

_INSTEAD: Final[Mapping[Operation, str]] = {
    Operation.UPDATE_MANY: "find the records and change each with update_one, or make a plan of them with icosa.bulk",
    Operation.DELETE_MANY: "find the records and delete each with delete_one",
    Operation.RESTORE_MANY: "bring each record back with restore_one",
    Operation.MERGE: "update the record that is to stay with what the others have, and delete those",
    Operation.GROUP_BY: "walk the records with iterate, and count them there",
}


@dataclass(frozen=True, slots=True)
class Several:
    """An object of a workspace, and what its server can do with several of its records."""

    calls: Calls
    of: Object
    offers: Offers

    def action(self, operation: Operation) -> Action:
        """The action.  Raises UnknownAction where the server has none of it, and InvalidInput where its run is written down,
        each with what does the same."""
        found = offered(self.of, self.offers)
        if operation not in found:
            raise UnknownAction(
                f"this server has no {str(operation).replace('_', ' ')} of {self.of.resource}, as Twenty 1.0.3 has none; "
                f"{_INSTEAD[operation]}"
            )
        if self.calls.journal is not None and operation is not Operation.GROUP_BY:
            raise InvalidInput(
                f"{operation} goes into no journal, since nobody is told what stood there before, and could not be undone; "
                f"{_INSTEAD[operation]}, or connect without a journal"
            )
        return found[operation]

    def run(self, operation: Operation, properties: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Flow[Any]:
        """The whole answer."""
        return (yield from self.calls.perform(self.action(operation), properties, fields))


def update_many(several: Several, where: Where | str | None, fields: Mapping[str, Any], depth: int | None) -> Flow[list[Record]]:
    """See `Operations.update_many`."""
    action = several.action(Operation.UPDATE_MANY)
    text = needed(where, "change")
    catalogue, icosa = several.calls.known[0], bool(several.offers.icosa)  # type: ignore[index]
    sent = record(catalogue, several.of, fields, creating=False, owner=action.label, lenient=icosa)
    if not sent:
        raise InvalidBody(f"{action.label} is given nothing to change; name the fields and their new values")
    return (yield from _some_at_a_time(several, Operation.UPDATE_MANY, text, {"depth": depth}, fields, still=True))


def delete_many(several: Several, where: Where | str | None, *, permanent: bool) -> Flow[list[Record]]:
    """See `Operations.delete_many`."""
    text = needed(where, "delete")
    if not permanent and _ends_with_the_write(text):
        return (yield from _some_at_a_time(several, Operation.DELETE_MANY, text, {"permanent": False}))
    return held(several, (yield from several.run(Operation.DELETE_MANY, {"filter": text, "permanent": permanent})))


def restore_many(several: Several, where: Where | str | None, depth: int | None) -> Flow[list[Record]]:
    """See `Operations.restore_many`."""
    text = needed(where, "bring back")
    if _ends_with_the_write(text):
        return (yield from _some_at_a_time(several, Operation.RESTORE_MANY, text, {"depth": depth}))
    return held(several, (yield from several.run(Operation.RESTORE_MANY, {"filter": text, "depth": depth})))


def merge(several: Several, ids: Iterable[str | UUID], priority: int, *, dry_run: bool, depth: int | None) -> Flow[Record]:
    """See `Operations.merge`."""
    listed = [str(each) for each in ids]
    if not 2 <= len(set(listed)) == len(listed):
        raise InvalidBody(f"Ids: {len(set(listed))} records are named by {len(listed)} ids; name each once, and two at least")
    if not 0 <= priority < len(listed):
        raise InvalidBody(f"Priority: {priority} is no place in a list of {len(listed)} ids; give 0 for the first of them")
    body = {"ids": listed, "conflictPriorityIndex": priority, "dryRun": dry_run}
    found = _within(several, (yield from several.run(Operation.MERGE, {"body": body, "depth": depth})))
    if not isinstance(found, dict):
        raise UnreadableAnswer(f"the answer to a merge of {several.of.plural} holds no record")
    return found


def group_by(
    several: Several, by: str | Sequence[Any] | Mapping[str, Any], aggregate: str | Iterable[str], **more: Any
) -> Flow[list[Record]]:
    """See `Operations.group_by`."""
    properties = {
        "group_by": by if isinstance(by, str | Mapping) else list(by),
        "aggregate": aggregate if isinstance(aggregate, str) else list(aggregate),
        **{name: value for name, value in more.items() if value is not None},
    }
    found = yield from several.run(Operation.GROUP_BY, properties)
    if not isinstance(found, list):
        raise UnreadableAnswer(f"the answer to a grouping of {several.of.plural} is no list of groups")
    return found


def needed(where: Where | str | None, verb: str) -> str:
    """The text of a filter.  Raises InvalidQuery where it would hold for everything."""
    text = "" if where is None else str(where).strip()
    if not text:
        raise InvalidQuery(f"Where is missing: say which records to {verb}, as in where=F.id.in_(ids); nothing was sent")
    return text


def held(several: Several, payload: Any) -> list[Record]:
    """The records of an answer.  Raises UnreadableAnswer."""
    found = _within(several, payload)
    if not isinstance(found, list):
        raise UnreadableAnswer(f"the answer holds no list of {several.of.plural}")
    return found


def _within(several: Several, payload: Any) -> Any:
    data = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(data, dict) or len(data) != 1:
        raise UnreadableAnswer(f"the answer is not one about {several.of.plural}: it has no data, or more than one thing in them")
    return next(iter(data.values()))


def _ends_with_the_write(text: str) -> bool:
    """Whether a filter may hold for no record any more once they are deleted, or brought back.  A real 2.19 answers with
    those that it holds for by then, which is none of `deletedAt[is]:NOT_NULL`."""
    return "deletedAt" in text


def _some_at_a_time(
    several: Several,
    operation: Operation,
    text: str,
    given: Mapping[str, Any],
    fields: Mapping[str, Any] | None = None,
    *,
    still: bool = False,
) -> Flow[list[Record]]:
    """Finds the records first, then does with some of them at a time what is asked, by their ids; with `still` only with
    those that the filter holds for at that moment."""
    several.action(operation)
    ids = yield from _ids(several, text)
    done: list[Record] = []
    for at in range(0, len(ids), _LISTED):
        among = F.id.in_(ids[at : at + _LISTED])
        try:
            properties = {"filter": str(both(text, among) if still else among), **given}
            done += held(several, (yield from several.run(operation, properties, fields)))
        except IcosaError as error:
            if at:
                error.add_note(f"{at} of {len(ids)} {several.of.plural} had been dealt with by then; the others may be asked for again")
            raise
    return done


def _ids(several: Several, text: str) -> Flow[list[str]]:
    """The ids of the records that a filter holds for, before any of them is changed."""
    action = offered(several.of, several.offers)[Operation.FIND_MANY]
    found: list[str] = []
    cursor: str | None = None
    while True:
        given = {"filter": text, "limit": min(several.offers.max_limit, AT_ONCE), "depth": 0, "starting_after": cursor}
        page, _ = yield from several.calls.page(action, given)
        new = [str(each["id"]) for each in page]
        if not set(new).isdisjoint(found):
            raise UnreadableAnswer(f"the pages of {several.of.plural} go round; {shown(new[0])} came again")
        found += new
        if not page.has_next_page or not new:
            return found
        cursor = page.end_cursor

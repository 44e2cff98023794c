"""Several records at once, on servers that can, as Twenty 2.19 can: what a filter holds for is changed, deleted or
brought back; records are merged, and counted in groups.

A real 2.19 changes, deletes or brings back every record there is where no filter is given.  Here one is asked for, before
anything is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.where import Where
from icosa.catalogue.model import Object
from icosa.client.calls import Calls
from icosa.client.filtered_writes import answered_records, within
from icosa.client.transport.flow import Flow
from icosa.errors import InvalidBody, InvalidQuery, UnknownAction, UnreadableAnswer
from icosa.wire.actions import Action, Operation
from icosa.wire.openapi.reading import Offers

_INSTEAD: Final[Mapping[Operation, str]] = {
    Operation.UPDATE_MANY: "find the records and change each with update_one, or make a plan of them with icosa.bulk",
    Operation.DELETE_MANY: "find the records and delete each with delete_one",
    Operation.RESTORE_MANY: "bring each record back with restore_one",
    Operation.MERGE: "update the record that is to stay with what the others have, and delete those",
    Operation.GROUP_BY: "walk the records with iterate, and count them there",
}


class Several(NamedTuple):
    """An object of a workspace, and what its server can do with several of its records."""

    calls: Calls
    of: Object
    offers: Offers

    def action(self, operation: Operation) -> Action:
        """The action.  Raises UnknownAction where the server has none of it, with what does the same."""
        found = offered(self.of, self.offers)
        if operation not in found:
            raise UnknownAction(
                f"this server has no {str(operation).replace('_', ' ')} of {self.of.resource}, as Twenty 1.0.3 has none; "
                f"{_INSTEAD[operation]}"
            )
        return found[operation]

    def run(self, operation: Operation, properties: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Flow[Any]:
        """The whole answer."""
        return (yield from self.calls.perform(self.action(operation), properties, fields))


def update_many(several: Several, where: Where | str | None, fields: Mapping[str, Any], depth: int | None) -> Flow[list[Record]]:
    """See `Operations.update_many`."""
    text = needed(where, "change")
    return answered_records(several.of, (yield from several.run(Operation.UPDATE_MANY, {"filter": text, "depth": depth}, fields)))


def delete_many(several: Several, where: Where | str | None, *, permanent: bool) -> Flow[list[Record]]:
    """See `Operations.delete_many`."""
    text = needed(where, "delete")
    return answered_records(several.of, (yield from several.run(Operation.DELETE_MANY, {"filter": text, "permanent": permanent})))


def restore_many(several: Several, where: Where | str | None, depth: int | None) -> Flow[list[Record]]:
    """See `Operations.restore_many`."""
    text = needed(where, "bring back")
    return answered_records(several.of, (yield from several.run(Operation.RESTORE_MANY, {"filter": text, "depth": depth})))


def merge(several: Several, ids: Iterable[str | UUID], priority: int, *, dry_run: bool, depth: int | None) -> Flow[Record]:
    """See `Operations.merge`."""
    listed = [str(each) for each in ids]
    if not 2 <= len(set(listed)) == len(listed):
        raise InvalidBody(f"Ids: {len(set(listed))} records are named by {len(listed)} ids; name each once, and two at least")
    if not 0 <= priority < len(listed):
        raise InvalidBody(f"Priority: {priority} is no place in a list of {len(listed)} ids; give 0 for the first of them")
    body = {"ids": listed, "conflictPriorityIndex": priority, "dryRun": dry_run}
    found = within(several.of, (yield from several.run(Operation.MERGE, {"body": body, "depth": depth})))
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

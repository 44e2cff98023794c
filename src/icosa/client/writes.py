"""What a client does to write: a request that is done once, told to a journal, and held against what was meant."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import orjson

from icosa.call.extensions import offered
from icosa.call.page import Record
from icosa.call.response import content
from icosa.call.spelling import completed, incomplete
from icosa.catalogue.model import Catalogue
from icosa.client.filtered_writes import FilteredWrite, is_filtered, written
from icosa.client.merging import is_merge, merged
from icosa.client.sending.restoring import layouts
from icosa.client.sending.sender import Sender
from icosa.client.sending.taken_values import which_is_taken
from icosa.client.sending.verifying import described, unmet
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, IcosaError, NotFound, StoredOtherwise, UnknownAction
from icosa.journal.protocol import Journal
from icosa.journal.write import Write
from icosa.wire.actions import Operation
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest import envelope
from icosa.wire.rest.faults import is_something_taken
from icosa.wire.rest.query import upserts

_SAYS_VALUES: Final = frozenset({Operation.CREATE_ONE, Operation.CREATE_MANY, Operation.UPDATE_ONE})
_TAKEN: Final = "the server took the write, and what is there is not what was meant"
_OF_ONE: Final = frozenset({Operation.UPDATE_ONE, Operation.DELETE_ONE})


class Writes:
    """The writes of one workspace, as flows.  `ready` gives what it has and what its server can do."""

    def __init__(self, sender: Sender, ready: Callable[[], Flow[tuple[Catalogue, Offers]]]) -> None:
        self._sender = sender
        self._ready = ready
        self._restores_at = ""  # the layout in which this server was seen to restore

    def write(self, work: Work, journal: Journal | None) -> Flow[Any]:
        """The JSON of the answer to a write, which a journal is told of where there is one.  Raises StoredOtherwise where it
        does not show what was sent, and what the server and the journal raise."""
        if work.action.operation is Operation.UPDATE_ONE and not work.action.lenient and incomplete(work.of, work.sent[0]):
            work = yield from self._completed(work)
        try:
            payload = yield from self._done(work, journal)
        except Conflict as error:
            if is_something_taken(error) and work.action.operation in _SAYS_VALUES:
                raise (yield from which_is_taken(work, error, self._sender.reading)) from None
            raise
        if work.action.operation in _SAYS_VALUES:
            yield from self._verified(work, _records(work, payload))
        return payload

    def _done(self, work: Work, journal: Journal | None) -> Flow[Any]:
        """The answer to a write, which a journal is told of where there is one."""
        if is_filtered(work.action):
            return (yield from written(FilteredWrite(work, self._sender, journal)))
        if journal is None:
            return (yield from self._written(work))
        if is_merge(work):
            return (yield from merged(work, self._sender, journal))
        return (yield from self._journalled(work, journal))

    def _completed(self, work: Work) -> Flow[Work]:
        """A change that keeps the parts of a value that it does not name, on a server that would empty them."""
        there = work.before or (yield from self._looked_at(work, work.ids[0]))
        if there is None:
            return work  # which the write itself will say
        body = orjson.dumps(completed(work.of, work.sent[0], there))
        return replace(work, request=work.request._replace(body=body), before=there)

    def _written(self, work: Work) -> Flow[Any]:
        """The answer to a write.  A restoration goes to where this server takes it, which not every document says."""
        if work.action.operation is not Operation.RESTORE:
            return (yield from self._sender.writing(work)).payload
        refused: UnknownAction | None = None
        for each in layouts(work, self._restores_at):
            try:
                payload = (yield from self._sender.writing(each)).payload
            except UnknownAction as error:
                refused = refused or error
            else:
                self._restores_at = each.action.path
                return payload
        raise refused or AssertionError("there is always one layout")

    def _verified(self, work: Work, records: Sequence[Record]) -> Flow[None]:
        """Raises StoredOtherwise where an answer does not show what was sent."""
        wrong: dict[int, str] = {}
        if len(work.sent) > 1 and upserts(work.request.query) and len(work.ids) != len(work.sent):
            return  # which are answered in an order of the server's own
        by_id = {each.get("id"): each for each in records} if len(work.sent) > 1 else {}
        for at, sent in enumerate(work.sent):
            found = by_id.get(sent["id"]) if len(work.sent) > 1 and sent.get("id") else records[at] if at < len(records) else None
            other = unmet(work.catalogue, work.of, sent, found) if found else []
            if found and any(path in work.of.relation_by_key for path, _, _ in other):
                # At depth 1 a newer server shows no key of a record that is deleted.
                found = (yield from self._looked_at(work, found["id"])) or found
                other = unmet(work.catalogue, work.of, sent, found)
            if found and other:
                wrong[at] = described(work.of, found.get("id"), other)
        if wrong:
            raise StoredOtherwise(f"{_TAKEN}: {'. '.join(wrong.values())}", records=records, wrong=wrong)

    def _journalled(self, work: Work, journal: Journal) -> Flow[Any]:
        if work.before is None and work.action.operation in _OF_ONE:
            work = replace(work, before=(yield from self._looked_at(work, work.ids[0])))
        write = Write(work.action, work.request, work.ids, work.sent, () if work.before is None else (work.before,))
        journal.before(write)
        try:
            payload = yield from self._written(work)
        except IcosaError as error:
            journal.after(write, (), error)
            raise
        journal.after(write, _records(work, payload), None)
        return payload

    def _looked_at(self, work: Work, id_: str) -> Flow[Record | None]:
        """A record as it is, at depth 0; None where it is not there."""
        _, offers = yield from self._ready()
        action = offered(work.of, offers)[Operation.FIND_ONE]
        path = action.path.replace("{id}", id_)
        try:
            outcome = yield from self._sender.reading(action, Request("GET", path, "depth=0", user_agent=work.request.user_agent))
        except NotFound:
            return None
        return envelope.read_record(Operation.FIND_ONE, work.of, outcome.payload)


def _records(work: Work, payload: Any) -> list[Record]:
    held = content(work.action, payload)
    return held if isinstance(held, list) else [held]  # type: ignore[return-value,list-item]

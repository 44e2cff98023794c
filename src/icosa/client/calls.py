"""What a client does, as flows: the blocking client and the asynchronous one run the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, cast

import orjson

from icosa import forms
from icosa.call.asking import asked_of, means_the_same_everywhere
from icosa.call.extensions import offered
from icosa.call.page import Page, Record
from icosa.call.querying import names_related
from icosa.call.request import build
from icosa.call.response import Content, content
from icosa.call.spelling import completed, incomplete
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.client.cursors import refuse_lost, set_upright
from icosa.client.filtered_writes import FilteredWrite, is_filtered, written
from icosa.client.merging import is_merge, merged
from icosa.client.schema import Schema
from icosa.client.sending.outcome import Outcome
from icosa.client.sending.restoring import layouts
from icosa.client.sending.sender import Sender
from icosa.client.sending.settling import Work
from icosa.client.sending.taken_values import which_is_taken
from icosa.client.sending.verifying import described, unmet
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, IcosaError, InvalidBody, InvalidValue, NotFound, StoredOtherwise, UnknownAction
from icosa.journal.protocol import Journal, Write
from icosa.wire.actions import Action, Operation, find_action, find_object
from icosa.wire.identifiers import new_id
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest import envelope
from icosa.wire.rest.faults import is_something_taken
from icosa.wire.rest.query import parse, upserts

OnError = Literal["stop", "continue"]

_USER_AGENT: Final = "icosa"
_NOTHING_DONE: Final = "nothing was sent"
_PARTLY_DONE: Final = "those before it were done, those after it were not sent"
_READS: Final = frozenset({Operation.FIND_MANY, Operation.FIND_ONE, Operation.FIND_DUPLICATES, Operation.GET_OPEN_API_SCHEMA})
_SAYS_VALUES: Final = frozenset({Operation.CREATE_ONE, Operation.CREATE_MANY, Operation.UPDATE_ONE})
_TAKEN: Final = "the server took the write, and what is there is not what was meant"
_BY_CURSOR: Final = ("starting_after=", "ending_before=")
_OF_ONE: Final = frozenset({Operation.UPDATE_ONE, Operation.DELETE_ONE})


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one set of properties.

    `input` is its place in what was given, from 0, and `properties` is that set; `json` is the whole
    body of the answer, or None where it failed, and then `error` says why.
    """

    input: int
    properties: Mapping[str, Any] = field(repr=False)  # they may hold secrets
    json: Any = None
    error: IcosaError | None = None


class Calls:
    """The calls of one workspace: what `Client` and `AsyncClient` both do, written once.

    Each method gives a flow, which does nothing until a client drives it:

        client.run("Companies", "Find Many Companies")          # drive(calls.run(…), transport.send)
        await asynchronous.run("Companies", "Find Many …")      # await drive_soon(calls.run(…), transport.send)

    `read` gives its schema when it is first needed, unless `known` holds one.  With `identify` the records of a
    creation get their ids here, so that a lost answer can be settled; the workspace in this process makes
    its own.  `now` is the clock of a workspace whose answers do not tell it.
    """

    def __init__(
        self,
        sender: Sender,
        read: Callable[[], Flow[Schema]],
        known: tuple[Catalogue, Offers] | None = None,
        journal: Journal | None = None,
        *,
        identify: bool,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.known = known
        self.sender = sender
        self.journal = journal
        self._schema = read
        self._restores_at = ""  # the layout in which this server was seen to restore
        self._identify = identify
        self._now = now

    def unrecorded(self) -> "Calls":
        """The same, whose writes go into no journal."""
        calls = copy(self)
        calls.journal = None
        return calls

    def close(self) -> None:
        """Lets go of a journal that is a file: the run is over, unless something is written after all."""
        if self.journal is not None:
            from icosa.journal.recording import Recorder  # here: most calls are in no journal

            if isinstance(self.journal, Recorder):
                self.journal.close()

    def ready(self) -> Flow[tuple[Catalogue, Offers]]:
        """What the workspace has and what its server can do, read from it once."""
        if self.known is None:
            schema = yield from self.sender.through(self._schema())
            self.known = schema.catalogue, schema.offers
        return self.known

    def estimate(self, requests: int, *, at_once: int = 1) -> float:
        """About how many seconds so many requests will take, with so many under way at once: what the pace
        allows, by all that this machine sends with the key, and how long answers have taken so far."""
        return self.sender.pace.estimate(requests, at_once) if self.sender.pace else 0.0

    def run(
        self,
        resource: "str | Mapping[str, Any] | forms.Call",
        operation: str | None = None,
        properties: Mapping[str, Any] | Iterable[Mapping[str, Any]] = MappingProxyType({}),
        *,
        on_error: OnError = "stop",
    ) -> Flow[list[Item]]:
        """Run an action over one set of properties, or over several, and give an item for each, in order.

        Resource, operation and properties go by label ("Connected Accounts", "Update One Connected Account",
        "Access Token") or name.  Raises UnknownObject, UnknownAction.  What stands alone is a whole call, in
        any of its forms: `run("icosa people find-many --limit 1")`; see `icosa.forms`.

        With `on_error="stop"` all sets are checked before the first is sent, and the first error is raised,
        with a note that says which item it is about.  With "continue" an item that fails becomes an item
        with an `error`, and the others go on.
        """
        if on_error not in ("stop", "continue"):
            raise InvalidValue("on_error", f'{on_error!r} is neither "stop" nor "continue"')
        if operation is None or not isinstance(resource, str):
            catalogue, offers = yield from self.ready()
            call = forms.read_call(resource, catalogue, offers=offers)
            action, properties = forms.action_named(catalogue, call.resource, call.operation, offers), call.properties
        else:
            action = yield from self._action(resource, operation)
        inputs = _inputs(properties)
        prepared = yield from self._prepared(action, inputs, on_error)
        items = []
        for at, (given, work) in enumerate(zip(inputs, prepared, strict=True)):
            if isinstance(work, IcosaError):
                items.append(Item(at, given, error=work))
                continue
            try:
                items.append(Item(at, given, (yield from self._send(work))))
            except IcosaError as error:
                items.append(Item(at, given, error=_failed(error, on_error, at, inputs, _PARTLY_DONE)))
        return items

    def _prepared(self, action: Action, inputs: list[Mapping[str, Any]], on_error: OnError) -> Flow[list[Work | IcosaError]]:
        """Each set of properties as what is to be done, or why it cannot be."""
        prepared: list[Work | IcosaError] = []
        for at, each in enumerate(inputs):
            try:
                prepared.append((yield from self._work(action, each)))
            except IcosaError as error:
                prepared.append(_failed(error, on_error, at, inputs, _NOTHING_DONE))
        return prepared

    def run_action(self, action: Action, properties: Mapping[str, Any] = MappingProxyType({})) -> Flow[Any]:
        """Run an action that is at hand, perhaps one that `icosa.call.extensions` adds to the 253, over one
        set of properties, and give the whole JSON body of the answer."""
        return (yield from self._send((yield from self._work(action, properties))))

    def perform(
        self,
        action: Action,
        given: Mapping[str, Any],
        fields: Mapping[str, Any] | None = None,
        *,
        before: Record | None = None,
        exact: bool = False,
    ) -> Flow[Content]:
        """Run an action with its own properties and more `fields` of its record, and give what the answer
        holds.  `before` and `exact` are as for Work."""
        work = yield from self._work(action, given, fields)
        if before is not None or exact:
            work = replace(work, before=before, exact=exact)
        return content(action, (yield from self._send(work)))

    def page(self, action: Action, given: Mapping[str, Any]) -> Flow[tuple[Page, datetime | None]]:
        """What a find many gives, and a moment of the server's clock right before it was asked, where it tells one."""
        work = yield from self._work(action, given)
        begun = self.sender.clock()
        outcome = yield from self.sender.reading(work.action, work.request)
        took = timedelta(seconds=self.sender.clock() - begun)
        now = outcome.date or (self._now() if self._now else None)
        return cast(Page, content(action, outcome.payload)), None if now is None else now - took

    def object(self, name: str) -> Flow[Object]:
        """The object of that name, in any spelling.  Raises UnknownObject with the nearest names."""
        catalogue, _ = yield from self.ready()
        return find_object(catalogue, name)

    def _action(self, resource: str, operation: str) -> Flow[Action]:
        catalogue, offers = yield from self.ready()
        return find_action(catalogue, resource, operation, lambda of: offered(of, offers).values())

    def _work(self, action: Action, given: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Flow[Work]:
        catalogue, offers = yield from self.ready()
        made: list[str] = []
        if offers.icosa is None and names_related(action, given):
            offers = (yield from self.sender.through(self._schema())).offers
            action = replace(action, related=offers.related)

        def identify() -> str:
            made.append(new_id())
            return made[-1]

        request = build(catalogue, action, given, fields, identify if self._identify else None)
        if offers.icosa is None and not means_the_same_everywhere(request):
            offers = (yield from self.sender.through(self._schema())).offers
        request = asked_of(offers, request)._replace(user_agent=_USER_AGENT)
        work = Work(catalogue, action, request, ids_are_new=bool(made), offers=offers)
        partly = made and action.operation is Operation.CREATE_MANY and len(made) < len(work.sent)
        return replace(work, ids_are_new=False) if partly else work

    def _send(self, work: Work) -> Flow[Any]:
        if work.action.operation in _READS or work.action.method == "GET":
            if work.action.operation is Operation.FIND_MANY and any(each in work.request.query for each in _BY_CURSOR):
                return (yield from self._by_cursor(work)).payload
            return (yield from self.sender.reading(work.action, work.request)).payload
        if work.action.operation is Operation.UPDATE_ONE and not work.action.lenient and incomplete(work.of, work.sent[0]):
            work = yield from self._completed(work)
        try:
            payload = yield from self._done(work)
        except Conflict as error:
            if is_something_taken(error) and work.action.operation in _SAYS_VALUES:
                raise (yield from which_is_taken(work, error, self.sender.reading)) from None
            raise
        if work.action.operation in _SAYS_VALUES:
            yield from self._verified(work, _records(work, payload))
        return payload

    def _done(self, work: Work) -> Flow[Any]:
        """The answer to a write, which a journal is told of where there is one."""
        if is_filtered(work.action):
            return (yield from written(FilteredWrite(work, self.sender, self.journal)))
        if self.journal is None:
            return (yield from self._written(work))
        if is_merge(work):
            return (yield from merged(work, self.sender, self.journal))
        return (yield from self._journalled(work, self.journal))

    def _completed(self, work: Work) -> Flow[Work]:
        """A change that keeps the parts of a value that it does not name, on a server that would empty them."""
        there = work.before or (yield from self._looked_at(work.of, work.ids[0]))
        if there is None:
            return work  # which the write itself will say
        body = orjson.dumps(completed(work.of, work.sent[0], there))
        return replace(work, request=work.request._replace(body=body), before=there)

    def _written(self, work: Work) -> Flow[Any]:
        """The answer to a write.  A restoration goes to where this server takes it, which not every document says."""
        if work.action.operation is not Operation.RESTORE:
            return (yield from self.sender.writing(work)).payload
        refused: UnknownAction | None = None
        for each in layouts(work, self._restores_at):
            try:
                payload = (yield from self.sender.writing(each)).payload
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
                found = (yield from self._looked_at(work.of, found["id"])) or found
                other = unmet(work.catalogue, work.of, sent, found)
            if found and other:
                wrong[at] = described(work.of, found.get("id"), other)
        if wrong:
            raise StoredOtherwise(f"{_TAKEN}: {'. '.join(wrong.values())}", records=records, wrong=wrong)

    def _by_cursor(self, work: Work) -> Flow[Outcome]:
        """The page after a cursor, or the one before it: the right one on every server, or refused."""
        catalogue, offers = yield from self.ready()
        asked = parse(work.request.query)
        refuse_lost(work.of, catalogue, asked, offers, related=work.action.related)
        outcome = yield from self.sender.reading(work.action, work.request)
        if asked.ending_before:
            set_upright(work.of, outcome.payload)
        return outcome

    def _journalled(self, work: Work, journal: Journal) -> Flow[Any]:
        if work.before is None and work.action.operation in _OF_ONE:
            work = replace(work, before=(yield from self._looked_at(work.of, work.ids[0])))
        write = Write(work.action, work.request, work.ids, work.sent, () if work.before is None else (work.before,))
        journal.before(write)
        try:
            payload = yield from self._written(work)
        except IcosaError as error:
            journal.after(write, (), error)
            raise
        journal.after(write, _records(work, payload), None)
        return payload

    def _looked_at(self, of: Object, id_: str) -> Flow[Record | None]:
        """A record as it is, at depth 0; None where it is not there."""
        _, offers = yield from self.ready()
        action = offered(of, offers)[Operation.FIND_ONE]
        path = action.path.replace("{id}", id_)
        try:
            outcome = yield from self.sender.reading(action, Request("GET", path, "depth=0", user_agent=_USER_AGENT))
        except NotFound:
            return None
        return envelope.read_record(Operation.FIND_ONE, of, outcome.payload)


def _records(work: Work, payload: Any) -> list[Record]:
    held = content(work.action, payload)
    return held if isinstance(held, list) else [held]  # type: ignore[return-value,list-item]


def _failed(error: IcosaError, on_error: OnError, at: int, inputs: list[Mapping[str, Any]], otherwise: str) -> IcosaError:
    """The error of one item, where the others go on; else it is raised."""
    if on_error == "continue":
        return error
    if len(inputs) > 1:
        error.add_note(f"It is item {at} of {len(inputs)}, counted from 0; {otherwise}.")
    raise error


def _inputs(properties: Any) -> list[Mapping[str, Any]]:
    if isinstance(properties, Mapping):
        return [properties if isinstance(properties, dict) else dict(properties)]
    if isinstance(properties, str) or not isinstance(properties, Iterable):
        raise InvalidBody(f"{shown(properties)} is no set of properties; give a dict, or a list of dicts")
    inputs = list(properties)
    for at, each in enumerate(inputs):
        if not isinstance(each, Mapping):
            raise InvalidBody(f"item {at} is {shown(each)}, no set of properties; give a list of dicts")
    return [each if isinstance(each, dict) else dict(each) for each in inputs]  # what comes of them goes into other processes

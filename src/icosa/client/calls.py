"""What a client does, as flows: the blocking client and the asynchronous one run the same."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from icosa import forms
from icosa.call.asking import asked_of, means_the_same_everywhere
from icosa.call.extensions import offered
from icosa.call.page import Page, Record
from icosa.call.querying import names_related
from icosa.call.request import build
from icosa.call.response import Content, content
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.client.schema import Schema
from icosa.client.sending.outcome import Outcome
from icosa.client.sending.sender import Sender
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow
from icosa.errors import IcosaError, InvalidBody, InvalidValue
from icosa.wire.actions import Action, Operation, find_action, find_object
from icosa.wire.identifiers import new_id
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest.query import parse

if TYPE_CHECKING:
    from icosa.client.writes import Writes
    from icosa.journal.protocol import Journal

OnError = Literal["stop", "continue"]

_USER_AGENT: Final = "icosa"
_NOTHING_DONE: Final = "nothing was sent"
_PARTLY_DONE: Final = "those before it were done, those after it were not sent"
_READS: Final = frozenset({Operation.FIND_MANY, Operation.FIND_ONE, Operation.FIND_DUPLICATES, Operation.GET_OPEN_API_SCHEMA})
_BY_CURSOR: Final = ("starting_after=", "ending_before=")


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
        journal: "Journal | None" = None,
        *,
        identify: bool,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.known = known
        self.sender = sender
        self.journal = journal
        self._schema = read
        self._writes: Writes | None = None
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
            action = action._replace(related=offers.related)

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
        if self._writes is None:
            from icosa.client.writes import Writes  # here, because a command makes one call, and most calls read

            self._writes = Writes(self.sender, self.ready)
        return (yield from self._writes.write(work, self.journal))

    def _by_cursor(self, work: Work) -> Flow[Outcome]:
        """The page after a cursor, or the one before it: the right one on every server, or refused."""
        from icosa.client.cursors import refuse_lost, set_upright  # here: most pages are the first

        catalogue, offers = yield from self.ready()
        asked = parse(work.request.query)
        refuse_lost(work.of, catalogue, asked, offers, related=work.action.related)
        outcome = yield from self.sender.reading(work.action, work.request)
        if asked.ending_before:
            set_upright(work.of, outcome.payload)
        return outcome


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

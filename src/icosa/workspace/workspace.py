"""A workspace: it answers requests of the REST API from its own database.

`answer` blocks.  `answer_soon` is for event loops: it answers what is quick at once and leaves the rest
to threads, so that a slow request never holds up a fast one.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from icosa.catalogue.kinds import brief
from icosa.catalogue.model import Catalogue
from icosa.errors import AccessDenied, IcosaError, Overloaded
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import framework_fault, write_fault
from icosa.wire.rest.form import refusal_of_json
from icosa.wire.version import OPEN_DOCUMENTS, TWENTY_1_0_3, Version
from icosa.workspace.access import sessions
from icosa.workspace.access.keys import Principal, check_may_write, whose
from icosa.workspace.access.sealing import Sealing
from icosa.workspace.begun import Begun, begin
from icosa.workspace.events import feed
from icosa.workspace.footing import TRIES, Footing, footing_on, plan_kept
from icosa.workspace.known_keys import KnownKeys
from icosa.workspace.metadata.asked import MetadataRead, MetadataReshape, MetadataWrite, asks_metadata
from icosa.workspace.planning import answers
from icosa.workspace.planning.answers import OneAsked, ReadPlan
from icosa.workspace.planning.rest import READS
from icosa.workspace.store.pages import PreparedPage
from icosa.workspace.store.plan import FindDuplicates, GroupBy
from icosa.workspace.store.statement import Outdated, Statements, T
from icosa.workspace.store.store import NotAtOnce, Store
from icosa.workspace.store.stored_catalogue import edition_now, held_to, rewrite
from icosa.workspace.store.threads import Threads
from icosa.workspace.system_clock import system_time
from icosa.workspace.waiting import waiting

if TYPE_CHECKING:
    from icosa.workspace.rate_limit import RateLimit
    from icosa.workspace.store.dialect import Dialect

HEALTH_PATH = "/healthz"

LARGE_BODY = 16 * 1024
LARGE_QUERY = 4 * 1024
"""Bytes above which a request is parsed and checked beside the event loop: it takes milliseconds, or seconds."""

PLANNERS = 1
"""How many such requests are looked at at the same time.  All share one interpreter: two would take no less time."""


class Workspace:
    """Answers from one store.  Safe to use from several threads.

    `now` tells the moment it is, in wire form: what is written then is of that moment, and keys expire by it.  `version` is
    how it speaks.  `limit`, where there is one, is how often keys may ask for records, and `address` where people reach it,
    where that is not where they ask.
    """

    limit: "RateLimit | None" = None
    address = ""

    def __init__(self, store: Store, sealing: Sealing, now: Callable[[], str] = system_time, version: Version = TWENTY_1_0_3) -> None:
        self.store = store
        self.now = now
        self.version = version
        self._sealing = sealing
        self._footing = footing_on(store.holding, version, sealing)
        self._root, self._document_paths, self._metadata_roots = version.root, version.document_paths, version.metadata_roots
        self._apart = frozenset((HEALTH_PATH, *OPEN_DOCUMENTS, version.agents, *version.document_paths))
        self._bodies_first = version.requests.bodies_first
        self._keys = KnownKeys(version)
        self._planners = Threads(PLANNERS, "icosa-planner")

    @property
    def catalogue(self) -> Catalogue:
        """Its objects, as they were when it last changed them or was asked for anything."""
        return self.store.catalogue

    def answer(self, request: Request, principal: Principal | None = None) -> Answer:
        """The answer to a request; never raises for a request's own fault.

        A `principal` stands for a caller that is trusted already; without one the request needs a key.
        """
        write = self._foreseen(request, principal)
        if write is None:
            open_ = self._open_to_all(request, trusted=principal is not None)
            if open_ is not None:
                return open_
            if request.path == self.version.agents:
                return self._answer_agent(request, principal)
        for _ in range(TRIES):
            with suppress(Outdated):
                return self._answered(request, principal, write)
            write = None
        return write_fault(CHANGING, self.version)

    def _answered(self, request: Request, principal: Principal | None, write: Begun | None) -> Answer:
        try:
            begun = write or self.store.read(lambda: self._begin(request, principal))
            if isinstance(begun, _OF_METADATA):
                from icosa.workspace import beside  # here, and below: see that module

                return beside.carry_out(self.store, begun)
            return begun if isinstance(begun, Answer) else self.store.write(lambda: self._write(begun), vast=begun.vast)
        except IcosaError as error:
            return write_fault(error, self.version)

    def _foreseen(self, request: Request, principal: Principal | None) -> Begun | None:
        """A write by who has written before, for which the database need not be asked anything first.  Its body is known to be one."""
        if principal is not None or request.method == "GET":
            return None
        return self._keys.begun(request, self._footing, self.now(), self.limit)

    def _answer_agent(self, request: Request, principal: Principal | None) -> Answer:
        from icosa.workspace import beside

        try:
            known, footing = self.store.read(lambda: self.known(request, principal))
        except AccessDenied:
            return beside.unknown_caller()
        except IcosaError as error:
            return write_fault(error, self.version)
        return beside.answer_agent(request, beside.Agent(footing.catalogue, self.version, lambda asked: self.answer(asked, known)))

    async def answer_soon(self, request: Request, principal: Principal | None = None) -> Answer:
        """The same for an event loop, which is held for a few milliseconds at most."""
        begun = self.begin(request, principal)
        return begun if isinstance(begun, Answer) else await begun

    def begin(self, request: Request, principal: Principal | None = None) -> Answer | Awaitable[Answer]:
        """The answer where it is there at once, else what is to be awaited for it: a server need not make a task of
        each request."""
        _, path, query, body, *_ = request
        large = len(body) > LARGE_BODY or len(query) > LARGE_QUERY
        write = None if large else self._foreseen(request, principal)
        if write is not None:
            return self._finish(write, request, principal)
        if path in self._apart or (body and self._bodies_first) or not path.startswith(self._root):
            open_ = self._open_to_all(request, trusted=principal is not None)
            if open_ is not None:
                return open_
            if path == self.version.agents:
                from asyncio import to_thread  # here: who blocks has no event loop, and would pay for loading what one needs

                return to_thread(self._answer_agent, request, principal)
        if large:
            return self._answer_large(request, principal)
        try:
            begun = self.store.read_at_once(lambda: self._begin(request, principal))
        except (NotAtOnce, Outdated):
            return self._anew(request, principal)
        except IcosaError as error:
            return write_fault(error, self.version)
        return begun if isinstance(begun, Answer) else self._finish(begun, request, principal)

    async def refuses(self, request: Request, size: int = LARGE_BODY + 1) -> Answer | None:
        """The answer to a request that is refused whatever its body says; None where its body is needed.  `request`
        is without it, and `size` how many bytes it has, or may have."""
        if self.version.requests.bodies_first and size <= LARGE_BODY:
            return None
        try:
            return await self._read_soon(lambda: self._admit(request))
        except IcosaError as error:
            return write_fault(error, self.version)

    async def check_writable(self) -> None:
        """Writes what changes nothing.  Raises Overloaded, or what else stands in the way of a write."""
        await self.store.write_soon(rewrite)

    def unwritable(self) -> str:
        """Why nothing can be written now, "" where something can; blocks, and writes what changes nothing."""
        try:
            self.store.write(rewrite)
        except IcosaError as error:
            return error.message
        return ""

    async def facts(self) -> list[tuple[str, str, float]]:
        """How things stand in the database, for who watches over it: a name, what it means, and the number.  What only it
        could tell is left out where it cannot be asked."""
        found = self.store.facts()
        with suppress(IcosaError):
            found.append(await self.store.read_soon(feed.fact))
        return found

    def tidy(self) -> bool:
        """Forgets sessions that are over and some of the events that are old enough, then what is left of records that were
        destroyed; whether there are more.  Blocks; others read and write meanwhile."""
        if self.store.read(lambda: sessions.due(self.now())):
            self.store.write(lambda: sessions.forget(self.now()))
        if self.store.read(lambda: feed.due(self.now())) and self.store.write(lambda: feed.forget(self.now())):
            return True
        self.store.scrub()
        return False

    def note_use(self) -> None:
        """Writes down which API keys were used since it last did; what cannot be written now is kept for the next time.
        Blocks."""
        self._keys.write_down(self.store)

    def close(self) -> None:
        """Finishes what was begun, tidies up a little, and closes the database."""
        self._planners.close()
        self.note_use()
        with suppress(IcosaError):  # nobody waits for it; what cannot be done now is done another time
            if self.tidy():
                self.store.scrub()
        self.store.close()

    def _begin(self, request: Request, principal: Principal | None) -> Statements["Answer | Begun | MetadataReshape | MetadataWrite"]:
        """Everything up to the writing: who asks, what for, and the whole answer where nothing is written.  It begins as `known`
        does, in its own words: a generator within another costs each request as much as finding the route."""
        limit, footing, key, rows = None, self._footing, None, []
        if principal is None:
            limit = self.limit
            key = whose(request.token, footing.keys, self.version)
            rows = yield key
            principal = self._keys.holder(rows, self.now())
            edition = principal.edition
        else:
            edition = yield from edition_now()
        if edition != footing.edition:
            footing = yield from self._latest()
        planned = self.planned(request, principal, footing)
        if limit is not None and isinstance(planned, _RECORDS):
            limit.take()
        if not isinstance(planned, _READS):
            if key is not None and isinstance(planned, Begun):
                self._keys.note(key, rows)
            return (yield from _looked(planned)) if isinstance(planned, MetadataRead) else planned
        try:
            return (yield from self._read(planned, footing))
        except GeneratorExit:  # it takes too long here, and is begun again elsewhere
            if limit is not None:
                limit.give_back()
            raise

    def known(self, request: Request, principal: Principal | None) -> Statements[tuple[Principal, Footing]]:
        """Who asks, and what there is to ask for."""
        footing = self._footing
        if principal is None:
            principal = self._keys.holder((yield whose(request.token, footing.keys, self.version)), self.now())
            edition = principal.edition
        else:
            edition = yield from edition_now()
        return principal, footing if edition == footing.edition else (yield from self._latest())

    def _latest(self) -> Statements[Footing]:
        self._footing = footing_on((yield from self.store.look()), self.version, self._sealing)
        return self._footing

    def _read(self, plan: ReadPlan, footing: Footing) -> Statements[Answer]:
        if isinstance(plan, GroupBy) and plan.view:
            return self._read_view(plan, plan.view, footing)
        return answers.read(footing.reads, footing.secrets, plan, self.version)

    def _read_view(self, plan: GroupBy, view: str, footing: Footing) -> Statements[Answer]:
        from icosa.workspace import beside

        yield from beside.check_view(footing.catalogue, plan.of, view)
        return (yield from answers.read(footing.reads, footing.secrets, plan, self.version))

    async def _answer_large(self, request: Request, principal: Principal | None) -> Answer:
        """The answer to a request that has much to parse and to check: in a thread, once it is known who asks."""
        for _ in range(TRIES):
            with suppress(Outdated):
                return await self._answered_large(request, principal)
        return write_fault(CHANGING, self.version)

    async def _answered_large(self, request: Request, principal: Principal | None) -> Answer:
        try:
            known, footing = await self._read_soon(lambda: self.known(request, principal))
            planned = await self._planners.run(self.planned, request, known, footing)
            if self.limit is not None and principal is None and isinstance(planned, _RECORDS):
                self.limit.take()
            if isinstance(planned, Answer):
                return planned
            if isinstance(planned, MetadataRead):
                return await self.store.read_soon(partial(_looked, planned))
            if isinstance(planned, Begun | MetadataReshape | MetadataWrite):
                return await self._carry_out(planned, large=True)
            return await self.store.read_soon(lambda: self._read(planned, footing))
        except IcosaError as error:
            return write_fault(error, self.version)

    def _open_to_all(self, request: Request, *, trusted: bool = False) -> Answer | None:
        """The answer of what needs no key, nor a database; and to a body that is none, where bodies are looked at before keys."""
        if request.path == HEALTH_PATH:
            return Answer(200, b'{"status":"ok"}')
        if request.path in OPEN_DOCUMENTS:
            from icosa.workspace import beside

            if found := beside.open_document(request, self.address, self.version, trusted=trusted):
                return Answer(200, found)
        if not request.path.startswith(self._root) and request.path not in self._document_paths and request.path != self.version.agents:
            return _nowhere(request)
        if self._bodies_first and 0 < len(request.body) <= LARGE_BODY and not request.form:
            return refusal_of_json(request.body, self.version)
        return None

    def planned(
        self, request: Request, principal: Principal, footing: Footing
    ) -> "Answer | ReadPlan | Begun | MetadataRead | MetadataReshape | MetadataWrite":
        """What a request asks for, or the answer where no database is needed for it.  Only computes."""
        method, path, *_ = request
        if path in self._document_paths:
            from icosa.workspace import beside

            return beside.document(footing, self.address or request.asked_at, self.version)
        if path.startswith(self._metadata_roots) and asks_metadata(self.version, path):
            from icosa.workspace import beside

            return beside.metadata(request, principal, footing, self.version, self.now(), self.address or request.asked_at)
        route = footing.router.match(method, path)
        if route is None:
            return _nowhere(request)
        if route.operation in READS:
            return plan_kept(footing, route, request, self.version)
        return begin(route, request, principal, footing, self.version)

    def _admit(self, request: Request) -> Statements[Answer | None]:
        """Whether whoever asks may send a body there."""
        if not request.path.startswith(self._root) and request.path != self.version.agents:
            return _nowhere(request)
        principal, footing = yield from self.known(request, None)
        if request.path == self.version.agents or asks_metadata(self.version, request.path):
            return None
        route = footing.router.match(request.method, request.path)
        if route is not None and route.operation not in READS:
            check_may_write(principal)
        return None

    async def _read_soon(self, begin: Callable[[], Statements[T]]) -> T:
        try:
            return self.store.read_at_once(begin)
        except NotAtOnce:
            return await self.store.read_soon(begin)

    async def _anew(self, request: Request, principal: Principal | None) -> Answer:
        """The answer to a request that takes its time, or was planned for objects that were changed meanwhile."""
        for _ in range(TRIES):
            with suppress(Outdated):
                try:
                    begun = await self.store.read_soon(lambda: self._begin(request, principal))
                    return begun if isinstance(begun, Answer) else await self._carry_out(begun)
                except IcosaError as error:
                    return write_fault(error, self.version)
        return write_fault(CHANGING, self.version)

    def _carry_out(self, begun: "Begun | MetadataReshape | MetadataWrite", *, large: bool = False) -> Awaitable[Answer]:
        if isinstance(begun, _OF_METADATA):
            from icosa.workspace import beside

            return beside.carry_out_soon(self.store, begun)
        return self.store.write_soon(lambda: self._write(begun), large=large, vast=begun.vast)

    def _finish(
        self, begun: "Begun | MetadataReshape | MetadataWrite", request: Request, principal: Principal | None
    ) -> Answer | Awaitable[Answer]:
        """A write waits for its turn from now on, and not only once its answer is awaited."""
        try:
            return waiting(self._carry_out(begun), self.version, lambda: self._anew(request, principal))
        except IcosaError as error:
            return write_fault(error, self.version)

    def _write(self, begun: "Begun") -> Statements[Answer]:
        """Carries out what was begun, for the objects and by the key that it was planned for.  Raises Outdated where they are others
        by then."""
        return held_to(lambda: self._keys.check_still(begun, self.now), lambda: self.written(begun))

    def written(self, begun: "Begun") -> Statements[Answer]:
        return _carrying_out()(begun, self.store.dialect, self.now(), self.version)


@cache
def _carrying_out() -> "Callable[[Begun, Dialect, str, Version], Statements[Answer]]":
    from icosa.workspace.performing import written  # here: reads need none of what writes; once, since it takes as long as finding a key

    return written


def _looked(asked: MetadataRead) -> Statements[Answer]:
    from icosa.workspace import beside

    return beside.look(asked)


CHANGING = Overloaded("the objects of the workspace were being changed all the while; nothing was written; try again in a moment")


_READS: Final = (OneAsked, PreparedPage, FindDuplicates, GroupBy)
_OF_METADATA: Final = (MetadataReshape, MetadataWrite)
_RECORDS: Final = (*_READS, Begun)
"""What is asked of records; all else is not counted."""


def _nowhere(request: Request) -> Answer:
    return framework_fault(404, f"Cannot {request.method} {brief(request.path)}", "Not Found")

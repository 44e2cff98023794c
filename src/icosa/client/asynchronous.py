"""The client for event loops: the same as the blocking one, to be awaited."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NoReturn, Self

from icosa.call.page import Record
from icosa.call.where import Where
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import label
from icosa.client.calls import Calls
from icosa.client.changes import OVERLAP, AsyncChanges, ChangesReading, Since
from icosa.client.credentials.resolving import resolve
from icosa.client.methods import NOT_PICKLED, Resources, awaiting
from icosa.client.operations import Operations
from icosa.client.sending.retries import Retries
from icosa.client.settings import ConnectionSettings, calls_to, embedded, key_of
from icosa.client.transport.awaiting import AsyncHttpTransport, AsyncTransport, InThreads, drive_soon
from icosa.client.transport.flow import Flow, T
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.client.walk import Progress, Walk
from icosa.errors import InvalidInput
from icosa.journal.protocol import Journal
from icosa.secret import Secret
from icosa.wire.actions import find_object
from icosa.wire.openapi.reading import Offers


class AsyncResource:
    """The records of one object, as Resource has them: `await crm.people.find_many()`."""

    def __init__(self, operations: Operations, drive: Callable[[Flow[Any]], Awaitable[Any]], known: Callable[[], Catalogue]) -> None:
        self._flows = operations
        self._drive = drive
        self._known = known

    @property
    def object(self) -> Object:
        """The object itself, once the workspace's catalogue has been read; before, InvalidInput is raised."""
        return find_object(self._known(), self._flows.name)

    find_many = awaiting(Operations.find_many)
    find_one = awaiting(Operations.find_one)
    look_up = awaiting(Operations.look_up)
    create_one = awaiting(Operations.create_one)
    create_many = awaiting(Operations.create_many)
    update_one = awaiting(Operations.update_one)
    upsert = awaiting(Operations.upsert)
    delete_one = awaiting(Operations.delete_one)
    restore_one = awaiting(Operations.restore_one)
    update_many = awaiting(Operations.update_many)
    delete_many = awaiting(Operations.delete_many)
    restore_many = awaiting(Operations.restore_many)
    merge = awaiting(Operations.merge)
    group_by = awaiting(Operations.group_by)
    find_duplicates = awaiting(Operations.find_duplicates)
    attach = awaiting(Operations.attach)
    detach = awaiting(Operations.detach)
    attached_to = awaiting(Operations.attached_to)
    targets = awaiting(Operations.targets)
    call = awaiting(Operations.call)

    async def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: int | None = None,
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> AsyncIterator[Record]:
        """Every record that there is, or that a filter finds, one page at a time: `async for person in
        crm.people.iterate()`.  All else is as for Resource.iterate."""
        walk = Walk(self._flows, where, order_by, depth, page_size, progress, deleted=deleted)
        while records := await self._drive(walk.next_page()):
            for record in records:
                yield record

    def changed(
        self, since: Since = None, *, depth: int | None = None, page_size: int | None = None, overlap: float = OVERLAP
    ) -> AsyncChanges[Record]:
        """What changed since a moment: `async for person in (changes := crm.people.changed(since=kept))`.  All else is
        as for Resource.changed."""
        return AsyncChanges(ChangesReading(self._flows, since, depth, page_size, overlap), self._drive)

    def __repr__(self) -> str:
        return f"<{label(self._flows.name)}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{self!r} {NOT_PICKLED}")


class AsyncClient(Resources[AsyncResource]):
    """A workspace, and every action of it, for an event loop.

        async with icosa.aconnect() as crm:
            company = await crm.companies.create_one(name="Analytical Engines")

    It has what Client has.  A resource goes by its name before the workspace's own catalogue has been read;
    whether there is such an object is then found out by its first call.  A call may be cancelled at any
    time: what it asked for may be done all the same, and the client goes on working.
    """

    def __init__(self, transport: AsyncTransport, calls: Calls, *, address: str = "") -> None:
        self._transport = transport
        super().__init__(calls, address)

    ready = awaiting(Calls.ready)
    run = awaiting(Calls.run)
    run_action = awaiting(Calls.run_action)

    @property
    def catalogue(self) -> Catalogue:
        """What the workspace has.  Raises InvalidInput until it has been read, by a call or `await crm.ready()`."""
        return self._read()[0]

    @property
    def offers(self) -> Offers:
        """What its server can do beyond the actions of 1.0.3; as for `catalogue`."""
        return self._read()[1]

    @property
    def journal(self) -> Journal | None:
        """What is told of every write, as it was given; None where nothing is."""
        return self._flows.journal

    def estimate(self, requests: int, *, at_once: int = 1) -> float:
        """About how many seconds so many requests will take, with so many under way at once: what the pace
        allows, by all that this machine sends with the key, and how long answers have taken so far."""
        return self._flows.estimate(requests, at_once=at_once)

    def unrecorded(self) -> AsyncClient:
        """The same without its journal, over the same connection: for who keeps a journal of all that a run writes."""
        return AsyncClient(self._transport, self._flows.unrecorded(), address=self.address)

    async def close(self) -> None:
        """Let go of connections, or of the embedded workspace, and of a journal that is a file."""
        self._flows.close()
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _make(self, name: str) -> AsyncResource:
        return AsyncResource(Operations(self._flows, name), self._drive, lambda: self.catalogue)

    async def _drive(self, flow: Flow[T]) -> T:
        return await drive_soon(flow, self._transport.send)

    def _read(self) -> tuple[Catalogue, Offers]:
        if self._flows.known is None:
            raise InvalidInput("the workspace's catalogue has not been read yet; await crm.ready() first")
        return self._flows.known

    def _unread(self, name: str) -> AsyncResource | None:
        return self._resource(name)


def aconnect(
    url: str | os.PathLike[str] | None = None,
    token: str | Secret | None = None,
    *,
    timeout: float = TIMEOUT_SECONDS,
    max_answer: int | str | None = None,
    catalogue: Catalogue | None = None,
    retries: Retries | float | str | None = None,
    pace: str | float | None = None,
    journal: Journal | bool | None = None,
    transport: AsyncTransport | None = None,
) -> AsyncClient:
    """A workspace to work with from an event loop; what it takes and raises is as for `connect`.

        async with icosa.aconnect("https://crm.example.com", token="…") as crm:
            ...

    An embedded workspace is asked in threads.
    """
    target = resolve(url, token)
    settings = ConnectionSettings(catalogue, retries, pace, journal)
    if target.embedded:
        opened, calls = embedded(target, settings)
        return AsyncClient(InThreads(opened), calls, address=target.url)
    carrier = transport or AsyncHttpTransport(target.url, key_of(target), timeout, max_answer)
    return AsyncClient(carrier, calls_to(target, settings), address=target.url)

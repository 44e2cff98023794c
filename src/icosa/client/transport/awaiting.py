"""The asynchronous way to a workspace: the driver of flows, and the transports."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from icosa.client.transport.blocking import Transport
from icosa.client.transport.flow import WAITED, Flow, T, Wait
from icosa.client.transport.http import Http
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.client.transport.unlogged import unlogged
from icosa.errors import IcosaError
from icosa.secret import Secret
from icosa.wire.message import Answer, Request

CONNECTIONS = 100
"""How many requests are under way at once; more wait for their turn, and their time runs from there."""


class AsyncTransport(Protocol):
    """As Transport, for an event loop.  A request that is cancelled leaves the others, and the connections
    that are kept, as they are."""

    async def send(self, request: Request) -> Answer: ...

    async def close(self) -> None: ...


async def drive_soon(flow: Flow[T], send: Callable[[Request], Awaitable[Answer]]) -> T:
    """Do the work of a flow without holding up the event loop.  Raises what it raises."""

    async def does(pending: Request | Wait) -> Answer:
        if isinstance(pending, Wait):
            await asyncio.sleep(pending.seconds)
            return WAITED
        return await send(pending)

    try:
        pending = next(flow)
        while True:
            try:
                answer = await does(pending)
            except IcosaError as error:
                pending = flow.throw(error)
            else:
                pending = flow.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        flow.close()


class InThreads:
    """A blocking transport, each request in a thread.  What a cancelled request asked for is done all the same."""

    def __init__(self, blocking: Transport) -> None:
        self._blocking = blocking

    async def send(self, request: Request) -> Answer:
        return await asyncio.to_thread(self._blocking.send, request)

    async def close(self) -> None:
        await asyncio.to_thread(self._blocking.close)


class AsyncHttpTransport:
    """A server.  Connections are kept and reused by all tasks of one event loop."""

    def __init__(self, address: str, token: Secret, timeout: float = TIMEOUT_SECONDS, max_answer: int | str | None = None) -> None:
        self._http = Http(address, token, timeout, max_answer)
        library = self._http.library
        self._client = library.AsyncClient(
            timeout=self._http.timeout,
            follow_redirects=False,
            limits=library.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )
        self._places = asyncio.Semaphore(CONNECTIONS)

    async def send(self, request: Request) -> Answer:
        async with self._places:
            try:
                async with asyncio.timeout(self._http.timeout):
                    with unlogged():
                        return await self._follow(request)
            except TimeoutError:
                raise self._http.timed_out(request) from None

    async def close(self) -> None:
        with unlogged():
            await self._client.aclose()

    async def _follow(self, request: Request) -> Answer:
        way = self._http.way(request)
        url = next(way)
        while True:
            answer = await self._exchange(request, url)
            try:
                url = way.send(answer)
            except StopIteration as end:
                final: Answer = end.value
                return final

    async def _exchange(self, request: Request, url: str) -> Answer:
        received = bytearray()
        try:
            async with self._client.stream(
                request.method, url, headers=self._http.headers(request), content=request.body or None
            ) as response:
                async for chunk in response.aiter_bytes():
                    received += chunk
                    if len(received) > self._http.max_answer:
                        raise self._http.too_long(request)
                return Answer(response.status_code, bytes(received), tuple(response.headers.items()))
        except self._http.failures as error:
            raise self._http.failed(request, error, len(received)) from None

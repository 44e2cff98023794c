"""Serves an ASGI application on a port of this machine, in a thread of the process that tests.

The front of `icosa serve` is made to be fast and to stay.  Here the connection itself is in a test's hands:
an application that fails ends it there and then, and the head of an answer is held back until its body begins,
so that an answer can be lost whole.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

import h11

from icosa.surfaces.testing.app import Application, CutOff, Message

_READ_BYTES = 65_536
_START_SECONDS = 30.0


class Host:
    """An application at `url`, until it is closed.  `now` is what answers say the date is."""

    def __init__(self, app: Application, now: Callable[[], datetime]) -> None:
        self._app = app
        self._now = now
        self._busy: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="icosa-host", daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._connection, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def settle(self) -> None:
        """Ends the requests that are being answered.  Connections that wait for the next one stay."""
        self._run(self._settle())

    def close(self) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Awaitable[Any]) -> Any:
        async def awaited() -> Any:
            return await work

        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result(_START_SECONDS)

    async def _settle(self) -> None:
        busy = list(self._busy)
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)

    async def _close(self) -> None:
        self._server.close()
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_default_executor()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers the requests of one connection, one after the other."""
        talk = h11.Connection(h11.SERVER)
        try:
            while (request := await _next(talk, reader, writer)) is not None:
                head, body = request
                exchange = asyncio.ensure_future(self._app(_scope(head), _receive(body), _Sending(talk, writer, self._now)))
                self._busy.add(exchange)
                try:
                    await exchange
                finally:
                    self._busy.discard(exchange)
                if talk.our_state is not h11.DONE or talk.their_state is not h11.DONE:
                    break
                talk.start_next_cycle()
        except (CutOff, ConnectionError, asyncio.CancelledError, h11.ProtocolError):
            pass  # whoever asked finds out that there is no more
        finally:
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


class _Sending:
    """The `send` of one exchange."""

    def __init__(self, talk: h11.Connection, writer: asyncio.StreamWriter, now: Callable[[], datetime]) -> None:
        self._talk = talk
        self._writer = writer
        self._now = now
        self._held = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message["headers"], (b"date", format_datetime(self._now(), usegmt=True).encode())]
            self._held = self._talk.send(h11.Response(status_code=message["status"], headers=headers)) or b""
            return
        data = self._talk.send(h11.Data(data=message["body"])) if message["body"] else b""
        over = not message.get("more_body")
        if over:
            data = (data or b"") + (self._talk.send(h11.EndOfMessage()) or b"")
        if data or over:
            self._writer.write(self._held + (data or b""))
            self._held = b""
            await self._writer.drain()


async def _next(talk: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[h11.Request, bytes] | None:
    """The next request with its whole body; None where the other side has no more."""
    head, body = None, b""
    while True:
        event = talk.next_event()
        match event:
            case h11.NEED_DATA:
                if talk.they_are_waiting_for_100_continue:
                    writer.write(talk.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
                talk.receive_data(await reader.read(_READ_BYTES))
            case h11.Request():
                head = event
            case h11.Data():
                body += event.data
            case h11.EndOfMessage() if head is not None:
                return head, body
            case _:
                return None


def _scope(head: h11.Request) -> dict[str, Any]:
    path, _, query = head.target.partition(b"?")
    return {
        "type": "http",
        "method": head.method.decode("ascii"),
        "path": unquote(path.decode("latin-1")),
        "query_string": query,
        "headers": list(head.headers),
    }


def _receive(body: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive

"""Pages beside the API: an ASGI application (3.0) that answers on connections of the front.

A body is handed on while it arrives, and no more of it is read than is asked for; an answer is sent while it is made, and
no more of it is made than is read.
"""

import asyncio
import logging
import threading
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any, NamedTuple, Protocol

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

API = (b"/rest", b"/open-api", b"/graphql", b"/metadata", b"/mcp", b"/healthz", b"/readyz", b"/metrics")
"""How the paths begin that are the API's, those of a Twenty among them that Icosa has nothing at; all others are pages'."""

HELD_BYTES = 64 * 1024
"""So much of a body is held at least before no more of it is read."""

_NO_BODY = frozenset({204, 304})
_BROKEN = b"The page failed, which is a mistake in Icosa; the server's log tells where.\n"
_log = logging.getLogger("icosa")


class Line(Protocol):
    """What is needed of the connection that a request came on."""

    @property
    def is_full(self) -> bool: ...

    @property
    def ends(self) -> bool: ...

    @property
    def date(self) -> bytes: ...

    def read_on(self) -> None: ...

    def answered(self, call: "Exchange") -> None: ...

    def cut(self) -> None: ...


class RequestHead(NamedTuple):
    """A request without its body; names of headers in small letters."""

    method: str
    path: str
    target: bytes
    headers: list[tuple[bytes, bytes]]
    version: str


class Exchange:
    """A request to an application, from its head to the end of its answer.  `whole` once its body is there, `last` where
    the connection ends with it; `status` is 0 until there is an answer, and `size` how many bytes its body has."""

    def __init__(self, head: RequestHead, last: bool, expects: bool) -> None:
        self.head = head
        self.whole = False
        self.last = last
        self.status = self.size = 0
        self._expects = expects  # the other side waits for the word to send its body
        self._pieces: deque[bytes] = deque()
        self._held = 0
        self._gone = self._done = False
        self._handed_on = False  # the application has the body to its end
        self._chunked = False
        self._start: Message | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    # The connection calls these.

    @property
    def is_full(self) -> bool:
        """Whether there is more of the body than was asked for."""
        return self._held >= HELD_BYTES

    def feed(self, piece: bytes) -> None:
        """Takes more of the body."""
        self._pieces.append(piece)
        self._held += len(piece)
        self.wake()

    def end(self) -> None:
        """The body is whole."""
        self.whole = True
        self.wake()

    def leave(self) -> None:
        """The other side is gone, or the rest of the body will never come."""
        self._gone = True
        self.wake()

    def wake(self) -> None:
        """Goes on where something was waited for."""
        for each in self._waiting:
            if not each.done():
                each.set_result(None)

    async def run(self, application: Application, line: Line, transport: asyncio.Transport) -> None:
        """Has the application answer."""
        self._line, self._transport = line, transport
        target, _, query = self.head.target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": self.head.version,
            "method": self.head.method,
            "path": self.head.path,
            "raw_path": target,
            "query_string": query,
            "root_path": "",
            "headers": self.head.headers,
            "scheme": "https" if transport.get_extra_info("sslcontext") else "http",
            "client": _end(transport, "peername"),
            "server": _end(transport, "sockname"),
        }
        try:
            await application(scope, self.receive, self.send)
        except Exception as error:
            if not self._gone:
                _tell(error)
        if not self._done:
            self._break_off()

    # The application calls these.

    async def receive(self) -> Message:
        """More of the body, and after its end, that the other side is gone."""
        if self._expects and not self._has_come:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._expects = False
        while not self._has_come:
            self._line.read_on()
            if not self._has_come:
                await self._wait()
        if (self._pieces or self.whole) and not self._handed_on:
            body = b"".join(self._pieces)
            self._pieces.clear()
            self._held, self._handed_on = 0, self.whole
            return {"type": "http.request", "body": body, "more_body": not self.whole}
        while not self._is_over:
            await self._wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Takes the answer.  Raises OSError where the other side is gone."""
        if self._gone:
            raise OSError("the other side is gone")
        if message["type"] == "http.response.start":
            self._start = message
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if not self.status:
            assert self._start is not None, "an answer begins with http.response.start"
            self.status = self._start["status"]
            self._transport.write(self._first(self._start, body, more))
        else:
            self._transport.write(self._framed(body, more))
        self.size += len(body)
        if not more:
            self._done = True
            self._line.answered(self)
            self.wake()
        while self._line.is_full and not self._is_over:
            await self._wait()

    @property
    def _has_come(self) -> bool:
        """Whether there is something to be told of the body: more of it, its end, or that it will have none."""
        return bool(self._pieces) or self.whole or self._gone

    @property
    def _is_over(self) -> bool:
        return self._gone or self._done

    def _first(self, start: Message, body: bytes, more: bool) -> bytes:
        """The head of the answer, and what is there of its body."""
        names = {name.lower() for name, _ in start["headers"]}
        lines = [b"HTTP/1.1 %d %b\r\n" % (self.status, _phrase(self.status)), self._line.date]
        lines += [b"%b: %b\r\n" % (name, value.translate(None, b"\r\n")) for name, value in start["headers"]]
        if b"content-length" not in names and self.status not in _NO_BODY:
            if not more:
                lines.append(b"content-length: %d\r\n" % len(body))
            elif self.head.version != "1.0":
                self._chunked = True
                lines.append(b"transfer-encoding: chunked\r\n")
        self.last = self.last or not self.whole or self._line.ends
        if self.last:
            lines.append(b"connection: close\r\n")
        return b"".join([*lines, b"\r\n", self._framed(body, more)])

    def _framed(self, body: bytes, more: bool) -> bytes:
        """A piece of the body as it travels."""
        if self.head.method == "HEAD" or self.status in _NO_BODY:
            return b""
        if not self._chunked:
            return body
        piece = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
        return piece if more else piece + b"0\r\n\r\n"

    async def _wait(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.add(turn)
        try:
            await turn
        finally:
            self._waiting.discard(turn)

    def _break_off(self) -> None:
        """Ends what the application did not."""
        if self.status or self._gone:
            self._line.cut()
            return
        self._done, self.status, self.size = True, 500, len(_BROKEN)
        start = {"headers": [(b"content-type", b"text/plain; charset=utf-8")]}
        self._transport.write(self._first(start, _BROKEN, False))
        self._line.answered(self)


class Late:
    """An application that is made when it is first asked, in a thread: what it is made of takes long to load."""

    def __init__(self, make: Callable[[], Application]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Application | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        made = await asyncio.to_thread(self._once) if self._made is None else self._made
        await made(scope, receive, send)

    def _once(self) -> Application:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


def _end(transport: asyncio.Transport, which: str) -> tuple[Any, ...] | None:
    """The host and the port of an end of a connection; a socket in the file system has none."""
    found = transport.get_extra_info(which)
    return tuple(found[:2]) if isinstance(found, tuple) else None


def _phrase(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:  # it has none
        return b""


def _tell(error: Exception) -> None:
    """Says where a page failed, and nothing of what was asked for."""
    _log.error("a page failed with %s at\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))

"""A front with limits of a test's own, in a thread of the process that tests, and raw connections to it."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from icosa.workspace import Workspace
from icosa.workspace.http.asgi import Application
from icosa.workspace.http.front import Front
from icosa.workspace.http.limits import Limits
from icosa.workspace.http.listening import Address, bind

PATIENCE_SECONDS = 30


class Raw:
    """A connection that sends bytes as they are given."""

    def __init__(self, port: int, receive_buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE_SECONDS)
        self.socket.connect(("127.0.0.1", port))
        self._read = b""

    def send(self, data: bytes) -> "Raw":
        self.socket.sendall(data)
        return self

    def answer(self, *, head_only: bool = False, as_json: bool = True) -> tuple[int, dict[str, str], Any]:
        """The next answer: status, headers, JSON, or its bytes.  Raises EOFError where the connection ends before."""
        while b"\r\n\r\n" not in self._read:
            self._more()
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        size = 0 if head_only else int(headers.get("content-length", 0))
        while len(self._read) < size:
            self._more()
        body, self._read = self._read[:size], self._read[size:]
        return int(first.split()[1]), headers, json.loads(body) if body and as_json else body or None

    def rest(self) -> bytes:
        """All that comes until the connection ends."""
        while True:
            try:
                self._more()
            except EOFError:
                return self._read

    def ends(self) -> bool:
        """Whether the other side ends the connection, and says no more."""
        try:
            return not self._read and self.socket.recv(65_536) == b""
        except ConnectionError:
            return True

    def was_cut(self) -> bool:
        """Whether the connection ended within an answer."""
        try:
            while True:
                self.answer()
        except (EOFError, ConnectionError):
            return True
        except TimeoutError:
            return False

    def close(self) -> None:
        self.socket.close()

    def _more(self) -> None:
        data = self.socket.recv(65_536)
        if not data:
            raise EOFError(self._read)
        self._read += data


@dataclass
class Fronted:
    front: Front
    port: int
    token: str
    loop: asyncio.AbstractEventLoop
    callers: list[Raw] = field(default_factory=list)

    def connect(self, receive_buffer: int | None = None) -> Raw:
        """A connection, closed at the latest with the front."""
        self.callers.append(Raw(self.port, receive_buffer))
        return self.callers[-1]

    def head(self, line: str, *headers: str, key: bool = True) -> bytes:
        """The bytes of a request up to its body."""
        lines = [f"{line} HTTP/1.1", "Host: crm.example.com", *([f"Authorization: Bearer {self.token}"] if key else []), *headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def post(self, body: bytes, *headers: str, path: str = "/rest/companies") -> bytes:
        return self.head(f"POST {path}", f"Content-Length: {len(body)}", *headers) + body

    def held(self) -> int:
        """How many bytes of answers wait for their readers."""
        return self._ask(lambda: sum(each.unread for each in self.front._connections))

    def _ask(self, look: Callable[[], int]) -> int:
        async def answer() -> int:
            return look()

        return asyncio.run_coroutine_threadsafe(answer(), self.loop).result(PATIENCE_SECONDS)

    def stop(self, last: Callable[[], object] = lambda: None, within: float = PATIENCE_SECONDS) -> None:
        """Stops within the seconds, or raises TimeoutError.  Nothing that `last` sends is read before the stop has begun."""

        async def stop() -> None:
            last()
            await self.front.stop()

        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(within)


@contextmanager
def fronted(workspace: Workspace, token: str, limits: Limits, pages: Application | None = None) -> Iterator[Fronted]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    (at,) = bind(Address(port=0))
    front = Front(workspace, limits, pages=pages)
    running = Fronted(front, at.getsockname()[1], token, loop)
    try:
        asyncio.run_coroutine_threadsafe(front.start(at), loop).result(PATIENCE_SECONDS)
        yield running
    finally:
        for each in running.callers:
            each.close()
        running.stop()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_SECONDS)
        loop.close()

"""What stands before a workspace on a network: listens, knows all connections, and keeps their limits."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable
from http import HTTPStatus
from time import time

from icosa.errors import Overloaded
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import framework_fault, write_fault
from icosa.workspace.http import exchange
from icosa.workspace.http.asgi import API, Application
from icosa.workspace.http.connection import Connection
from icosa.workspace.http.incoming import Arrived
from icosa.workspace.http.limits import Limits
from icosa.workspace.http.memory_budget import NoRoom, Room
from icosa.workspace.http.probes import probes
from icosa.workspace.http.watch import Watch
from icosa.workspace.workspace import Workspace

_BACKLOG = 1024
_LAST_CALL_SECONDS = 0.02
"""For connections that the system has accepted already: they would be reset."""


class Front:
    """Serves a workspace over HTTP/1.1 in the event loop that it is started in.

    `pages` answer what is not the API's, and all there is where there is no workspace.  `now` is the loop's clock, `date`
    the header that tells the time of day; both are as of the last tick.
    """

    def __init__(
        self, workspace: Workspace | None, limits: Limits | None = None, watch: Watch | None = None, pages: Application | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.watch = watch
        self.note = watch.note if watch else None
        self.bodies = Room(self.limits.bodies_bytes, self.limits.patience)
        self.stopping = False
        self.scheme = "http"
        self.pages: Application = pages or _none
        self.api = () if workspace is None else (b"",) if pages is None else API
        self.key_in_query = workspace is None or workspace.version.requests.key_in_query
        self._workspace = workspace or _Nowhere()
        self._probes = probes(workspace, watch) if workspace else {}
        self._connections: dict[Connection, None] = {}  # in the order of their coming
        self._slow: dict[Connection, None] = {}  # those that do not read their answers, in the order of their coming
        self._looking: asyncio.TimerHandle | None = None
        self._freeing: dict[Connection, int] = {}  # the bytes that the event loop still holds of connections that were cut

    async def start(self, at: socket.socket, secure: ssl.SSLContext | None = None) -> None:
        """Accepts connections from now on, in TLS where `secure` says how."""
        loop = asyncio.get_running_loop()
        create = loop.create_unix_server if at.family == getattr(socket, "AF_UNIX", None) else loop.create_server
        self.scheme = "https" if secure else "http"
        self._tick()
        self._look()
        self._server = await create(
            lambda: Connection(self),
            sock=at,
            backlog=_BACKLOG,
            ssl=secure,
            ssl_handshake_timeout=self.limits.first_seconds if secure else None,  # until then, a connection is not known here
            ssl_shutdown_timeout=self.limits.linger_seconds if secure else None,
        )
        self._at = at

    async def stop(self) -> None:
        """Accepts no more connections, and answers what has arrived, within the grace of the limits."""
        self.stopping = True
        await asyncio.sleep(_LAST_CALL_SECONDS)
        self._server.close()
        self._at.close()  # the server had another hold of it, and who came now would wait for nobody
        ends = asyncio.get_running_loop().time() + self.limits.grace_seconds
        for each in list(self._connections):
            each.stop()
        while self._connections and asyncio.get_running_loop().time() < ends:
            await asyncio.sleep(min(0.02, self.limits.tick_seconds))
        for each in list(self._connections):
            each.cut()
        self._ticking.cancel()
        if self._looking is not None:
            self._looking.cancel()

    # Connections call these.

    def welcome(self, connection: Connection) -> None:
        """Takes a new connection in.  Where there are too many, one that rests makes room, or this one is turned away."""
        if len(self._connections) >= self.limits.connections:
            resting = next((each for each in self._connections if each.idle), None)
            if resting is None:
                connection.turn_away()
            else:
                resting.cut()
        self._connections[connection] = None

    def forget(self, connection: Connection) -> None:
        self._connections.pop(connection, None)
        self._slow.pop(connection, None)
        self.bodies.give_back(connection)

    def frees(self, connection: Connection, size: int) -> None:
        """Notes that the event loop is to give memory back, which it does when it has heard everybody once."""
        self._freeing[connection] = size

    def freed(self, connection: Connection) -> None:
        self._freeing.pop(connection, None)

    def begin(self, request: Request) -> Answer | Awaitable[Answer]:
        """The answer, or what is to be awaited for it.  Never raises."""
        if self._freeing and self._unread() > self.limits.answers_bytes:
            return self._begin_when_freed(request)
        probe = self._probes.get(request.path)
        if probe is not None:
            return probe()
        try:
            return self._workspace.begin(request)
        except Exception as error:  # a mistake of ours: whoever asked still gets an answer that can be read
            return exchange.broken(request, error)

    async def refuses(self, request: Request, size: int) -> Answer | None:
        """Why a request is refused whatever its body, of so many bytes, says; None where it is not."""
        try:
            return await self._workspace.refuses(request, size)
        except Exception as error:
            return exchange.broken(request, error)

    async def make_room(self, connection: Connection, size: int) -> Answer | None:
        """Waits until there is room for a body.  What is returned is why there is none."""
        if size > self.limits.body_bytes:
            return exchange.too_long(self.limits.body_bytes)
        if size > self.limits.free_bytes:
            connection.holds_room = True
            try:
                await self.bodies.take(connection, size, self.limits.room_seconds)
            except NoRoom:
                return write_fault(Overloaded("too many long bodies are on their way; send this one again in a moment"))
        return None

    async def unpacked(self, connection: Connection, asked: Arrived) -> Answer:
        """The answer to a request whose body is packed.  A long one is unpacked for whom a body is read, where there is
        room for as much as it may become."""
        request = asked.request
        refusal = await self.refuses(request._replace(body=b""), len(request.body))
        if refusal is not None:
            return refusal
        body = exchange.unpacked(request.body, asked.encoding, self.limits.free_bytes)
        if isinstance(body, Answer) and body.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            self.bodies.give_back(connection)
            refusal = await self.make_room(connection, self.limits.body_bytes)
            if refusal is not None:
                return refusal
            body = await asyncio.to_thread(exchange.unpacked, request.body, asked.encoding, self.limits.body_bytes)
        if isinstance(body, Answer):
            return body
        begun = self.begin(request._replace(body=body))
        return begun if isinstance(begun, Answer) else await begun

    def reads_slowly(self, connection: Connection) -> None:
        """Notes who does not read.  Where answers wait for too much memory, those who have been slow for longest go."""
        self._slow[connection] = None
        over = sum(each.unread for each in self._slow) - self.limits.answers_bytes
        while over > 0 and len(self._slow) > 1:
            slowest = next(iter(self._slow))
            over -= slowest.unread
            slowest.cut()

    def reads_again(self, connection: Connection) -> None:
        self._slow.pop(connection, None)

    def _unread(self) -> int:
        """How many bytes of answers are in memory."""
        return sum(each.unread for each in self._slow) + sum(self._freeing.values())

    async def _begin_when_freed(self, request: Request) -> Answer:
        while self._freeing:
            await asyncio.sleep(0)
        begun = self.begin(request)
        return begun if isinstance(begun, Answer) else await begun

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        self.now = loop.time()
        self.date = b"date: %b\r\n" % exchange.date_text(time()).encode()
        for each in [each for each in self._connections if each.deadline < self.now]:
            each.expire()
        self._ticking = loop.call_later(self.limits.tick_seconds, self._tick)

    def _look(self) -> None:
        if self.watch is not None:
            try:
                self.watch.look(len(self._connections), self._unread(), self.bodies.held)
            finally:
                self._looking = asyncio.get_running_loop().call_later(self.watch.wait, self._look)


class _Nowhere:
    """Stands where there is no workspace, but pages alone: of what they are asked, nothing comes here."""

    def begin(self, request: Request) -> Answer:
        return framework_fault(404, f"Cannot {request.method} anything here", "Not Found")

    async def refuses(self, request: Request, size: int) -> Answer | None:
        return self.begin(request)


async def _none(*_: object) -> None:
    """The pages where there are none: nothing comes to them."""

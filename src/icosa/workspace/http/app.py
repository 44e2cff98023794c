"""The workspace as an ASGI application, for other servers and for tests: bytes in, bytes out, nothing else.

`icosa serve` needs none of it; what HTTP means is in `exchange`, for both.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from icosa.errors import InvalidQuery
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import write_fault
from icosa.wire.version import DOCUMENTS
from icosa.workspace.http import exchange
from icosa.workspace.http.limits import MAX_BODY_BYTES
from icosa.workspace.workspace import Workspace

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class App:
    """Serves the workspace that `open_` makes when the server starts."""

    def __init__(self, open_: Callable[[], Workspace]) -> None:
        self._open = open_
        self._workspace: Workspace | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._workspace = self._workspace or self._open()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._workspace:
                    self._workspace.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        method: str = scope["method"]
        if method == "OPTIONS":
            asked = headers.get(b"access-control-request-headers", b"")
            await send({"type": "http.response.start", "status": 204, "headers": exchange.preflight(asked)})
            await send({"type": "http.response.body", "body": b""})
            return
        answer = await self._answer(scope, headers, receive)
        own = [
            exchange.JSON,
            exchange.ANY_ORIGIN,
            (b"content-length", b"%d" % len(answer.body)),
            *(exchange.own_headers(answer) if answer.headers else ()),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": own})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body})

    async def _answer(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Answer:
        workspace = self._workspace
        if workspace is None:
            workspace = self._workspace = self._open()
        try:
            request = _head(scope, headers, key_in_query=workspace.version.requests.key_in_query)
        except InvalidQuery as error:
            return write_fault(error)
        try:
            body = await self._body(workspace, request, headers, receive)
            answer = body if isinstance(body, Answer) else await workspace.answer_soon(request._replace(body=body))
        except Exception as error:  # a mistake of ours: whoever asked still gets an answer that can be read
            return exchange.broken(request, error)
        return exchange.unless_at_hand(answer, headers.get(b"if-none-match", b"")) if answer.headers else answer

    async def _body(self, workspace: Workspace, request: Request, headers: dict[bytes, bytes], receive: Receive) -> bytes | Answer:
        """The whole body, or why it is not read: nothing of one is kept for a caller who may not send it."""
        if request.method in exchange.BODILESS:
            return b""
        message = await receive()
        parts = [message.get("body", b"")]
        if message.get("more_body"):
            refusal = await workspace.refuses(request, _announced(headers))
            if refusal is not None:
                return refusal
        size = len(parts[0])
        while message.get("more_body") and size <= MAX_BODY_BYTES:
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            return exchange.too_long()
        body = b"".join(parts)
        encoding = exchange.read_encoding(headers.get(b"content-encoding", b""))
        return exchange.unpacked(body, encoding) if body and encoding else body


def _announced(headers: dict[bytes, bytes]) -> int:
    """How long the body is to be; as long as can be where nothing is said."""
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() else MAX_BODY_BYTES


def _head(scope: Scope, headers: dict[bytes, bytes], *, key_in_query: bool) -> Request:
    """The request without its body.  Raises InvalidQuery for a query that is no text."""
    query = exchange.read_query(scope["query_string"])
    token = exchange.read_token(headers.get(b"authorization", b"").decode("latin-1"), query if key_in_query else "")
    method: str = scope["method"]
    agent = headers.get(b"user-agent", b"").decode("latin-1")
    return Request(
        "GET" if method == "HEAD" else method,
        scope["path"],
        query,
        b"",
        token,
        agent,
        form=exchange.is_form(headers.get(b"content-type", b"")),
        asked_at=exchange.read_origin(scope.get("scheme", "http"), headers.get(b"host", b"")) if DOCUMENTS in scope["path"] else "",
    )

"""The ASGI application: bytes in, bytes out, nothing else.  One dispatch and no framework, because the
objects of a catalogue are known at run time only, and because it is the hottest path of all."""

import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from icosa.errors import ServerBroken
from icosa.wire.faults import framework_fault, write_fault
from icosa.wire.message import Answer, Request
from icosa.workspace.workspace import Workspace

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MAX_BODY_BYTES = 10 * 1024 * 1024
_JSON = (b"content-type", b"application/json; charset=utf-8")
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_log = logging.getLogger("icosa")
_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
_PREFLIGHT = [
    _ANY_ORIGIN,
    (b"access-control-allow-methods", b"GET,HEAD,PUT,PATCH,POST,DELETE"),
    (b"access-control-allow-headers", b"Authorization,Content-Type"),
    (b"content-length", b"0"),
]


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
        workspace = self._workspace
        if workspace is None:
            workspace = self._workspace = self._open()
        method: str = scope["method"]
        if method == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            await send({"type": "http.response.body", "body": b""})
            return
        body = b"" if method in _BODILESS else await _body(receive)
        if body is None:
            text = f"the body is longer than {MAX_BODY_BYTES // 1024 // 1024} MB; send smaller batches"
            answer = framework_fault(413, text, "Payload Too Large")
        else:
            try:
                answer = await workspace.answer_soon(_request(scope, method, body))
            except Exception as error:  # a mistake of ours: whoever asked still gets an answer that can be read
                answer = _broken(scope, error)
            if answer.headers:
                answer = _unless_at_hand(scope, answer)
        await _send(send, answer, method)


def _broken(scope: Scope, error: Exception) -> Answer:
    """The answer to a request at which the workspace failed.  The log tells where, and not the error's own words,
    which may hold what was sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s %s failed with %s at\n%s", scope["method"], scope["path"], type(error).__name__, where)
    return write_fault(ServerBroken("the workspace failed at this request, which is a mistake in Icosa; the server's log tells where"))


def _request(scope: Scope, method: str, body: bytes) -> Request:
    authorization = agent = ""
    for name, value in scope["headers"]:
        if name == b"authorization":
            authorization = value.decode("latin-1")
        elif name == b"user-agent":
            agent = value.decode("latin-1")
    query: str = scope["query_string"].decode("latin-1")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        token = parse_qs(query).get("token", [""])[0] if "token=" in query else ""
    return Request("GET" if method == "HEAD" else method, scope["path"], query, body, token.strip() or None, agent)


def _unless_at_hand(scope: Scope, answer: Answer) -> Answer:
    """The answer, or that nothing has changed where the caller has this very one (RFC 9110, If-None-Match)."""
    etag = next((value for name, value in answer.headers if name == "ETag"), None)
    asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match"), None)
    if etag is None or asked is None or etag not in [each.strip().removeprefix("W/") for each in asked.split(",")]:
        return answer
    return Answer(304, b"", answer.headers)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None where it is too long."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= MAX_BODY_BYTES:
        message = await receive()
        body += message.get("body", b"")
    return None if len(body) > MAX_BODY_BYTES else body


async def _send(send: Send, answer: Answer, method: str) -> None:
    headers = [_JSON, _ANY_ORIGIN, (b"content-length", b"%d" % len(answer.body))]
    for name, value in answer.headers:
        headers.append((name.lower().encode(), value.encode("latin-1", "replace")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body})

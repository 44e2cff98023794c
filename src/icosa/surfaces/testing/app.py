"""Faults around an ASGI application, whichever server runs it."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from icosa.surfaces.testing.faults import UNHARMED, Faults
from icosa.surfaces.testing.rules import CutShort
from icosa.wire.message import Answer

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class CutOff(Exception):
    """Ends a connection in the middle of an answer.  A server meets an application that failed, and closes."""


class FaultyApp:
    """An ASGI application with faults.  `faults` is asked for before every request, so that they can be others
    from one to the next."""

    def __init__(self, app: Application, faults: Callable[[], Faults]) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        fate = UNHARMED
        if scope["type"] == "http" and scope["method"] != "OPTIONS":
            fate = self._faults().fate(scope["method"], scope["path"], scope.get("query_string", b"").decode("latin-1"))
        if fate is UNHARMED:
            await self._app(scope, receive, send)
            return
        answer = fate.instead() or await self._answer(scope, receive)
        if fate.seconds:
            await asyncio.sleep(fate.seconds)
        match fate.deliver(answer):
            case CutShort(_, received):
                # A server that has held the head back until now never sends it; another ends after the head.
                await _begin(send, answer)
                await send({"type": "http.response.body", "body": answer.body[: received or 0], "more_body": True})
                raise CutOff
            case Answer() as whole:
                await _begin(send, whole)
                await send({"type": "http.response.body", "body": whole.body})

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        """What the application answers, whole."""
        status, headers, body = 0, [], b""

        async def keep(message: Message) -> None:
            nonlocal status, headers, body
            if message["type"] == "http.response.start":
                status, headers = message["status"], message["headers"]
            else:
                body += message.get("body", b"")

        await self._app(scope, receive, keep)
        return Answer(status, body, tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers))


async def _begin(send: Send, answer: Answer) -> None:
    headers = {name.lower(): value for name, value in answer.headers}
    headers.setdefault("content-type", "application/json; charset=utf-8")
    headers.setdefault("content-length", str(len(answer.body)))
    listed = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": listed})

"""How long the body of a request may be."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icosa.surfaces.console.submitted import FORM

_KEY = "icosa.longest_body"


class LongestBody:
    """Takes no more than `size` bytes of a body, and lets go of what came in it once it is answered.  One around a page counts
    in the place of the one around them all."""

    def __init__(self, app: ASGIApp, size: int) -> None:
        self._app = app
        self._size = size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        outermost = _KEY not in scope
        scope[_KEY] = self._size
        if not outermost:
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, _counted(scope, receive), send)
        finally:
            if FORM in scope:
                await scope[FORM].close()


def _counted(scope: Scope, receive: Receive) -> Receive:
    length = Request(scope).headers.get("content-length", "")
    received = int(length) if length.isdigit() else 0
    come = 0

    async def counting() -> Message:
        nonlocal come
        if received > scope[_KEY]:
            raise _too_long(scope[_KEY])
        message = await receive()
        come += len(message.get("body", b""))
        if come > scope[_KEY]:
            raise _too_long(scope[_KEY])
        return message

    return counting


def _too_long(size: int) -> HTTPException:
    text = f"{size // (1024 * 1024)} MB" if size >= 1024 * 1024 else f"{size:,} bytes"
    return HTTPException(413, f"What was sent is longer than the {text} that this page takes. Send less at a time.")

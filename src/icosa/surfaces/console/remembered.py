"""Pages that nobody has to make again: those whose questions the workspace would answer as it did when they were made.

A table is nothing but what its address and its browser ask for, who looks, the counts at the side, and the answers of the
workspace.  So a page is kept with these, and sent again where all of them are the same: the session is looked up each time, and
the workspace is asked each time whether anybody has written to it.  Where somebody has, it is asked the same questions again,
and the page is made anew if one answer is another.  Nothing here goes by how old a page is.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icosa.errors import IcosaError
from icosa.surfaces.console.navigation import Navigation, stands
from icosa.surfaces.console.site import Inquiry, Site, Visitor

MADE_OF: Final = "icosa.made_of"
"""Where a page says what it is made of: in the scope of its request."""

_READ: Final = ("host", "cookie", "accept-encoding", "hx-request", "hx-request-type")
"""The headers that a table, or what stands before it, reads of a GET."""

_BYTES: Final = 8 * 1024 * 1024
"""What is kept in all: some eight hundred tables of sixty rows, as they travel."""
_AROUND: Final = 2048
"""About what is kept beside the bytes of a page."""


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Who looked at a page, what the workspace was asked for it, with digests of the answers, and what stood at its side, None
    for a part of one."""

    visitor: Visitor
    asked: Sequence[Inquiry]
    navigation: Navigation | None


@dataclass(slots=True)
class _Kept:
    made_of: MadeOf
    messages: Sequence[Message]
    token: str
    commits: object
    size: int


class Remembered:
    """Sends pages again that say what they are made of, as long as they would be the same."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        self._kept: OrderedDict[tuple[str | bytes | None, ...], _Kept] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/browse/"):
            await self._app(scope, receive, send)
            return
        key = _key(scope)
        kept = self._kept.get(key)
        if kept is not None and await self._holds(kept, scope["app"].state):
            self._kept.move_to_end(key)
            for message in kept.messages:
                await send(message)
            return
        messages: list[Message] = []

        async def noting(message: Message) -> None:
            messages.append(message)
            await send(message)

        await self._app(scope, receive, noting)
        if MADE_OF in scope:
            self._keep(key, self._made(scope, messages))

    async def _holds(self, kept: _Kept, state: Any) -> bool:
        """Whether the same page would be made now.  What goes wrong here, goes wrong again where it is made, and is told there."""
        made_of = kept.made_of
        if made_of.navigation is not None and not stands(state, made_of.navigation):
            return False
        try:
            if await self._site.sessions.visitor(kept.token) != made_of.visitor:
                return False
            commits = self._site.commits()
            if commits != kept.commits:
                if not await self._site.answers_alike(made_of.visitor, made_of.asked):
                    return False
                kept.commits = commits
        except IcosaError:
            return False
        return True

    def _made(self, scope: Scope, messages: Sequence[Message]) -> _Kept:
        made_of: MadeOf = scope[MADE_OF]
        headers = Headers(scope=scope)
        token = cookie_parser(headers.get("cookie", "")).get(self._site.door.cookie(headers["host"]), "")
        size = _AROUND + sum(len(each.get("body", b"")) for each in messages)
        return _Kept(made_of, messages, token, None, size)

    def _keep(self, key: tuple[str | bytes | None, ...], made: _Kept) -> None:
        old = self._kept.pop(key, None)
        self._size -= old.size if old else 0
        if made.size > _BYTES // 16:  # one that drives many others out
            return
        self._kept[key] = made
        self._size += made.size
        while self._size > _BYTES:
            self._size -= self._kept.popitem(last=False)[1].size


def _key(scope: Scope) -> tuple[str | bytes | None, ...]:
    headers = dict(scope["headers"])
    return (scope["path"], scope["query_string"], *(headers.get(each) for each in _NAMES))


_NAMES: Final = tuple(each.encode() for each in _READ)

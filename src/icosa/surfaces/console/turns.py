"""Edits of one record, one after the other: each looks whether the value is still as it was seen, and writes right after.

Two pages that save in the same instant would both see what was there before either, and the second would write over the first
unseen.  This holds for all pages of a process; another process, and the API, can still come between the look and the write, which
are a few milliseconds apart.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

_LOCKS: Final = tuple(Lock() for _ in range(64))
"""Records share them: who waits for another record's edit waits for as long as one takes."""


def turn_of(id_: str) -> Lock:
    """What is held while a record is looked at and written."""
    return _LOCKS[hash(id_.lower()) % len(_LOCKS)]


def in_turn(save: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A page that saves what was edited of the record in its path, made to wait for others that save the same one."""

    @wraps(save)
    def page(request: Request) -> Response:
        with turn_of(request.path_params["id"]):
            return save(request)

    return page

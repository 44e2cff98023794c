"""Keeps the HTTP library from logging what this client asks: a URL holds a filter, and a filter people's addresses.

The library's loggers belong to the whole program, so they are not turned down; what is logged about a request of
this client, in whatever thread or task, is dropped, and what anybody else does with the library is logged as before.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final

LOGGERS: Final = (
    "httpx2",
    *(f"httpcore2{of}" for of in ("", ".connection", ".http11", ".http2", ".proxy", ".socks")),
)
"""Those that the library has.  A filter of a logger does not hold for its children."""

_OURS: Final = ContextVar("ours", default=False)


class _OfOthers(logging.Filter):
    def filter(self, _: logging.LogRecord) -> bool:
        return not _OURS.get()


@cache
def watch() -> None:
    """Have the library's loggers ask whose request it is."""
    of_others = _OfOthers()
    for name in LOGGERS:
        logging.getLogger(name).addFilter(of_others)


@contextmanager
def unlogged() -> Iterator[None]:
    """What happens in the block is this client's."""
    token = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(token)

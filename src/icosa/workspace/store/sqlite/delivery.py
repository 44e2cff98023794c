"""Brings results from the writer's thread to an event loop.

Waking a loop from another thread costs a system call, and writes that share a commit are done at the same
moment; so whatever is done when the loop wakes is handed over at once.
"""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any


class Delivery:
    """The way to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._done: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._called = False

    def expect(self, future: "Future[Any]") -> "asyncio.Future[Any]":
        """What the loop awaits for a result that another thread will have."""
        waiter = self._loop.create_future()
        future.add_done_callback(lambda done: self._bring(waiter, done))
        return waiter

    def _bring(self, waiter: "asyncio.Future[Any]", done: "Future[Any]") -> None:
        self._done.append((waiter, done))
        if not self._called:
            self._called = True
            self._loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        self._called = False
        while self._done:
            waiter, done = self._done.popleft()
            if waiter.cancelled():
                continue
            error = done.exception()
            if error is None:
                waiter.set_result(done.result())
            else:
                waiter.set_exception(error)

"""What event loops have of a store: reads in threads, so many at once, and results brought from the writer's thread.

Waking a loop from another thread costs a system call, and writes that share a commit are done at the same
moment; so whatever is done when the loop wakes is handed over at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from weakref import WeakKeyDictionary

from icosa.workspace.store.statement import T
from icosa.workspace.store.threads import Threads

SLOW_THREADS = 4


class Loops:
    """All event loops that ask one store."""

    def __init__(self) -> None:
        self.threads = Threads(SLOW_THREADS, "icosa-slow")
        self._deliveries: WeakKeyDictionary[asyncio.AbstractEventLoop, Delivery] = WeakKeyDictionary()
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def in_turn(self, read: Callable[[], T]) -> T:
        """The result of a slow read."""
        loop = asyncio.get_running_loop()
        turns = self._turns.get(loop)
        if turns is None:
            turns = self._turns[loop] = asyncio.Semaphore(SLOW_THREADS)
        async with turns:  # threads that ran ahead of the loop would pile up answers that nobody has sent yet
            return await self.threads.run(read)

    async def written(self, future: "Future[T]") -> T:
        """The result of a write."""
        loop = asyncio.get_running_loop()
        delivery = self._deliveries.get(loop)
        if delivery is None:
            delivery = self._deliveries[loop] = Delivery(loop)
        result: T = await delivery.expect(future)
        return result


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

"""What event loops have of a store: reads in threads, so many at once, and results brought from the writer's thread.

Waking a loop from another thread costs a system call, and writes that share a commit are done at the same
moment; so whatever is done when the loop wakes is handed over at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
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

    def expect(self) -> "Awaited":
        """What a write is to be given, for it to tell the loop that runs how it ended."""
        loop = asyncio.get_running_loop()
        delivery = self._deliveries.get(loop)
        if delivery is None:
            delivery = self._deliveries[loop] = Delivery(loop)
        return delivery.expect()


class Delivery:
    """The way to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._done: deque[Awaited] = deque()
        self._called = False

    def expect(self) -> "Awaited":
        """What another thread is to be given, for it to say how something ended."""
        return Awaited(self, self._loop.create_future())

    def bring(self, ended: "Awaited") -> None:
        self._done.append(ended)
        if not self._called:
            self._called = True
            with suppress(RuntimeError):  # a loop that was closed awaits nothing
                self._loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        self._called = False
        while self._done:
            self._done.popleft().hand_over()


class Awaited:
    """What concurrent.futures.Future is between threads, without its locks: it is told once how something ended, by one thread, and
    one loop awaits its `waiter`."""

    __slots__ = ("_delivery", "_error", "_result", "waiter")

    def __init__(self, delivery: Delivery, waiter: "asyncio.Future[Any]") -> None:
        self._delivery = delivery
        self._result: Any = None
        self._error: BaseException | None = None
        self.waiter = waiter

    def set_running_or_notify_cancel(self) -> bool:
        """Whether it is to be begun: a write is done even where nobody waits for it any more."""
        return True

    def set_result(self, result: Any) -> None:
        self._result = result
        self._delivery.bring(self)

    def set_exception(self, exception: BaseException | None) -> None:
        self._error = exception
        self._delivery.bring(self)

    def hand_over(self) -> None:
        """Tells who awaits it; called by its loop."""
        if self.waiter.cancelled():
            return
        if self._error is None:
            self.waiter.set_result(self._result)
        else:
            self.waiter.set_exception(self._error)

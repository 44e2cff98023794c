"""What event loops have of a store: reads in threads, so many at once, and results brought from the writer's thread.

Waking a loop from another thread costs a system call, and writes that share a commit are done at the same
moment; so whatever is done when the loop wakes is handed over at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Generator
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
        self._deliveries: dict[asyncio.AbstractEventLoop, Delivery] = {}
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
            for ended in [each for each in list(self._deliveries) if each.is_closed()]:  # other threads have loops too
                self._deliveries.pop(ended, None)
            delivery = self._deliveries[loop] = Delivery(loop)
        return delivery.expect()


class Delivery:
    """The way to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._done: deque[Awaited] = deque()
        self._called = False

    def expect(self) -> "Awaited":
        """What another thread is to be given, for it to say how something ended."""
        return Awaited(self)

    def bring(self, ended: "Awaited") -> None:
        self._done.append(ended)
        if not self._called:
            self._called = True
            with suppress(RuntimeError):  # a loop that was closed awaits nothing
                self.loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        self._called = False
        while self._done:
            try:
                self._done.popleft().hand_over()
            except Exception as error:  # of who was told; the others are told all the same
                self.loop.call_exception_handler({"message": "who waited for a write failed when it was told", "exception": error})


class Awaited:
    """What concurrent.futures.Future is between threads, without its locks: it is told once how something ended, by one thread, and
    one loop takes it, or awaits it, once.  A future of the loop's own would be made for each write, and have its loop go round once
    more."""

    __slots__ = ("_delivery", "_ended", "_error", "_result", "_take")

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._result: Any = None
        self._error: BaseException | None = None
        self._ended = False
        self._take: Callable[[Awaited], None] | None = None

    # Another thread calls these.

    def set_running_or_notify_cancel(self) -> bool:
        """Whether it is to be begun: a write is done even where nobody waits for it any more."""
        return True

    def set_result(self, result: Any) -> None:
        self._result = result
        self._delivery.bring(self)

    def set_exception(self, exception: BaseException | None) -> None:
        self._error = exception
        self._delivery.bring(self)

    # The loop calls these.

    def hand_over(self) -> None:
        """Tells who waits for it."""
        self._ended = True
        if self._take is not None:
            self._take(self)

    def add_done_callback(self, take: Callable[["Awaited"], None]) -> None:
        """Has it taken by a call, in the turn of the loop in which it is there."""
        self._take = take
        if self._ended:
            self._delivery.loop.call_soon(take, self)

    def exception(self) -> BaseException | None:
        """Its error, once it has ended."""
        return self._error

    def result(self) -> Any:
        """Its result, once it has ended.  Raises its error."""
        if self._error is not None:
            raise self._error
        return self._result

    def __await__(self) -> Generator[Any, None, Any]:
        if not self._ended:
            waiter = self._delivery.loop.create_future()

            def wake(_: Awaited) -> None:
                if not waiter.done():  # who awaited it may have been called off
                    waiter.set_result(None)

            self._take = wake
            yield from waiter
        return self.result()

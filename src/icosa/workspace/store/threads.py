"""Threads that an event loop hands work to."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Threads:
    """So many at most.  There are none, nor is anything loaded for them, before there is work: who blocks has no event loop, and
    asyncio alone is a fifth of what a short command costs."""

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, call: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """What a call gives that may block, for the event loop that runs here."""
        from asyncio import get_running_loop  # here: see the class

        return await get_running_loop().run_in_executor(self._pool or self._made(), call, *arguments)

    def close(self) -> None:
        """Waits for what was begun."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown()

    def _made(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # here: see the class

        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._most, thread_name_prefix=self._name)
            return self._pool

"""How many requests a workspace answers in a time, as a bucket of tokens: each takes one, and they come back evenly.

The bucket lies in memory that processes share which were made from the same one, so that several workers have one between
them.
"""

import mmap
import re
import time
from collections.abc import Callable
from math import ceil
from typing import Final, NamedTuple

from icosa.errors import RateLimited

_TEXT: Final = r"([1-9]\d{0,8})\s*(?:/|per)\s*(s|sec|second|m|min|minute|h|hour)"
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}
_PATIENCE: Final = 0.01
"""Seconds that a process waits for another, which holds the bucket for less than a millionth of one unless it was killed
just then."""


class Allowance(NamedTuple):
    """So many requests in so many seconds: as many at once, and then as they come back."""

    requests: int
    seconds: int


def read_rate(text: str) -> Allowance | None:
    """The rate that a text such as 100/min, 20/s or 5000/h says, or None where it says none."""
    found = re.fullmatch(_TEXT, text.strip())
    return Allowance(int(found[1]), _SECONDS[found[2][0]]) if found else None


class RateLimit:
    """A full bucket.  `clock` tells seconds that go on evenly, the same in all processes.  Safe in threads and processes."""

    def __init__(self, rate: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._held = memoryview(mmap.mmap(-1, 16)).cast("d")  # how many tokens there were, and when
        self._held[0], self._held[1] = float(rate.requests), clock()
        from multiprocessing import get_all_start_methods, get_context  # here, because few servers have a limit

        self._lock = get_context("fork" if "fork" in get_all_start_methods() else "spawn").Lock()

    def take(self) -> None:
        """Takes a token.  Raises RateLimited where there is none."""
        self._change(1.0)

    def give_back(self) -> None:
        """Gives one back that was taken for what is asked again."""
        self._change(-1.0)

    def _change(self, wanted: float) -> None:
        rate, each = self.rate, self.rate.seconds / self.rate.requests
        locked = self._lock.acquire(timeout=_PATIENCE)
        try:
            now = self._clock()
            there = min(float(rate.requests), self._held[0] + max(0.0, now - self._held[1]) / each)
            enough = there >= wanted
            self._held[0], self._held[1] = min(float(rate.requests), there - wanted if enough else there), now
        finally:
            if locked:
                self._lock.release()
        if not enough:
            raise RateLimited(
                f"the workspace answers {rate.requests} requests in {rate.seconds} s, and these were more; nothing was done; "
                "ask again when Retry-After says, and send many records in one request",
                legacy=f"Limit reached ({rate.requests} tokens per {rate.seconds * 1000} ms)",
                after=ceil((wanted - there) * each),
            )

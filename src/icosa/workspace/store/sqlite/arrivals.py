"""What waits for the one thread that writes.

To wake a thread costs as much as a statement, and a commit as much as ten.  So the thread is not woken for each that comes, but once
as many are there as are expected: those who were answered together write again, but one after the other.  The first of them would
be committed alone, and the rest after it, in two commits for each round.
"""

import threading
from collections import deque
from typing import Generic, TypeVar

J = TypeVar("J")

GATHERING_SECONDS = 0.0003
"""How long those that are there wait for others that are expected, as long as in each such time another one comes."""


class Arrivals(Generic[J]):
    """Anybody adds, and one thread takes."""

    def __init__(self) -> None:
        self.closed = False
        self._there: deque[J] = deque()
        self._wanted = 1
        self._door = threading.Lock()
        self._wake = threading.Lock()  # held, but for a moment at which as many are there as are wanted
        self._wake.acquire()

    def __len__(self) -> int:
        """How many are there."""
        return len(self._there)

    def add(self, arrived: J) -> bool:
        """Whether it will be taken: not once it is closed."""
        with self._door:
            if not self.closed:
                self._there.append(arrived)
                if len(self._there) >= self._wanted and self._wake.locked():
                    self._wake.release()
            return not self.closed

    def close(self) -> None:
        """What is there is still to be taken, and nothing is waited for."""
        with self._door:
            self.closed = True
            if self._wake.locked():
                self._wake.release()

    def take(self, expected: int, most: int, seconds: float | None) -> list[J]:
        """What is there, `most` of it at most, in the order in which it came: once as many are there as are `expected` or can be taken,
        or no more come.  Where there are none, one is waited for so many seconds, or as long as it takes."""
        expected, before = min(expected, most), -1
        while before < len(self._there) < expected and expected > 1:
            before = len(self._there)
            self._come(expected, GATHERING_SECONDS)
        if not self._there:
            self._come(1, seconds)
        return [self._there.popleft() for _ in range(min(len(self._there), most))]

    def _come(self, count: int, seconds: float | None) -> None:
        """Waits until so many are there, or nothing comes any more."""
        self._wanted = count
        while len(self._there) < count and not self.closed:
            if not self._wake.acquire(timeout=-1 if seconds is None else seconds):
                return

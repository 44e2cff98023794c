"""How long a pull will take: said when it begins, and again where it turns out otherwise."""

import time
from collections.abc import Callable

from icosa.durations import in_words

Progress = Callable[[str, int, int], None]

WORTH_SAYING = 20.0
"""Seconds below which no forecast is made: who waits for less has not yet begun to wonder."""

_OFF = 2.0
"""How many times as long as was said it has to take for another forecast: a choice.  With twice, a pull of a day that was to take a
minute says it eleven times at most."""


class Forecast:
    """Counts what is pulled, hands it on to `progress`, and forecasts from how long a page took so far.

    `estimate` gives the seconds that the server's pace allows for so many requests, of which each brings `size`
    records.  A new forecast is said where the whole takes twice as long as was said last, so that no more than a few
    are said however long it takes.
    """

    def __init__(
        self,
        progress: Progress,
        remark: Callable[[str], None],
        estimate: Callable[[int], float],
        size: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._progress, self._remark, self._estimate, self._size, self._clock = progress, remark, estimate, size, clock
        self._begun = clock()
        self._pages = 0
        self._done: dict[str, int] = {}
        self._total: dict[str, int] = {}
        self._announced = WORTH_SAYING / _OFF

    def __call__(self, task: str, done: int, total: int) -> None:
        self._done[task], self._total[task] = done, total
        self._progress(task, done, total)
        if done:
            self._pages += 1
            self._look()

    def left(self) -> float:
        """About how many seconds it will take from now on.  Objects of few records cost a request each as others do."""
        more = sum(-(-max(total - self._done[task], 0) // self._size) for task, total in self._total.items())
        measured = (self._clock() - self._begun) / self._pages * more if self._pages else 0.0
        return max(measured, self._estimate(more))

    def _look(self) -> None:
        left = self.left()
        whole = self._clock() - self._begun + left
        if left >= WORTH_SAYING / _OFF and whole >= _OFF * self._announced:
            self._announced = whole
            more = sum(self._total.values()) - sum(self._done.values())
            self._remark(f"{more:,} records are still to come, in {in_words(left)} by the pace so far.")

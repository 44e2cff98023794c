"""Who looks on while a server answers: numbers for Prometheus, lines for a log.  Neither is there unless it was asked for.

While an answer is on its way it is only noted; what was noted is counted, and made lines, many answers at a time.
"""

from time import perf_counter
from typing import TYPE_CHECKING

from icosa.workspace.http.asgi import Exchange
from icosa.workspace.http.noted import Note, Noted, columns_of

if TYPE_CHECKING:
    from icosa.workspace.http.access_log import AccessLog
    from icosa.workspace.http.metrics import Metrics

EVERY_SECONDS = 0.25
"""How often the lines of a log are written, and the numbers shown.  Each time a thread is woken and has its turn at the interpreter,
which costs as much as noting a hundred answers."""

_ANSWERS = 2000
"""As many answers are counted together, and their lines made, where more come than that in EVERY_SECONDS: half a millisecond, in which
nobody is answered.  Of fewer, each costs more."""
_LEAST_SECONDS = 0.005


class Watch:
    """Is shown each answer, all in one thread, by `note`."""

    def __init__(self, metrics: "Metrics | None", log: "AccessLog | None") -> None:
        self.metrics = metrics
        self._log = log
        self._noted: Noted = []
        self.note: Note = self._noted.extend
        self.wait = EVERY_SECONDS
        self._due = 0.0  # when lines are to be written again

    def look(self, *gauges: float) -> None:
        """Has what was noted counted, and what is due written and shown.  It is to be called again after `wait` seconds.
        `gauges` are how things stand: a value for each of the metrics' GAUGES."""
        answers = self._take()
        self.wait = min(EVERY_SECONDS, max(_LEAST_SECONDS, self.wait * _ANSWERS / (answers or 1)))
        now = perf_counter()
        if now + self.wait > self._due:
            self._due = now + EVERY_SECONDS
            self._show(*gauges)

    def hand_on(self, *gauges: float) -> None:
        """Has all that was noted counted, written and shown.  `gauges` are as for `look`, where they are known."""
        self._take()
        self._show(*gauges)

    def _show(self, *gauges: float) -> None:
        if self.metrics is not None:
            self.metrics.show(*gauges)
        if self._log is not None:
            self._log.hand_over()

    def _take(self) -> int:
        """Has what was noted counted, and its lines made; how many answers that was."""
        noted = columns_of(self._noted)
        self._noted.clear()  # whatever comes of it
        if self.metrics is not None:
            self.metrics.count(noted)
        if self._log is not None:
            self._log.take(noted)
        return len(noted.ended)

    def end_page(self, began: float, call: Exchange) -> None:
        """Takes note of an answer of pages."""
        head = call.head
        query = head.target.partition(b"?")[2].decode("latin-1")
        ended = perf_counter()
        self.note((ended, ended - began, head.method, head.path, query, None, call.status, call.size, ()))

    def close(self) -> None:
        """Writes what is left to be written."""
        self.hand_on()
        if self._log is not None:
            self._log.close()

"""Who looks on while a server answers: numbers for Prometheus, lines for a log.  Neither is there unless it was asked for.

While an answer is on its way it is only noted; what was noted is counted and handed on some times a second.
"""

from time import perf_counter
from typing import TYPE_CHECKING

from icosa.workspace.http.asgi import Exchange
from icosa.workspace.http.noted import Note, Noted

if TYPE_CHECKING:
    from icosa.workspace.http.access_log import AccessLog
    from icosa.workspace.http.metrics import Metrics

EVERY_SECONDS = 0.25
"""How often what was noted is handed on.  Each time a thread is woken and has its turn at the interpreter, which costs as much
as noting a hundred answers."""


class Watch:
    """Is shown each answer, all in one thread, by `note`."""

    def __init__(self, metrics: "Metrics | None", log: "AccessLog | None") -> None:
        self.metrics = metrics
        self._log = log
        self._noted: Noted = []
        self.note: Note = self._noted.extend

    def hand_on(self, *gauges: float) -> None:
        """Has what was noted counted and written, and shows how things stand: a value for each of the metrics' GAUGES, where
        they are known."""
        noted = self._noted.copy()
        self._noted.clear()
        if self.metrics is not None:
            self.metrics.count(noted)
            self.metrics.show(*gauges)
        if self._log is not None:
            self._log.write(noted)

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

"""Who looks on while a server answers: numbers for Prometheus, lines for a log.  Neither is there unless it was asked for."""

from time import perf_counter

from icosa.wire.message import Answer, Request
from icosa.workspace.http.access_log import AccessLog
from icosa.workspace.http.asgi import Call
from icosa.workspace.http.metrics import Metrics


class Watch:
    """Is shown each answer."""

    def __init__(self, metrics: Metrics | None, log: AccessLog | None) -> None:
        self.metrics = metrics
        self._log = log

    def begin(self) -> float:
        """The moment at which a request had arrived, to be given back with its answer."""
        return perf_counter()

    def end(self, began: float, request: Request, answer: Answer) -> None:
        """Takes note of an answer."""
        seconds = perf_counter() - began
        if self.metrics is not None:
            self.metrics.answered(request.method, answer.status, len(answer.body), seconds)
        if self._log is not None:
            self._log.answered(request, answer, seconds)

    def end_page(self, began: float, call: Call) -> None:
        """Takes note of an answer of pages."""
        seconds = perf_counter() - began
        if self.metrics is not None:
            self.metrics.answered(call.head.method, call.status, call.size, seconds)
        if self._log is not None:
            query = call.head.target.partition(b"?")[2].decode("latin-1")
            self._log.shown(call.head.method, call.head.path, query, call.status, call.size, seconds)

    def close(self) -> None:
        """Writes what is left to be written."""
        if self._log is not None:
            self._log.close()

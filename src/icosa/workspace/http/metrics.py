"""What a server counts, as Prometheus reads it (text format 0.0.4).

Each process counts in a piece of memory of its own that all processes of a server share, so that any of them can tell of
all: a scrape reaches one of them by chance.
"""

import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

METHODS = ("GET", "POST", "PATCH", "DELETE", "PUT", "other")
STATUSES = (200, 201, 204, 304, 400, 401, 403, 404, 408, 413, 415, 431, 500, 503)
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of latencies, in seconds."""

GAUGES = ("connections", "unread_bytes", "body_bytes")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_COUNTS = len(METHODS) * len(STATUSES)
_TIMES = len(METHODS) * (len(BUCKETS) + 1)
_FIELDS = _COUNTS + _TIMES + len(METHODS) + 1 + len(GAUGES)
_METHOD = {name: at for at, name in enumerate(METHODS)}
_STATUS = {status: at for at, status in enumerate(STATUSES)}


class Metrics:
    """The numbers of one process, and of the others that were made from the same one."""

    def __init__(self, processes: int = 1) -> None:
        self._all = memoryview(mmap.mmap(-1, _FIELDS * processes * 8)).cast("d")
        self._own = self._all[:_FIELDS]

    def count_in(self, process: int) -> None:
        """Has this process count in a place of its own.  What was counted there before goes on being counted."""
        self._own = self._all[process * _FIELDS : (process + 1) * _FIELDS]

    def answered(self, method: str, status: int, size: int, seconds: float) -> None:
        """Counts one answer."""
        at, own = _METHOD.get(method, len(METHODS) - 1), self._own
        own[at * len(STATUSES) + _STATUS.get(status, 4)] += 1
        own[_COUNTS + at * (len(BUCKETS) + 1) + bisect_left(BUCKETS, seconds)] += 1
        own[_COUNTS + _TIMES + at] += seconds
        own[_COUNTS + _TIMES + len(METHODS)] += size

    def gauge(self, *values: float) -> None:
        """How things stand, one value for each of GAUGES."""
        for at, value in enumerate(values):
            self._own[_FIELDS - len(GAUGES) + at] = value

    def text(self, facts: Iterable[tuple[str, str, float]] = ()) -> str:
        """All numbers.  `facts` are gauges beside those counted here: name, meaning, value."""
        total = [sum(self._all[at::_FIELDS]) for at in range(_FIELDS)]
        return "\n".join([*_requests(total), *_latencies(total), *_rest(total, facts), ""])


def _requests(total: list[float]) -> Iterator[str]:
    yield from _head("icosa_requests_total", "counter", "Requests that were answered.")
    for at, count in enumerate(total[:_COUNTS]):
        if count:
            method, status = METHODS[at // len(STATUSES)], STATUSES[at % len(STATUSES)]
            yield f'icosa_requests_total{{method="{method}",status="{status}"}} {count:.0f}'


def _latencies(total: list[float]) -> Iterator[str]:
    name = "icosa_request_seconds"
    yield from _head(name, "histogram", "From the last byte of a request to its answer.")
    for at, method in enumerate(METHODS):
        first = _COUNTS + at * (len(BUCKETS) + 1)
        counts = list(accumulate(total[first : first + len(BUCKETS) + 1]))
        if counts[-1]:
            for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                yield f'{name}_bucket{{method="{method}",le="{bound}"}} {count:.0f}'
            yield f'{name}_sum{{method="{method}"}} {total[_COUNTS + _TIMES + at]:.6f}'
            yield f'{name}_count{{method="{method}"}} {counts[-1]:.0f}'


def _rest(total: list[float], facts: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    yield from _head("icosa_answer_bytes_total", "counter", "Bytes of the bodies of answers.")
    yield f"icosa_answer_bytes_total {total[_COUNTS + _TIMES + len(METHODS)]:.0f}"
    meanings = ("Connections that are open.", "Bytes of answers that wait to be read.", "Bytes that long bodies on their way hold.")
    own = zip(GAUGES, meanings, total[_FIELDS - len(GAUGES) :], strict=True)
    for name, meaning, value in (*((f"icosa_{name}", meaning, value) for name, meaning, value in own), *facts):
        yield from _head(name, "gauge", meaning)
        yield f"{name} {value:.0f}"


def _head(name: str, kind: str, meaning: str) -> tuple[str, str]:
    return f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"

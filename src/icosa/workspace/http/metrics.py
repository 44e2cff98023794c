"""What a server counts, as Prometheus reads it (text format 0.0.4).

Each process counts for itself, and shows its numbers now and then in a piece of memory that all processes of a server
share, so that any of them can tell of all: a scrape reaches one of them by chance.
"""

import mmap
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, repeat

from icosa.workspace.http.noted import NotedColumns, are_alike

METHODS = ("GET", "POST", "PATCH", "DELETE", "PUT", "other")
STATUSES = (200, 201, 204, 304, 400, 401, 403, 404, 408, 413, 415, 431, 500, 503, 202, 206, 303, 405, 409, 410, 421, 422, 429, 502, 504)
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of latencies, in seconds."""

GAUGES = ("connections", "unread_bytes", "body_bytes")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_COUNTS = len(METHODS) * len(STATUSES)
_TIMES = len(METHODS) * (len(BUCKETS) + 1)
_SECONDS = _COUNTS + _TIMES
_BYTES = _SECONDS + len(METHODS)
_COUNTED = _BYTES + 1
_FIELDS = _COUNTED + len(GAUGES)
_QUICK = 2
"""How many buckets have room for most answers."""

_OTHER, _STATUSES, _TIMES_EACH = len(METHODS) - 1, len(STATUSES), len(BUCKETS) + 1
_METHOD = {name: at for at, name in enumerate(METHODS)}
_STATUS = {status: at for at, status in enumerate(STATUSES)}


class Metrics:
    """The numbers of one process, and of the others that were made from the same one."""

    def __init__(self, processes: int = 1) -> None:
        self._all = memoryview(mmap.mmap(-1, _FIELDS * processes * 8)).cast("d")
        self.count_in(0)

    def count_in(self, process: int) -> None:
        """Has this process count in a place of its own.  What was counted there before goes on being counted."""
        self._shown = self._all[process * _FIELDS : (process + 1) * _FIELDS]
        self._counts: list[float] = list(map(float, self._shown[:_COUNTED]))

    def count(self, noted: NotedColumns) -> None:
        """Counts answers."""
        methods, statuses, seconds = noted.methods, noted.statuses, noted.seconds
        if methods and are_alike(methods):
            self._count_of(methods[0], statuses, seconds)
        else:
            for method in set(methods):
                of_method = list(map(method.__eq__, methods))
                self._count_of(method, list(compress(statuses, of_method)), list(compress(seconds, of_method)))
        self._counts[_BYTES] += sum(noted.sizes)

    def _count_of(self, method: str, statuses: list[int], seconds: list[float]) -> None:
        at = _METHOD.get(method, _OTHER)
        for status, count in ((statuses[0], len(statuses)),) if are_alike(statuses) else Counter(statuses).items():
            self._counts[at * _STATUSES + _STATUS.get(status, 4)] += count
        self._count_times(at, seconds)

    def _count_times(self, method: int, seconds: list[float]) -> None:
        """Counts how long answers of one method took.  Each of the first buckets takes what it has room for out of all at once;
        for the few that are left, their place is looked up."""
        self._counts[_SECONDS + method] += sum(seconds)
        at = _COUNTS + method * _TIMES_EACH
        for bound in BUCKETS[:_QUICK]:
            slower = [each for each in seconds if each > bound]
            self._counts[at] += len(seconds) - len(slower)
            seconds, at = slower, at + 1
        for bucket, count in Counter(map(bisect_left, repeat(BUCKETS[_QUICK:]), seconds)).items():
            self._counts[at + bucket] += count

    def show(self, *gauges: float) -> None:
        """Shows the numbers to all processes, and how things stand in this one: a value for each of GAUGES."""
        values = array("d", (*self._counts, *gauges))
        self._shown[: len(values)] = values

    def text(self, facts: Iterable[tuple[str, str, float]] = ()) -> str:
        """All numbers, of other processes those that they showed last.  `facts` are gauges beside those counted here: name,
        meaning, value."""
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
            yield f'{name}_sum{{method="{method}"}} {total[_SECONDS + at]:.6f}'
            yield f'{name}_count{{method="{method}"}} {counts[-1]:.0f}'


def _rest(total: list[float], facts: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    yield from _head("icosa_answer_bytes_total", "counter", "Bytes of the bodies of answers.")
    yield f"icosa_answer_bytes_total {total[_BYTES]:.0f}"
    meanings = ("Connections that are open.", "Bytes of answers that wait to be read.", "Bytes that long bodies on their way hold.")
    own = zip(GAUGES, meanings, total[_COUNTED:], strict=True)
    for name, meaning, value in (*((f"icosa_{name}", meaning, value) for name, meaning, value in own), *facts):
        yield from _head(name, "gauge", meaning)
        yield f"{name} {value:.0f}"


def _head(name: str, kind: str, meaning: str) -> tuple[str, str]:
    return f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"

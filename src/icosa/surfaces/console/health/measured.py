"""What a server counted, read from what it tells Prometheus."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BUCKET: Final = re.compile(r'^icosa_request_seconds_bucket\{.*le="([^"]+)"\} (\d+)$', re.MULTILINE)
_SHARE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Answered:
    """Requests by how long they took: the longest in seconds and their number, the quickest first; the last bound is infinite.
    `p95` is what 95 of 100 took at most, None where there were none, or where it is longer than is measured."""

    by_time: Sequence[tuple[float, int]]
    p95: float | None

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_time)


def answered(metrics: str) -> Answered:
    """The requests that a server has answered since it was started, all its processes together."""
    below: Counter[float] = Counter()
    for bound, count in _BUCKET.findall(metrics):
        below[float("inf") if bound == "+Inf" else float(bound)] += int(count)
    by_time, before = [], 0
    for bound in sorted(below):
        by_time.append((bound, below[bound] - before))
        before = below[bound]
    p95 = next((bound for bound in sorted(below) if before and below[bound] >= _SHARE * before), None)
    return Answered(by_time, None if p95 == float("inf") else p95)


def milliseconds(seconds: float) -> str:
    """A time as people read it: "2.5 ms", "1 s"."""
    if seconds == float("inf"):
        return "longer"
    return f"{seconds:g} s" if seconds >= 1 else f"{seconds * 1000:g} ms"

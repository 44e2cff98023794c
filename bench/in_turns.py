"""Operations of the API on two servers that run at the same time, and have their turns one after the other."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.data import Size
from bench.load import NotMeasured, Requests, load
from bench.operations import Operation
from bench.servers import Server
from bench.starts import as_load, cpu_seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is measured, and the token that it takes."""

    server: Server
    token: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One operation on one server beside another: ratios of requests a second and of CPU, the medians of all rounds; and
    microseconds of CPU for a request of the one."""

    operation: str
    rate: float
    cpu: float
    microseconds: float


class Round(NamedTuple):
    """Requests a second, and CPU microseconds a request."""

    rate: float
    cpu: float


def compared(operation: Operation, size: Size, sides: Mapping[str, Running], rounds: int, folder: Path) -> Compared:
    """What an operation takes of the first of two sides, beside the second."""
    request = as_load(operation, size, folder)
    turns: dict[str, list[Round]] = {name: [] for name in sides}
    for number in range(-1, rounds):  # the first is for warming up
        for name in sorted(sides, reverse=bool(number % 2)):
            measured = _turn(name, sides[name], request)
            if number >= 0:
                turns[name].append(measured)
    briefly = (f"{median(each.rate for each in of):,.0f}/s {median(each.cpu for each in of):.1f} µs {name}" for name, of in turns.items())
    print(f"  {operation.name}: {', '.join(briefly)}", file=sys.stderr, flush=True)
    ours, theirs = turns.values()
    pairs = list(zip(ours, theirs, strict=True))
    rate, cpu = median(one.rate / other.rate for one, other in pairs), median(one.cpu / other.cpu for one, other in pairs)
    return Compared(operation.name, rate, cpu, median(one.cpu for one in ours))


def _turn(name: str, side: Running, request: Requests) -> Round:
    before = cpu_seconds(side.server.process)
    try:
        run = load(side.server.url, request, side.token)
    except NotMeasured as error:
        raise NotMeasured(f"the server called {name}: {error}") from None
    return Round(run.rate, (cpu_seconds(side.server.process) - before) * 1e6 / run.requests)

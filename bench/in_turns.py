"""Operations of the API on servers that run at the same time, and have their turns one after the other."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
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
    """A server that is measured, the token that it takes, and what goes on while it is."""

    server: Server
    token: str
    meanwhile: Callable[[], AbstractContextManager[object]] = nullcontext


@dataclass(frozen=True, slots=True)
class Compared:
    """One operation on one side beside another: ratios of requests a second and of CPU, the medians of all rounds; and
    microseconds of CPU for a request of the one."""

    operation: str
    side: str
    rate: float
    cpu: float
    microseconds: float


class Round(NamedTuple):
    """Requests a second, and CPU microseconds a request."""

    rate: float
    cpu: float


def compared(operation: Operation, size: Size, sides: Mapping[str, Running], rounds: int, folder: Path) -> list[Compared]:
    """What an operation takes of each side, beside the last."""
    request = as_load(operation, size, folder)
    turns: dict[str, list[Round]] = {name: [] for name in sides}
    for number in range(-1, rounds):  # the first is for warming up
        for name in list(sides)[:: -1 if number % 2 else 1]:
            measured = _turn(name, sides[name], request)
            if number >= 0:
                turns[name].append(measured)
    briefly = (f"{median(each.rate for each in of):,.0f}/s {median(each.cpu for each in of):.1f} µs {name}" for name, of in turns.items())
    print(f"  {operation.name}: {', '.join(briefly)}", file=sys.stderr, flush=True)
    *all_ours, (_, theirs) = turns.items()
    return [_beside(operation.name, name, ours, theirs) for name, ours in all_ours]


def _beside(operation: str, side: str, ours: Sequence[Round], theirs: Sequence[Round]) -> Compared:
    pairs = list(zip(ours, theirs, strict=True))
    rate, cpu = median(one.rate / other.rate for one, other in pairs), median(one.cpu / other.cpu for one, other in pairs)
    return Compared(operation, side, rate, cpu, median(one.cpu for one in ours))


def _turn(name: str, side: Running, request: Requests) -> Round:
    before = cpu_seconds(side.server.process)
    try:
        with side.meanwhile():
            run = load(side.server.url, request, side.token)
    except NotMeasured as error:
        raise NotMeasured(f"{name}: {error}") from None
    return Round(run.rate, (cpu_seconds(side.server.process) - before) * 1e6 / run.requests)

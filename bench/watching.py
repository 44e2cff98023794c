"""`make bench-watching`: what the access log and the numbers of a server cost.

    python -m bench.watching [--rounds 20] [--only WORD] [--before FOLDER] [--people 10000] [--json]

Servers run at the same time, each on a database of its own, and have their turns within each round, in a new order each
time: one that looks on with both, one with neither, and with --before one of another checkout.  What is told are ratios
within a round, the median of all rounds.  A load generator shares the machine with what it measures, so that its requests a
second tell of both; the CPU time of a request tells of the server alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from bench import report, servers
from bench.data import Size, spread_ids
from bench.load import CONNECTIONS, NotMeasured, Requests, check_installed, load
from bench.machine import machine
from bench.operations import Operation, named, operations
from bench.servers import Server
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import Filled, cache_folder

MEASURED = ("find one", "page of 60 companies", "create one")
BOTH = ("--access-log", "text", "--metrics")
BEFORE, OFF, ON = "before", "off", "on"
PAIRS = ((ON, OFF), (OFF, BEFORE))
_FILLED = """
from bench.data import Size
from bench.stores.sqlite import SqliteDatabases
filled = SqliteDatabases().filled(Size({people}))
print(filled.url, filled.token)
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one turn: requests a second, and CPU microseconds a request of the server and of the process that writes
    its log."""

    rate: float
    server: float
    writer: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One operation on one side beside another: ratios, the medians of all rounds; and microseconds of CPU for a request."""

    operation: str
    sides: str
    rate: float
    server_cpu: float
    whole_cpu: float
    server: float
    writer: float


@dataclass(frozen=True, slots=True)
class Side:
    """A server that is measured, and the token that it takes."""

    server: Server
    token: str


@click.command()
@click.option("--rounds", default=20, show_default=True, help="How many turns of a second each server has for each operation.")
@click.option("--only", default="", metavar="WORD", help="Measure the operations that have this in their name.")
@click.option(
    "--before", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A checkout to measure too."
)
@click.option("--people", default=10_000, show_default=True, help="How many people there are; all else follows.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(rounds: int, only: str, before: Path | None, people: int, as_json: bool) -> None:
    """Measure what a server's access log and numbers cost."""
    size = Size(people)
    try:
        check_installed()
        chosen = named([each for each in operations(size, embedded=True) if each.name in MEASURED], only)
        with TemporaryDirectory(dir=cache_folder()) as folder, _sides(size, Path(folder), before) as sides:
            found = [each for operation in chosen for each in compared(operation, size, sides, PAIRS, rounds, Path(folder))]
        here = machine(SqliteDatabases())
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"machine": asdict(here), "compared": [asdict(each) for each in found]}, indent=2))
    else:
        click.echo(f"{report.headline(here, f'{size}; {CONNECTIONS} connections, {rounds} rounds')}\n\n{report.plain(table(found))}")


@contextmanager
def _sides(size: Size, folder: Path, before: Path | None) -> Iterator[dict[str, Side]]:
    kind = SqliteDatabases()
    kept = kind.filled(size)
    options: dict[str, tuple[Path, Filled, tuple[str, ...]]] = {OFF: (servers.ROOT, kept, ()), ON: (servers.ROOT, kept, BOTH)}
    if before is not None:
        options = {BEFORE: (before, _filled_by(before, size), ()), **options}
    with ExitStack() as stack:
        sides = {}
        for name, (root, filled, watching) in options.items():
            own = stack.enter_context(kind.copied(filled))
            server = stack.enter_context(servers.icosa(own.url, folder / f"{name}.log", *watching, root=root))
            sides[name] = Side(server, own.token)
        yield sides


def _filled_by(checkout: Path, size: Size) -> Filled:
    """A database that another checkout has made itself, kept apart from those of this one: tables may differ."""
    cache = cache_folder() / BEFORE
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (checkout / "src", checkout))), "ICOSA_BENCH_CACHE": str(cache)}
    command = [sys.executable, "-c", _FILLED.format(people=size.people)]
    done = subprocess.run(command, cwd=checkout, env=where, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotMeasured(f"the checkout {checkout} cannot fill a database; its own words are above")
    url, token = done.stdout.split()[-2:]
    return Filled(url, token)


def compared(
    operation: Operation, size: Size, sides: Mapping[str, Side], pairs: Sequence[tuple[str, str]], rounds: int, folder: Path
) -> Iterator[Compared]:
    """What an operation takes of each side; sides that are there are told beside each other, as the pairs have them."""
    ids = None
    if operation.ids:
        ids = folder / f"{operation.ids}.ids"
        ids.write_text("\n".join(spread_ids(operation.ids, size)), "ascii")
    request = Requests(operation.method, operation.path, operation.body, operation.batch, ids)
    turns: dict[str, list[Turn]] = {name: [] for name in sides}
    for number in range(-1, rounds):  # the first is for warming up
        names = list(sides)[number % len(sides) :] + list(sides)[: number % len(sides)]
        for name in names:
            measured = _turn(name, sides[name], request)
            if number >= 0:
                turns[name].append(measured)
    rates = (f"{median(each.rate for each in of):,.0f}/s {name}" for name, of in turns.items())
    spent = (f"{median(each.server for each in of):.1f} + {median(each.writer for each in of):.1f} µs {name}" for name, of in turns.items())
    print(f"  {operation.name}: {', '.join((*rates, *spent))}", file=sys.stderr, flush=True)
    for one, other in pairs:
        if other in turns:
            yield _beside(operation.name, f"{one} : {other}", turns[one], turns[other])


def _turn(name: str, side: Side, request: Requests) -> Turn:
    family = [side.server.process, *_children(side.server.process)]
    before = [cpu_seconds(each) for each in family]
    try:
        run = load(side.server.url, request, side.token)
    except NotMeasured as error:
        raise NotMeasured(f"the server called {name}: {error}") from None
    spent = [(cpu_seconds(each) - was) * 1e6 / run.requests for each, was in zip(family, before, strict=True)]
    return Turn(run.rate, spent[0], sum(spent[1:]))


def _beside(name: str, sides: str, ours: Sequence[Turn], theirs: Sequence[Turn]) -> Compared:
    pairs = list(zip(ours, theirs, strict=True))
    return Compared(
        name,
        sides,
        median(one.rate / other.rate for one, other in pairs),
        median(one.server / other.server for one, other in pairs),
        median((one.server + one.writer) / (other.server + other.writer) for one, other in pairs),
        median(one.server for one in ours),
        median(one.writer for one in ours),
    )


def cpu_seconds(process: int) -> float:
    """The CPU seconds of a process so far, its ended threads' too: Linux makes a clock of each (clock_getcpuclockid)."""
    return time.clock_gettime(~process << 3 | 2)


def _children(process: int) -> list[int]:
    listed = subprocess.run(["ps", "--ppid", str(process), "-o", "pid="], capture_output=True, text=True, check=False).stdout
    return [int(each) for each in listed.split()]


def table(found: Sequence[Compared]) -> list[list[str]]:
    """Rows of text, the heading first."""
    head = ["operation", "", "requests/s", "CPU of the server", "with its writer", "server µs", "writer µs"]
    rows = [
        [
            each.operation,
            each.sides,
            *(f"{one:.3f}" for one in (each.rate, each.server_cpu, each.whole_cpu)),
            f"{each.server:.1f}",
            f"{each.writer:.2f}",
        ]
        for each in found
    ]
    return [head, *rows]


if __name__ == "__main__":
    main()

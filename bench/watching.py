"""`make bench-watching`: what the access log and the numbers of a server cost.

    python -m bench.watching [--starts 20] [--in-process] [--only WORD] [--before FOLDER] [--people 10000] [--json]

One side looks on with both, one with neither, and with --before there is one of another checkout.  Each is started anew as
often as is said, in a new order each time.  What is told are the means of all starts and how far the starts lie apart, and
ratios within one round of starts, with twice their standard error.  A load generator shares the machine with what it
measures, so that its requests a second tell of both; the CPU time of a request tells of the server alone, and --in-process
of what it does between the bytes of a request and those of its answer, without the system's share.
"""

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev
from tempfile import TemporaryDirectory

import click

from bench import report, starts
from bench.data import Size
from bench.load import CONNECTIONS, NotMeasured, check_installed
from bench.machine import machine
from bench.operations import named, operations
from bench.servers import ROOT
from bench.starts import Cost, Side
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import cache_folder

MEASURED = ("find one", "page of 60 companies", "create one")
BEFORE, OFF, LOG, METRICS, ON = "before", "off", "log", "metrics", "on"
SIDES = (BEFORE, OFF, LOG, METRICS, ON)
PAIRS = ((LOG, OFF), (METRICS, OFF), (ON, OFF), (OFF, BEFORE), (ON, BEFORE))


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of all starts, and how far they lie apart (one standard deviation)."""

    mean: float
    apart: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One operation on one side: CPU microseconds a request, of all processes of the server, and requests a second where there
    was a server."""

    operation: str
    side: str
    server: Spread
    rate: Spread | None


@dataclass(frozen=True, slots=True)
class Beside:
    """One operation on two sides: the means of what each round of starts has of one for the other's one, and twice the standard
    error of these.  `more` is in CPU microseconds a request."""

    operation: str
    sides: str
    cpu: float
    cpu_error: float
    more: float
    more_error: float
    rate: float | None
    rate_error: float | None


@click.command()
@click.option("--starts", "count", default=20, show_default=True, type=click.IntRange(2), help="How often each side is started.")
@click.option("--in-process", is_flag=True, help="Measure in one process, without sockets; log and numbers also each by itself.")
@click.option("--only", default="", metavar="WORD", help="Measure the operations that have this in their name.")
@click.option(
    "--before", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A checkout to measure too."
)
@click.option("--people", default=10_000, show_default=True, help="How many people there are; all else follows.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(count: int, in_process: bool, only: str, before: Path | None, people: int, as_json: bool) -> None:
    """Measure what a server's access log and numbers cost."""
    size = Size(people)
    try:
        check_installed()
        chosen = named([each for each in operations(size, embedded=True) if each.name in MEASURED], only)
        sides, run = _sides(size, before, alone=in_process), starts.in_process if in_process else starts.as_servers
        rounds = []
        with TemporaryDirectory(dir=cache_folder()) as folder:
            for number in range(count):
                rounds.append(list(run(random.sample(sides, len(sides)), chosen, size, Path(folder))))
                print(f"  {number + 1} of {count}: {_briefly(rounds[-1])}", file=sys.stderr, flush=True)
        here = machine(SqliteDatabases())
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    found = measured(rounds)
    ratios = [each for operation in chosen for one, other in PAIRS if (each := beside(rounds, operation.name, one, other))]
    if as_json:
        told = {"machine": asdict(here), "measured": [asdict(each) for each in found], "beside": [asdict(each) for each in ratios]}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(report.headline(here, f"{size}; {CONNECTIONS} connections, {count} starts of each"))
        click.echo(f"\n{report.plain(measured_table(found))}\n\n{report.plain(beside_table(ratios))}")


def _sides(size: Size, before: Path | None, *, alone: bool) -> list[Side]:
    kept = SqliteDatabases().filled(size)
    sides = [Side(OFF, ROOT, kept), Side(ON, ROOT, kept, (LOG, METRICS))]
    if alone:
        sides += [Side(LOG, ROOT, kept, (LOG,)), Side(METRICS, ROOT, kept, (METRICS,))]
    if before is not None:
        sides.append(Side(BEFORE, before.resolve(), starts.filled_by(before, size)))
    return sides


def _briefly(costs: Sequence[Cost]) -> str:
    return ", ".join(f"{each.operation} {each.side} {each.server:.1f} µs" for each in costs)


def measured(rounds: Sequence[Sequence[Cost]]) -> list[Measured]:
    """What each operation cost on each side."""
    found = []
    every = {(each.operation, each.side) for each in rounds[0]}
    for operation, side in sorted(every, key=lambda each: (MEASURED.index(each[0]), SIDES.index(each[1]))):
        costs = [each for of in rounds for each in of if (each.operation, each.side) == (operation, side)]
        rates = [each.rate for each in costs if each.rate is not None]
        found.append(Measured(operation, side, _spread([each.server for each in costs]), _spread(rates) if rates else None))
    return found


def beside(rounds: Sequence[Sequence[Cost]], operation: str, one: str, other: str) -> Beside | None:
    """One side beside another; None where one of them was not measured."""
    by_side = [{each.side: each for each in of if each.operation == operation} for of in rounds]
    pairs = [(of[one], of[other]) for of in by_side if one in of and other in of]
    if not pairs:
        return None
    cpu = _error([ours.server / theirs.server for ours, theirs in pairs])
    more = _error([ours.server - theirs.server for ours, theirs in pairs])
    rates = [ours.rate / theirs.rate for ours, theirs in pairs if ours.rate and theirs.rate]
    return Beside(operation, f"{one} : {other}", *cpu, *more, *(_error(rates) if rates else (None, None)))


def _spread(of: Sequence[float]) -> Spread:
    return Spread(fmean(of), stdev(of))


def _error(of: Sequence[float]) -> tuple[float, float]:
    """A mean, and twice its standard error: 19 of 20 such means lie that near to the truth."""
    return fmean(of), 2 * stdev(of) / sqrt(len(of))


def measured_table(found: Sequence[Measured]) -> list[list[str]]:
    """Rows of text, the heading first."""
    rows = [["operation", "", "CPU µs", "apart", "requests/s", "apart"]]
    for each in found:
        rate = [f"{each.rate.mean:,.0f}", f"{each.rate.apart / each.rate.mean:.1%}"] if each.rate else ["", ""]
        server = [f"{each.server.mean:.2f}", f"{each.server.apart / each.server.mean:.1%}"]
        rows.append([each.operation, each.side, *server, *rate])
    return rows


def beside_table(found: Sequence[Beside]) -> list[list[str]]:
    """Rows of text, the heading first."""
    rows = [["operation", "", "CPU", "", "CPU µs more", "", "requests/s", ""]]
    for each in found:
        rate = [f"{each.rate:.3f}", f"± {each.rate_error:.3f}"] if each.rate is not None else ["", ""]
        cpu = [f"{each.cpu:.3f}", f"± {each.cpu_error:.3f}", f"{each.more:+.2f}", f"± {each.more_error:.2f}"]
        rows.append([each.operation, each.sides, *cpu, *rate])
    return rows


if __name__ == "__main__":
    main()

"""What a workspace that answers as Twenty 2.19 takes beside one that answers as 1.0.3: the last table of `make bench`.

    python -m bench.versions [--people 10000] [--seconds 3] [--only WORD] [--json] [--write-docs]

The same requests go to both, in turns: in processes that feed themselves, from the bytes of a request to those of its answer,
and over the wire to two servers.  The records are the same ones as far as both versions have their fields.  What is told are CPU
microseconds of the newer one, and ratios: in process those of many starts, since no two are alike, over the wire those of all
turns; the median of each.  A process has one version, as a server has: what is remembered of an object is looked up by its
name.  SQLite alone is measured: on a database server most of the work is in another process, which both versions ask the same.
"""

import json
import random
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from bench import report, servers, starts
from bench.data import Size
from bench.in_turns import Running, compared
from bench.load import CONNECTIONS, NotMeasured, check_installed
from bench.machine import machine
from bench.operations import Operation, operations
from bench.starts import Side
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import cache_folder
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19

MEASURED = ("find one", "page of 60 companies", "filter + order on an index", "create one")
NEWER, OLDER = TWENTY_2_19.name, TWENTY_1_0_3.name
AT_MOST = 1.05
STARTS, ROUNDS = 4, 2
"""Starts of each process, and turns over the wire, for each of --seconds."""

_PERSON = {"name": {"firstName": "Ada", "lastName": "{unique}"}, "emails": {"primaryEmail": "{unique}@example.com"}, "jobTitle": "Engineer"}
"""A person without a city, which the newer version does not have."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One operation in the newer version: CPU microseconds of a request in process, and over the wire with what the system takes
    of them, each beside the older one; and requests a second beside those of the older one."""

    operation: str
    alone: float
    alone_times: float
    wire: float
    wire_times: float
    rate_times: float

    @property
    def reached(self) -> bool:
        return max(self.alone_times, self.wire_times) <= AT_MOST


@click.command()
@click.option("--people", default=10_000, show_default=True, help="How many people there are; all else follows.")
@click.option("--seconds", default=3, show_default=True, help="How long each operation is measured.")
@click.option("--only", default="", metavar="WORD", help="Measure the operations that have this in their name.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the table into docs/performance.md too.")
def main(people: int, seconds: int, only: str, as_json: bool, write_docs: bool) -> None:
    """Measure a workspace of 2.19 beside one of 1.0.3."""
    size = Size(people)
    chosen = [each for each in _operations(size) if only in each.name]
    if not chosen:
        return  # what `make bench` was asked for is none of these
    try:
        check_installed()
        found = measured(size, chosen, seconds)
        here = machine(SqliteDatabases())
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(here, f"{size}; {CONNECTIONS} connections, {STARTS * seconds} starts, {ROUNDS * seconds} turns of a second")
    if as_json:
        click.echo(
            json.dumps({"machine": asdict(here), "versions": [{**asdict(each), "reached": each.reached} for each in found]}, indent=2)
        )
    else:
        click.echo(f"{head}\n\n{report.plain(versions_table(found))}")
    if write_docs:
        report.write_docs("versions", f"{head}\n\n{report.markdown(versions_table(found))}")


def measured(size: Size, chosen: Sequence[Operation], seconds: int) -> list[Versions]:
    """What each operation takes in the newer version, beside the older one."""
    kind = SqliteDatabases()
    with TemporaryDirectory(dir=cache_folder()) as name, ExitStack() as stack:
        folder = Path(name)
        kept = {NEWER: kind.filled(size, TWENTY_2_19), OLDER: kind.filled(size)}
        sides = [Side(version, servers.ROOT, filled) for version, filled in kept.items()]
        runs = []
        for number in range(STARTS * seconds):
            print(f"  in process: {number + 1} of {STARTS * seconds}", file=sys.stderr, flush=True)
            shuffled = random.sample(sides, len(sides))
            runs.append({(each.operation, each.side): each.server for each in starts.in_process(shuffled, chosen, size, folder)})
        running = {}
        for version, filled in kept.items():
            own = stack.enter_context(kind.copied(filled))
            running[version] = Running(stack.enter_context(servers.icosa(own.url, folder / f"{version}.log")), own.token)
        found = []
        for each in chosen:
            alone = median(run[each.name, NEWER] for run in runs)
            alone_times = median(run[each.name, NEWER] / run[each.name, OLDER] for run in runs)
            (wire,) = compared(each, size, running, ROUNDS * seconds, folder)
            found.append(Versions(each.name, alone, alone_times, wire.microseconds, wire.cpu, wire.rate))
        return found


def _operations(size: Size) -> list[Operation]:
    """Those that are measured, with bodies that both versions take."""
    chosen = [each for each in operations(size, embedded=True) if each.name in MEASURED]
    return [replace(each, body=json.dumps(_PERSON)) if each.body else each for each in chosen]


def versions_table(found: Sequence[Versions]) -> list[list[str]]:
    """Rows of text, the heading first."""
    rows = [[f"{NEWER} : {OLDER}", "µs in process", "", "µs over the wire", "", "requests/s", "aimed at", ""]]
    for each in found:
        figures = [
            f"{each.alone:.1f}",
            f"{each.alone_times:.2f} ×",
            f"{each.wire:.1f}",
            f"{each.wire_times:.2f} ×",
            f"{each.rate_times:.2f} ×",
        ]
        rows.append([each.operation, *figures, f"≤ {AT_MOST:g} × of CPU", "yes" if each.reached else "no"])
    return rows


if __name__ == "__main__":
    main()

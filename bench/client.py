"""Measure importing and exporting whole files, as their user runs it.

    python -m bench.client [--people 1000000] [--write-docs]

A server of its own on SQLite, and `icosa import` and `icosa export` as processes beside it: a CSV of people that
link to companies by their domain is imported, imported again, and exported in two formats.  What is measured is
the command's: its time, the most memory that it held, and how much of its time it waited for the server.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench import report, servers
from bench.data import Size, word
from bench.load import NotMeasured
from bench.machine import machine
from bench.stores.sqlite import SqliteDatabases

SMALLER = 10
"""A run of a tenth of the people goes before: what memory does not depend on is the number of records."""
THERE_BEFORE = Size(10_000)
MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """A command that ended well: `records` it dealt with, `seconds` it took, `worked` of them with the processor, and
    the most `memory` it held, in MiB."""

    name: str
    records: int
    seconds: float
    worked: float
    memory: float

    @property
    def waited(self) -> float:
        return 1 - min(1.0, self.worked / self.seconds)


@click.command()
@click.option("--people", default=1_000_000, show_default=True, help="How many are imported and exported.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the table into docs/performance.md too.")
def main(people: int, as_json: bool, write_docs: bool) -> None:
    """Measure importing and exporting."""
    kind = SqliteDatabases()
    try:
        jobs = [job for count in (people // SMALLER, people) for job in _measured(kind, count)]
        here = machine(kind)
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(here, f"{THERE_BEFORE} there before, client and server on the same cores")
    if as_json:
        click.echo(json.dumps({"machine": asdict(here), "jobs": [asdict(each) for each in jobs]}, indent=2))
    else:
        click.echo(f"{head}\n\n{report.plain(_table(jobs))}")
    if write_docs:
        report.write_docs("client", f"{head}\n\n{report.markdown(_table(jobs))}")


def _measured(kind: SqliteDatabases, people: int) -> Iterator[Job]:
    with TemporaryDirectory(dir=kind.folder) as name, kind.copied(kind.filled(THERE_BEFORE)) as there:
        folder = Path(name)
        source = _people_csv(folder / "people.csv", people)
        with servers.icosa(there.url, folder / "log") as server:
            run = _Shell(folder, server.url, there.token)
            imported = ["import", str(source), "--key", "emails.primaryEmail", "--yes", "--json"]
            yield run.timed("import, all new, CSV", people, imported)
            yield run.timed("import again, nothing to do", people, imported)
            whole = people + THERE_BEFORE.people
            for kind_of_file in ("csv", "parquet"):
                out = folder / f"out.{kind_of_file}"
                yield run.timed(
                    f"export with names of companies, {kind_of_file}", whole, ["export", "people", "--out", str(out), "--depth", "1"]
                )
                out.unlink()


def _people_csv(path: Path, people: int) -> Path:
    """People with an e-mail of their own and a company that is there, known by its domain."""
    companies = THERE_BEFORE.of("company")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["First Name", "Last Name", "Email", "Job Title", "City", "company.domainName"])
        for number in range(people):
            domain = f"{word(number % companies)}.example.com"
            rows.writerow(["Ada", f"Person {number}", f"imported.{number}@example.com", "Engineer", "Lyon", domain])
    return path


@dataclass(frozen=True, slots=True)
class _Shell:
    """Runs the command line against a server."""

    folder: Path
    url: str
    token: str

    def timed(self, name: str, records: int, arguments: Sequence[str]) -> Job:
        """Raises NotMeasured where the command fails."""
        home = {name: str(self.folder / name) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        environment = {**os.environ, **home, "ICOSA_URL": self.url, "ICOSA_TOKEN": self.token}
        log = self.folder / "said"
        begun = time.perf_counter()
        with log.open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "icosa", *arguments], stdout=said, stderr=said, env=environment, cwd=self.folder
            )
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise NotMeasured(f"icosa {arguments[0]} ended with {process.returncode}: {log.read_text()[-2000:]}")
        kilo = 1 if sys.platform == "darwin" else 1024
        job = Job(name, records, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * kilo / MEBI)
        print(f"  {name}, {records:,}: {seconds:.0f} s", file=sys.stderr, flush=True)
        return job


def _table(jobs: Sequence[Job]) -> list[list[str]]:
    rows = [["", "records", "seconds", "records/s", "peak memory", "waiting for the server"]]
    for each in jobs:
        rate, memory, waited = report.rate(each.records / each.seconds), f"{each.memory:.0f} MiB", f"{each.waited:.0%}"
        rows.append([each.name, f"{each.records:,}", f"{each.seconds:.1f}", rate, memory, waited])
    return rows


if __name__ == "__main__":
    main()

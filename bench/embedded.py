"""Measure importing into and exporting from a workspace in the same process, beside what bare SQL does with the same rows.

    python -m bench.embedded [--people 100000] [--rounds 3] [--write-docs]

A CSV of people that link to companies by their domain is imported with a journal, imported again, and exported in three formats.
Beside each the same is done by a script that knows the tables: it reads the same file with the `csv` module, finds the companies,
inserts the rows and their events (of which the database makes documents, indexes and search as it does for Icosa), looks people up
by their e-mail and compares them, and selects columns into files.  Each job is a process of its own, the two sides take turns, and
what counts is their CPU time, of all threads, without starting Python; a job waits for the disk beside that.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Final

import apsw
import click
import orjson

import icosa
from bench import report
from bench.data import word
from bench.load import NotMeasured
from bench.machine import machine
from bench.stores.sqlite import SqliteDatabases
from icosa import bulk
from icosa.catalogue.columns import columns
from icosa.catalogue.standard import STANDARD
from icosa.exports.table import table
from icosa.wire.identifiers import new_id
from icosa.wire.rest.body import read_record
from icosa.workspace.store.names import doc_column, quoted
from icosa.workspace.store.records import new_columns
from icosa.workspace.store.sqlite import dialect
from icosa.workspace.store.sqlite.connect import connect

COMPANIES: Final = 2_000
TOGETHER: Final = 960
"""Rows of one transaction of the script, as many as Icosa writes together."""

FORMATS: Final = ("jsonl", "csv", "parquet")
PEOPLE = STANDARD.by_singular["person"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a job is called, and what it should reach: records for a second of CPU, and a share of what bare SQL does."""

    name: str
    rate: int
    share: float | None = None


JOBS: Final = {
    "import": Aim("import CSV, links and journal", 15_000, 0.6),
    "again": Aim("import again, nothing to do", 60_000),
    "jsonl": Aim("export JSON Lines", 200_000),
    "csv": Aim("export CSV", 80_000),
    "parquet": Aim("export Parquet", 80_000),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of a job: seconds of CPU and by the clock, and the most memory of its own that its process held, in MiB."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Beside:
    """A job, `records` of which each side dealt with: medians of the turns of both."""

    job: str
    records: int
    icosa: Turn
    bare: Turn

    @property
    def rate(self) -> float:
        return self.records / self.icosa.cpu

    @property
    def share(self) -> float:
        return self.bare.cpu / self.icosa.cpu

    @property
    def reached(self) -> bool:
        aim = JOBS[self.job]
        return self.rate >= aim.rate and (aim.share is None or self.share >= aim.share)


@click.command()
@click.option("--people", default=100_000, show_default=True, help="How many are imported and exported.")
@click.option("--rounds", default=3, show_default=True, help="Turns of each side.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the table into docs/performance.md too.")
@click.option("--job", type=(str, str, str), hidden=True, help="Run one job: the side, its name, the folder.")
def main(people: int, rounds: int, as_json: bool, write_docs: bool, job: tuple[str, str, str] | None) -> None:
    """Measure imports and exports in one process."""
    if job is not None:
        click.echo(json.dumps(asdict(_timed(SIDES[job[0]][job[1]], Path(job[2])))))
        return
    kind = SqliteDatabases()
    try:
        found = measured(kind, people, rounds)
        head = report.headline(machine(kind), f"{COMPANIES:,} companies there before; {people:,} people, medians of {rounds} turns")
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2))
    else:
        click.echo(f"{head}\n\n{report.plain(_table(found))}")
    if write_docs:
        report.write_docs("embedded", f"{head}\n\n{report.markdown(_table(found))}")


def measured(kind: SqliteDatabases, people: int, rounds: int) -> list[Beside]:
    """All jobs, both sides in turns.  Raises NotMeasured where one fails."""
    turns: dict[tuple[str, str], list[Turn]] = {(side, job): [] for side in SIDES for job in JOBS}
    with TemporaryDirectory(dir=kind.folder) as name:
        folder = Path(name)
        _people_csv(folder / "people.csv", people)
        _with_companies(folder / "before.db")
        for number in range(rounds):
            sides = sorted(SIDES, reverse=bool(number % 2))
            for side in sides:
                shutil.copyfile(folder / "before.db", folder / f"{side}.db")
            for job in JOBS:
                for side in sides:
                    turns[side, job].append(_in_a_process(side, job, folder))
            for each in folder.glob("*.db-*"):
                each.unlink()
    return [Beside(job, people, _median(turns["icosa", job]), _median(turns["bare", job])) for job in JOBS]


_LOADED: Final = ("icosa.bulk", "icosa.workspace.opening", "icosa.workspace.in_process", "pyarrow.parquet", "phonenumbers")
"""What a first use would load: loading is no part of a job.  An array of pyarrow loads pandas, where that is installed."""


def _in_a_process(side: str, job: str, folder: Path) -> Turn:
    home = {name: str(folder / name) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ICOSA_")} | home
    command = [sys.executable, "-m", "bench.embedded", "--job", side, job, str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ended.returncode:
        raise NotMeasured(f"{side}, {job} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    turn = Turn(**json.loads(ended.stdout))
    print(f"  {side}, {job}: {turn.cpu:.2f} s of CPU, {turn.wall:.2f} s", file=sys.stderr, flush=True)
    return turn


def _timed(run: Callable[[Path], None], folder: Path) -> Turn:
    for each in _LOADED:
        import_module(each)
    import_module("pyarrow").array([])
    most, over = [_own_memory()], Event()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], _own_memory())

    watching = Thread(target=watch, daemon=True)
    watching.start()
    cpu, wall = time.process_time(), time.perf_counter()
    run(folder)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    over.set()
    watching.join()
    return Turn(cpu, wall, most[0])


def _own_memory() -> float:
    """MiB that the process holds beside what it has mapped of files, which the system takes back when it needs it."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"RssAnon:\s+(\d+) kB", status)[0]) / 1024


def _median(turns: Sequence[Turn]) -> Turn:
    return Turn(*(median(getattr(each, name) for each in turns) for name in ("cpu", "wall", "memory")))


def _people_csv(path: Path, people: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["First Name", "Last Name", "Email", "Job Title", "City", "company.domainName"])
        for number in range(people):
            domain = f"{word(number % COMPANIES)}.example.com"
            rows.writerow([f"Ada {number % 997}", f"Person {number}", f"imported.{number}@example.com", "Engineer", "Lyon", domain])


def _with_companies(path: Path) -> None:
    with icosa.connect(f"sqlite:///{path}", token="") as crm:
        for start in range(0, COMPANIES, 60):
            numbers = range(start, min(start + 60, COMPANIES))
            some = [{"name": f"Company {at}", "domainName": {"primaryLinkUrl": f"https://{word(at)}.example.com"}} for at in numbers]
            crm["companies"].create_many(some, depth=0)


def _icosa_import(folder: Path) -> None:
    with icosa.connect(f"sqlite:///{folder}/icosa.db", token="") as crm:
        done = bulk.import_rows(crm, "people", folder / "people.csv", key="emails.primaryEmail")
        if not done.applied.whole:
            raise SystemExit(f"not all went in: {done.applied}")


def _icosa_export(format_: str) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        with icosa.connect(f"sqlite:///{folder}/icosa.db", token="") as crm:
            bulk.export(crm, "people", folder / f"icosa.{format_}")

    return run


def _bare_import(folder: Path) -> None:
    """What a script does that knows the tables: no check, no plan, no journal."""
    database = connect(str(folder / "bare.db"))
    companies = _companies(database)
    names = [column.name for column in columns(PEOPLE)]
    insert = f"INSERT INTO {quoted(PEOPLE.table)} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))}) "
    insert += f"RETURNING {doc_column(PEOPLE)}"
    at, blank = "2026-02-03T04:05:06.789Z", _blank_person()
    event = "INSERT INTO icosa_outbox (at, object, action, actor, records, ids) VALUES (?, 'person', 'created', '{}', ?, ?)"
    position = 0
    for some in _by(TOGETHER, _csv_rows(folder)):
        rows = []
        for first, last, email, title, city, domain in some:
            position -= 1
            said = (new_id(), first, last, email, title, city, companies[domain], position)
            rows.append(list({**blank, **dict(zip(_SAID, said, strict=True))}.values()))
        with database:
            for begin in range(0, len(rows), 60):
                docs = [row[0] for row in database.executemany(insert, rows[begin : begin + 60])]
                records = ",".join(f'{{"before":null,"after":{{{doc}}}' for doc in docs)
                ids = orjson.dumps([row[0] for row in rows[begin : begin + 60]]).decode()
                database.execute(event, (at, f"[{records}]", ids))
    database.close()


_SAID: Final = ("id", "nameFirstName", "nameLastName", "emailsPrimaryEmail", "jobTitle", "city", "companyId", "position")


def _blank_person() -> dict[str, Any]:
    """The columns of a person of whom nothing is said, as they are stored."""
    said = read_record(STANDARD, PEOPLE, {"createdBy": {"source": "API", "name": "Icosa"}})
    values = new_columns(PEOPLE, said, "", "2026-02-03T04:05:06.789Z")
    return {column.name: dialect.value(column, values.get(column.name)) for column in columns(PEOPLE)}


def _bare_again(folder: Path) -> None:
    """Looks people up by their e-mail, and compares what the file says with what is there."""
    database = apsw.Connection(str(folder / "bare.db"))
    companies, same = _companies(database), 0
    find = (
        'SELECT "emailsPrimaryEmail", "nameFirstName", "nameLastName", "jobTitle", city, "companyId" FROM person '
        'WHERE "emailsPrimaryEmail" IN (SELECT value FROM json_each(?)) AND "emailsPrimaryEmail" != \'\' AND "deletedAt" IS NULL'
    )
    for some in _by(TOGETHER, _csv_rows(folder)):
        there = {row[0]: row[1:] for row in database.execute(find, (orjson.dumps([row[2] for row in some]).decode(),))}
        same += sum(there[email] == (first, last, title, city, companies[domain]) for first, last, email, title, city, domain in some)
    if not same:
        raise SystemExit("nothing is as it was")


def _bare_rows(folder: Path) -> Iterator[Any]:
    names = ", ".join(f"{quoted(column.name)}" for column in columns(PEOPLE) if column.path in _EXPORTED)
    return apsw.Connection(str(folder / "bare.db")).execute(f'SELECT {names} FROM person WHERE "deletedAt" IS NULL ORDER BY id')


_EXPORTED: Final = [each.name for each in table(STANDARD, PEOPLE)]


def _bare_jsonl(folder: Path) -> None:
    with (folder / "bare.jsonl").open("wb") as file:
        for row in _bare_rows(folder):
            file.write(orjson.dumps(dict(zip(_EXPORTED, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))


def _bare_csv(folder: Path) -> None:
    with (folder / "bare.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_EXPORTED)
        rows.writerows(_bare_rows(folder))


def _bare_parquet(folder: Path) -> None:
    pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    rows, writer = _bare_rows(folder), None
    while some := list(islice(rows, 10_000)):
        held = dict(zip(_EXPORTED, map(list, zip(*some, strict=True)), strict=True))
        batch = pyarrow.table(held, schema=writer.schema if writer else None)
        writer = writer or parquet.ParquetWriter(str(folder / "bare.parquet"), batch.schema)
        writer.write_table(batch)
    if writer:
        writer.close()


def _companies(database: apsw.Connection) -> dict[str, str]:
    rows = database.execute('SELECT "domainNamePrimaryLinkUrl", id FROM company WHERE "deletedAt" IS NULL')
    return {url.removeprefix("https://"): id_ for url, id_ in rows}


def _csv_rows(folder: Path) -> Iterator[list[str]]:
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def _by(count: int, rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while some := list(islice(rows, count)):
        yield some


SIDES: Final[dict[str, dict[str, Callable[[Path], None]]]] = {
    "icosa": {"import": _icosa_import, "again": _icosa_import, **{each: _icosa_export(each) for each in FORMATS}},
    "bare": {"import": _bare_import, "again": _bare_again, "jsonl": _bare_jsonl, "csv": _bare_csv, "parquet": _bare_parquet},
}


def _table(found: Sequence[Beside]) -> list[list[str]]:
    rows = [["", "records a second of CPU", "bare SQL", "of bare SQL", "aimed at", "", "by the clock", "bare SQL", "peak memory"]]
    for each in found:
        aim = JOBS[each.job]
        aims = [f"≥ {aim.rate:,}/s", *([f"≥ {aim.share:.0%}"] if aim.share else [])]
        rows.append(
            [
                aim.name,
                report.rate(each.rate),
                report.rate(each.records / each.bare.cpu),
                f"{each.share:.0%}",
                ", ".join(aims),
                "yes" if each.reached else "no",
                f"{report.rate(each.records / each.icosa.wall)}/s",
                f"{report.rate(each.records / each.bare.wall)}/s",
                f"{each.icosa.memory:.0f} MiB",
            ]
        )
    return rows


if __name__ == "__main__":
    main()

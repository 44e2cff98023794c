"""Measure moving whole workspaces: between databases, into a mirror, and rows that another program writes.

    python -m bench.moving [--people 52630] [--json]

Everything runs as its user runs it, on a workspace whose records were all changed in the last minutes, as after an import:
`icosa pull` from a server on SQLite, and again with nothing changed, at once (what was written in the last minutes is looked at
again: a long write may show late) and an hour later; `icosa copy` to PostgreSQL and back; and a COPY of notes by
another program, of a tenth of the rows and of all, which should take ten times as long.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import click

from bench import report, servers
from bench.data import Size, batches
from bench.load import NotMeasured
from bench.machine import machine
from bench.stores.postgres import PostgresDatabases, postgres_databases
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import fill
from icosa.catalogue.kinds import wire_moment
from icosa.workspace import Workspace
from icosa.workspace.location import SCHEME, postgres_database
from icosa.workspace.store.statement import Statement, Statements

_NOTE = ("id", "createdAt", "updatedAt", "position", "title", "createdBySource", "createdByName")


@dataclass(frozen=True, slots=True)
class Move:
    """`records` that were moved in `seconds`, of which the command itself worked for `worked` with the processor."""

    name: str
    records: int
    seconds: float
    worked: float | None = None


@click.command()
@click.option(
    "--people",
    default=52_630,
    show_default=True,
    help="How many people there are, a multiple of ten; of all records there are 1.9 times as many.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(people: int, as_json: bool) -> None:
    """Measure moving workspaces."""
    kind = SqliteDatabases()
    try:
        with TemporaryDirectory(dir=kind.folder) as name, postgres_databases() as postgres:
            moves = list(_measured(Path(name), postgres, Size(people)))
            here = machine(kind)
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"machine": asdict(here), "moves": [asdict(each) for each in moves]}, indent=2))
    else:
        click.echo(f"{report.headline(here, f'{Size(people)}, and what hangs on them')}\n\n{report.plain(_table(moves))}")


def _measured(folder: Path, postgres: PostgresDatabases, size: Size) -> Iterator[Move]:
    source, run = f"{SCHEME}{folder / 'source.db'}", _Shell(folder)
    old = f"{SCHEME}{folder / 'old.db'}"
    yield from _pulled(run, folder / "mirror.db", source, size, timedelta(), ("all new", "again at once, nothing changed"))
    yield from _pulled(
        run, folder / "mirror of old.db", old, size, timedelta(hours=1), ("all an hour old", "again, nothing changed for an hour")
    )
    with postgres.fresh() as server:
        yield run.timed("icosa copy, SQLite to PostgreSQL", ["copy", source, server])
        yield run.timed("icosa copy, PostgreSQL to SQLite", ["copy", server, f"{SCHEME}{folder / 'back.db'}"])
    for rows in (10_000, 100_000):
        with postgres.fresh() as server:
            fill(server, Size(0), lambda workspace: None)
            begun = time.perf_counter()
            asyncio.run(_copy_notes(server, rows))
            yield Move(f"COPY by another program, {rows:,} notes", rows, time.perf_counter() - begun)


def _pulled(run: "_Shell", mirror: Path, source: str, size: Size, ago: timedelta, whats: Sequence[str]) -> Iterator[Move]:
    """Pulls a workspace whose records were all written some time ago, as often as there is a word for it."""
    token = fill(source, size, lambda workspace: _write(workspace, size, ago))
    with servers.icosa(source, mirror.parent / "log") as served:
        run.environment |= {"ICOSA_URL": served.url, "ICOSA_TOKEN": token}
        for what in whats:
            yield run.timed(f"icosa pull, {what}", ["pull", "--into", str(mirror)])


def _write(workspace: Workspace, size: Size, ago: timedelta) -> None:
    """Writes all records as an import does that has ended some time ago: whole numbers are whole, and every moment is that one."""
    for text, rows in batches(workspace.catalogue, workspace.store.dialect, size):
        at = text.partition("(")[2].split(", ").index('"updatedAt"')
        moment = wire_moment(datetime.now(UTC) - ago)
        made = [[int(each) if isinstance(each, float) and each.is_integer() else each for each in row] for row in rows]
        for row in made:
            row[at] = moment

        def steps(text: str = text, made: list[list[Any]] = made) -> Statements[None]:
            yield Statement(text, made, many=True)

        workspace.store.write(steps)


async def _copy_notes(url: str, count: int) -> None:
    moment = datetime.now(UTC)
    rows = [(uuid.uuid4(), moment, moment, float(at), "Note", "IMPORT", "") for at in range(count)]
    connection = await asyncpg.connect(postgres_database(url).url)
    try:
        await connection.copy_records_to_table("note", records=rows, columns=_NOTE)
        counted = await connection.fetchval("SELECT live FROM icosa_tally WHERE object = 'note'")
    finally:
        await connection.close()
    if counted != count:
        raise NotMeasured(f"{counted} of {count} rows were counted")


class _Shell:
    """Runs commands in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        home = {name: str(folder / name) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        self.environment = {**os.environ, **home}
        self._moved = 0

    def timed(self, name: str, arguments: Sequence[str]) -> Move:
        """Raises NotMeasured where the command fails."""
        begun = time.perf_counter()
        with (self._folder / "out").open("w") as out, (self._folder / "err").open("w") as err:
            command = [sys.executable, "-m", "icosa", *arguments, "--json"]
            process = subprocess.Popen(command, stdout=out, stderr=err, env=self.environment, cwd=self._folder)
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise NotMeasured(f"icosa {arguments[0]} ended with {process.returncode}: {(self._folder / 'err').read_text()[-2000:]}")
        lines = json.loads((self._folder / "out").read_text())
        self._moved = sum(each.get("records", each.get("added", 0)) for each in lines) or self._moved
        print(f"  {name}: {seconds:.1f} s", file=sys.stderr, flush=True)
        return Move(name, self._moved, seconds, used.ru_utime + used.ru_stime)


def _table(moves: Sequence[Move]) -> list[list[str]]:
    rows = [["", "records", "seconds", "records/s", "seconds of the command's processor"]]
    for each in moves:
        worked = "" if each.worked is None else f"{each.worked:.1f}"
        rows.append([each.name, f"{each.records:,}", f"{each.seconds:.2f}", report.rate(each.records / each.seconds), worked])
    return rows


if __name__ == "__main__":
    main()

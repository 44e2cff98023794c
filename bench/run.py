"""`make bench`: how fast a workspace answers, side by side with the floor.

    python -m bench.run [--store sqlite|postgresql] [--people 10000] [--seconds 3] [--only WORD] [--json] [--write-docs]

A workspace and the floor run at the same time, each on its own copy of the same database, and are measured
in turns of one second, so that whatever else the machine does falls on both.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from bench import report, servers
from bench.data import Size, spread_ids
from bench.floor.plan import Plan, Step
from bench.load import CONNECTIONS, NotMeasured, Requests, check_installed, load, together
from bench.machine import machine, resident_mb
from bench.operations import Floors, Operation, around, named, operations
from bench.report import Figure, Whole
from bench.servers import Server
from bench.stores import STORES, databases
from bench.stores.store import Databases, Filled
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.store.statement import Statement, Statements

EMBEDDED_MB, START_SECONDS = 120, 1.0


@click.command()
@click.option(
    "--store", type=click.Choice(STORES), default=STORES[0], envvar="STORE", show_default=True, help="Which database; else STORE."
)
@click.option("--people", default=10_000, show_default=True, help="How many people there are; all else follows.")
@click.option("--seconds", default=3, show_default=True, help="How long each operation is measured, on each side.")
@click.option("--only", default="", metavar="WORD", help="Measure the operations that have this in their name.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the tables into docs/performance.md too.")
def main(store: str, people: int, seconds: int, only: str, as_json: bool, write_docs: bool) -> None:
    """Measure a workspace side by side with the floor."""
    size = Size(people)
    try:
        check_installed()
        with databases(store) as kind:
            chosen = named(operations(size, embedded=kind.embedded), only)
            figures, wholes = measure(kind, size, chosen, seconds)
            here = machine(kind)
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(here, f"{size}; {CONNECTIONS} connections, {seconds} s an operation")
    tables = [report.operations_table(figures), report.wholes_table(wholes)]
    if as_json:
        click.echo(report.as_json(here, str(size), figures, wholes))
    else:
        click.echo("\n\n".join([head, *map(report.plain, tables)]))
    if write_docs:
        report.write_docs(store, "\n\n".join([head, *map(report.markdown, tables)]))


def measure(kind: Databases, size: Size, chosen: Sequence[Operation], seconds: int) -> tuple[list[Figure], list[Whole]]:
    """The figures of operations, and of the whole server after them."""
    with TemporaryDirectory(dir=kind.folder) as name:
        folder = Path(name)
        with both_servers(kind, size, chosen, folder) as (server, floor, token):
            figures = [_figure(number, each, size, seconds, folder, server, floor, token) for number, each in enumerate(chosen)]
            memory = resident_mb(server.process)
        started = servers.start_up_seconds(kind)
    return figures, [
        Whole("memory of the server after this load", memory, "MB", EMBEDDED_MB if kind.embedded else None),
        Whole("start-up to the first answer, on a fresh database", started, "s", START_SECONDS),
    ]


@contextmanager
def both_servers(kind: Databases, size: Size, chosen: Sequence[Operation], folder: Path) -> Iterator[tuple[Server, Server, str]]:
    """A workspace's server and the floor's, each on a copy of its own, and the token for the former."""
    with ExitStack() as stack:
        kept = kind.filled(size)
        ours, theirs = (stack.enter_context(kind.copied(kept)) for _ in range(2))
        server = stack.enter_context(servers.icosa(ours.url, folder / "icosa.log"))
        plan = folder / "plan.json"
        plan_of(server, ours, theirs, size, chosen).write(plan)
        yield server, stack.enter_context(servers.floor(plan, folder / "floor.log")), ours.token


def plan_of(server: Server, ours: Filled, theirs: Filled, size: Size, chosen: Sequence[Operation]) -> Plan:
    """The floor's steps, by the operation's number."""
    workspace = open_workspace(theirs.url)
    try:
        floors = Floors(workspace.catalogue, workspace.store.dialect)
        made = {str(number): each.floor(floors) for number, each in enumerate(chosen) if each.floor}
        steps = {
            key: step if step.writes else _with_bytes(workspace, step, chosen[int(key)], size, server, ours) for key, step in made.items()
        }
    finally:
        workspace.close()
    return Plan(theirs.url, steps)


def _with_bytes(workspace: Workspace, step: Step, operation: Operation, size: Size, server: Server, ours: Filled) -> Step:
    """The step with the bytes around its statement's text, cut out of the workspace's real answer."""
    id_ = spread_ids(operation.ids, size)[1] if operation.ids else ""

    def read() -> Statements[bytes]:
        rows = yield Statement(step.sql, step.bound(id_))
        found: bytes = rows[0][0]
        return found

    sent = servers.answer(server.url + operation.path.replace("{id}", id_), ours.token)
    return around(step, workspace.store.read(read), sent, operation.name)


def _figure(number: int, operation: Operation, size: Size, seconds: int, folder: Path, server: Server, floor: Server, token: str) -> Figure:
    ids = None
    if operation.ids:
        ids = folder / f"{operation.ids}.ids"
        ids.write_text("\n".join(spread_ids(operation.ids, size)), "ascii")
    request = Requests(operation.method, operation.path, operation.body, operation.batch, ids)
    at_floor = Requests(operation.method, f"/{number}/{{id}}" if ids else f"/{number}", operation.body, operation.batch, ids)
    runs, beside = [], []
    for _ in range(seconds):
        runs.append(load(server.url, request, token))
        if operation.floor:
            beside.append(load(floor.url, at_floor, token))
    run = together(runs)
    print(f"  {operation.name}: {report.rate(run.rate)}/s", file=sys.stderr, flush=True)
    share = median(ours.rate / theirs.rate for ours, theirs in zip(runs, beside, strict=True)) if beside else None
    return Figure(operation.name, run, together(beside) if beside else None, share, operation.at_least, operation.rate, operation.before)


if __name__ == "__main__":
    main()

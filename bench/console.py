"""`make bench-console`: what a page of the console takes, and what the console takes from the API beside it.

    python -m bench.console [--sizes 10000,1000000] [--rounds 10] [--api-rounds 20] [--json] [--write-docs]

Pages: a server on a database of each size, and beside them the same bytes as a page of Starlette's with nothing behind it.  All
are asked on one connection, as one person asks, in turns of a second.  One page is asked for again and again while nobody writes,
which is the warm one; the cold ones go on through the larger database, so that each page, and each record of it, is one that
nobody has asked for before, or not for thousands of pages.  The API: two servers, one without the console, while
somebody looks at two pages a second of the other.  What is told are ratios within a round, the median of all rounds.
"""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click

from bench import report, servers
from bench.data import Size
from bench.in_turns import Compared, Running, compared
from bench.load import NotMeasured, Requests, check_installed, find, load
from bench.looking import looking, page, signed_in
from bench.machine import machine, resident_mb
from bench.operations import operations
from bench.servers import Server
from bench.starts import cpu_seconds
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import cache_folder
from bench.watching import MEASURED

PAGE = "/browse/people?limit=60"
WIRE = find("people", limit=60)
LOOKED_AT = (PAGE, "/", "/browse/companies?limit=60", "/run/companies/create-one")
AHEAD = 500
"""Cold pages that lie ready for one turn, which answers fewer."""
TIMES_WIRE, TIMES_BARE, TIMES_FEW, TIMES_WITHOUT = 3.0, 1.5, 1.3, 1.03
WITHOUT, WITH = "without", "with"
_PACKED = "Accept-Encoding: gzip"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for over and over."""

    server: Server
    requests: Requests
    token: str = "none"
    pages: Sequence[str] = ()

    def for_turn(self, number: int) -> Requests:
        """The requests of a turn: those that go through pages begin where no turn before has been."""
        if self.requests.ids is not None:
            at = number * AHEAD % max(1, len(self.pages))
            self.requests.ids.write_text("\n".join([*self.pages[at:], *self.pages[:at]][:AHEAD]), "ascii")
        return self.requests


@dataclass(frozen=True, slots=True)
class Took:
    """What one answer took, in milliseconds and in those of the server's CPU, and how long it was; the median of all turns."""

    name: str
    milliseconds: float
    cpu: float
    kilobytes: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """One beside another, the median of all rounds, and what is aimed at."""

    name: str
    times: float
    cpu: float
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """A server: seconds from its start to its first answer, and its memory in MB after all that was asked of it."""

    name: str
    started: float
    memory: float


@click.command()
@click.option("--sizes", default="10000,1000000", show_default=True, metavar="N,N", help="How many people: few, and many.")
@click.option("--rounds", default=10, show_default=True, help="How many turns of a second each page has.")
@click.option("--api-rounds", default=20, show_default=True, help="How many turns each operation of the API has; 0 leaves it out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the tables into docs/performance.md too.")
def main(sizes: str, rounds: int, api_rounds: int, as_json: bool, write_docs: bool) -> None:
    """Measure the console, and what it takes from the API."""
    few, many = (Size(int(each)) for each in sizes.split(","))
    try:
        check_installed()
        with TemporaryDirectory(dir=cache_folder()) as folder:
            took, ratios = pages(few, many, rounds, Path(folder))
            api, weights = beside_the_api(few, api_rounds, Path(folder)) if api_rounds else ([], [])
        here = machine(SqliteDatabases())
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(here, f"{few}, and {many.people:,} people; pages on 1 connection in {rounds} rounds")
    tables = [_times_table(took), _ratios_table(ratios), *([_api_table(api), _weights_table(weights)] if api else [])]
    if as_json:
        told: dict[str, Sequence[Any]] = {"machine": [here], "pages": took, "ratios": ratios, "api": api, "servers": weights}
        click.echo(json.dumps({name: [asdict(each) for each in of] for name, of in told.items()}, indent=2))
    else:
        click.echo("\n\n".join([head, *map(report.plain, tables)]))
    if write_docs:
        report.write_docs("console", "\n\n".join([head, *map(report.markdown, tables)]))


def pages(few: Size, many: Size, rounds: int, folder: Path) -> tuple[list[Took], list[Ratio]]:
    """Pages of both sizes, the same records as JSON, and the same bytes from next to nothing."""
    with ExitStack() as stack:
        small = _of_size(stack, few, folder)
        large = _of_size(stack, many, folder)
        cold, cold_wire = _onward(large, folder, 1 + rounds)
        bare = stack.enter_context(servers.bare_page(folder / f"{few.people}.html", folder / "bare.log"))
        kept, made = (Asked(bare, Requests("GET", path, headers=(_PACKED,))) for path in ("/", "/made"))
        asked = {
            f"warm: page of 60, of {few.people:,} people": small.page,
            "the same records as JSON": small.wire,
            "the same bytes from Starlette, kept": kept,
            "the same bytes from Starlette and Jinja2, cell by cell": made,
            f"warm: page of 60, of {many.people:,} people": large.page,
            f"cold: pages of 60, of {many.people:,} people": cold,
            "the records of the cold pages as JSON": cold_wire,
        }
        turns = [[_turn(each, number) for each in asked.values()] for number in range(1 + rounds)][1:]  # the first is for warming up
    took = [Took(name, *(median(each[at][which] for each in turns) for which in range(3))) for at, name in enumerate(asked)]
    return took, [
        Ratio("a warm page : the same records as JSON", *_beside(turns, 0, 1), TIMES_WIRE),
        Ratio("a warm page : the same bytes, kept", *_beside(turns, 0, 2), TIMES_BARE),
        Ratio("a warm page : the same bytes, cell by cell", *_beside(turns, 0, 3)),
        Ratio("a cold page : its records as JSON", *_beside(turns, 5, 6)),
        Ratio("a cold page : the same bytes, kept", *_beside(turns, 5, 2)),
        Ratio("a cold page : the same bytes, cell by cell", *_beside(turns, 5, 3)),
        Ratio(f"a warm page of {many.people:,} people : one of {few.people:,}", *_beside(turns, 4, 0), TIMES_FEW),
    ]


class Looked(NamedTuple):
    """A database that is looked at: its page, its records as JSON, and the cookie of who looks."""

    page: Asked
    wire: Asked
    cookie: str


def _of_size(stack: ExitStack, size: Size, folder: Path) -> Looked:
    """The page and the wire of a server on a database of a size; the page is kept in the folder too."""
    kind = SqliteDatabases()
    own = stack.enter_context(kind.copied(kind.filled(size)))
    server = stack.enter_context(servers.icosa(own.url, folder / f"{size.people}.log"))
    cookie = signed_in(server, own.token)
    (folder / f"{size.people}.html").write_bytes(page(server, PAGE, cookie))
    seen = Asked(server, Requests("GET", PAGE, headers=(f"Cookie: {cookie}", _PACKED)))
    return Looked(seen, Asked(server, Requests("GET", WIRE), own.token), cookie)


def _onward(of: Looked, folder: Path, turns: int) -> tuple[Asked, Asked]:
    """Page after page of a database, for so many turns, and the records of the same pages as JSON."""
    server, token = of.page.server, of.wire.token
    pages: list[str] = []
    after = ""
    while len(pages) < turns * AHEAD:
        info = json.loads(servers.answer(f"{server.url}{WIRE}{f'&starting_after={after}' if after else ''}", token))["pageInfo"]
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
        pages.append(after)
    shown, wire = folder / "shown.pages", folder / "wire.pages"
    headers = (f"Cookie: {of.cookie}", _PACKED)
    return (
        Asked(server, Requests("GET", f"{PAGE}&after={{id}}", ids=shown, headers=headers), pages=pages),
        Asked(server, Requests("GET", f"{WIRE}&starting_after={{id}}", ids=wire), token, pages),
    )


def beside_the_api(size: Size, rounds: int, folder: Path) -> tuple[list[Compared], list[Weight]]:
    """Operations of the API with the console in use, and without it."""
    kind = SqliteDatabases()
    kept = kind.filled(size)
    with ExitStack() as stack:
        sides = {}
        for name, options in ((WITH, ()), (WITHOUT, ("--no-console",))):
            own = stack.enter_context(kind.copied(kept))
            sides[name] = Running(stack.enter_context(servers.icosa(own.url, folder / f"{name}.log", *options)), own.token)
        there = sides[WITH].server
        stack.enter_context(looking(there, LOOKED_AT, signed_in(there, sides[WITH].token)))
        chosen = [each for each in operations(size, embedded=True) if each.name in MEASURED]
        found = [compared(of, size, sides, rounds, folder) for of in chosen]
        return found, [Weight(name, each.server.started, resident_mb(each.server.process)) for name, each in sides.items()]


class Turn(NamedTuple):
    """Milliseconds of one answer, those of the server's CPU, and kilobytes that were sent."""

    milliseconds: float
    cpu: float
    kilobytes: float


def _turn(of: Asked, number: int) -> Turn:
    requests = of.for_turn(number)
    before = cpu_seconds(of.server.process)
    run = load(of.server.url, requests, of.token, 1, 1)
    spent = cpu_seconds(of.server.process) - before
    return Turn(1000 / run.rate, 1000 * spent / run.requests, run.bytes / run.requests / 1024)


def _beside(turns: Sequence[Sequence[Turn]], one: int, other: int) -> tuple[float, float]:
    """How many times as long one takes as another, and how many times the CPU."""
    pairs = [(each[one], each[other]) for each in turns]
    return median(ours.milliseconds / theirs.milliseconds for ours, theirs in pairs), median(
        ours.cpu / theirs.cpu for ours, theirs in pairs
    )


def _times_table(took: Sequence[Took]) -> list[list[str]]:
    rows = [[each.name, f"{each.milliseconds:.2f}", f"{each.cpu:.2f}", f"{each.kilobytes:.1f}"] for each in took]
    return [["on one connection", "ms", "ms of CPU", "KB sent"], *rows]


def _ratios_table(ratios: Sequence[Ratio]) -> list[list[str]]:
    rows = [["one beside the other", "time", "CPU", "aimed at", ""]]
    for each in ratios:
        aim = ["", ""] if each.at_most is None else [f"≤ {each.at_most:g} ×", "yes" if each.times <= each.at_most else "no"]
        rows.append([each.name, f"{each.times:.2f} ×", f"{each.cpu:.2f} ×", *aim])
    return rows


def _api_table(api: Sequence[Compared]) -> list[list[str]]:
    head = ["with the console in use : without it", "requests/s", "CPU a request", "µs", "aimed at", ""]
    rows = []
    for each in api:
        reached = "yes" if each.cpu <= TIMES_WITHOUT else "no"
        rows.append(
            [each.operation, f"{each.rate:.3f} ×", f"{each.cpu:.3f} ×", f"{each.microseconds:.1f}", f"≤ {TIMES_WITHOUT:g} ×", reached]
        )
    return [head, *rows]


def _weights_table(weights: Sequence[Weight]) -> list[list[str]]:
    rows = [[f"{each.name} the console", f"{each.started:.2f} s", f"{each.memory:.0f} MB"] for each in weights]
    return [["a server", "start-up to the first answer", "memory after this load"], *rows]


if __name__ == "__main__":
    main()

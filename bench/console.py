"""`make bench-console`: what a page of the console takes, and what the console takes from the API beside it.

    python -m bench.console [--sizes 10000,1000000] [--rounds 10] [--api-rounds 20] [--json] [--write-docs]

Pages: a server on a database of each size, and beside them the same bytes as a page of Starlette's with nothing behind it.  All
are asked on one connection, as one person asks, in turns of a second.  One page is asked for again and again while nobody writes,
which is the warm one; the cold ones go on through the larger database, so that each page, and each record of it, is one that
nobody has asked for before, or not for thousands of pages.  What is told are ratios within a round, the median of all rounds.

The API: two servers, one without the console.  Of the other all pages have been looked at before; it has turns in which nobody
looks, which tell what a request takes, and turns in which somebody looks at two pages a second, which tell what is left over for
requests.  Two starts of one and the same server differ by more than is looked for here (`bench/starts.py`), so both are started
several times, and the mean of these is told with twice its standard error.
"""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from statistics import mean, median, stdev
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
WITHOUT, WITH, LOOKED = "without", "nobody looks", "two pages a second"
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
@click.option("--starts", default=6, show_default=True, help="How often the servers of the API are started; 0 leaves it out.")
@click.option("--api-rounds", default=6, show_default=True, help="How many turns each operation of the API has in one start.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the tables into docs/performance.md too.")
def main(sizes: str, rounds: int, starts: int, api_rounds: int, as_json: bool, write_docs: bool) -> None:
    """Measure the console, and what it takes from the API."""
    few, many = (Size(int(each)) for each in sizes.split(","))
    try:
        check_installed()
        with TemporaryDirectory(dir=cache_folder()) as folder:
            took, ratios = pages(few, many, rounds, Path(folder))
            api, weights = beside_the_api(few, starts, api_rounds, Path(folder)) if starts else ([], [])
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


@dataclass(frozen=True, slots=True)
class WithConsole:
    """An operation of a server that has the console, beside one that has none: `cpu` and `rate` are means of all starts, and
    `error` twice the standard error of the former; `side` is whether somebody looked at pages meanwhile."""

    operation: str
    side: str
    rate: float
    cpu: float
    error: float
    microseconds: float


def beside_the_api(size: Size, starts: int, rounds: int, folder: Path) -> tuple[list[WithConsole], list[Weight]]:
    """Operations of the API with the console in use, and without it."""
    found: list[Compared] = []
    for _ in range(starts):
        compared_here, weights = _one_start(size, rounds, folder)
        found += compared_here
    by_name: dict[tuple[str, str], list[Compared]] = {}
    for each in found:
        by_name.setdefault((each.operation, each.side), []).append(each)
    return [_mean(of) for of in by_name.values()], weights


def _mean(of: Sequence[Compared]) -> WithConsole:
    cpu = [each.cpu for each in of]
    error = 2 * stdev(cpu) / len(cpu) ** 0.5 if len(cpu) > 1 else 0.0
    return WithConsole(
        of[0].operation, of[0].side, mean(each.rate for each in of), mean(cpu), error, mean(each.microseconds for each in of)
    )


def _one_start(size: Size, rounds: int, folder: Path) -> tuple[list[Compared], list[Weight]]:
    kind = SqliteDatabases()
    kept = kind.filled(size)
    with ExitStack() as stack:
        owned = {name: stack.enter_context(kind.copied(kept)) for name in (WITH, WITHOUT)}
        there = stack.enter_context(servers.icosa(owned[WITH].url, folder / "with.log"))
        plain = stack.enter_context(servers.icosa(owned[WITHOUT].url, folder / "without.log", "--no-console"))
        cookie = signed_in(there, owned[WITH].token)
        for path in LOOKED_AT:
            page(there, path, cookie)
        pages = cycle(LOOKED_AT)
        sides = {
            WITH: Running(there, owned[WITH].token),
            LOOKED: Running(there, owned[WITH].token, lambda: looking(there, pages, cookie)),
            WITHOUT: Running(plain, owned[WITHOUT].token),
        }
        chosen = [each for each in operations(size, embedded=True) if each.name in MEASURED]
        found = [each for of in chosen for each in compared(of, size, sides, rounds, folder)]
        both = {"with": there, "without": plain}
        return found, [Weight(name, each.started, resident_mb(each.process)) for name, each in both.items()]


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


def _api_table(api: Sequence[WithConsole]) -> list[list[str]]:
    rows = [["with the console : without it", "while", "requests/s", "CPU a request", "±", "µs", "aimed at", ""]]
    for each in api:
        reached = "yes" if each.cpu <= TIMES_WITHOUT else "no"
        told = [f"{each.rate:.3f} ×", f"{each.cpu:.3f} ×", f"{each.error:.3f}", f"{each.microseconds:.1f}"]
        rows.append([each.operation, each.side, *told, f"≤ {TIMES_WITHOUT:g} ×", reached])
    return rows


def _weights_table(weights: Sequence[Weight]) -> list[list[str]]:
    rows = [[f"{each.name} the console", f"{each.started:.2f} s", f"{each.memory:.0f} MB"] for each in weights]
    return [["a server", "start-up to the first answer", "memory after this load"], *rows]


if __name__ == "__main__":
    main()

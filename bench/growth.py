"""`make bench-growth`: what an answer costs as a workspace grows, and what a scan of it costs the others.

    python -m bench.growth [--sizes 10000,100000,1000000] [--seconds 3] [--json] [--write-docs]

A server runs on a database of each size, and they are measured in turns of one second.  The first run fills
the databases, the biggest of which takes some minutes and gigabytes; they are kept for the next.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from bench import report, servers
from bench.data import Size, moment, record_id, spread_ids, word
from bench.load import CONNECTIONS as EVERYONE
from bench.load import NotMeasured, Requests, Run, check_installed, find, load, together
from bench.machine import machine
from bench.operations import RECENT, named
from bench.servers import Server
from bench.stores import STORES, databases
from bench.stores.store import Databases

CONNECTIONS = 4
COST_AT_MOST = 1.3
P99_BESIDE_A_SCAN_MS = 50
SCAN = find("people", depth=0, limit=1, filter='avatarUrl[like]:"%nobody%has%this%"')


@dataclass(frozen=True, slots=True)
class Growing:
    """A request that is measured at each size; its path may name records that are there at that size alone."""

    name: str
    path: Callable[["Measured"], str]
    ids: str = ""
    aimed: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """A server on a database of one size."""

    size: Size
    server: Server
    token: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Cost:
    """A run at each size, and how many times one answer at the smallest fits into one at the largest: the median of
    the turns, in which sizes follow each other closely."""

    of: Growing
    runs: list[Run]
    times: float


@dataclass(frozen=True, slots=True)
class Aside:
    """Find one alone, and beside so many scans."""

    alone: Run
    beside: Run
    scans: int


def growing() -> tuple[Growing, ...]:
    """What must not cost more in a bigger workspace."""
    people, companies = partial(find, "people", depth=0, limit=60), partial(find, "companies", limit=60)
    return (
        Growing("find one", lambda on: "/rest/people/{id}?depth=0", "person"),
        Growing("first page of 60", lambda on: people()),
        Growing("page of 60 in the middle of a cursor walk", lambda on: people(starting_after=_middle(on))),
        Growing("page of 60 companies, depth 1", lambda on: companies(depth=1)),
        Growing("find one deal, depth 2", lambda on: "/rest/opportunities/{id}?depth=2", "opportunity"),
        Growing("filter on a unique key", lambda on: people(filter=f'emails.primaryEmail[eq]:"{_email(on)}"')),
        Growing("filter on 60 unique keys", lambda on: people(filter=f"emails.primaryEmail[in]:[{','.join(_emails(on))}]")),
        Growing("filter on a relation", lambda on: people(filter=f"companyId[eq]:{_company(on)}")),
        Growing(
            "filter + order on an index",
            lambda on: people(filter=f'createdAt[gte]:"{moment(on.size.people - RECENT)}"', order_by="createdAt[DescNullsLast]"),
        ),
        Growing("totalCount, no filter", lambda on: people(limit=1)),
        # An index of letters has longer lists in a bigger workspace, so these cost more: found out, and aimed at nothing.
        Growing("ilike '%…%' on e-mails", lambda on: people(filter=f'emails.primaryEmail[ilike]:"%{_word(on)}%"'), aimed=False),
        Growing(
            "ilike '%…%' on domains", lambda on: companies(depth=0, filter=f'domainName.primaryLinkUrl[ilike]:"%{_word(on)}%"'), aimed=False
        ),
        Growing(
            "ilike '%…%' on names, which matches more and more", lambda on: people(filter='name.lastName[ilike]:"%bado%"'), aimed=False
        ),
    )


@click.command()
@click.option(
    "--store", type=click.Choice(STORES), default=STORES[0], envvar="STORE", show_default=True, help="Which database; else STORE."
)
@click.option("--sizes", default="10000,100000,1000000", show_default=True, metavar="N,N,…", help="How many people, smallest first.")
@click.option("--seconds", default=3, show_default=True, help="How long each operation is measured at each size.")
@click.option("--only", default="", metavar="WORD", help="Measure the operations that have this in their name.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the tables into docs/performance.md too.")
def main(store: str, sizes: str, seconds: int, only: str, as_json: bool, write_docs: bool) -> None:
    """Measure what growth costs."""
    try:
        check_installed()
        chosen = named(growing(), only)
        with databases(store) as kind:
            with serving(kind, [Size(int(each)) for each in sizes.split(",")]) as measured:
                found = [costs(each, measured, seconds) for each in chosen]
                aside = beside_a_scan(measured[-1], seconds)
            here = machine(kind)
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(
        here, f"{'; '.join(str(each.size) for each in measured)}; {CONNECTIONS} connections, {seconds} s an operation and size"
    )
    tables = [growth_table(found, measured), scan_table(aside, measured[-1])]
    if as_json:
        told = [{"name": each.of.name, "cost": each.times, "rates": [run.rate for run in each.runs]} for each in found]
        click.echo(json.dumps({"machine": asdict(here), "sizes": sizes, "operations": told, "scan": asdict(aside)}, indent=2))
    else:
        click.echo("\n\n".join([head, *map(report.plain, tables)]))
    if write_docs:
        report.write_docs(f"growth on {store}", "\n\n".join([head, *map(report.markdown, tables)]))


@contextmanager
def serving(kind: Databases, sizes: Sequence[Size]) -> Iterator[list[Measured]]:
    """A server for each size, on the kept databases: nothing is written."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(dir=kind.folder)))
        kept = [kind.filled(size) for size in sizes]
        yield [
            Measured(size, stack.enter_context(servers.icosa(each.url, folder / f"{size.people}.log")), each.token, folder)
            for size, each in zip(sizes, kept, strict=True)
        ]


def costs(of: Growing, measured: Sequence[Measured], seconds: int) -> Cost:
    """What it costs at each size, taken in turns; the first turn warms caches and does not count."""
    requests = [_requests(of, on) for on in measured]
    turns = []
    for _ in range(1 + seconds):
        turns.append([load(on.server.url, sent, on.token, 1, CONNECTIONS) for on, sent in zip(measured, requests, strict=True)])
    cost = Cost(of, [together(each) for each in zip(*turns[1:], strict=True)], median(turn[0].rate / turn[-1].rate for turn in turns[1:]))
    print(f"  {of.name}: {cost.times:.2f} ×", file=sys.stderr, flush=True)
    return cost


def beside_a_scan(on: Measured, seconds: int) -> Aside:
    """Find one, while another connection reads the whole table over and over."""
    requests, ended, scans = _requests(growing()[0], on), threading.Event(), 0
    alone = load(on.server.url, requests, on.token, seconds)

    def scan() -> None:
        nonlocal scans
        while not ended.is_set():
            servers.answer_any(on.server.url + SCAN, on.token)
            scans += 1

    thread = threading.Thread(target=scan)
    thread.start()
    try:
        beside = load(on.server.url, requests, on.token, seconds)
    finally:
        ended.set()
        thread.join()
    return Aside(alone, beside, scans)


def growth_table(costs: Sequence[Cost], measured: Sequence[Measured]) -> list[list[str]]:
    """Requests a second at each size, and what one costs at the largest in terms of the smallest."""
    rows = [["operation", *(f"{on.size.people:,}" for on in measured), "cost", "aimed at", ""]]
    for each in costs:
        aim = [f"≤ {COST_AT_MOST} ×", "yes" if each.times <= COST_AT_MOST else "no"] if each.of.aimed else ["", ""]
        rows.append([each.of.name, *(f"{report.rate(run.rate)}/s" for run in each.runs), f"{each.times:.2f} ×", *aim])
    return rows


def scan_table(aside: Aside, on: Measured) -> list[list[str]]:
    beside = f"while another connection reads all {on.size.people:,} people, over and over"
    reached = "yes" if aside.beside.p99 < P99_BESIDE_A_SCAN_MS else "no"
    return [
        [f"find one, {EVERYONE} connections", "requests/s", "p50 ms", "p99 ms", "aimed at", ""],
        ["alone", *_times(aside.alone), "", ""],
        [beside, *_times(aside.beside), f"p99 < {P99_BESIDE_A_SCAN_MS} ms", reached],
    ]


def _times(run: Run) -> list[str]:
    return [report.rate(run.rate), f"{run.p50:.1f}", f"{run.p99:.1f}"]


def _requests(of: Growing, on: Measured) -> Requests:
    ids = None
    if of.ids:
        ids = on.folder / f"{of.ids}-{on.size.people}.ids"
        ids.write_text("\n".join(spread_ids(of.ids, on.size)), "ascii")
    return Requests("GET", of.path(on), ids=ids)


def _middle(on: Measured) -> str:
    """The cursor of a record in the middle of the walk, as an answer gave it."""
    before = record_id("person", on.size.people // 2)
    page = servers.answer(f"{on.server.url}/rest/people?depth=0&limit=1&filter=id%5Bgt%5D%3A{before}", on.token)
    cursor: str = json.loads(page)["pageInfo"]["endCursor"]
    return cursor


def _email(on: Measured) -> str:
    page = servers.answer(f"{on.server.url}/rest/people/{record_id('person', on.size.people // 3)}?depth=0", on.token)
    email: str = json.loads(page)["data"]["person"]["emails"]["primaryEmail"]
    return email


def _emails(on: Measured) -> list[str]:
    sent = servers.answer(f"{on.server.url}{find('people', depth=0, limit=60)}", on.token)
    return [json.dumps(each["emails"]["primaryEmail"]) for each in json.loads(sent)["data"]["people"]]


def _word(on: Measured) -> str:
    return word(on.size.of("company") // 3)


def _company(on: Measured) -> str:
    return record_id("company", on.size.of("company") // 2)


if __name__ == "__main__":
    main()

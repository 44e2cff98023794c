"""`make bench-peers`: a workspace beside PocketBase, with the same records, in turns on the same cores.

    python -m bench.peers [--people 20000] [--turns 5] [--only "find one"] [--json] [--write-docs]

Each is filled through its own API and is asked in its own words for the same thing.  As shipped PocketBase does not wait for the
disk when it commits, so writes are measured beside it as it is shipped, and beside one that waits as Icosa always does.  Of two
turns that follow each other the ratio is taken, and of all ratios the median.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import click

from bench import pocketbase, report, servers
from bench.load import CONNECTIONS, NotMeasured, Requests, check_installed, find, load
from bench.machine import machine, resident_mb
from bench.servers import Server
from bench.starts import cpu_seconds
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import cache_folder

PEOPLE_OF_A_COMPANY = 5
GONE_IN_A_TURN = 12_000
"""Records that lie ready to be deleted in a turn of a second."""
START_MILLISECONDS, BYTES_A_RECORD = 120, 900
_CITIES, _ORDER = 50, "createdAt[DescNullsLast]"
_PB = "/api/collections/people/records"


@dataclass(frozen=True, slots=True)
class Side:
    """A server with its records: the token that it takes, the ids of companies and people, and its file."""

    server: Server
    token: str
    companies: Sequence[str]
    people: Sequence[str]
    file: Path


@dataclass(frozen=True, slots=True)
class Question:
    """The same thing asked of both.  `aim` is how many times as often Icosa should answer; `beside` says which PocketBase."""

    name: str
    ours: Requests
    theirs: Requests
    aim: float | None
    durable: bool = False
    connections: int = CONNECTIONS


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a question: requests a second of both, the ratio of neighbouring turns (their median, least and most), and
    the same of requests per CPU second."""

    name: str
    ours: float
    theirs: float
    times: float
    least: float
    most: float
    per_cpu: float
    aim: float | None


@click.command()
@click.option("--people", default=20_000, show_default=True, help="How many people there are; there is a company for five.")
@click.option("--turns", default=5, show_default=True, help="How many turns of a second each has for each question.")
@click.option("--only", default="", help="Only the questions whose names begin so.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write-docs", is_flag=True, help="Put the tables into docs/performance.md too.")
def main(people: int, turns: int, only: str, as_json: bool, write_docs: bool) -> None:
    """Measure beside PocketBase."""
    try:
        check_installed()
        with TemporaryDirectory(dir=cache_folder()) as folder:
            found, wholes = _measured(people, turns, only, Path(folder))
        here = machine(SqliteDatabases())
    except NotMeasured as error:
        raise click.ClickException(str(error)) from None
    head = report.headline(
        here, f"{people:,} people and {people // PEOPLE_OF_A_COMPANY:,} companies, beside PocketBase {pocketbase.VERSION}"
    )
    tables = [_table(found), wholes]
    if as_json:
        click.echo(json.dumps({"machine": asdict(here), "questions": [asdict(each) for each in found], "server": wholes}, indent=2))
    else:
        click.echo("\n\n".join([head, *map(report.plain, tables)]))
    if write_docs:
        report.write_docs("peers", "\n\n".join([head, *map(report.markdown, tables)]))


def _measured(people: int, turns: int, only: str, folder: Path) -> tuple[list[Found], list[list[str]]]:
    with ExitStack() as stack:
        ours = _icosa(stack, people, folder / "icosa")
        shipped = _pocketbase(stack, people, folder / "shipped")
        weights = [_bytes_a_record(side, people) for side in (ours, shipped)]
        with pocketbase.pocketbase(folder / "durable", durable=True) as server:
            durable = Side(server, pocketbase.token(server), shipped.companies, shipped.people, folder / "durable")
            asked = [each for each in _questions(ours, shipped) if each.name.startswith(only)]
            found = [_answered(each, ours, durable if each.durable else shipped, turns, folder) for each in asked]
        memory = [resident_mb(side.server.process) for side in (ours, shipped)]
    starts = [_start_milliseconds(folder / name, name) for name in ("icosa", "shipped")]
    rows = [["", "Icosa", "PocketBase", "aimed at", ""]]
    rows.append(_row("bytes on disk a record, made over the API", weights, BYTES_A_RECORD, ""))
    rows.append(_row("start to first answer, these records in it", starts, START_MILLISECONDS, " ms"))
    rows.append(["memory after this load", *(f"{each:,.0f} MB" for each in memory), "", ""])
    return found, rows


def _row(name: str, values: Sequence[float], at_most: float, unit: str) -> list[str]:
    return [name, *(f"{each:,.0f}{unit}" for each in values), f"≤ {at_most:,.0f}{unit}", "yes" if values[0] <= at_most else "no"]


def _icosa(stack: ExitStack, people: int, folder: Path) -> Side:
    folder.mkdir()
    url = f"sqlite:///{folder / 'crm.db'}"
    made = subprocess.run(
        [sys.executable, "-m", "icosa", "keys", "create", "bench", "--database", url], capture_output=True, text=True, check=True
    )
    token = made.stdout.split()[-1]
    server = stack.enter_context(servers.icosa(url, folder / "log"))
    companies = _created(server, token, "companies", [_company(number) for number in range(people // PEOPLE_OF_A_COMPANY)])
    of = [{**_person(number), "companyId": companies[number // PEOPLE_OF_A_COMPANY]} for number in range(people)]
    return Side(server, token, companies, _created(server, token, "people", of), folder)


def _created(server: Server, token: str, plural: str, records: Sequence[Any]) -> list[str]:
    ids: list[str] = []
    for at in range(0, len(records), 60):
        answer = json.loads(servers.answer(f"{server.url}/rest/batch/{plural}?depth=0", token, "POST", json.dumps(records[at : at + 60])))
        ids += [each["id"] for each in next(iter(answer["data"].values()))]
    return ids


def _pocketbase(stack: ExitStack, people: int, folder: Path) -> Side:
    """One as it is shipped; a copy of its data, made before anything is measured, lies in the folder `durable` beside."""
    flat_people = [_flat_person(number) for number in range(people)]
    with pocketbase.pocketbase(folder, durable=False) as server:
        token = pocketbase.token(server)
        flat = [_flat_company(number) for number in range(people // PEOPLE_OF_A_COMPANY)]
        filled = pocketbase.collect(server, token, flat, flat_people, [number // PEOPLE_OF_A_COMPANY for number in range(people)])
    shutil.copytree(folder / "data", folder.with_name("durable") / "data")
    server = stack.enter_context(pocketbase.pocketbase(folder, durable=False))
    return Side(server, pocketbase.token(server), *filled, folder / "data")


def _company(number: int) -> dict[str, Any]:
    return {
        "name": f"Works {number}",
        "domainName": {"primaryLinkUrl": f"https://w{number}.example.com"},
        "employees": number % 900,
        "annualRecurringRevenue": {"amountMicros": number * 1_000_000, "currencyCode": "EUR"},
        "address": {"addressStreet1": f"{number} Quay", "addressCity": f"Town {number % _CITIES}", "addressCountry": "France"},
        "idealCustomerProfile": number % 2 == 0,
    }


def _flat_company(number: int) -> dict[str, Any]:
    """The same as fields of one value each, those that Icosa's record has beside what is set."""
    return {
        "name": f"Works {number}", "domain": f"https://w{number}.example.com", "domainLabel": "", "employees": number % 900,
        "revenue": number * 1_000_000, "currency": "EUR", "street": f"{number} Quay", "street2": "", "city": f"Town {number % _CITIES}",
        "postcode": "", "state": "", "country": "France", "latitude": 0, "longitude": 0, "ideal": number % 2 == 0, "linkedin": "",
        "linkedinLabel": "", "x": "", "xLabel": "", "byName": "bench", "bySource": "API", "position": number,
    }  # fmt: skip


def _person(number: int) -> dict[str, Any]:
    return {
        "name": {"firstName": "Ada", "lastName": f"Kin{number}"},
        "emails": {"primaryEmail": f"k{number}@example.com"},
        "jobTitle": f"Grade {number % 700}",
        "city": f"Town {number % _CITIES}",
    }


def _flat_person(number: int) -> dict[str, Any]:
    return {
        "first": "Ada", "last": f"Kin{number}", "email": f"k{number}@example.com", "job": f"Grade {number % 700}",
        "city": f"Town {number % _CITIES}", "avatar": "", "phone": "", "phoneCode": "", "linkedin": "", "linkedinLabel": "", "x": "",
        "xLabel": "", "byName": "bench", "bySource": "API", "position": number,
    }  # fmt: skip


def _questions(ours: Side, theirs: Side) -> list[Question]:
    one, other = ours.people[-5], theirs.people[-5]
    made = json.dumps(
        {
            "name": {"firstName": "Ada", "lastName": "New{unique}"},
            "emails": {"primaryEmail": "{unique}@example.com"},
            "jobTitle": "Engineer",
            "city": "Paris",
            "companyId": ours.companies[5],
        }
    )
    same = {"first": "Ada", "last": "New{unique}", "email": "{unique}@example.com", "job": "Engineer", "city": "Paris", "byName": "bench"}
    flat = json.dumps({**same, "bySource": "API", "company": theirs.companies[5]})
    create = Requests("POST", "/rest/people?depth=0", made), Requests("POST", _PB, flat)
    change = json.dumps({"jobTitle": "Engineer {unique}"}), json.dumps({"job": "Engineer {unique}"})
    by_id = "/rest/people/{id}?depth=0", f"{_PB}/{{id}}"

    def asked(query: str, words: str, sort: str = "-created", order: str = _ORDER, limit: int = 60) -> tuple[Requests, Requests]:
        mine = find("people", filter=query, order_by=order, limit=limit, depth=0)
        return Requests("GET", mine), Requests("GET", f"{_PB}?{urlencode({'filter': words, 'sort': sort, 'perPage': limit})}")

    def get(mine: str, other: str) -> tuple[Requests, Requests]:
        return Requests("GET", mine), Requests("GET", other)

    scan = 'city[eq]:"Town 7",name.lastName[startsWith]:"Kin1"', "city='Town 7' && last~'Kin1%'"
    other_scan = 'jobTitle[in]:["Grade 7","Grade 650"]', "job='Grade 7' || job='Grade 650'"
    return [
        Question("find one", *get(f"/rest/people/{one}?depth=0", f"{_PB}/{other}"), 4),
        Question("page of 60", *get(find("people", limit=60, depth=0), f"{_PB}?perPage=60"), 20),
        Question("page of 60 with a relation", *get(find("people", limit=60, depth=1), f"{_PB}?perPage=60&expand=company"), 13),
        Question("contains", *asked('name.lastName[ilike]:"%in1234%"', "last~'in1234'"), 10),
        Question("filter and order without an index", *asked(*scan), 2),
        Question("another filter, by job and city", *asked(*other_scan, "city,job", "city[AscNullsFirst],jobTitle[AscNullsFirst]"), 2),
        Question("count with a filter without an index", *asked('city[eq]:"Town 7"', "city='Town 7'", limit=1), 2),
        Question("count of all", *get(find("people", limit=1, depth=0), f"{_PB}?perPage=1"), None),
        Question("create one, both durable", *create, 1.8, durable=True),
        Question("create one, PocketBase as shipped", *create, 1.2),
        Question("create one on one connection, both durable", *create, 1.2, durable=True, connections=1),
        Question("update one", Requests("PATCH", by_id[0], change[0]), Requests("PATCH", by_id[1], change[1]), 1.2),
        Question("delete one", Requests("DELETE", by_id[0]), Requests("DELETE", by_id[1]), 1.2),
    ]


def _answered(asked: Question, ours: Side, theirs: Side, turns: int, folder: Path) -> Found:
    rates: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
    for number in range(-1, turns):  # the first is for warming up
        for name in sorted(rates, reverse=bool(number % 2)):
            side, requests = (ours, asked.ours) if name == "ours" else (theirs, asked.theirs)
            measured = _turn(side, _with_ids(requests, side, name, folder), asked.connections)
            if number >= 0:
                rates[name].append(measured)
    pairs = list(zip(rates["ours"], rates["theirs"], strict=True))
    times = [one[0] / other[0] for one, other in pairs]
    medians = [median(rate for rate, _ in of) for of in rates.values()]
    print(f"  {asked.name}: {medians[0]:,.0f}/s beside {medians[1]:,.0f}/s, {median(times):.2f} x", file=sys.stderr, flush=True)
    per_cpu = median(one[1] / other[1] for one, other in pairs)
    return Found(asked.name, medians[0], medians[1], median(times), min(times), max(times), per_cpu, asked.aim)


def _turn(side: Side, requests: Requests, connections: int) -> tuple[float, float]:
    """Requests a second, and per CPU second."""
    before = cpu_seconds(side.server.process)
    run = load(side.server.url, requests, side.token, connections=connections)
    return run.rate, run.requests / (cpu_seconds(side.server.process) - before)


def _with_ids(requests: Requests, side: Side, name: str, folder: Path) -> Requests:
    """The requests with the ids that they go through: of people who are there, or, to be deleted, of new ones."""
    if "{id}" not in requests.path:
        return requests
    ids = _doomed(side, name) if requests.method == "DELETE" else side.people[:5000]
    file = folder / f"{name}.ids"
    file.write_text("\n".join(ids), "ascii")
    return Requests(requests.method, requests.path, requests.body, ids=file)


def _doomed(side: Side, name: str) -> list[str]:
    make: Callable[..., list[str]] = _created if name == "ours" else pocketbase.create
    if name == "ours":
        return make(side.server, side.token, "people", [{"jobTitle": "Leaving"} for _ in range(GONE_IN_A_TURN)])
    gone = [{"job": "Leaving", "email": f"{uuid4()}@example.com"} for _ in range(GONE_IN_A_TURN)]
    return make(side.server, side.token, "people", gone)


def _bytes_a_record(side: Side, people: int) -> float:
    held = sum(each.stat().st_size for each in side.file.glob("*.db"))
    return held / (people + people // PEOPLE_OF_A_COMPANY)


def _start_milliseconds(folder: Path, name: str) -> float:
    taken = []
    for _ in range(5):
        if name == "icosa":
            with servers.icosa(f"sqlite:///{folder / 'crm.db'}", folder / "log") as server:
                taken.append(server.started)
        else:
            with pocketbase.pocketbase(folder, durable=False) as server:
                taken.append(server.started)
    return median(taken) * 1000


def _table(found: Sequence[Found]) -> list[list[str]]:
    rows = [["8 connections, unless it says one", "Icosa/s", "PocketBase/s", "times", "from – to", "times per CPU", "aimed at", ""]]
    for each in found:
        span, aim = f"{each.least:.2f} – {each.most:.2f}", f"≥ {each.aim:g} ×" if each.aim else ""
        reached = "" if each.aim is None else "yes" if each.times >= each.aim else "no"
        rates = (report.rate(each.ours), report.rate(each.theirs))
        rows.append([each.name, *rates, f"{each.times:.2f} ×", span, f"{each.per_cpu:.1f} ×", aim, reached])
    return rows


if __name__ == "__main__":
    main()

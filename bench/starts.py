"""Sides that are compared, started anew many times: two starts of one and the same server differ by up to 13 %, by the luck of
where things lie in memory, and only the means of many tell of the server."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import servers
from bench.data import Size, spread_ids
from bench.load import CONNECTIONS, NotMeasured, Requests, load
from bench.operations import Operation
from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import Filled, cache_folder
from icosa.catalogue.standard import STANDARD

TURNS = 15
"""How many turns each side has within one process, for each operation."""

_FILLED = """
from bench.data import Size
from bench.stores.sqlite import SqliteDatabases
filled = SqliteDatabases().filled(Size({people}))
print(filled.url, filled.token)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """A checkout, a database that it can read, and what watches over its server: "log", "metrics"."""

    name: str
    root: Path
    filled: Filled
    watching: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What an operation cost on a side in one start: CPU microseconds a request, of all processes of the server; requests a
    second, where there was a server."""

    operation: str
    side: str
    server: float
    rate: float | None = None


def as_servers(sides: Sequence[Side], operations: Sequence[Operation], size: Size, folder: Path) -> Iterator[Cost]:
    """One server for each side, in the order given, one after the other: a second to warm up, and a second of each operation."""
    requests = {each.name: as_load(each, size, folder) for each in operations}
    for side in sides:
        options = (*(("--access-log", "text") if "log" in side.watching else ()), *(("--metrics",) if "metrics" in side.watching else ()))
        with (
            SqliteDatabases().copied(side.filled) as own,
            servers.icosa(own.url, folder / "server.log", *options, root=side.root) as server,
        ):
            load(server.url, next(iter(requests.values())), own.token)
            for name, request in requests.items():
                family = [server.process, *_children(server.process)]
                before = [cpu_seconds(each) for each in family]
                run = load(server.url, request, own.token)
                spent = sum(cpu_seconds(each) - was for each, was in zip(family, before, strict=True))
                yield Cost(name, side.name, spent * 1e6 / run.requests, run.rate)


def in_process(sides: Sequence[Side], operations: Sequence[Operation], size: Size, folder: Path) -> Iterator[Cost]:
    """One process for all sides of each checkout and database, in the order given, that feeds itself (in_process.py)."""
    for root, filled in dict.fromkeys((side.root, side.filled) for side in sides):
        here = [side for side in sides if (side.root, side.filled) == (root, filled)]
        with SqliteDatabases().copied(filled) as own:
            asked = {
                "database": own.url,
                "sides": {side.name: side.watching for side in here},
                "names": [each.plural for each in STANDARD],
                "requests": {each.name: _as_bytes(each, size, own.token) for each in operations},
                "turns": TURNS,
                "connections": CONNECTIONS,
            }
            for name, of in _run(root, asked, folder / "process.log").items():
                yield from (Cost(name, side, spent) for side, spent in of.items())


def _run(root: Path, asked: Mapping[str, object], log: Path) -> dict[str, dict[str, float]]:
    command = [sys.executable, "-P", str(Path(__file__).with_name("in_process.py"))]
    with log.open("w") as errors:
        done = subprocess.run(
            command,
            input=json.dumps(asked),
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
            text=True,
            check=False,
        )
    if done.returncode:
        raise NotMeasured(f"the process of {root} failed; its last words: {log.read_text()[-2000:]}")
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def as_load(operation: Operation, size: Size, folder: Path) -> Requests:
    """An operation as what wrk sends; the ids that it goes through are written into the folder."""
    ids = None
    if operation.ids:
        ids = folder / f"{operation.ids}.ids"
        ids.write_text("\n".join(spread_ids(operation.ids, size)), "ascii")
    return Requests(operation.method, operation.path, operation.body, operation.batch, ids)


def _as_bytes(operation: Operation, size: Size, token: str) -> tuple[str, list[str], int]:
    """The same request as wrk writes it, the ids for it, and how many make a turn."""
    head = f"{operation.method} {operation.path} HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nAuthorization: Bearer {token}"
    if operation.body:
        head += "\r\nContent-Type: application/json"
    of_a_turn = 200 if operation.body else 1000 if "page" in operation.name else 4000
    return f"{head}\r\n\r\n{operation.body}", spread_ids(operation.ids, size) if operation.ids else [], of_a_turn


def filled_by(checkout: Path, size: Size) -> Filled:
    """A database that another checkout has made itself, kept apart from those of this one: tables may differ."""
    cache = cache_folder() / "before"
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (checkout / "src", checkout))), "ICOSA_BENCH_CACHE": str(cache)}
    command = [sys.executable, "-c", _FILLED.format(people=size.people)]
    done = subprocess.run(command, cwd=checkout, env=where, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotMeasured(f"the checkout {checkout} cannot fill a database; its own words are above")
    url, token = done.stdout.split()[-2:]
    return Filled(url, token)


def cpu_seconds(process: int) -> float:
    """The CPU seconds of a process so far, its ended threads' too: Linux makes a clock of each (clock_getcpuclockid)."""
    return time.clock_gettime(~process << 3 | 2)


def _children(process: int) -> list[int]:
    listed = subprocess.run(["ps", "--ppid", str(process), "-o", "pid="], capture_output=True, text=True, check=False).stdout
    return [int(each) for each in listed.split()]

"""A restart of the server, orderly or by kill -9, is invisible to clients with their default settings: they wait, no call
raises, and what was acknowledged is there once."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import icosa
from tests.durability.servers import Server, until
from tests.logged import everything_logged

THREADS = 4
TASKS = 4
MARK = "Analytical Engines"
"""Stands in every value that is written, and in no line of the log."""


@dataclass
class Load:
    """What the callers know: the name of each record that was acknowledged, how often each caller went round, and what
    was raised."""

    names: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    raised: list[Exception] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def blocking(crm: icosa.Client, callers: Load, caller: str) -> None:
    try:
        while not callers.ended.is_set():
            name = f"{MARK} {caller} {callers.rounds[caller]}"
            made = crm.companies.create_one(name=name, depth=0)
            callers.names[made["id"]] = name
            assert crm.companies.find_one(made["id"], depth=0)["name"] == name
            crm.companies.update_one(made["id"], name=f"{name} & Co", depth=0)
            callers.names[made["id"]] = f"{name} & Co"
            assert crm.companies.find_many(filter=f'name[startsWith]:"{MARK} {caller}"', limit=10, depth=0).records
            callers.rounds[caller] += 1
    except Exception as error:  # whatever it is: nothing may be raised
        callers.raised.append(error)


async def awaited(crm: icosa.AsyncClient, callers: Load, caller: str) -> None:
    try:
        while not callers.ended.is_set():
            name = f"{MARK} {caller} {callers.rounds[caller]}"
            made = await crm.companies.create_one(name=name, depth=0)
            callers.names[made["id"]] = name
            assert (await crm.companies.find_one(made["id"], depth=0))["name"] == name
            await crm.companies.update_one(made["id"], name=f"{name} & Co", depth=0)
            callers.names[made["id"]] = f"{name} & Co"
            assert (await crm.companies.find_many(filter=f'name[startsWith]:"{MARK} {caller}"', limit=10, depth=0)).records
            callers.rounds[caller] += 1
    except Exception as error:  # whatever it is: nothing may be raised
        callers.raised.append(error)


@contextmanager
def load(server: Server) -> Iterator[Load]:
    """Several threads of one client, and several tasks of another, until the end of the block."""
    callers = Load()
    url = f"http://127.0.0.1:{server.port}"

    async def tasks() -> None:
        async with icosa.aconnect(url, server.token) as crm:
            await asyncio.gather(*(awaited(crm, callers, f"task {at}") for at in range(TASKS)))

    with icosa.connect(url, server.token) as crm:
        works: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [(blocking, (crm, callers, f"thread {at}")) for at in range(THREADS)]
        callers.rounds.update({f"{kind} {at}": 0 for kind, count in (("thread", THREADS), ("task", TASKS)) for at in range(count)})
        threads = [threading.Thread(target=work, args=given) for work, given in (*works, (asyncio.run, (tasks(),)))]
        for thread in threads:
            thread.start()
        try:
            yield callers
        finally:
            callers.ended.set()
            for thread in threads:
                thread.join()


def all_go_round(callers: Load) -> None:
    """Every caller begins a round and ends it."""
    before = dict(callers.rounds)
    until(
        lambda: callers.raised or all(callers.rounds[caller] >= rounds + 2 for caller, rounds in before.items()), "all callers to go round"
    )


def restarted(tmp_path: Path, rounds: int) -> None:
    """Half of the rounds end the server as systemd does, half as the kernel does that has no memory left."""
    server = Server(f"sqlite:///{tmp_path}/crm.db", tmp_path)
    server.start()
    try:
        with everything_logged() as heard, load(server) as callers:
            all_go_round(callers)
            for at in range(rounds):
                if at % 2:
                    server.kill()
                else:
                    assert server.stop() == 0
                server.start()
                all_go_round(callers)
                assert callers.raised == []
        assert callers.raised == []
        with icosa.connect(f"http://127.0.0.1:{server.port}", server.token) as crm:
            there = {each["id"]: each["name"] for each in crm.companies.iterate(depth=0)}
            count = crm.companies.find_many(limit=1, depth=0).total_count
    finally:
        server.kill()
    assert there == callers.names  # nothing lost, nothing else
    assert len(set(there.values())) == len(there) == count  # nothing twice
    assert sum("goes again" in line for line in heard.of("icosa.client")) >= rounds
    assert [line for line in heard.lines if MARK in line or server.token in line or any(part in there for part in line.split())] == []


def test_a_restart_is_invisible(tmp_path: Path) -> None:
    restarted(tmp_path, rounds=2)


@pytest.mark.slow
def test_twenty_restarts_are_invisible(tmp_path: Path) -> None:
    restarted(tmp_path, rounds=20)

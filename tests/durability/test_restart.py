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
class Told:
    """What the callers know: the name of each record that was acknowledged, how often each caller went round, and what
    was raised."""

    names: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    raised: list[Exception] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def blocking(crm: icosa.Client, told: Told, caller: str) -> None:
    try:
        while not told.ended.is_set():
            name = f"{MARK} {caller} {told.rounds[caller]}"
            made = crm.companies.create_one(name=name, depth=0)
            told.names[made["id"]] = name
            assert crm.companies.find_one(made["id"], depth=0)["name"] == name
            crm.companies.update_one(made["id"], name=f"{name} & Co", depth=0)
            told.names[made["id"]] = f"{name} & Co"
            assert crm.companies.find_many(filter=f'name[startsWith]:"{MARK} {caller}"', limit=10, depth=0).records
            told.rounds[caller] += 1
    except Exception as error:  # whatever it is: nothing may be raised
        told.raised.append(error)


async def awaited(crm: icosa.AsyncClient, told: Told, caller: str) -> None:
    try:
        while not told.ended.is_set():
            name = f"{MARK} {caller} {told.rounds[caller]}"
            made = await crm.companies.create_one(name=name, depth=0)
            told.names[made["id"]] = name
            assert (await crm.companies.find_one(made["id"], depth=0))["name"] == name
            await crm.companies.update_one(made["id"], name=f"{name} & Co", depth=0)
            told.names[made["id"]] = f"{name} & Co"
            assert (await crm.companies.find_many(filter=f'name[startsWith]:"{MARK} {caller}"', limit=10, depth=0)).records
            told.rounds[caller] += 1
    except Exception as error:  # whatever it is: nothing may be raised
        told.raised.append(error)


@contextmanager
def load(server: Server) -> Iterator[Told]:
    """Several threads of one client, and several tasks of another, until the end of the block."""
    told = Told()
    url = f"http://127.0.0.1:{server.port}"

    async def tasks() -> None:
        async with icosa.aconnect(url, server.token) as crm:
            await asyncio.gather(*(awaited(crm, told, f"task {at}") for at in range(TASKS)))

    with icosa.connect(url, server.token) as crm:
        works: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [(blocking, (crm, told, f"thread {at}")) for at in range(THREADS)]
        told.rounds.update({f"{kind} {at}": 0 for kind, count in (("thread", THREADS), ("task", TASKS)) for at in range(count)})
        threads = [threading.Thread(target=work, args=given) for work, given in (*works, (asyncio.run, (tasks(),)))]
        for thread in threads:
            thread.start()
        try:
            yield told
        finally:
            told.ended.set()
            for thread in threads:
                thread.join()


def all_go_round(told: Told) -> None:
    """Every caller begins a round and ends it."""
    before = dict(told.rounds)
    until(lambda: told.raised or all(told.rounds[caller] >= rounds + 2 for caller, rounds in before.items()), "all callers to go round")


def restarted(tmp_path: Path, rounds: int) -> None:
    """Half of the rounds end the server as systemd does, half as the kernel does that has no memory left."""
    server = Server(f"sqlite:///{tmp_path}/crm.db", tmp_path)
    server.start()
    try:
        with everything_logged() as heard, load(server) as told:
            all_go_round(told)
            for at in range(rounds):
                if at % 2:
                    server.kill()
                else:
                    assert server.stop() == 0
                server.start()
                all_go_round(told)
                assert told.raised == []
        assert told.raised == []
        with icosa.connect(f"http://127.0.0.1:{server.port}", server.token) as crm:
            there = {each["id"]: each["name"] for each in crm.companies.iterate(depth=0)}
            count = crm.companies.find_many(limit=1, depth=0).total_count
    finally:
        server.kill()
    assert there == told.names  # nothing lost, nothing else
    assert len(set(there.values())) == len(there) == count  # nothing twice
    assert sum("goes again" in line for line in heard.of("icosa.client")) >= rounds
    assert [line for line in heard.lines if MARK in line or server.token in line or any(part in there for part in line.split())] == []


def test_a_restart_is_invisible(tmp_path: Path) -> None:
    restarted(tmp_path, rounds=2)


@pytest.mark.slow
def test_twenty_restarts_are_invisible(tmp_path: Path) -> None:
    restarted(tmp_path, rounds=20)

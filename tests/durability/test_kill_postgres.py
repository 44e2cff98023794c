"""kill -9 of PostgreSQL itself, under a server that goes on: nothing that was acknowledged is lost, what was not
is there whole or not at all, and the server answers again without a restart."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.durability.inspection import Inspector, PostgresDatabase
from tests.durability.load import Memory, Writers
from tests.durability.servers import Server, until
from tests.durability.test_kill import WRITERS, rounds_of_killing
from tests.postgres import Cluster, binaries, cluster


@pytest.fixture
def durable() -> Iterator[Cluster]:
    """A cluster with the settings that PostgreSQL comes with: a commit is on disk before it is told."""
    if binaries() is None:
        pytest.skip("PostgreSQL 15 or newer is not installed (on Debian: apt install postgresql)")
    with cluster() as running:
        if not running.has("amcheck"):
            pytest.skip("this PostgreSQL has no extension amcheck, which looks into indexes (on Debian it is part of postgresql)")
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            running.sql(f"ALTER SYSTEM SET {name} = on")
        running.stop()
        running.start()
        yield running


def kill(running: Cluster) -> None:
    """kill -9 of the server and of all its processes."""
    parent = int((running.folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(parent, signal.SIGSTOP)  # or the others would hear of its end, and end in peace
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    processes = [*map(int, listed.stdout.split()), parent]
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until(lambda: not any(_runs(process) for process in processes), "PostgreSQL to be gone")
    if Path(f"/proc/{parent}").exists():
        # Where nobody buries orphans, as in many a container, the dead one still counts as running.
        for lock in (running.folder / "data" / "postmaster.pid", *running.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink()


def _runs(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def kills(durable: Cluster, folder: Path, rounds: int) -> None:
    name = durable.new()
    server, memory, inspector = Server(durable.url(name), folder), Memory(), Inspector(PostgresDatabase(durable, name))
    server.start()
    seed = random.randrange(10**6)
    for round_ in range(rounds):
        chance = random.Random(f"{seed}/{round_}")
        before = memory.acknowledged
        try:
            writers = Writers(server, memory, WRITERS, chance.getrandbits(32))
            until(lambda wanted=before + WRITERS: memory.acknowledged > wanted, "the first writes")  # type: ignore[misc]
            time.sleep(chance.uniform(0.0, 1.0))  # the random moment
            kill(durable)
            writers.join()
            with server.caller() as caller:
                status, _ = caller.send("POST", "/rest/companies", {"name": "while it is gone"})
                assert (status, caller.headers["retry-after"]) == (503, "1")
            durable.start()
            with server.caller() as caller:
                until(lambda: caller.send("GET", "/rest/companies?limit=1")[0] == 200, "answers without a restart")
            inspector.check(memory)
        except BaseException:
            print(f"seed {seed}, round {round_}; the server said: {server.log.read_text()}")
            raise
    assert server.stop() == 0
    assert {status for status, _ in memory.refused} <= {503}
    print(f"{rounds} kills of PostgreSQL, {memory.acknowledged} writes acknowledged, {memory.unknown} cut off; seed {seed}")


def test_postgresql_is_killed(durable: Cluster, tmp_path: Path) -> None:
    kills(durable, tmp_path, 3)


@pytest.mark.slow
def test_postgresql_is_killed_fifty_times(durable: Cluster, tmp_path: Path) -> None:
    kills(durable, tmp_path, 50)


def test_the_server_on_postgresql_is_killed(durable: Cluster, tmp_path: Path) -> None:
    name = durable.new()
    rounds_of_killing(Server(durable.url(name), tmp_path), Inspector(PostgresDatabase(durable, name)), 3, random.randrange(10**6))


@pytest.mark.slow
def test_the_server_on_postgresql_is_killed_fifty_times(durable: Cluster, tmp_path: Path) -> None:
    name = durable.new()
    rounds_of_killing(Server(durable.url(name), tmp_path), Inspector(PostgresDatabase(durable, name)), 50, random.randrange(10**6))

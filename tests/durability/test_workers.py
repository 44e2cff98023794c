"""Several workers, one database: as right as one."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from icosa.workspace.http.workers import STOP_SECONDS
from tests.durability.inspection import Inspector, SqliteFile
from tests.durability.load import Memory, Writers
from tests.durability.servers import Caller, Server, until
from tests.serving import icosa

WORKERS = 2


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/crm.db"
    else:
        cluster = request.getfixturevalue("postgres")
        url = cluster.url(cluster.new())
    running = Server(url, tmp_path, ("--workers", str(WORKERS)))
    running.start()
    yield running
    if running.process is not None and running.process.poll() is None:
        assert running.stop() == 0


def each(server: Server, count: int, work: Callable[[int, Caller], object]) -> list[object]:
    """What `count` clients got who worked at the same time, each on a connection of its own."""
    results: list[object] = [None] * count
    together = threading.Barrier(count)

    def run(number: int) -> None:
        with server.caller() as caller:
            together.wait(60)
            results[number] = work(number, caller)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_it_tells_how_many_listen_and_stops_cleanly(server: Server) -> None:
    until(lambda: len(server.workers()) == WORKERS, "all workers")
    assert f"Icosa listens on http://127.0.0.1:{server.port} with {WORKERS} workers" in server.log.read_text()
    assert server.stop() == 0


def test_each_of_them_writes_down_when_a_key_was_used(server: Server) -> None:
    def used() -> str:
        (key,) = json.loads(icosa("keys", "list", "--database", server.database).stdout)
        return str(key["lastUsedAt"] or "")

    until(lambda: len(server.workers()) == WORKERS, "all workers")
    assert not used()
    with server.caller() as caller:
        assert caller.send("GET", "/rest/companies")[0] == 200
    assert server.stop() == 0
    assert used()


@pytest.mark.parametrize("tenths", range(1, 8))
def test_a_stop_at_any_moment_of_the_start_is_heard_and_leaves_nothing_behind(tmp_path: Path, tenths: int) -> None:
    server = Server(f"sqlite:///{tmp_path}/crm.db", tmp_path, ("--workers", str(WORKERS)))
    server.start(ready=False)
    time.sleep(tenths / 10)
    assert server.stop(within=STOP_SECONDS - 2) in (0, -signal.SIGTERM)  # and not after workers that heard nothing were killed
    until(lambda: not server.runs(), "all its processes to end")


def test_writers_are_never_told_that_the_database_is_locked(server: Server) -> None:
    memory = Memory()
    writers = Writers(server, memory, 8, 7)
    until(lambda: memory.acknowledged > 500 or memory.refused, "five hundred writes")
    writers.join()
    assert (memory.refused, memory.unknown) == ([], 0)
    if server.database.startswith("sqlite"):
        Inspector(SqliteFile(server.database.removeprefix("sqlite:///"))).check(memory)


def test_a_unique_value_is_taken_once(server: Server) -> None:
    def work(number: int, caller: Caller) -> list[int]:
        bodies = [{"emails": {"primaryEmail": f"person{at}@example.com"}} for at in range(20)]
        return [caller.send("POST", "/rest/people", body)[0] for body in bodies]

    statuses = [list(column) for column in zip(*each(server, 6, work), strict=True)]
    assert [sorted(column) for column in statuses] == [[201, 400, 400, 400, 400, 400]] * 20


def test_no_update_is_lost(server: Server) -> None:
    """Two clients change different properties of one record again and again: both last values hold."""
    with server.caller() as caller:
        id_ = caller.send("POST", "/rest/people", {"jobTitle": "0"})[1]["data"]["createPerson"]["id"]

        def work(number: int, own: Caller) -> set[int]:
            field = ("jobTitle", "city")[number]
            return {own.send("PATCH", f"/rest/people/{id_}", {field: str(at)})[0] for at in range(200)}

        assert each(server, 2, work) == [{200}, {200}]
        person = caller.send("GET", f"/rest/people/{id_}")[1]["data"]["person"]
    assert (person["jobTitle"], person["city"]) == ("199", "199")


def test_a_write_through_one_worker_is_read_through_the_other(server: Server) -> None:
    until(lambda: len(server.workers()) == WORKERS, "all workers")
    callers = [server.caller() for _ in range(12)]
    try:
        for at, caller in enumerate(callers):
            id_ = caller.send("POST", "/rest/companies", {"name": str(at)})[1]["data"]["createCompany"]["id"]
            assert {other.send("GET", f"/rest/companies/{id_}")[0] for other in callers} == {200}
    finally:
        for caller in callers:
            caller.__exit__()


def test_a_busy_worker_does_not_keep_the_other_from_writing(server: Server) -> None:
    """Six writers without a pause, and one more now and then: nobody waits for ever."""
    memory = Memory()
    writers = Writers(server, memory, 6, 11)
    until(lambda: memory.acknowledged > 50, "some writes")
    with server.caller() as caller:
        statuses = [caller.send("POST", "/rest/companies", {"name": f"now and then {at}"})[0] for at in range(40)]
    writers.join()
    assert set(statuses) == {201}
    assert memory.refused == []


def test_a_worker_that_is_killed_loses_nothing(server: Server, tmp_path: Path) -> None:
    memory = Memory()
    workers = until(lambda: found if len(found := server.workers()) == WORKERS else None, "all workers")
    writers = Writers(server, memory, 8, 13)
    until(lambda: memory.acknowledged > 50, "some writes")
    os.kill(workers[0], signal.SIGKILL)
    writers.join()
    until(lambda: len(server.workers()) == WORKERS, "another worker")
    until(server.answers, "a worker that answers")  # where the first was killed before the second had opened the database
    if server.database.startswith("sqlite"):
        Inspector(SqliteFile(server.database.removeprefix("sqlite:///"))).check(memory)
    with server.caller() as caller:
        assert caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201

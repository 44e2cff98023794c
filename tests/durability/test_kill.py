"""kill -9 at any moment: nothing that was acknowledged is lost, nothing is there by halves, and the server
starts again without help."""

import random
import time
from pathlib import Path

import pytest

from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.durability.inspection import Inspector, SqliteFile
from tests.durability.load import Memory, Writers
from tests.durability.servers import Server, until

WRITERS = 8


def rounds_of_killing(server: Server, inspector: Inspector, rounds: int, seed: int) -> Memory:
    """Kills a server under load again and again; each round is made anew from the seed that is printed."""
    memory = Memory()
    for round_ in range(rounds):
        chance = random.Random(f"{seed}/{round_}")
        before = memory.acknowledged
        try:
            server.start()
            inspector.check(memory)
            writers = Writers(server, memory, WRITERS, chance.getrandbits(32))
            until(lambda wanted=before + WRITERS: memory.acknowledged > wanted, "the first writes")  # type: ignore[misc]
            time.sleep(chance.uniform(0.0, 1.0))  # the random moment
            server.kill()
            writers.join()
            if chance.random() < 0.25:  # and once more while it mends what it finds
                server.start(ready=False)
                time.sleep(chance.uniform(0.0, 0.6))
                server.kill()
        except BaseException:
            print(f"seed {seed}, round {round_}; the server said: {server.log.read_text()}")
            raise
    server.start()
    inspector.check(memory)
    assert server.stop() == 0
    assert memory.refused == []
    print(f"{rounds} kills, {memory.acknowledged} writes acknowledged, {memory.unknown} cut off; seed {seed}")
    return memory


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_acknowledged_is_lost(tmp_path: Path, workers: int) -> None:
    path = f"{tmp_path}/crm.db"
    server = Server(path, tmp_path, ("--workers", str(workers)))
    memory = rounds_of_killing(server, Inspector(SqliteFile(path)), rounds=3, seed=random.randrange(10**6))
    assert memory.acknowledged > 3 * WRITERS


@pytest.mark.parametrize("workers", [1, 2])
def test_every_acknowledged_record_has_its_history(tmp_path: Path, workers: int) -> None:
    """Which is written after the answer, a quarter of a second later at most: each kill is before that."""
    path = f"{tmp_path}/crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    server, made = Server(path, tmp_path, ("--workers", str(workers))), []
    for round_ in range(3):
        server.start()
        with server.caller() as caller:
            for number in range(10):
                status, body = caller.send("POST", "/rest/people", {"jobTitle": f"{round_} {number}"})
                assert status == 201
                made.append(body["data"]["createPerson"]["id"])
        server.kill()
    server.start()
    with server.caller() as caller:
        status, page = caller.send("GET", "/rest/timelineActivities?order_by=id&filter=name[eq]:person.created")
        assert (status, page["totalCount"]) == (200, len(made))
        assert [each["targetPersonId"] for each in page["data"]["timelineActivities"]] == made
    assert server.stop() == 0


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    path = f"{tmp_path}/crm.db"
    rounds_of_killing(Server(path, tmp_path), Inspector(SqliteFile(path)), rounds=50, seed=random.randrange(10**6))

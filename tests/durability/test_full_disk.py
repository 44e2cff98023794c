"""A disk that is really full: nothing that was acknowledged is lost, reads and backups go on, also after a start, and writes
do once there is room.  Where no disk can be mounted, the tests say so and are left out."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.durability.disks import Disk, in_a_file, in_memory
from tests.durability.servers import Caller, Server, until
from tests.serving import icosa

SAID = "is full; nothing was written; free some space and try again"
KINDS: dict[str, Callable[[Path], AbstractContextManager[Disk]]] = {"memory": partial(in_memory, size="8m"), "ext4": in_a_file}


@pytest.fixture(params=KINDS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with KINDS[request.param](tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def server(disk: Disk, tmp_path: Path) -> Iterator[Server]:
    """Not started; killed at the end."""
    made = Server(disk.database, tmp_path)
    yield made
    if made.process is not None and made.runs():
        made.kill()


def count(caller: Caller) -> int:
    status, page = caller.send("GET", "/rest/companies?limit=1")
    assert status == 200
    return int(page["totalCount"])


def written(caller: Caller) -> int:
    """How many companies are acknowledged before the disk is full."""
    for number in range(10_000):
        status, body = caller.send("POST", "/rest/companies", {"name": "x" * 2000})
        if status != 201:
            assert (status, caller.headers["icosa-error"], caller.headers["retry-after"]) == (503, "overloaded", "1")
            assert body["message"] == f"the disk {SAID}"
            return number
    raise AssertionError("the disk was never full")


def test_a_server_says_so_reads_on_and_writes_again(disk: Disk, server: Server) -> None:
    server.start()
    filler = disk.fill()
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - 500_000)
    with server.caller() as caller:
        acknowledged = written(caller)
        assert count(caller) == acknowledged > 0
        disk.fill()
        until(lambda: caller.send("GET", "/readyz") == (503, {"status": "unavailable"}), "what little still fits to be used up")
        assert caller.send("GET", "/healthz") == (200, {"status": "ok"})
        assert f"the workspace is not ready: the disk {SAID}" in server.log.read_text()
    server.kill()
    server.start()
    with server.caller() as caller:
        assert count(caller) == acknowledged
        assert written(caller) == 0
        filler.unlink()
        assert caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201
        assert count(caller) == acknowledged + 1
        until(lambda: caller.send("GET", "/readyz")[0] == 200, "the server to be ready")
    assert server.stop() == 0


def test_a_server_that_was_stopped_starts_on_it(disk: Disk, server: Server) -> None:
    """Then there is no room for what SQLite keeps beside the file, to read it either."""
    server.start()
    with server.caller() as caller:
        assert caller.send("POST", "/rest/companies", {"name": "before"})[0] == 201
    server.stop()
    filler = disk.fill()
    server.start()
    with server.caller() as caller:
        assert count(caller) == 1
        status, body = caller.send("POST", "/rest/companies", {"name": "lost"})
        assert (status, SAID in body["message"], disk.database in body["message"]) == (503, True, False)
        assert caller.send("GET", "/readyz")[0] == 503
        filler.unlink()
        assert caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201
        assert count(caller) == 2
    assert server.stop() == 0


@pytest.mark.parametrize("served", [False, True], ids=["by itself", "beside a server"])
def test_the_shell_reads_exports_and_backs_up_and_its_writes_end_in_a_sentence(
    disk: Disk, server: Server, tmp_path: Path, served: bool
) -> None:
    database = ("--database", disk.database)
    icosa("companies", "create-one", "--name", "before", *database)
    if served:
        server.start()
    filler = disk.fill()
    assert '"totalCount": 1' in icosa("companies", "find-many", *database).stdout
    assert "before" in icosa("export", "companies", "--columns", "name", *database).stdout
    icosa("backup", str(tmp_path / "backup.db"), *database)
    new = str(disk.folder / "new.db")
    for command in (
        ("companies", "create-one", "--name", "x" * 2000, *database),
        ("backup", str(disk.folder / "backup.db"), *database),
        ("companies", "find-many", "--database", new),
        ("serve", "--database", new),
    ):
        ran = icosa(*command, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (9, "", 1)
        assert SAID in ran.stderr
    filler.unlink()
    icosa("companies", "create-one", "--name", "after", *database)
    assert '"totalCount": 2' in icosa("companies", "find-many", *database).stdout

"""Full disks, locked, damaged and vanished files: a clear error, nothing by halves, and no restart when the cause
is gone."""

import asyncio
import os
import resource
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import apsw
import pytest

from icosa.errors import Overloaded
from icosa.wire.message import Answer, Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.store.sqlite import connect, writer
from icosa.workspace.store.statement import Statement, Statements
from tests.durability.filled import send
from tests.durability.servers import Server, until
from tests.serving import icosa

BATCH = [{"name": "x" * 500}] * 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(str(tmp_path / "crm.db"), tmp_path, ("--metrics",))
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(f"sqlite:///{tmp_path}/crm.db")
    yield workspace
    workspace.close()


def ask(workspace: Workspace, method: str, path: str, body: bytes = b"") -> Answer:
    return workspace.answer(Request(method, path, "", body), IN_PROCESS)


def names(workspace: Workspace) -> set[str]:
    return {company["name"] for company in send(workspace, "GET", "/rest/companies")["companies"]}


def pragma(workspace: Workspace, text: str) -> Any:
    def steps() -> Statements[Any]:
        return (yield Statement(f"PRAGMA {text}"))

    return workspace.store.write(steps)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the system cannot limit the files of a running process")
def test_a_server_out_of_room_says_so_and_recovers(server: Server, tmp_path: Path) -> None:
    size = max(path.stat().st_size for path in tmp_path.glob("crm.db*"))
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size + 100_000, resource.RLIM_INFINITY))
    acknowledged = 0
    with server.caller() as caller:
        while (answer := caller.send("POST", "/rest/batch/companies", BATCH))[0] == 201:
            acknowledged += 60
        status, body = answer
        assert (status, caller.headers["icosa-error"]) == (503, "overloaded")
        assert int(caller.headers["retry-after"]) > 0
        assert "nothing was written" in body["message"]
        assert str(tmp_path) not in body["message"]
        status, page = caller.send("GET", "/rest/companies?limit=1")
        assert (status, page["totalCount"]) == (200, acknowledged)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert caller.send("POST", "/rest/batch/companies", BATCH)[0] == 201
        assert caller.send("GET", "/rest/companies?limit=1")[1]["totalCount"] == acknowledged + 60


def test_a_full_disk_takes_what_does_not_fit_and_nothing_else(crm: Workspace) -> None:
    """A batch that is too large and a record that fits share a commit; each has its own fate."""
    ((pages,),) = pragma(crm, "page_count")
    pragma(crm, f"max_page_count = {pages + 30}")
    holding, go_on = threading.Event(), threading.Event()

    def hold() -> Statements[None]:
        holding.set()
        assert go_on.wait(60)
        yield Statement("SELECT 1")

    large = b"[" + b",".join([b'{"name":"' + b"x" * 5000 + b'"}'] * 60) + b"]"
    with ThreadPoolExecutor() as threads:
        threads.submit(crm.store.write, hold)
        assert holding.wait(60)
        asked = [threads.submit(ask, crm, "POST", "/rest/companies", b'{"name":"first"}')]
        asked.append(threads.submit(ask, crm, "POST", "/rest/batch/companies", large))
        asked.append(threads.submit(ask, crm, "POST", "/rest/companies", b'{"name":"last"}'))
        until(lambda: len(crm.store._writer._jobs) == 3, "all three to wait")  # type: ignore[attr-defined]
        go_on.set()
        statuses = [each.result().status for each in asked]
    assert statuses == [201, 503, 201]
    assert names(crm) == {"first", "last"}
    pragma(crm, "max_page_count = 1000000")
    assert ask(crm, "POST", "/rest/batch/companies", large).status == 201


def test_a_database_that_cannot_be_written_to_is_read(crm: Workspace) -> None:
    send(crm, "POST", "/rest/companies", {"name": "before"})
    pragma(crm, "query_only = ON")  # SQLite then answers as it does for a file without the right to write
    answer = ask(crm, "POST", "/rest/companies", b'{"name":"lost"}')
    assert (answer.status, dict(answer.headers)["Icosa-Error"]) == (503, "read_only")
    assert b"rights" in answer.body
    assert names(crm) == {"before"}


def test_a_file_that_goes_away_and_comes_back(server: Server, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()

    def move(here: Path, there: Path) -> None:
        for name in ("crm.db", "crm.db-wal", "crm.db-shm"):
            (here / name).rename(there / name)

    with server.caller() as caller:
        assert caller.send("POST", "/rest/companies", {"name": "before"})[0] == 201
        move(tmp_path, aside)
        status, body = caller.send("POST", "/rest/companies", {"name": "meanwhile"})
        assert (status, caller.headers["retry-after"]) == (503, "1")
        assert "gone" in body["message"]
        until(lambda: caller.send("GET", "/rest/companies")[0] == 503, "reads to notice")
        assert caller.send("GET", "/readyz") == (503, {"status": "unavailable"})
        assert caller.send("GET", "/healthz") == (200, {"status": "ok"})
        with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=60) as numbers:
            assert b'icosa_requests_total{method="GET",status="503"}' in numbers.read()
        assert not (tmp_path / "crm.db").exists()
        move(aside, tmp_path)
        assert caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201
        found = {record["name"] for record in caller.send("GET", "/rest/companies")[1]["data"]["companies"]}
    assert found == {"before", "after"}


def test_another_file_in_its_place_is_noticed(server: Server, tmp_path: Path) -> None:
    """As somebody does who brings back a backup by hand, under a running server."""
    backup = tmp_path / "monday.db"
    icosa("backup", str(backup), "--database", str(tmp_path / "crm.db"))
    with server.caller() as caller:
        assert caller.send("POST", "/rest/companies", {"name": "after the backup"})[0] == 201
        for name in ("crm.db-wal", "crm.db-shm"):
            (tmp_path / name).unlink()
        os.replace(backup, tmp_path / "crm.db")
        assert caller.send("POST", "/rest/companies", {"name": "now"})[0] == 201
        until(lambda: len(caller.send("GET", "/rest/companies")[1]["data"]["companies"]) == 1, "reads to notice")


def locked(path: Path) -> apsw.Connection:
    other = apsw.Connection(str(path))
    other.execute("BEGIN EXCLUSIVE")
    return other


def test_a_locked_database_fails_those_that_wait_and_no_others(crm: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "BUSY_MILLISECONDS", 200)
    other = locked(tmp_path / "crm.db")
    answer = ask(crm, "POST", "/rest/companies", b'{"name":"lost"}')
    assert (answer.status, dict(answer.headers)["Retry-After"]) == (503, "1")
    assert b"locked" in answer.body
    assert names(crm) == set()
    other.execute("COMMIT")
    send(crm, "POST", "/rest/companies", {"name": "after"})
    assert names(crm) == {"after"}
    other.close()


@pytest.mark.slow
def test_a_server_whose_database_is_locked_for_long(server: Server, tmp_path: Path) -> None:
    other = locked(tmp_path / "crm.db")
    with server.caller() as caller:
        status, _ = caller.send("POST", "/rest/companies", {"name": "lost"})
        assert (status, caller.headers["retry-after"]) == (503, "1")
        assert caller.send("GET", "/rest/companies")[1]["totalCount"] == 0
        other.execute("COMMIT")
        assert caller.send("POST", "/rest/companies", {"name": "after"})[0] == 201
    other.close()


@pytest.mark.slow
def test_a_locked_database_is_told_in_the_shell(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    icosa("companies", "create-one", "--name", "before", "--database", str(path))
    other = locked(path)
    written = icosa("companies", "create-one", "--name", "lost", "--database", str(path), check=False)
    assert (written.returncode, written.stdout, written.stderr.count("\n")) == (9, "", 1)
    assert "the database is locked by another program; nothing was written" in written.stderr
    assert '"totalCount": 1' in icosa("companies", "find-many", "--database", str(path)).stdout
    other.execute("COMMIT")
    other.close()
    alone = apsw.Connection(str(path))
    alone.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    alone.execute("BEGIN IMMEDIATE; COMMIT")
    for command in (("companies", "find-many"), ("serve",)):
        ran = icosa(*command, "--database", str(path), check=False)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (9, "", 1)
        assert "is locked by another program" in ran.stderr
    alone.close()
    assert '"totalCount": 1' in icosa("companies", "find-many", "--database", str(path)).stdout


def test_a_locked_database_is_told_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_MILLISECONDS", 100)
    path = tmp_path / "crm.db"
    path.touch()
    other = locked(path)
    with pytest.raises(Overloaded, match="locked"):
        open_workspace(f"sqlite:///{path}")
    other.close()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("crm.db", b"no database at all, but text\n" * 100, "not a database"),
        ("crm.db", b"SQLite format 3\0" + b"\1" * 5000, "database"),
        ("crm.db.key", b"no key", "holds no key"),
        ("crm.db.key", b"\xff\xfe\x00" * 20, "holds no key"),
        ("crm.db.key", b"", "holds no key"),
    ],
    ids=["text", "a damaged database", "a key that is none", "a key of bytes", "an empty key"],
)
def test_nonsense_is_told_at_the_start(tmp_path: Path, file: str, content: bytes, said: str) -> None:
    (tmp_path / file).write_bytes(content)
    ran = icosa("serve", "--database", str(tmp_path / "crm.db"), check=False)
    assert ran.returncode in (5, 9)
    assert ran.stderr.startswith("error: ")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (tmp_path / file).read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder in which nobody can make files")
def test_a_folder_without_the_right_to_write_is_told_at_the_start() -> None:
    ran = icosa("serve", "--database", "/proc/icosa/crm.db", check=False)
    assert ran.returncode == 5
    assert "/proc/icosa/crm.db" in ran.stderr
    assert "Traceback" not in ran.stderr


class _Rude(BaseException):
    """No Exception: as a signal or the end of the interpreter raises."""


@pytest.mark.parametrize("error", [ValueError, _Rude, MemoryError])
def test_a_write_that_fails_takes_no_other_along(crm: Workspace, error: type[BaseException]) -> None:
    def fails() -> Statements[None]:
        yield Statement("INSERT INTO icosa_key (hash, api_key_id) VALUES (?, ?)", ("by halves", "x"))
        raise error

    def left() -> Statements[Any]:
        return (yield Statement("SELECT count(*) FROM icosa_key"))

    with ThreadPoolExecutor() as threads:
        failing = [threads.submit(crm.store.write, fails) for _ in range(4)]
        good = [threads.submit(send, crm, "POST", "/rest/companies", {"name": str(at)}) for at in range(4)]
        assert {type(each.exception()) for each in failing} == {error}
        assert all(each.result() for each in good)
    assert crm.store.read(left) == [(0,)]


def test_a_caller_that_gave_up_does_not_stop_the_others(crm: Workspace) -> None:
    holding, go_on = threading.Event(), threading.Event()

    def hold() -> Statements[None]:
        holding.set()
        assert go_on.wait(60)
        yield Statement("SELECT 1")

    def one() -> Statements[int]:
        yield Statement("SELECT 1")
        return 1

    async def give_up() -> int:
        first = asyncio.ensure_future(crm.store.write_soon(hold))
        await asyncio.to_thread(holding.wait, 60)
        waiting = [asyncio.ensure_future(crm.store.write_soon(one)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        go_on.set()
        await first
        return sum(await asyncio.gather(*waiting[1:]))

    assert asyncio.run(asyncio.wait_for(give_up(), 60)) == 2


def test_a_closed_workspace_answers_that_it_is(tmp_path: Path) -> None:
    workspace = open_workspace(f"sqlite:///{tmp_path}/crm.db")
    workspace.close()
    workspace.close()
    assert ask(workspace, "POST", "/rest/companies", b'{"name":"late"}').status == 503


def test_workers_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    """Or they would keep the port, and the database, from the next one."""
    server = Server(str(tmp_path / "crm.db"), tmp_path, ("--workers", "2"))
    server.start()
    workers = until(lambda: found if len(found := server.workers()) == 2 else None, "both workers")
    server.killed_alone()
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), "the workers to end")
    server.start()
    assert server.stop() == 0

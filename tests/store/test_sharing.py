"""Small writes of an event loop run on it and are committed beside it; nobody waits there, and nothing is lost."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from icosa.errors import Overloaded
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.store.statement import Row, Statement, Statements

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) FROM n"


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(f"sqlite:///{tmp_path}/crm.db")
    workspace.store.write(lambda: _run("CREATE TABLE t (a INTEGER PRIMARY KEY CHECK (a != 13))"))
    yield workspace
    workspace.close()


def _run(sql: str, values: tuple[int, ...] = (), ran: list[str] | None = None) -> Statements[list[Row]]:
    if ran is not None:
        ran.append(threading.current_thread().name)
    return (yield Statement(sql, values))


def kept(crm: Workspace) -> list[int]:
    return [row[0] for row in crm.store.read(lambda: _run("SELECT a FROM t ORDER BY a"))]


def soon(crm: Workspace, number: int, ran: list[str] | None = None) -> "asyncio.Task[list[Row]]":
    write = crm.store.write_soon(lambda: _run("INSERT INTO t VALUES (?)", (number,), ran), light=True)
    return asyncio.get_running_loop().create_task(write)


def test_each_of_many_at_once_is_there_or_refused_by_itself(crm: Workspace) -> None:
    async def all_at_once() -> list[object]:
        return list(await asyncio.gather(*(soon(crm, number) for number in range(200)), return_exceptions=True))

    found = asyncio.run(all_at_once())
    assert [number for number, result in enumerate(found) if isinstance(result, Exception)] == [13]
    assert kept(crm) == [number for number in range(200) if number != 13]


def test_it_runs_on_the_loop_and_what_takes_long_in_a_thread(crm: Workspace) -> None:
    ran: list[str] = []

    async def both() -> None:
        await soon(crm, 1, ran)
        assert (await crm.store.write_soon(lambda: _run(LONG, ran=ran), light=True)) == [(1_000_000,)]
        await soon(crm, 2)

    asyncio.run(both())
    assert ran == ["MainThread", "MainThread", "icosa-writer"]
    assert kept(crm) == [1, 2]


def test_what_shares_a_transaction_with_something_long_is_written_once(crm: Workspace) -> None:
    async def together() -> None:
        await asyncio.gather(soon(crm, 1), crm.store.write_soon(lambda: _run(LONG), light=True), soon(crm, 2))

    asyncio.run(together())
    assert kept(crm) == [1, 2]


def test_a_loop_is_not_held_while_another_program_writes(crm: Workspace, tmp_path: Path) -> None:
    ran: list[str] = []

    async def beside() -> None:
        other = apsw.Connection(f"{tmp_path}/crm.db")
        other.execute("BEGIN IMMEDIATE")
        write = soon(crm, 1, ran)
        for _ in range(50):
            await asyncio.sleep(0)
        assert not write.done()
        other.execute("COMMIT")
        await write
        other.close()

    asyncio.run(beside())
    assert ran == ["icosa-writer"]
    assert kept(crm) == [1]


def test_what_nobody_waits_for_any_more_is_not_begun(crm: Workspace) -> None:
    async def called_off() -> None:
        first, second = soon(crm, 1), soon(crm, 2)
        await asyncio.sleep(0)
        second.cancel()
        await first

    asyncio.run(called_off())
    assert kept(crm) == [1]


def test_a_store_that_is_closed_has_committed_what_ran_and_refuses_the_rest(crm: Workspace) -> None:
    async def closed() -> list[object]:
        writes = [soon(crm, number) for number in range(3)]
        for _ in range(2):
            await asyncio.sleep(0)
        crm.store.close()
        late = soon(crm, 9)
        return list(await asyncio.gather(*writes, late, return_exceptions=True))

    *acknowledged, late = asyncio.run(closed())
    assert not [result for result in acknowledged if isinstance(result, Exception)]
    assert isinstance(late, Overloaded)
    again = open_workspace(f"sqlite:///{crm.store._path}")  # type: ignore[attr-defined]
    assert kept(again) == [0, 1, 2]
    again.close()

"""A table that another program has locked: those who want it wait, in a share of the pool, and end in a clear 503."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.store.postgres import pool
from tests.postgres import Cluster

SMALL = Catalogue(tuple(STANDARD.by_singular[name] for name in ("note", "apiKey")))
WAITING = 12  # more than a pool has connections


@pytest.fixture
def database(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    name = postgres.new()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def workspace(database: str) -> Iterator[Workspace]:
    opened = open_workspace(database, SMALL)
    yield opened
    opened.close()


async def leave(workspace: Workspace) -> None:
    """Connections belong to the loop that they were opened on."""
    await asyncio.to_thread(workspace.close)
    await asyncio.sleep(0.01)


async def ask(workspace: Workspace, token: str, method: str, path: str) -> Answer:
    return await workspace.answer_soon(Request(method, path, body=b"{}" if method == "POST" else b"", token=token))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requests_about_other_tables_go_on_and_the_waiting_end_in_time(
    workspace: Workspace, database: str, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(pool, "LOCK_SECONDS", 1.0)
    token = create_key(workspace, "Test", "2999-01-01")[1]

    async def scene() -> tuple[list[Answer], list[Answer], Answer]:
        holder = await asyncpg.connect(database)
        try:
            async with holder.transaction():
                await holder.execute('LOCK TABLE "note"')
                waiting = [asyncio.create_task(ask(workspace, token, method, "/rest/notes")) for _ in range(WAITING)]
                others = [await ask(workspace, token, "GET", "/rest/apiKeys") for _ in range(20)]
                assert not any(each.done() for each in waiting)
                refused = await asyncio.gather(*waiting)
            return others, refused, await ask(workspace, token, method, "/rest/notes")
        finally:
            await holder.close()
            await leave(workspace)

    others, refused, after = asyncio.run(scene())
    assert {each.status for each in others} == {200}
    assert {each.status for each in refused} == {503}
    assert b"another program has locked what was asked for" in refused[0].body
    assert after.status in (200, 201)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_lock_that_is_let_go_of_is_waited_for(workspace: Workspace, database: str, postgres: Cluster, method: str) -> None:
    token = create_key(workspace, "Test", "2999-01-01")[1]

    async def scene() -> list[Answer]:
        holder = await asyncpg.connect(database)
        try:
            async with holder.transaction():
                await holder.execute('LOCK TABLE "note"')
                waiting = [asyncio.create_task(ask(workspace, token, method, "/rest/notes")) for _ in range(WAITING)]
                patient = "wait_event_type = 'Lock' AND query_start < clock_timestamp() - interval '200 ms'"
                while not await asyncio.to_thread(postgres.sql, f"SELECT 1 FROM pg_stat_activity WHERE {patient}"):
                    await asyncio.sleep(0.01)
            return await asyncio.gather(*waiting)
        finally:
            await holder.close()
            await leave(workspace)

    assert {each.status for each in asyncio.run(scene())} <= {200, 201}

"""What other programs write into a PostgreSQL database is counted as right as what Icosa writes, and once a statement."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.location import postgres_database
from icosa.workspace.store.names import quoted
from tests.postgres import Cluster
from tests.searched import AS_A_WHOLE

SMALL = Catalogue(tuple(STANDARD.by_singular[name] for name in ("note", "apiKey")))
COLUMNS = ("id", "createdAt", "updatedAt", "deletedAt", "position", "title", "createdBySource", "createdByName")
NOW = datetime(2026, 1, 5, tzinfo=UTC)
INSERT = (
    f"INSERT INTO note ({', '.join(map(quoted, COLUMNS))}) "
    "SELECT gen_random_uuid(), now(), now(), CASE WHEN $2 THEN now() END, at, '', 'MANUAL', '' FROM unnest($1::float8[]) at"
)
MANY = 100_000

positions = st.lists(st.integers(-9, 9).map(float), max_size=6)
some = st.integers(1, 3)  # which records are meant: those whose position can be divided by it
writes = st.one_of(
    st.tuples(st.just(INSERT), st.tuples(positions, st.booleans())),
    st.tuples(
        st.just('UPDATE note SET "deletedAt" = CASE WHEN "deletedAt" IS NULL THEN now() END WHERE "position"::int % $1 = 0'),
        st.tuples(some),
    ),
    st.tuples(st.just('UPDATE note SET "position" = "position" * $1'), st.tuples(st.integers(-2, 2))),
    st.tuples(st.just('DELETE FROM note WHERE "position"::int % $1 = 0'), st.tuples(some)),
    st.tuples(st.just("TRUNCATE note"), st.just(())),
)


@pytest.fixture
def database(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    name = postgres.new()
    open_workspace(postgres.url(name), SMALL).close()
    yield postgres.url(name)
    postgres.drop(name)


def as_others(url: str, work: Callable[..., Awaitable[None]], connections: int = 1) -> None:
    async def connected() -> None:
        opened = [await asyncpg.connect(postgres_database(url).url) for _ in range(connections)]
        try:
            await work(*opened)
        finally:
            for each in opened:
                await each.close()

    asyncio.run(connected())


async def assert_right(connection: Any) -> None:
    live, first, last = await connection.fetchrow("SELECT live, first, last FROM icosa_tally WHERE object = 'note'")
    there = 'SELECT count(*) FILTER (WHERE "deletedAt" IS NULL), min("position"), max("position") FROM note'
    count, low, high = await connection.fetchrow(there)
    assert live == count
    assert low is None or first <= low <= high <= last


def test_the_count_is_that_of_the_records_there_are_whatever_others_wrote_or_took_back(database: str) -> None:
    @given(st.lists(st.tuples(writes, st.booleans()), max_size=8))
    @AS_A_WHOLE
    def check(done: list[tuple[tuple[str, tuple[Any, ...]], bool]]) -> None:
        async def work(connection: Any) -> None:
            for (text, values), kept in done:
                transaction = connection.transaction()
                await transaction.start()
                await connection.execute(text, *values)
                await (transaction.commit() if kept else transaction.rollback())
                await assert_right(connection)

        as_others(database, work)

    check()


def test_those_who_write_at_the_same_time_are_both_counted(database: str) -> None:
    async def work(one: Any, other: Any) -> None:
        transactions = [each.transaction() for each in (one, other)]
        for each in transactions:
            await each.start()
        await one.execute(INSERT, [1.0, 2.0], False)
        await other.execute(INSERT, [3.0], False)
        await other.execute('UPDATE note SET "deletedAt" = now()')
        for transaction in transactions:
            await transaction.commit()
        await assert_right(one)
        await one.execute("TRUNCATE note")
        await assert_right(other)

    as_others(database, work, connections=2)


def test_a_copy_of_many_rows_is_counted_by_one_change(database: str) -> None:
    rows = [(uuid.uuid4(), NOW, NOW, NOW if at % 10 == 0 else None, float(at), "Note", "IMPORT", "") for at in range(MANY)]

    async def changes(connection: Any) -> int:
        found: int = await connection.fetchval("SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'icosa_tally_part'")
        return found

    async def work(connection: Any) -> None:
        async with connection.transaction():
            await connection.copy_records_to_table("note", records=rows, columns=COLUMNS)
            assert await changes(connection) == 1
            await connection.execute('UPDATE note SET "title" = $1', "Seen")
            assert await changes(connection) == 1
            await connection.execute('UPDATE note SET "deletedAt" = NULL WHERE "position" < 1000')
            await connection.execute('DELETE FROM note WHERE "position" >= 50000')
            assert await changes(connection) == 3
        await assert_right(connection)

    as_others(database, work)
    workspace = open_workspace(database, SMALL)
    answer = orjson.loads(workspace.answer(Request("GET", "/rest/notes", "limit=1", b""), IN_PROCESS).body)
    workspace.close()
    assert answer["totalCount"] == MANY // 2 - (MANY // 2 - 1000) // 10


def test_keys_that_others_take_away_all_at_once_open_nothing(database: str) -> None:
    workspace = open_workspace(database, SMALL)
    _, token = create_key(workspace, "robot", "2999-01-01")

    async def work(connection: Any) -> None:
        await connection.execute('TRUNCATE "apiKey"')

    as_others(database, work)
    status = workspace.answer(Request("GET", "/rest/notes", "", b"", token)).status
    workspace.close()
    assert status in (401, 403)


def test_a_database_whose_rows_were_counted_one_by_one_is_right_from_then_on(database: str) -> None:
    async def as_it_was(connection: Any) -> None:
        await connection.execute(INSERT, [1.0, 2.0, 3.0], False)
        for name in ("new", "gone", "changed", "emptied"):
            await connection.execute(f"DROP TRIGGER icosa_counted_{name} ON note")
        await connection.execute(
            "CREATE FUNCTION one_more() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN UPDATE icosa_tally_part SET live = live + 1 "
            "WHERE object = 'note' AND part = 0; RETURN NULL; END$$; "
            "CREATE TRIGGER icosa_counted AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION one_more(); "
            "UPDATE icosa_schema SET fingerprint = 'older' WHERE name = 'note'"
        )

    async def work(connection: Any) -> None:
        await connection.execute(INSERT, [4.0, 5.0], False)
        await assert_right(connection)

    as_others(database, as_it_was)
    open_workspace(database).close()
    as_others(database, work)

"""A transaction on PostgreSQL is whole or nothing, and who asked for it knows which, or is told that nobody does."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import asyncpg
import pytest

from icosa.errors import Overloaded
from icosa.workspace.store.postgres.run import Lost, UniqueTaken, transact
from icosa.workspace.store.statement import Row, Statement, Statements, Violation
from tests.postgres import Cluster

T = TypeVar("T")


@pytest.fixture
def database(postgres: Cluster) -> Iterator[str]:
    """With a table of two numbers, of which one refers to another that has to be there."""
    name = postgres.new()
    postgres.sql("CREATE TABLE numbers (id int CONSTRAINT unique_id UNIQUE, after int REFERENCES numbers (id))", name)
    postgres.sql("INSERT INTO numbers VALUES (1, NULL)", name)
    yield name
    postgres.drop(name)


def insert(number: int, after: int | None = None) -> Statements[list[Row]]:
    return (yield Statement("INSERT INTO numbers VALUES (?, ?) RETURNING id", (number, after)))


def done(postgres: Cluster, database: str, statements: Statements[T], again: bool = False) -> T:
    async def alone() -> T:
        connection = await asyncpg.connect(postgres.url(database))
        try:
            return await transact(connection, statements, lambda: {"unique_id": ("id",)}, again=again)
        finally:
            connection.terminate()

    return asyncio.run(alone())


def there(postgres: Cluster, database: str) -> list[int]:
    return [each[0] for each in postgres.sql("SELECT id FROM numbers ORDER BY id", database)]


def test_all_of_it_is_there_when_its_result_is(postgres: Cluster, database: str) -> None:
    def two() -> Statements[int]:
        yield from insert(2)
        rows = yield from insert(3, after=2)
        return int(rows[0][0])

    assert done(postgres, database, two()) == 3
    assert there(postgres, database) == [1, 2, 3]


@pytest.mark.parametrize(("number", "after", "rule", "columns"), [(1, None, "unique", ("id",)), (9, 8, "foreign key", ())])
def test_a_refusal_is_told_by_rule_and_columns_and_nothing_is_left(
    postgres: Cluster, database: str, number: int, after: int | None, rule: str, columns: tuple[str, ...]
) -> None:
    def write() -> Statements[None]:
        yield from insert(2)
        yield from insert(number, after)

    with pytest.raises(Violation) as refused:
        done(postgres, database, write())
    assert (refused.value.rule, refused.value.columns) == (rule, columns)
    assert there(postgres, database) == [1]


def test_a_taken_value_can_be_tried_again(postgres: Cluster, database: str) -> None:
    with pytest.raises(UniqueTaken):
        done(postgres, database, insert(1), again=True)


def test_words_for_a_refusal_are_found_once_it_is_undone(postgres: Cluster, database: str) -> None:
    def write() -> Statements[None]:
        try:
            yield from insert(1)
        except Violation:
            rows = yield Statement("SELECT count(*) FROM numbers")
            raise LookupError(f"{rows[0][0]} is there") from None

    with pytest.raises(LookupError, match="1 is there"):
        done(postgres, database, write())


def test_nothing_is_written_after_a_refusal(postgres: Cluster, database: str) -> None:
    """It would be by itself, without what was refused."""

    def write() -> Statements[str]:
        try:
            yield from insert(1)
        except Violation:
            return "all is well"
        return "was not refused"

    with pytest.raises(RuntimeError, match="a write that was refused went on"):
        done(postgres, database, write())


@pytest.mark.parametrize(
    ("at_the_end", "kind", "words"),
    [(False, Lost, None), (True, Overloaded, "whether it was is not known, so read the record before sending it again")],
)
def test_a_connection_that_is_lost_is_told_apart_by_whether_the_write_may_have_been_done(
    postgres: Cluster, database: str, at_the_end: bool, kind: type[Exception], words: str | None
) -> None:
    def write() -> Statements[None]:
        rows = yield Statement("SELECT pg_backend_pid()")
        yield from insert(2)
        with ThreadPoolExecutor(1) as somebody:
            somebody.submit(postgres.sql, f"SELECT pg_terminate_backend({rows[0][0]}, 10000)").result()
        if not at_the_end:
            yield from insert(3)

    with pytest.raises(kind, match=words):
        done(postgres, database, write())
    assert there(postgres, database) == [1]

"""A PostgreSQL database as it is at one moment, whatever others write meanwhile; and what is said where it cannot be read."""

from collections.abc import Iterator

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput, Overloaded
from icosa.wire.version import TWENTY_1_0_3
from icosa.workspace.location import postgres_database
from icosa.workspace.store.postgres.snapshot import PostgresSnapshot
from tests.postgres import PASSWORD, Cluster

SMALL = Catalogue(tuple(STANDARD.by_singular[name] for name in ("note", "apiKey")))


@pytest.fixture
def database(postgres: Cluster) -> Iterator[str]:
    name = postgres.workspace(SMALL)
    postgres.sql("CREATE TABLE beside AS SELECT 1 AS id", name)
    yield name
    postgres.drop(name)


@pytest.fixture
def snapshot(postgres: Cluster, database: str) -> Iterator[PostgresSnapshot]:
    taken = PostgresSnapshot(postgres_database(postgres.url(database)))
    yield taken
    taken.close()


def test_it_has_the_objects_and_what_they_held_when_it_was_taken(postgres: Cluster, database: str, snapshot: PostgresSnapshot) -> None:
    assert snapshot.rows("SELECT id FROM beside WHERE id < ?", (3,)) == [(1,)]
    postgres.sql("INSERT INTO beside VALUES (2)", database)
    assert snapshot.rows("SELECT id FROM beside WHERE id < ?", (3,)) == [(1,)]
    assert {each.singular for each in snapshot.catalogue()} == {"note", "apiKey"}
    assert snapshot.version() is TWENTY_1_0_3
    assert [snapshot.has(table) for table in ("note", "icosa_outbox", "nothing")] == [True, True, False]


def test_what_it_is_read_with_is_told_where_it_is_cut(postgres: Cluster, database: str, snapshot: PostgresSnapshot) -> None:
    ((process,),) = snapshot.rows("SELECT pg_backend_pid()")
    postgres.sql(f"SELECT pg_terminate_backend({process}, 10000)")
    with pytest.raises(Overloaded, match="the connection to the database was lost; run the same command again"):
        snapshot.rows("SELECT 1")


def test_none_is_taken_of_a_database_that_is_not_there(postgres: Cluster) -> None:
    with pytest.raises(InvalidInput, match="cannot open the database") as refused:
        PostgresSnapshot(postgres_database(postgres.url("nowhere")))
    assert PASSWORD not in str(refused.value)

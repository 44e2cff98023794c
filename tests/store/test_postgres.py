"""What is PostgreSQL's alone: its URL, servers that start together, and a database that cannot be used now."""

import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput, Overloaded
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, open_workspace
from icosa.workspace.location import postgres_database
from icosa.workspace.store.matching import fold
from icosa.workspace.store.postgres import connect, ddl, dialect
from icosa.workspace.store.postgres.run import numbered
from icosa.workspace.store.postgres.store import PostgresStore
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.postgres import PASSWORD, Cluster

SMALL = Catalogue(tuple(STANDARD.by_singular[name] for name in ("note", "apiKey")))
PEOPLE = b'{"emails":{"primaryEmail":"ada@example.com"}}'


@pytest.fixture
def database(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    name = postgres.new()
    yield postgres.url(name)
    postgres.drop(name)


def ask(sql: str) -> Statements[list[Row]]:
    return (yield Statement(sql))


@pytest.mark.parametrize(
    ("url", "name", "pool"),
    [
        ("postgresql://u:p%40%2F%3A%3F%23%5B%5D%25@db.example.com:6432/crm?sslmode=require&pool=3", "db.example.com:6432/crm", 3),
        ("postgres://u@[::1]/my%20crm", "::1:5432/my crm", 10),
        ("postgresql:///crm?host=/run/postgresql", "/run/postgresql:5432/crm", 10),
    ],
)
def test_a_url_names_a_database_and_its_options(url: str, name: str, pool: int) -> None:
    found = postgres_database(url)
    assert (found.name, found.pool) == (name, pool)
    assert "pool" not in found.url
    assert found.url not in repr(found)


@pytest.mark.parametrize(
    "rest", ["u:secret@h", "u:secret@h/", "u:se[cret@h/crm", "u:secret@h:port/crm", "u:secret#@h/crm", "u:secret@h/crm?pool=0"]
)
def test_a_url_that_cannot_be_read_is_refused_without_its_password(rest: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        open_workspace(f"postgresql://{rest}")
    assert "secret" not in str(refused.value)


def test_a_wrong_password_or_name_is_told_without_the_password(postgres: Cluster) -> None:
    for url in (postgres.url("nowhere"), postgres.url("postgres").replace("icosa:", "icosa:x")):
        with pytest.raises(InvalidInput, match="cannot open the database") as refused:
            PostgresStore(postgres_database(url), SMALL)
        assert PASSWORD not in str(refused.value)


def test_a_server_that_is_not_there_can_be_tried_again() -> None:
    with pytest.raises(Overloaded, match="cannot reach the database"):
        PostgresStore(postgres_database("postgresql://u@127.0.0.1:1/crm"), SMALL)


def test_servers_that_start_at_once_make_the_tables_once(database: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: open_workspace(database, SMALL), range(4)))
    for each in opened:
        assert each.answer(Request("POST", "/rest/notes", body=b"{}"), IN_PROCESS).status == 201
    assert b'"totalCount":4' in opened[0].answer(Request("GET", "/rest/notes"), IN_PROCESS).body
    for each in opened:
        each.close()


def test_a_statement_that_takes_too_long_is_stopped(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connect._SETTINGS, "statement_timeout", "100ms")
    store = PostgresStore(postgres_database(database), SMALL)
    with pytest.raises(Overloaded, match="was stopped after"):
        store.read(lambda: ask("SELECT pg_sleep(20)"))
    assert [tuple(row) for row in store.read(lambda: ask("SELECT 1"))] == [(1,)]
    store.close()


def test_connections_that_were_cut_are_replaced_without_a_restart(postgres: Cluster, database: str) -> None:
    workspace = open_workspace(database, SMALL)
    for method, body in (("GET", b""), ("POST", b"{}"), ("GET", b"")):
        postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'icosa'")
        assert workspace.answer(Request(method, "/rest/notes", body=body), IN_PROCESS).status in (200, 201)
    workspace.close()


def test_texts_that_people_search_are_looked_up_in_an_index_and_orders_too(postgres: Cluster, database: str) -> None:
    if not postgres.has("pg_trgm"):
        pytest.skip(
            "this PostgreSQL has no extension pg_trgm, so that texts are searched from end to end (on Debian it is part of postgresql)"
        )
    store = PostgresStore(postgres_database(database), STANDARD)

    def plan(sql: str) -> Statements[str]:
        yield Statement("SET LOCAL enable_seqscan = off")
        yield Statement("SET LOCAL enable_sort = off")
        rows = yield Statement("EXPLAIN " + sql)
        return "\n".join(str(row[0]) for row in rows)

    def explained(sql: str) -> str:
        return store.write(lambda: plan(sql))

    assert "nameLastName_search" in explained("""SELECT 1 FROM person t WHERE t."nameLastName" ILIKE '%love%'""")
    assert "IDX_person_companyId" in explained("""SELECT 1 FROM person t WHERE t."companyId" = '20202020-0000-4000-8000-000000000000'""")
    assert 'Backward using "IDX_person_createdAt"' in explained(
        'SELECT 1 FROM person t WHERE "deletedAt" IS NULL ORDER BY "createdAt" DESC, id DESC LIMIT 5'
    )
    store.close()


def test_the_unique_constraints_of_the_database_are_those_that_errors_are_told_by(database: str) -> None:
    store = PostgresStore(postgres_database(database), STANDARD)
    rows = store.read(
        lambda: ask("SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indrelid::regclass::text NOT LIKE 'icosa\\_%'")
    )
    store.close()
    assert {str(row[0]).strip('"') for row in rows if "pg_" not in str(row[0])} == set(ddl.unique_columns(STANDARD))


def test_placeholders_are_counted_and_texts_are_left_alone() -> None:
    assert numbered("""SELECT '?', "a?" WHERE x = ? AND y = ? AND z = 'it''s ?'""") == (
        """SELECT '?', "a?" WHERE x = $1 AND y = $2 AND z = 'it''s ?'"""
    )


def test_case_is_folded_as_on_sqlite_in_every_script(postgres: Cluster, database: str) -> None:
    if not postgres.sql("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'"):
        pytest.skip("this PostgreSQL was built without ICU, and folds case as its locale does")
    store = PostgresStore(postgres_database(database), SMALL)
    known = [each for each in range(0x80, 0x30000) if unicodedata.category(chr(each)) not in ("Cn", "Cs", "Co")]
    listed = ",".join(map(str, known))
    folded = dialect.folded("'A' || chr(n) || 'A'")
    rows = store.read(lambda: ask(f"SELECT n, {folded} FROM unnest(ARRAY[{listed}]) n"))
    store.close()
    assert [(each, found) for each, found in rows if found != fold(f"A{chr(each)}A")] == []

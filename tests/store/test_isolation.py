"""What comes of two who write at the same time, through two servers of one database.  On each store."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace

ROUNDS = 15


@pytest.fixture
def servers(new_database: Callable[[Catalogue], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Workspace]]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    url = new_database(STANDARD)
    opened = open_workspace(url), open_workspace(url)
    yield opened
    for each in opened:
        each.close()


def send(server: Workspace, method: str, path: str, query: str = "", body: Any = None) -> tuple[int, Any]:
    answer = server.answer(Request(method, f"/rest/{path}", query, b"" if body is None else orjson.dumps(body)), IN_PROCESS)
    return answer.status, orjson.loads(answer.body)


def good(server: Workspace, method: str, path: str, query: str = "", body: Any = None) -> Any:
    status, answer = send(server, method, path, query, body)
    assert status in (200, 201), answer
    return next(iter(answer["data"].values()))


def at_once(*calls: Callable[[], tuple[int, Any]]) -> list[tuple[int, Any]]:
    """The answers to calls that begin together, each on a thread of its own."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_two_who_change_different_fields_of_a_record_both_find_their_change_kept(servers: tuple[Workspace, Workspace]) -> None:
    one, other = servers
    path = f"companies/{good(one, 'POST', 'companies', body={})['id']}"
    for n in range(ROUNDS):
        answers = at_once(
            lambda n=n: send(one, "PATCH", path, body={"name": f"Acme {n}"}),  # type: ignore[misc]
            lambda n=n: send(other, "PATCH", path, body={"employees": n}),  # type: ignore[misc]
        )
        assert [status for status, _ in answers] == [200, 200]
        kept = good(one, "GET", path)
        assert (kept["name"], kept["employees"]) == (f"Acme {n}", n)


def test_two_who_upsert_the_same_new_value_make_one_record_and_both_succeed(servers: tuple[Workspace, Workspace]) -> None:
    one, other = servers
    for n in range(ROUNDS):
        email = {"emails": {"primaryEmail": f"ada{n}@example.com"}}
        answers = at_once(
            lambda email=email: send(one, "POST", "people", "upsert=true", {**email, "city": "London"}),  # type: ignore[misc]
            lambda email=email: send(other, "POST", "people", "upsert=true", {**email, "jobTitle": "Analyst"}),  # type: ignore[misc]
        )
        assert [status for status, _ in answers] == [201, 201]
        assert len({answer["data"]["createPerson"]["id"] for _, answer in answers}) == 1
        (kept,) = good(other, "GET", "people", f"filter=emails.primaryEmail[eq]:ada{n}@example.com")
        assert (kept["city"], kept["jobTitle"]) == ("London", "Analyst")


def test_two_who_create_the_same_value_make_one_record_and_one_is_refused(servers: tuple[Workspace, Workspace]) -> None:
    for n in range(ROUNDS):
        body = {"emails": {"primaryEmail": f"grace{n}@example.com"}}
        answers = at_once(*(lambda server=server, body=body: send(server, "POST", "people", body=body) for server in servers))
        assert sorted(status for status, _ in answers) == [201, 400]
        assert "is taken by another person" in str(answers)


def test_who_updates_a_record_that_is_being_deleted_comes_before_or_is_refused_and_it_stays_deleted(
    servers: tuple[Workspace, Workspace],
) -> None:
    one, other = servers
    for _ in range(ROUNDS):
        path = f"companies/{good(one, 'POST', 'companies', body={})['id']}"
        (updated, _), (deleted, _) = at_once(
            lambda path=path: send(one, "PATCH", path, body={"name": "Acme"}),  # type: ignore[misc]
            lambda path=path: send(other, "DELETE", path),  # type: ignore[misc]
        )
        assert (deleted, send(one, "GET", path)[0]) == (200, 400)
        assert updated in (200, 400)
        assert good(one, "PATCH", f"restore/{path}")["name"] == ("Acme" if updated == 200 else "")


def test_who_links_to_a_record_that_is_being_deleted_is_deleted_with_it_or_refused(servers: tuple[Workspace, Workspace]) -> None:
    one, other = servers
    for _ in range(ROUNDS):
        id_ = good(one, "POST", "companies", body={})["id"]
        (linked, _), (deleted, _) = at_once(
            lambda id_=id_: send(one, "POST", "noteTargets", body={"companyId": id_}),  # type: ignore[misc]
            lambda id_=id_: send(other, "DELETE", f"companies/{id_}"),  # type: ignore[misc]
        )
        assert deleted == 200
        assert linked in (201, 400)
        assert good(one, "GET", "noteTargets", f"filter=companyId[eq]:{id_}") == []


def test_many_who_write_to_the_same_records_in_any_order_all_succeed(servers: tuple[Workspace, Workspace]) -> None:
    ids = [good(servers[0], "POST", "notes", body={})["id"] for _ in range(3)]
    bodies = [[{"id": id_, "title": f"{n}"} for id_ in (ids if n % 2 else reversed(ids))] for n in range(8)]
    answers = at_once(
        *(lambda n=n, body=body: send(servers[n % 2], "POST", "batch/notes", "upsert=true", body) for n, body in enumerate(bodies))
    )
    assert [status for status, _ in answers] == [201] * 8
    assert len({note["title"] for note in good(servers[1], "GET", "notes")}) == 1


def test_what_one_server_writes_the_other_reads_at_once(servers: tuple[Workspace, Workspace]) -> None:
    one, other = servers
    id_ = good(one, "POST", "notes", body={"title": "Call"})["id"]
    assert good(other, "GET", f"notes/{id_}")["title"] == "Call"
    assert send(other, "GET", "notes")[1]["totalCount"] == 1

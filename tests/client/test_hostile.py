"""A server that means harm, or is broken beyond measure: nothing fills the memory, and nothing goes on for ever."""

import asyncio
import gzip
import itertools
import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.page_cycles import SampledSet
from icosa.client.transport.limit import MAX_ANSWER, bytes_text, limit_of
from tests.client.scripted import KEY, Asked, Reply, scripted

CLOSED = {"hasNextPage": False, "startCursor": None, "endCursor": None}
LONG = json.dumps({"data": {"people": [{"id": "a", "city": "x" * 50_000}]}, "pageInfo": CLOSED, "totalCount": 1}).encode()

Call = Callable[..., Any]


def blocking(url: str, **settings: Any) -> Any:
    with icosa.connect(url, token=KEY, **settings) as crm:
        return crm.people.find_many(depth=0)


def awaited(url: str, **settings: Any) -> Any:
    async def asked() -> Any:
        async with icosa.aconnect(url, token=KEY, **settings) as crm:
            return await crm.people.find_many(depth=0)

    return asyncio.run(asked())


both = pytest.mark.parametrize("call", [blocking, awaited])


@both
@pytest.mark.parametrize("coding", ["identity", "gzip", "deflate"])
def test_an_answer_is_read_up_to_a_limit_of_what_it_unfolds_to(coding: str, call: Call) -> None:
    body = {"identity": LONG, "gzip": gzip.compress(LONG), "deflate": zlib.compress(LONG)}[coding]
    with scripted(Reply(body, headers={"Content-Encoding": coding})) as server:
        with pytest.raises(icosa.UnreadableAnswer, match=r"GET /rest/people with more than 40 KB, and .* ICOSA_MAX_ANSWER") as caught:
            call(server.url, catalogue=STANDARD, max_answer="40 KB")
        assert len(server.asked) == 1  # the same would come again
        assert not caught.value.broken_off
        assert len(call(server.url, catalogue=STANDARD, max_answer=len(LONG))) == 1


@both
def test_the_environment_says_the_limit_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_MAX_ANSWER", "40000")
    with scripted(Reply(LONG)) as server, pytest.raises(icosa.UnreadableAnswer, match="more than 40 KB"):
        call(server.url, catalogue=STANDARD)


@both
def test_the_document_of_a_workspace_has_the_same_limit(call: Call) -> None:
    document = {"openapi": "3.1.0", "paths": {"/": "x" * 50_000}}
    with scripted(Reply(document)) as server, pytest.raises(icosa.UnreadableAnswer, match=r"open-api/core with more than 40 KB"):
        call(server.url, max_answer=40_000)


@contextmanager
def endless() -> Iterator[tuple[str, list[int]]]:
    """A server whose answer has no end, or at least none below 50 MB; how many bytes it got rid of."""
    sent = [0]
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
                try:
                    while sent[0] < 50_000_000:
                        sent[0] += connection.send(b" " * 10_000)
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", sent
        thread.join()


@both
def test_an_answer_without_an_end_is_let_go_of(call: Call) -> None:
    with endless() as (url, sent), pytest.raises(icosa.UnreadableAnswer, match="more than 100 KB"):
        call(url, catalogue=STANDARD, max_answer=100_000)
    assert sent[0] < 50_000_000


def test_a_write_whose_answer_is_too_long_is_looked_for() -> None:
    def reply(asked: Asked) -> Reply:
        if asked.method == "POST":
            made.append(json.loads(asked.body))
            return Reply(b" " * 2_000, 201)
        return Reply({"data": {"people": made}, "pageInfo": CLOSED, "totalCount": len(made)})

    made: list[dict[str, Any]] = []
    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD, max_answer=1_000) as crm:
        assert crm.people.create_one(city="Paris", depth=0)["city"] == "Paris"
    assert len(made) == 1


@pytest.mark.parametrize(("given", "limit"), [(None, MAX_ANSWER), (1, 1), ("5", 5), ("2 kb", 2_000), ("1GB", 10**9)])
def test_how_a_limit_is_said(given: Any, limit: int) -> None:
    assert limit_of(given, {}) == limit


def test_a_limit_is_told_in_round_numbers() -> None:
    assert [bytes_text(each) for each in (MAX_ANSWER, 2_500_000, 1_500, 999)] == ["100 MB", "2,500 KB", "1,500 bytes", "999 bytes"]


@pytest.mark.parametrize("given", [0, -1, True, "0", "-5", "ten", "1.5 MB", "", float("nan"), 1.0])
def test_what_is_no_limit_is_refused(given: Any) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"^max_answer: .* is no limit"):
        icosa.connect("http://crm.example.com", token=KEY, max_answer=given)


PAGES = {"data": {"people": [{"id": "a"}]}, "pageInfo": {"hasNextPage": True, "startCursor": "x", "endCursor": "y"}, "totalCount": 9}


def strange(path: str, value: Any) -> dict[str, Any]:
    """A page with something else in one of its places, or without it."""
    page: dict[str, Any] = json.loads(json.dumps(PAGES))
    held = page if path == "totalCount" else page["pageInfo"]
    if value is ...:
        del held[path]
    else:
        held[path] = value
    return page


@pytest.mark.parametrize("walk", [False, True], ids=["one page", "a walk"])
@pytest.mark.parametrize(
    ("path", "value"),
    [
        *itertools.product(["startCursor", "endCursor"], [5, 1.5, True, [], ["y"], {}, "", "y" * 100_000, ...]),
        *itertools.product(["totalCount"], [-1, "3", 1.5, float("nan"), float("inf"), 10**30, 2**60, None, True, [], ...]),
        *itertools.product(["hasNextPage"], ["true", 1, None, [], ...]),
        ("hasPreviousPage", "no"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_cursors_and_counts_that_are_none_make_an_unreadable_answer(path: str, value: Any, walk: bool) -> None:
    with (
        scripted(Reply(strange(path, value))) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnreadableAnswer),
    ):
        list(crm.people.iterate()) if walk else crm.people.find_many()


@pytest.mark.parametrize("record", [{}, {"id": None}, {"id": 5}, {"id": ["a"]}])
def test_a_record_without_an_id_ends_a_walk(record: dict[str, Any]) -> None:
    page = {**PAGES, "data": {"people": [record]}}
    with (
        scripted(Reply(page)) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnreadableAnswer, match="has no id"),
    ):
        list(crm.people.iterate())


def test_a_next_page_without_a_cursor_to_it_is_no_end() -> None:
    with (
        scripted(Reply(strange("endCursor", None))) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnreadableAnswer, match="gives no cursor to it"),
    ):
        list(crm.people.iterate())


def rounds(period: int, fresh_cursors: bool, shuffled: bool) -> Callable[[Asked], Reply]:
    """Pages of 3 that go round, perhaps with a cursor of its own each time, or with their records in another mix."""
    turns = itertools.count(1)

    def reply(asked: Asked) -> Reply:
        query = parse_qs(urlsplit(asked.target).query)
        turn = next(turns)
        at = turn if fresh_cursors else int(query.get("starting_after", ["0"])[0])
        found = [f"{each:04}" for each in range(3 * period)]
        page = [found[(at * 3 + each * (turn if shuffled else 1)) % len(found)] for each in range(3)]
        cursor = str(turn if fresh_cursors else (at + 1) % period)
        info = {"hasNextPage": True, "startCursor": None, "endCursor": cursor}
        return Reply({"data": {"people": [{"id": each} for each in dict.fromkeys(page)]}, "pageInfo": info, "totalCount": 10**6})

    return reply


@pytest.mark.parametrize("order_by", [None, "city", "updatedAt"])
@pytest.mark.parametrize(("fresh_cursors", "shuffled"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("period", [1, 2, 3, 7, 20])
def test_pages_that_go_round_are_noticed_whatever_their_period(
    period: int, fresh_cursors: bool, shuffled: bool, order_by: str | None
) -> None:
    with scripted(rounds(period, fresh_cursors, shuffled)) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        with pytest.raises(icosa.UnreadableAnswer, match="the same page again and again"):
            list(crm.people.iterate(order_by=order_by))
        assert len(server.asked) <= 4 * period + 6


@pytest.mark.parametrize("cursor", ["round", None])
def test_a_key_is_not_looked_for_on_half_of_the_pages(cursor: str | None) -> None:
    info = {"hasNextPage": True, "startCursor": None, "endCursor": cursor}
    page = Reply({"data": {"people": [{"id": "a", "emails": {"primaryEmail": "grace@example.com"}}]}, "pageInfo": info, "totalCount": 9})
    known = "the same page again and again" if cursor else "another page, and gives no cursor to it"
    with scripted(page) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        with pytest.raises(icosa.UnreadableAnswer, match=known):
            crm.people.upsert({"emails": {"primaryEmail": "ada@example.com"}}, key="emails.primaryEmail")
        assert {each.method for each in server.asked} == {"GET"}


@pytest.mark.parametrize("cursor", ["round", None])
def test_what_hangs_on_a_record_is_not_told_by_half(cursor: str | None) -> None:
    info = {"hasNextPage": True, "startCursor": None, "endCursor": cursor}
    page = Reply({"data": {"noteTargets": [{"id": "a", "personId": None}]}, "pageInfo": info, "totalCount": 9})
    with (
        scripted(page) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnreadableAnswer, match="page"),
    ):
        crm.notes.targets("20202020-0000-4000-8000-000000000000")


def test_pages_that_go_round_are_noticed_by_who_awaits_them() -> None:
    async def walked(url: str) -> None:
        async with icosa.aconnect(url, token=KEY, catalogue=STANDARD) as crm:
            async for _ in crm.people.iterate():
                pass

    with scripted(rounds(2, True, False)) as server, pytest.raises(icosa.UnreadableAnswer, match="the same page again and again"):
        asyncio.run(walked(server.url))


def test_of_many_things_a_sample_is_kept_and_a_round_is_noticed_all_the_same() -> None:
    sample = SampledSet(most=64)
    assert all(sample.brings_news([(at, each) for each in range(10)]) for at in range(2_000))
    assert len(sample._kept) <= 64
    again = [sample.brings_news([(at % 2_000, each) for each in range(10)]) for at in range(6_000)]
    assert not all(again)

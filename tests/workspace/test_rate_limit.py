"""How often a workspace is asked can be limited: a bucket of tokens, which all its workers share."""

import asyncio
import os
from collections.abc import Callable
from multiprocessing import get_context

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.errors import RateLimited
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import IN_PROCESS
from icosa.workspace.access.issue import create_key
from icosa.workspace.rate_limit import Allowance, RateLimit, read_rate
from icosa.workspace.store.store import NotAtOnce
from tests.workspace.conftest import Caller

EXPIRES = "2099-01-01T00:00:00.000Z"


class Hand:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def granted(limit: RateLimit) -> bool:
    try:
        limit.take()
    except RateLimited:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("100/min", Allowance(100, 60)),
        ("20/s", Allowance(20, 1)),
        ("5000/h", Allowance(5000, 3600)),
        (" 7 per minute ", Allowance(7, 60)),
        ("1/hour", Allowance(1, 3600)),
    ],
)
def test_a_rate_is_written_as_people_do(text: str, rate: Allowance) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["", "100", "0/s", "-1/s", "1.5/s", "100/day", "100/", "/s", "many/min", "9999999999/s"])
def test_what_is_no_rate_is_none(text: str) -> None:
    assert read_rate(text) is None


@given(st.integers(1, 20), st.integers(1, 60), st.lists(st.tuples(st.floats(0, 30), st.integers(0, 30)), max_size=15))
def test_no_more_is_granted_than_the_bucket_holds_and_what_came_back(requests: int, seconds: int, turns: list[tuple[float, int]]) -> None:
    clock = Hand()
    limit, rate = RateLimit(Allowance(requests, seconds), clock), requests / seconds
    there = float(requests)
    for wait, wanted in turns:
        clock.seconds += wait
        there = min(float(requests), there + wait * rate)
        got = sum(granted(limit) for _ in range(wanted))
        assert got <= there + 1e-6
        assert got == wanted or got > there - 1 - 1e-6
        there -= got


def test_a_refusal_says_when_to_come_back() -> None:
    clock = Hand()
    limit = RateLimit(Allowance(2, 60), clock)
    assert [granted(limit) for _ in range(2)] == [True, True]
    with pytest.raises(RateLimited, match="answers 2 requests in 60 s") as refused:
        limit.take()
    assert refused.value.after == 30
    clock.seconds += refused.value.after
    assert granted(limit)


def test_what_is_given_back_can_be_taken_again_and_no_more_than_there_was() -> None:
    limit = RateLimit(Allowance(1, 3600), Hand())
    limit.take()
    limit.give_back()
    limit.give_back()
    assert [granted(limit) for _ in range(2)] == [True, False]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are made by fork")
def test_processes_share_it() -> None:
    limit, fork = RateLimit(Allowance(1000, 3600), Hand()), get_context("fork")
    counts = fork.SimpleQueue()
    workers = [fork.Process(target=lambda: counts.put(sum(granted(limit) for _ in range(400)))) for _ in range(4)]
    for each in workers:
        each.start()
    total = sum(counts.get() for _ in workers)
    for each in workers:
        each.join()
    assert total == 1000


@pytest.fixture(params=[TWENTY_1_0_3, TWENTY_2_19], ids=["1.0.3", "2.19"])
def limited(request: pytest.FixtureRequest, open_caller: Callable[..., Caller]) -> Caller:
    """A workspace that answers three requests an hour."""
    version: Version = request.param
    caller = open_caller(STANDARD, version)
    caller.workspace.limit = RateLimit(Allowance(3, 3600), Hand())
    return caller


def send(caller: Caller, token: str, method: str = "GET", path: str = "/rest/companies", query: str = "", body: bytes = b"") -> Answer:
    return caller.workspace.answer(Request(method, path, query, body, token))


def test_requests_for_records_are_counted_a_batch_once(limited: Caller) -> None:
    _, token = create_key(limited.workspace, "A script", EXPIRES)
    assert send(limited, token).status == 200
    assert send(limited, token, "POST", "/rest/batch/companies", body=b'[{"name": "A"}, {"name": "B"}]').status == 201
    assert send(limited, token, "POST", body=b'{"name": "C"}').status == 201
    refused = send(limited, token)
    told = orjson.loads(refused.body)
    assert refused.status == told["statusCode"] == 429
    assert told["messages"][0].startswith("Limit reached (3 tokens per 3600000 ms).")
    assert dict(refused.headers)["Retry-After"] == "1200"
    assert send(limited, token, "POST", body=b'{"name": "D"}').status == 429
    assert limited.good("GET", "/rest/companies")[-1]["name"] == "C"  # nothing was written


def test_groups_of_records_are_counted_too(open_caller: Callable[..., Caller]) -> None:
    caller = open_caller(STANDARD, TWENTY_2_19)
    caller.workspace.limit = RateLimit(Allowance(1, 60), Hand())
    _, token = create_key(caller.workspace, "A script", EXPIRES)
    asked = ("GET", "/rest/companies/groupBy", 'group_by={"name":true}')
    assert [send(caller, token, *asked).status for _ in range(2)] == [200, 429]


def test_2_19_names_the_refusal_as_it_does(open_caller: Callable[..., Caller]) -> None:
    caller = open_caller(STANDARD, TWENTY_2_19)
    caller.workspace.limit = RateLimit(Allowance(1, 60), Hand())
    _, token = create_key(caller.workspace, "A script", EXPIRES)
    send(caller, token)
    told = orjson.loads(send(caller, token).body)
    assert told["error"] == "HttpException"
    assert told["messages"][0].startswith("Limit reached (1 tokens per 60000 ms).")
    assert "code" not in told


def test_what_is_refused_and_what_is_no_record_costs_nothing(limited: Caller) -> None:
    _, token = create_key(limited.workspace, "A script", EXPIRES)
    for _ in range(4):
        assert send(limited, token, query="filter=nothing[eq]:1").status == 400
        assert send(limited, token, path="/rest/nothings").status == 400
        assert send(limited, token, "POST", body=b'{"nothing": 1}').status == 400
        assert send(limited, "rubbish").status == 401
        assert send(limited, token, path="/rest/open-api/core").status == 200
        assert send(limited, token, path="/rest/metadata/objects").status == 200
    assert send(limited, token).status == 200


def test_who_has_the_workspace_itself_is_not_limited(limited: Caller) -> None:
    for _ in range(5):
        assert limited.workspace.answer(Request("GET", "/rest/companies"), IN_PROCESS).status == 200


@pytest.mark.sqlite
def test_what_is_begun_again_beside_the_event_loop_is_counted_once(limited: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = create_key(limited.workspace, "A script", EXPIRES)
    limited.good("POST", "/rest/batch/companies", [{"name": "A mill " * 300} for _ in range(10)])
    monkeypatch.setattr("icosa.workspace.store.sqlite.readers._QUICK_CHARACTERS", 0)

    async def ask() -> list[int]:
        request = Request("GET", "/rest/companies", 'filter=name[ilike]:"%25mill a%25"', token=token)
        with pytest.raises(NotAtOnce):
            limited.workspace.store.read_at_once(lambda: limited.workspace._begin(request, None))
        return [(await limited.workspace.answer_soon(request)).status for _ in range(4)]

    assert asyncio.run(ask()) == [200, 200, 200, 429]

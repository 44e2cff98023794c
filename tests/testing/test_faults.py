"""Every kind of fault, over HTTP and in the process: what clients see is what the log says, and what was done in
the workspace is what the rule says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import pytest

import icosa
from icosa.surfaces.testing.stage import Stage
from icosa.surfaces.testing.transport import FaultyTransport
from icosa.testing import (
    CutAnswer,
    ExpiredKey,
    Faults,
    LostAnswer,
    RateLimited,
    Rule,
    Server,
    ServerError,
    Slow,
    Workspace,
)
from tests.testing.seen import DONE, Seen, commits, expected, in_process, over_http

QUICK = [
    RateLimited(),
    RateLimited(retry_after=None),
    RateLimited(retry_after=17),
    *(ServerError(status) for status in (500, 502, 503, 504)),
    *(ServerError(status, when="after") for status in (500, 502, 503, 504)),
    LostAnswer(),
    CutAnswer(),
    ExpiredKey(),
]
IDS = [str(each) for each in QUICK]
BODIES = ({"name": {"firstName": "Ada"}, "id": f"20202020-1c25-4d02-bf25-{number:012x}"} for number in count())

Way = tuple[Seen, Faults, icosa.Client]


@contextmanager
def way_over_http(request: pytest.FixtureRequest) -> Iterator[Way]:
    server: Server = request.getfixturevalue("icosa_server")
    yield over_http(server), server.faults, server.faultless


@contextmanager
def way_in_process(request: pytest.FixtureRequest) -> Iterator[Way]:
    stage: Stage = request.getfixturevalue("_icosa_stage")
    yield in_process(FaultyTransport(stage.transport(), stage.faults, lambda _: None)), stage.faults, stage.faultless


@pytest.fixture(params=[way_over_http, way_in_process], ids=["http", "process"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    with request.param(request) as found:
        yield found


def people(crm: icosa.Client) -> set[str]:
    return {each["id"] for each in crm.people.find_many(limit=60, depth=0)}


def post(way: Way, requests: int) -> list[str]:
    """Creates people one by one, and says what came of each; asserts that it is what the log says, and that
    those are there who must be."""
    seen, faults, crm = way
    there, came = people(crm), []
    for _ in range(requests):
        body = next(BODIES)
        came.append(seen("POST", "/rest/people", body))
        struck = [each for each in faults.log if each.number == faults.requests]
        assert [(each.method, each.path) for each in struck] == [("POST", "/rest/people")] * len(struck)
        assert came[-1] == (expected(struck[0].rule) if struck else DONE)
        if not struck or commits(struck[0].rule):
            there.add(str(body["id"]))
    assert people(crm) == there
    return came


@pytest.mark.parametrize("rule", QUICK, ids=IDS)
def test_a_fault_at_every_request(way: Way, rule: Rule) -> None:
    way[1].use(rule)
    assert set(post(way, 3)) == {expected(rule)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule", QUICK, ids=IDS)
def test_a_fault_at_every_fifth_request(request: pytest.FixtureRequest, rule: Rule, seed: int) -> None:
    request.applymarker(pytest.mark.icosa(faults=Faults([replace(rule, share=0.2)], seed=seed)))
    with way_in_process(request) as way:
        assert set(post(way, 50)) == {DONE, expected(rule)}


@pytest.mark.parametrize("seed", range(5))
def test_all_of_them_together_strike_the_same_over_http_and_in_the_process(request: pytest.FixtureRequest, seed: int) -> None:
    rules = [replace(rule, share=0.05) for rule in QUICK]
    request.applymarker(pytest.mark.icosa(faults=Faults(rules, seed=seed)))
    with way_over_http(request) as way:
        first = post(way, 30)
    with way_in_process(request) as way:
        way[1].use(*rules)
        assert post(way, 30) == first
    assert len(set(first)) > 2


def test_an_answer_that_is_too_slow_is_a_time_out_and_was_done(icosa_server: Server) -> None:
    icosa_server.faults.use(Slow(3600))
    body = next(BODIES)
    assert over_http(icosa_server, timeout=0.2)("POST", "/rest/people", body) == "timed out"
    assert people(icosa_server.faultless) == {body["id"]}


def test_in_the_process_the_time_that_is_waited_is_told_and_not_waited(icosa_workspace: Workspace) -> None:
    waited: list[float] = []
    icosa_workspace.faults.use(Slow(20), Slow(20, nth=2))
    direct = icosa_workspace.faultless._transport
    seen = in_process(FaultyTransport(direct, icosa_workspace.faults, waited.append))
    assert [seen("POST", "/rest/people", next(BODIES)) for _ in range(2)] == [DONE, "timed out"]
    assert waited == [20, 30]
    assert len(people(icosa_workspace.faultless)) == 2


@pytest.mark.icosa(now="2026-02-03T09:00:00Z", faults=[Slow(20)])
def test_the_clock_of_a_workspace_moves_on_instead(icosa_workspace: Workspace) -> None:
    assert icosa_workspace.people.find_many().total_count == 0
    assert icosa_workspace.clock() == "2026-02-03T09:00:20.000Z"


@pytest.mark.icosa(faults=[ExpiredKey(after=2)])
def test_a_key_that_expires_on_the_way(icosa_server: Server) -> None:
    seen = over_http(icosa_server)
    assert [seen("POST", "/rest/people", next(BODIES)) for _ in range(4)] == [DONE, DONE, "401", "401"]

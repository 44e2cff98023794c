"""Which requests a rule strikes is known from the rule, the seed and the order of the requests."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.testing import CutAnswer, ExpiredKey, Faults, LostAnswer, RateLimited, RenamedField, Rule, ServerError, Slow

PERSON = "/rest/people/20202020-1c25-4d02-bf25-6aeccf7ea419"
REQUESTS = [
    ("GET", "/rest/people"), ("POST", "/rest/people"), ("POST", "/rest/batch/people"), ("GET", PERSON), ("PATCH", PERSON),
    ("DELETE", PERSON), ("POST", "/rest/people/duplicates"), ("PATCH", PERSON.replace("/rest/", "/rest/restore/")),
    ("GET", "/rest/companies"), ("GET", "/rest/connectedAccounts"), ("GET", "/rest/nonsense"), ("GET", "/open-api/core"), ("GET", "/rest"),
]  # fmt: skip

RULES = st.builds(
    lambda kind, **given: kind(**given),
    st.sampled_from([RateLimited, LostAnswer, CutAnswer, ServerError, ExpiredKey]),
    share=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    method=st.sampled_from([None, "GET", "POST"]),
    object=st.sampled_from([None, "people", "company"]),
    nth=st.sampled_from([None, 2, (1, 3)]),
    after=st.integers(0, 2),
    times=st.sampled_from([None, 1]),
)
ORDERS = st.lists(st.sampled_from(REQUESTS), max_size=30)


def played(faults: Faults, requests: list[tuple[str, str]]) -> list[bool]:
    return [faults.fate(*each).rule is not None for each in requests]


@pytest.mark.parametrize(
    ("matcher", "struck"),
    [
        ({}, REQUESTS),
        ({"method": "patch"}, [REQUESTS[4], REQUESTS[7]]),
        ({"path": "/rest/people/*"}, [*REQUESTS[3:7]]),
        ({"object": "person"}, REQUESTS[:8]),
        ({"object": "People", "method": "DELETE"}, [REQUESTS[5]]),
        ({"object": "Connected Accounts"}, [REQUESTS[9]]),
        ({"operation": "find_one"}, [REQUESTS[3]]),
        ({"operation": "create_many"}, [REQUESTS[2]]),
        ({"path": "/open-api/*"}, [REQUESTS[11]]),
        ({"nth": 2}, [REQUESTS[1]]),
        ({"nth": (1, 3), "method": "POST"}, [REQUESTS[1], REQUESTS[6]]),
        ({"after": 10}, REQUESTS[10:]),
        ({"times": 3}, REQUESTS[:3]),
        ({"after": 1, "times": 1, "method": "GET"}, [REQUESTS[3]]),
        ({"share": 0}, []),
    ],
)
def test_a_rule_strikes_what_it_is_about(matcher: dict[str, Any], struck: list[tuple[str, str]]) -> None:
    faults = Faults([RateLimited(**matcher)])
    played(faults, REQUESTS)
    assert [(each.method, each.path) for each in faults.log] == struck


@given(st.lists(RULES, max_size=3), st.integers(0, 5), ORDERS)
def test_the_same_seed_rules_and_requests_are_the_same_faults(rules: list[Rule], seed: int, requests: list[tuple[str, str]]) -> None:
    one, other = Faults(rules, seed=seed), Faults(rules, seed=seed)
    assert played(one, requests) == played(other, requests)
    assert one.log == other.log


@given(RULES, st.integers(0, 5), ORDERS)
def test_requests_that_a_rule_is_not_about_leave_it_as_it_is(rule: Rule, seed: int, requests: list[tuple[str, str]]) -> None:
    faults, alone = Faults([rule], seed=seed), Faults([rule], seed=seed)
    about = [each for each in requests if rule.matches(*each, alone._route(*each))]
    assert [(each.method, each.path) for each in faults.log] == [(each.method, each.path) for each in alone.log]
    played(faults, requests)
    played(alone, about)
    assert [(each.method, each.path) for each in faults.log] == [(each.method, each.path) for each in alone.log]


def test_a_share_is_about_that_share() -> None:
    counts = [
        len([each for each in played(Faults([RateLimited(share=0.2)], seed=seed), [REQUESTS[0]] * 1000) if each]) for seed in range(5)
    ]
    assert all(150 < count < 250 for count in counts)
    assert len(set(counts)) > 1


def test_the_first_rule_that_strikes_decides_and_slow_ones_add_up() -> None:
    first, second = ServerError(500), LostAnswer()
    faults = Faults([Slow(1.5), Slow(2), first, second])
    fate = faults.fate("GET", "/rest/people")
    assert (fate.seconds, fate.rule) == (3.5, first)
    assert [each.rule for each in faults.log] == [Slow(1.5), Slow(2), first]


def test_the_log_says_what_was_done_to_which_request() -> None:
    faults = Faults([LostAnswer(method="POST"), RateLimited(share=0)])
    played(faults, REQUESTS[:2])
    assert [str(each) for each in faults.log] == ["2: POST /rest/people: LostAnswer(method='POST')"]


def test_rules_can_be_others_from_one_request_to_the_next() -> None:
    faults = Faults([RateLimited(times=1)])
    assert played(faults, REQUESTS[:2]) == [True, False]
    faults.use(RateLimited(times=1))
    assert played(faults, REQUESTS[:2]) == [True, False]
    faults.clear()
    assert played(faults, REQUESTS[:2]) == [False, False]
    assert (len(faults.log), faults.requests) == (2, 6)


def test_who_waits_for_a_server_to_come_up_meets_nothing() -> None:
    assert Faults([RateLimited()]).fate("GET", "/healthz").rule is None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: RateLimited(share=1.5), r"share: 1\.5 is no share"),
        (lambda: RateLimited(operation="destroy"), 'operation: "destroy" is none; give one of find_many'),
        (lambda: ServerError(418), "status: 418 is not made here"),
        (lambda: ServerError(when="later"), 'when: "later" is neither'),  # type: ignore[arg-type]
        (lambda: Faults(["lost"]), "rules: 'lost' is no rule"),  # type: ignore[list-item]
        (lambda: Faults([RateLimited(object="peoples")]), "There is no resource 'peoples'. Did you mean 'People'"),
        (lambda: Faults([RenamedField("persons", "city", "town")]), "There is no resource 'persons'"),
    ],
)
def test_a_rule_that_cannot_be_says_what_would_be(make: Any, said: str) -> None:
    with pytest.raises(icosa.InvalidInput, match=said):
        make()

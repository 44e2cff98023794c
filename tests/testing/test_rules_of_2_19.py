"""What a real 2.19 leaves out of its answers, and that Icosa's own client misses none of it."""

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

import icosa
from icosa import F, testing
from icosa.testing import Faults, LostNulls, RateLimited, UntoldWrite

Made = Callable[..., Any]
PEOPLE: list[dict[str, Any]] = [{"jobTitle": title} for title in ("Analyst", None, "Writer", None, "Clerk", None, "Reader")]


@contextmanager
def in_process(*rules: testing.Rule) -> Iterator[tuple[icosa.Client, icosa.Client, Faults]]:
    with testing.workspace(api="2.19", faults=rules) as crm:
        yield crm, crm.faultless, crm.faults


@contextmanager
def over_http(*rules: testing.Rule) -> Iterator[tuple[icosa.Client, icosa.Client, Faults]]:
    with testing.server(api="2.19", faults=rules) as server:
        yield server.client(pace="unlimited"), server.faultless, server.faults


WAYS = pytest.mark.parametrize("way", [in_process, over_http], ids=["process", "http"])


@WAYS
def test_a_limit_is_said_in_the_words_of_2_19(way: Made) -> None:
    with way(RateLimited(retry_after=None, times=2)) as (crm, _, faults):
        crm.companies.create_one(name="Looms")
        assert crm.companies.find_many().total_count == 1
        assert len(faults.log) == 2


def test_a_limit_of_2_19_has_no_retry_after_and_no_word_of_icosa() -> None:
    with testing.server(api="2.19", faults=[RateLimited(retry_after=None)]) as server:
        status, headers, body = sent(server, "GET", "/rest/companies")
    assert (status, "Retry-After" in headers, "Icosa-Error" in headers) == (429, False, False)
    assert body == {"statusCode": 429, "error": "HttpException", "messages": ["Limit reached (100 tokens per 60000 ms)"]}


@pytest.mark.parametrize("direction", ["AscNullsLast", "AscNullsFirst", "DescNullsLast"])
@WAYS
def test_a_walk_meets_every_record_although_nulls_get_lost(way: Made, direction: str) -> None:
    with way(LostNulls()) as (crm, faultless, _):
        faultless["people"].create_many(PEOPLE)
        walked = [each["id"] for each in crm.people.iterate(order_by=f"jobTitle[{direction}]", page_size=2)]
        assert sorted(walked) == sorted(each["id"] for each in faultless.people.find_many())


def test_who_follows_cursors_by_hand_meets_no_record_without_a_value() -> None:
    with testing.server(api="2.19", faults=[LostNulls()]) as server:
        server.faultless["people"].create_many(PEOPLE)
        titles, counts, cursor, more = [], set(), "", True
        while more:
            behind = f"&starting_after={cursor}" if cursor else ""
            _, _, page = sent(server, "GET", f"/rest/people?limit=3&order_by=jobTitle[AscNullsLast]{behind}")
            titles += [each["jobTitle"] for each in page["data"]["people"]]
            counts.add(page["totalCount"])
            cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert titles == ["Analyst", "Clerk", "Reader", "Writer"]
        assert counts == {7}
        assert [each.number for each in server.faults.log] == [2]


def test_pages_back_over_nulls_that_come_first_have_none_of_them() -> None:
    with testing.server(api="2.19", faults=[LostNulls()]) as server:
        server.faultless["people"].create_many(PEOPLE)
        _, _, last = sent(server, "GET", "/rest/people?limit=7&order_by=jobTitle")
        titles = [each["jobTitle"] for each in last["data"]["people"]]
        assert titles == ["", "", "", "Analyst", "Clerk", "Reader", "Writer"]
        _, _, page = sent(server, "GET", f"/rest/people?limit=7&order_by=jobTitle&ending_before={last['pageInfo']['endCursor']}")
        assert [each["jobTitle"] for each in page["data"]["people"]] == ["Analyst", "Clerk", "Reader"]
        assert not page["pageInfo"]["hasPreviousPage"]


def test_what_is_sorted_otherwise_is_left_alone() -> None:
    rule = LostNulls()
    first, unsorted, down = "order_by=jobTitle[AscNullsLast]", "starting_after=x", "order_by=jobTitle[DescNullsLast]&starting_after=x"
    for query in ("", "order_by=jobTitle", first, unsorted, down):
        assert not rule.concerns(query)


@WAYS
def test_records_that_were_brought_back_or_deleted_are_told_although_the_server_does_not(way: Made) -> None:
    with way(UntoldWrite()) as (crm, faultless, _):
        ids = sorted(each["id"] for each in faultless.companies.create_many([{"name": "Looms"}, {"name": "Clocks"}]))
        gone = crm.companies.delete_many(where=F.deleted_at.is_null() & F.name.in_(["Looms", "Clocks"]))
        assert sorted(each["id"] for each in gone) == ids
        assert faultless.companies.find_many().total_count == 0
        back = crm.companies.restore_many(where=F.deleted_at.is_not_null())
        assert sorted(each["id"] for each in back) == ids
        assert faultless.companies.find_many().total_count == 2


def test_who_asks_by_hand_is_answered_an_empty_list_and_it_is_done_all_the_same() -> None:
    with testing.server(api="2.19", faults=[UntoldWrite()]) as server:
        server.faultless.companies.create_one(name="Looms")
        for method, path in (
            ("DELETE", "/rest/companies?filter=deletedAt[is]:NULL&soft_delete=true"),
            ("PATCH", "/rest/restore/companies?filter=deletedAt[is]:NOT_NULL"),
        ):
            status, _, body = sent(server, method, path)
            assert (status, list(body["data"].values())) == (200, [[]])
        assert len(server.faults.log) == 2
        assert server.faultless.companies.find_many().total_count == 1


@pytest.mark.parametrize("rule", [LostNulls(), UntoldWrite()], ids=str)
def test_they_have_no_place_in_a_1_0_3(rule: testing.Rule) -> None:
    with pytest.raises(icosa.InvalidValue, match=r'api="2\.19"'), testing.workspace(faults=[rule]):
        raise AssertionError("it began")


def sent(server: testing.Server, method: str, path: str) -> tuple[int, Any, Any]:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    try:
        connection.request(method, path, "{}" if method == "PATCH" else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())
    finally:
        connection.close()

"""Walking every page: each record once, whatever the server's pages look like."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import icosa
from icosa import F
from icosa.catalogue.standard import STANDARD
from tests.client.scripted import KEY, Asked, Reply, scripted


@pytest.fixture
def cities(crm: icosa.Client) -> list[str]:
    for start in range(0, 150, 50):
        crm.people.create_many([{"city": f"City {at:03}"} for at in range(start, start + 50)], depth=0)
    return [f"City {at:03}" for at in range(150)]


@pytest.mark.parametrize("page_size", [None, 1, 7, 150, 151])
@pytest.mark.parametrize("order_by", [None, "city", "city[DescNullsLast]", "createdAt"])
def test_every_record_is_met_once_and_in_order(order_by: str | None, page_size: int | None, crm: icosa.Client, cities: list[str]) -> None:
    if page_size == 1:
        cities = cities[:20]
    where = F.city.in_(cities)
    met = [each["city"] for each in crm.people.iterate(where=where, order_by=order_by, depth=0, page_size=page_size)]
    assert met == (cities[::-1] if order_by and "Desc" in order_by else cities)


def test_a_filter_may_be_text_and_nothing_found_is_nothing(crm: icosa.Client, cities: list[str]) -> None:
    assert [each["city"] for each in crm.people.iterate(where='city[eq]:"City 007"')] == ["City 007"]
    assert list(crm.people.iterate(where=F.city == "Atlantis")) == []


def test_progress_is_told_after_each_page(crm: icosa.Client, cities: list[str]) -> None:
    reported: list[tuple[int, int]] = []
    list(crm.people.iterate(depth=0, page_size=60, progress=lambda *each: reported.append(each)))
    assert reported == [(60, 150), (120, 150), (150, 150)]


def test_records_that_vanish_during_the_walk_end_nothing_early(crm: icosa.Client, cities: list[str]) -> None:
    walk = crm.people.iterate(order_by="city", depth=0, page_size=50)
    met = [next(walk)["city"] for _ in range(50)]
    for each in crm.people.find_many(where=F.city.in_(cities[40:60]), limit=100, depth=0):
        crm.people.delete_one(each["id"])
    met += [each["city"] for each in walk]
    assert met == cities[:50] + cities[60:]


def test_the_last_page_may_vanish_while_it_is_asked_for(crm: icosa.Client, cities: list[str]) -> None:
    reported: list[tuple[int, int]] = []
    walk = crm.people.iterate(order_by="city", depth=0, page_size=140, progress=lambda *each: reported.append(each))
    met = [next(walk)["city"]]
    for each in crm.people.find_many(where=F.city >= "City 140", limit=100, depth=0):
        crm.people.delete_one(each["id"])
    met += [each["city"] for each in walk]
    assert met == cities[:140]
    assert reported[-1] == (140, 140)


def test_a_walk_that_is_left_early_asks_for_no_more(crm: icosa.Client, cities: list[str]) -> None:
    reported: list[tuple[int, int]] = []
    for person in crm.people.iterate(page_size=10, depth=0, progress=lambda *each: reported.append(each)):
        if person["city"] == "City 015":
            break
    assert len(reported) == 2


@contextmanager
def paged(*pages: list[str], more: bool = False) -> Iterator[tuple[icosa.Client, list[dict[str, list[str]]]]]:
    """A server whose pages hold these ids; with `more` it says of the last one, too, that there is another."""
    asked: list[dict[str, list[str]]] = []

    def reply(request: Asked) -> Reply:
        query = parse_qs(urlsplit(request.target).query)
        asked.append(query)
        at = int(query.get("starting_after", ["0"])[0])
        ids = pages[min(at, len(pages) - 1)]
        info = {"hasNextPage": more or at < len(pages) - 1, "startCursor": None, "endCursor": str(at + 1) if ids else None}
        left = sum(map(len, pages[at:]))
        return Reply(json.loads(json.dumps({"data": {"people": [{"id": each} for each in ids]}, "pageInfo": info, "totalCount": left})))

    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        yield crm, asked


def ids(walk: Iterable[Mapping[str, Any]]) -> list[str]:
    return [each["id"] for each in walk]


def test_a_page_is_as_large_as_the_server_takes() -> None:
    with paged(["a"], ["b"]) as (crm, asked):
        assert ids(crm.people.iterate(depth=0)) == ["a", "b"]
        assert [each["limit"] for each in asked] == [["60"], ["60"]]


def test_a_server_that_always_promises_another_page_is_believed_until_one_is_empty() -> None:
    with paged(["a", "b"], [], more=True) as (crm, asked):
        assert ids(crm.people.iterate()) == ["a", "b"]
        assert len(asked) == 2


def test_a_record_that_stands_at_the_end_of_one_page_and_the_beginning_of_the_next_is_met_once() -> None:
    with paged(["a", "b"], ["b", "c"], ["c"]) as (crm, _):
        reported: list[tuple[int, int]] = []
        assert ids(crm.people.iterate(order_by="createdAt", progress=lambda *each: reported.append(each))) == ["a", "b", "c"]
        assert reported == [(2, 5), (3, 5), (3, 3)]


def test_a_count_of_what_is_left_is_not_taken_for_the_whole() -> None:
    with paged(["a", "b"], ["c", "d"], ["e"]) as (crm, _):
        reported: list[tuple[int, int]] = []
        ids(crm.people.iterate(progress=lambda *each: reported.append(each)))
        assert reported == [(2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("page_size", [0, -1])
def test_a_page_of_nothing_is_refused(page_size: int, crm: icosa.Client) -> None:
    with pytest.raises(icosa.InvalidQuery, match="give 1 or more"):
        next(crm.people.iterate(page_size=page_size))


def test_a_filter_is_given_once(crm: icosa.Client) -> None:
    with pytest.raises(icosa.InvalidQuery, match="Where and Filter are both given"):
        crm.people.find_many(where=F.city == "a", filter="city[eq]:a")
    crm.people.create_many([{"city": "a"}, {"city": "b"}])
    for page in (
        crm.people.find_many(where=F.city == "a"),
        crm.people.find_many(where="city[eq]:a"),
        crm.people.find_many(filter="city[eq]:a"),
    ):
        assert [each["city"] for each in page] == ["a"]

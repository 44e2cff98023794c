"""Orders and pages on servers whose cursors break: every record once, or a sentence that says why not."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import icosa
from icosa import F
from icosa.catalogue.standard import STANDARD
from tests.client.scripted import KEY, Asked, Reply, scripted
from tests.newer_server import NewerServer, newer_server

ORDERS = [f"employees[{each}]" for each in ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")]


@pytest.fixture
def newer() -> Iterator[tuple[NewerServer, icosa.Client]]:
    """A newer Twenty with 90 companies, a third of them without a count of employees and half without a name."""
    with newer_server() as server, icosa.connect(server.url, token=server.token) as crm:
        for start in range(0, 90, 45):
            crm.companies.create_many(
                [
                    {"name": f"Company {at:03}" if at % 2 else "", **({} if at % 3 == 0 else {"employees": at % 7})}
                    for at in range(start, start + 45)
                ],
                depth=0,
            )
        yield server, crm


def employees(records: Iterable[Mapping[str, Any]]) -> list[float | None]:
    return [each["employees"] for each in records]


def in_order(values: list[Any], order: str) -> bool:
    some = [each for each in values if each is not None]
    nulls = [None] * (len(values) - len(some))
    expected = sorted(some, reverse="Desc" in order)
    return values == (nulls + expected if "First" in order else expected + nulls)


@pytest.mark.parametrize("page_size", [7, 60, 200])
@pytest.mark.parametrize("order", ORDERS)
def test_an_order_with_nulls_is_walked_to_its_end(order: str, page_size: int, newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    calls: list[tuple[int, int]] = []
    met = list(crm.companies.iterate(order_by=order, depth=0, page_size=page_size, progress=lambda *each: calls.append(each)))
    assert len({each["id"] for each in met}) == len(met) == 90
    assert in_order(employees(met), order)
    assert calls[-1] == (90, 90)
    assert {total for _, total in calls} == {90}


@pytest.mark.parametrize("where", [F.name != "Company 001", 'name[neq]:"Company 001"', "employees[gte]:0,employees[lte]:100"])
def test_a_filter_holds_in_every_part_of_an_order(where: Any, newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    expected = {each["id"] for each in crm.companies.iterate(where=where, depth=0)}
    met = [each["id"] for each in crm.companies.iterate(where=where, order_by="employees", depth=0, page_size=5)]
    assert len(met) == len(expected)
    assert set(met) == expected


def test_an_empty_text_is_a_null_of_a_newer_server(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    names = [each["name"] for each in crm.companies.iterate(order_by="name[AscNullsLast]", depth=0, page_size=8)]
    assert len(names) == 90
    assert names == sorted(filter(None, names)) + [""] * 45


def test_who_awaits_a_walk_meets_the_same(newer: tuple[NewerServer, icosa.Client]) -> None:
    server, _ = newer

    async def walked() -> list[float | None]:
        async with icosa.aconnect(server.url, token=server.token) as crm:
            return [each["employees"] async for each in crm.companies.iterate(order_by=ORDERS[1], depth=0, page_size=7)]

    assert in_order(asyncio.run(walked()), ORDERS[1])


def test_a_short_order_costs_one_request(newer: tuple[NewerServer, icosa.Client]) -> None:
    server, crm = newer
    list(crm.companies.iterate(order_by="employees", where=F.name.starts_with("Company 00"), depth=0))
    assert len([each for each in server.asked if each.method == "GET"]) == 1


def test_nulls_of_a_second_key_are_no_quiet_end(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    walk = crm.companies.iterate(order_by="employees[AscNullsLast],name", depth=0, page_size=1)
    with pytest.raises(icosa.InvalidQuery, match="cannot go on after a record without name in this order; leave order_by out"):
        list(walk)


def test_an_order_by_the_moment_of_deletion_shows_no_deleted_records(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    crm.companies.delete_one(next(crm.companies.iterate(depth=0))["id"])
    met = list(crm.companies.iterate(order_by="deletedAt", depth=0, page_size=10))
    assert [each["deletedAt"] for each in met] == [None] * 89
    filtered = list(crm.companies.iterate(where=icosa.F.employees.is_not_null(), order_by="deletedAt", depth=0, page_size=10))
    assert {each["id"] for each in filtered} == {each["id"] for each in met if each["employees"] is not None}


@pytest.mark.parametrize("order", [None, "createdAt", "id[DescNullsLast]"])
def test_pages_back_are_the_pages_forward_the_other_way_round(order: str | None, newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    asked: dict[str, Any] = {"order_by": order, "limit": 8, "depth": 0}
    pages = [crm.companies.find_many(**asked)]
    while pages[-1].has_next_page:
        pages.append(crm.companies.find_many(starting_after=pages[-1].end_cursor, **asked))
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = crm.companies.find_many(ending_before=back.start_cursor, **asked)
        assert [each["id"] for each in back] == [each["id"] for each in page]
        assert (back.start_cursor, back.end_cursor) == (page.start_cursor, page.end_cursor)


def test_a_page_back_that_would_lose_records_is_refused(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    page = crm.companies.find_many(order_by="employees[AscNullsLast]", limit=5, depth=0)
    with pytest.raises(icosa.InvalidQuery, match=r"^Ending Before: ordered by employees, .* Add employees\[is\]:NOT_NULL"):
        crm.companies.find_many(order_by="employees[AscNullsLast]", ending_before=page.end_cursor, depth=0)
    filled = F.employees.is_not_null()
    page = crm.companies.find_many(where=filled, order_by="employees", limit=5, depth=0)
    crm.companies.find_many(where=filled, order_by="employees", ending_before=page.end_cursor, depth=0)


def test_a_page_after_a_null_is_refused(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    page = crm.companies.find_many(order_by="employees", limit=5, depth=0)
    with pytest.raises(icosa.InvalidQuery, match="Use iterate, which does not"):
        crm.companies.find_many(order_by="employees", limit=5, starting_after=page.end_cursor, depth=0)
    after = crm.companies.find_many(order_by="employees[DescNullsLast]", limit=5, depth=0)
    assert len(crm.companies.find_many(order_by="employees[DescNullsLast]", limit=5, starting_after=after.end_cursor, depth=0)) == 5


def test_every_order_and_every_way_back_holds_on_an_icosa_workspace(crm: icosa.Client) -> None:
    crm.companies.create_many([{"employees": None if at % 3 == 0 else at % 7} for at in range(30)])
    for order in ORDERS:
        met = list(crm.companies.iterate(order_by=order, depth=0, page_size=4))
        assert in_order(employees(met), order)
        page = crm.companies.find_many(order_by=order, limit=25, depth=0)
        back = crm.companies.find_many(order_by=order, limit=4, depth=0, ending_before=page.end_cursor)
        assert [each["id"] for each in back] == [each["id"] for each in met[20:24]]


def older(total: int, *, lost: int = 0) -> tuple[Any, list[Asked]]:
    """A server with so many people that counts what is left, as 1.0.3 does, and hides the last ones, or ends too early."""
    asked: list[Asked] = []
    people = [{"id": f"{at:03}", "updatedAt": "2026-02-03T09:00:00.000Z"} for at in range(total)]

    def reply(request: Asked) -> Reply:
        asked.append(request)
        query = parse_qs(urlsplit(request.target).query)
        at = int(query.get("starting_after", ["0"])[0])
        page = people[: total - lost][at : at + int(query["limit"][0])]
        ended = at + len(page) >= total - lost
        info = {"hasNextPage": not ended, "startCursor": str(at) if page else None, "endCursor": str(at + len(page)) if page else None}
        return Reply({"data": {"people": page}, "pageInfo": info, "totalCount": total - at})

    return reply, asked


def test_a_count_that_shrinks_is_no_false_alarm() -> None:
    reply, asked = older(25)
    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        assert len(list(crm.people.iterate(page_size=10))) == 25
    assert len(asked) == 3


def test_a_walk_that_ends_before_all_are_met_is_an_error() -> None:
    reply, asked = older(25, lost=5)
    with (
        scripted(reply) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnreadableAnswer, match="counts 25 records that were there all the while, and gave 20 of them"),
    ):
        list(crm.people.iterate(page_size=10))
    assert "updatedAt" in asked[-1].target


def test_a_server_that_denies_a_next_page_is_asked_for_it_where_records_are_missing() -> None:
    reply, _ = older(25)

    def denies(request: Asked) -> Reply:
        answer = reply(request)
        body = json.loads(answer.content)
        body["pageInfo"]["hasNextPage"] = False
        return Reply(body)

    with scripted(denies) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        assert len(list(crm.people.iterate(page_size=20))) == 25


def test_what_is_deleted_during_a_walk_is_no_false_alarm(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    walk = crm.companies.iterate(order_by="employees", depth=0, page_size=10)
    met = [next(walk) for _ in range(10)]
    left = [each["id"] for each in crm.companies.iterate(depth=0) if each["id"] not in {one["id"] for one in met}]
    for id_ in left[::2]:
        crm.companies.delete_one(id_)
    crm.companies.create_one(employees=3)
    met += list(walk)
    assert {each["id"] for each in met} >= {*left[1::2]}


def test_pages_back_by_their_names_have_their_cursors_the_right_way_round_too(newer: tuple[NewerServer, icosa.Client]) -> None:
    _, crm = newer
    page = crm.companies.find_many(limit=10, depth=0)
    (item,) = crm.run("Companies", "Find Many Companies", {"Ending Before": page.end_cursor, "Limit": 4, "Depth": 0})
    back = crm.companies.find_many(limit=4, depth=0, ending_before=page.end_cursor)
    assert (item.json["pageInfo"]["startCursor"], item.json["pageInfo"]["endCursor"]) == (back.start_cursor, back.end_cursor)
    assert [each["id"] for each in page][5:9] == [each["id"] for each in back]
    with pytest.raises(icosa.InvalidQuery, match=r"^Ending Before"):
        crm.run("Companies", "Find Many Companies", {"Ending Before": page.end_cursor, "Order By": "employees"})

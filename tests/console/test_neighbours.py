"""From a record to the next one, and back, in the list that somebody came from."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local
from tests.searched import ON_A_STORE

LISTS: tuple[dict[str, Any], ...] = (
    {},
    {"order_by": "name"},
    {"order_by": "name[DescNullsLast],createdAt"},
    {"filter": "employees[gte]:100", "order_by": "employees[DescNullsLast]"},
    {"filter": "address.addressCity[is]:NOT_NULL"},
)


@pytest.fixture
def writer(own: Local) -> Iterator[TestClient]:
    with signed_in(own) as found:
        yield found


def led(client: TestClient, id_: str, way: str, **of_list: str) -> str:
    """Where a step leads: the id of a record, and what the address says of the list."""
    answer = client.get(f"/browse/companies/{id_}/{way}", params=of_list, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    path, _, query = answer.headers["location"].partition("?")
    assert query == urlencode(of_list)
    return path.rpartition("/")[2]


@ON_A_STORE
@given(st.data())
def test_it_is_the_one_beside_it_in_the_list(sample: Local, data: st.DataObject) -> None:
    of_list = data.draw(st.sampled_from(LISTS))
    with sample.client(MAYA) as crm, signed_in(sample) as client:
        ids = [each["id"] for each in crm.companies.find_many(**of_list, limit=60, depth=0)]
        at = data.draw(st.integers(0, len(ids) - 1))
        assert led(client, ids[at], "next", **of_list) == ids[min(at + 1, len(ids) - 1)]
        assert led(client, ids[at], "previous", **of_list) == ids[max(at - 1, 0)]


def test_at_the_end_one_stays_and_is_told_so(own: Local, writer: TestClient) -> None:
    with own.client(MAYA) as crm:
        last = list(crm.companies.find_many(order_by="name", limit=60, depth=0))[-1]["id"]
    page = writer.get(f"/browse/companies/{last}/next?order_by=name")
    assert "this is the last of its list" in page.text
    assert str(page.url).endswith(f"/browse/companies/{last}?order_by=name")


def test_a_record_that_has_left_the_filter_still_has_neighbours(own: Local, writer: TestClient) -> None:
    of_list: dict[str, Any] = {"filter": "employees[gte]:100", "order_by": "name"}
    with own.client(MAYA) as crm:
        one, two, three = [each["id"] for each in crm.companies.find_many(**of_list, limit=3, depth=0)]
        crm.companies.update_one(two, employees=1)
    assert led(writer, two, "next", **of_list) == three
    assert led(writer, two, "previous", **of_list) == one
    assert led(writer, one, "next", **of_list) == three


def test_those_in_the_bin_are_a_list_too(own: Local, writer: TestClient) -> None:
    of_list: dict[str, Any] = {"filter": "deletedAt[is]:NOT_NULL", "order_by": "name"}
    with own.client(MAYA) as crm:
        one, two = [each["id"] for each in crm.companies.find_many(order_by="name", limit=2, depth=0)]
        for each in (one, two):
            crm.companies.delete_one(each)
    assert led(writer, one, "next", **of_list) == two
    assert led(writer, two, "previous", **of_list) == one


def test_a_table_leads_into_its_list_and_a_record_back_to_it(client: TestClient) -> None:
    query = urlencode({"filter": "employees[gte]:100", "order_by": "name"}).replace("&", "&amp;")
    table = client.get("/browse/companies?filter=employees[gte]:100&order_by=name").text
    assert f'?{query}"><bdi>Alder' in table
    with_list = table.partition(f'?{query}"><bdi>Alder')[0].rpartition('href="')[2] + "?filter=employees[gte]:100&order_by=name"
    record = client.get(with_list).text
    assert f'href="/browse/companies?{query}">' in record
    assert f'/next?{query}"' in record
    assert f'/previous?{query}"' in record


def test_a_list_that_cannot_be_asked_for_says_why(client: TestClient, own: Local) -> None:
    with own.client(MAYA) as crm:
        id_ = crm.companies.find_many(limit=1)[0]["id"]
    answer = client.get(f"/browse/companies/{id_}/next?filter=nowhere[eq]:1")
    assert answer.status_code == 422
    assert "nowhere" in answer.text

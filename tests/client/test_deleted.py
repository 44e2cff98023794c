"""Deleted records are listed and walked where a server keeps them, and by a filter among them; where it keeps none, that is said."""

import asyncio
from collections.abc import Iterator

import pytest

import icosa
from icosa import F, testing
from icosa.client.schema import plain_schema
from icosa.errors import UnknownAction
from icosa.surfaces.testing.server import Server


@pytest.fixture(params=["1.0.3", "2.19"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with testing.server(api=request.param) as server:
        yield server


@pytest.fixture
def crm(home: object, server: Server) -> Iterator[icosa.Client]:
    with icosa.connect(server.url, server.token) as client:
        made = client.companies.create_many([{"name": f"Mill {at}"} for at in range(7)], depth=0)
        for each in made[:5]:
            client.companies.delete_one(each["id"])
        client.companies.delete_one(made[5]["id"], permanent=True)
        yield client


def test_a_page_is_of_the_deleted_alone(crm: icosa.Client) -> None:
    page = crm.companies.find_many(deleted=True, order_by="name", limit=2, depth=0)
    assert (page.total_count, [each["name"] for each in page]) == (5, ["Mill 0", "Mill 1"])
    assert all(each["deletedAt"] for each in page)
    assert [each["name"] for each in crm.companies.find_many(depth=0)] == ["Mill 6"]


@pytest.mark.parametrize("where", [F.name.in_(["Mill 1", "Mill 6"]), "name[in]:[Mill 1,Mill 6]"])
def test_a_filter_finds_among_them(crm: icosa.Client, where: icosa.Where | str) -> None:
    assert [each["name"] for each in crm.companies.find_many(where=where, deleted=True, depth=0)] == ["Mill 1"]
    assert [each["name"] for each in crm.companies.find_many(filter=str(where), deleted=True, depth=0)] == ["Mill 1"]
    assert [each["name"] for each in crm.companies.iterate(where=where, deleted=True, depth=0)] == ["Mill 1"]


@pytest.mark.parametrize("order_by", [None, "name[DescNullsLast]", "deletedAt"])
def test_all_of_them_are_walked_through(crm: icosa.Client, order_by: str | None) -> None:
    walked = [each["name"] for each in crm.companies.iterate(deleted=True, order_by=order_by, page_size=2, depth=0)]
    assert sorted(walked) == [f"Mill {at}" for at in range(5)]


def test_the_same_for_an_event_loop(crm: icosa.Client, server: Server) -> None:
    async def listed() -> tuple[int, list[str]]:
        async with icosa.aconnect(server.url, server.token) as client:
            page = await client.companies.find_many(deleted=True, depth=0)
            return len(page), [each["name"] async for each in client.companies.iterate(deleted=True, order_by="name", depth=0)]

    assert asyncio.run(listed()) == (5, [f"Mill {at}" for at in range(5)])


def test_a_server_that_keeps_none_is_not_asked(crm: icosa.Client) -> None:
    crm._flows.known = plain_schema().catalogue, plain_schema().offers  # what a server without a document is taken for
    for asked in (lambda: crm.companies.find_many(deleted=True), lambda: list(crm.companies.iterate(deleted=True))):
        with pytest.raises(UnknownAction, match=r"keeps no deleted companies to be listed, as Twenty 1\.0\.3 destroys"):
            asked()

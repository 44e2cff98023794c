"""Several records at once: on a server that can, what a filter holds for is changed, deleted or brought back, and records are
merged; on every other one that is refused before anything is sent, with what does the same there."""

import asyncio
from collections.abc import Iterator

import pytest

import icosa
from icosa import F, testing
from icosa.errors import InvalidBody, InvalidInput, InvalidQuery, NotFound, UnknownAction
from icosa.surfaces.testing.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with testing.server(api="2.19") as server:
        yield server


@pytest.fixture
def crm(home: object, server: Server) -> Iterator[icosa.Client]:
    with icosa.connect(server.url, server.token) as client:
        yield client
        client.companies.delete_many(where="createdAt[gt]:2000-01-01", permanent=True)


def mills(crm: icosa.Client, count: int) -> list[str]:
    return [each["id"] for each in crm.companies.create_many([{"name": f"Mill {at}"} for at in range(count)], depth=0)]


def test_all_that_the_filter_holds_for_is_changed(crm: icosa.Client) -> None:
    mills(crm, 12)
    changed = crm.companies.update_many(where=F.name.starts_with("Mill 1"), address={"addressCity": "Lyon"}, depth=0)
    assert sorted(each["name"] for each in changed) == ["Mill 1", "Mill 10", "Mill 11"]
    assert crm.companies.find_many(where=F.address.address_city == "Lyon", depth=0).total_count == 3


def test_more_than_one_request_may_change_are_changed_in_several(crm: icosa.Client) -> None:
    mills(crm, 200)
    mills(crm, 61)
    assert len(crm.companies.update_many(where=F.name.starts_with("Mill"), name="Mill", depth=0)) == 261
    assert crm.companies.find_many(where=F.name == "Mill", limit=1, depth=0).total_count == 261


def test_what_is_deleted_together_is_brought_back_together_unless_it_was_destroyed(crm: icosa.Client) -> None:
    ids = mills(crm, 3)
    assert {each["id"] for each in crm.companies.delete_many(where=F.id.in_(ids))} == set(ids)
    assert crm.companies.find_many(where=F.id.in_(ids)).total_count == 0
    assert {each["id"] for each in crm.companies.restore_many(where=F.id.in_(ids), depth=0)} == set(ids)
    assert crm.companies.find_many(where=F.id.in_(ids)).total_count == 3
    crm.companies.delete_many(where=F.id.in_(ids[:2]), permanent=True)
    assert crm.companies.restore_many(where=F.id.in_(ids), depth=0)[0]["id"] == ids[2]
    with pytest.raises(NotFound):
        crm.companies.find_one(ids[0])


def test_of_several_records_one_is_made(crm: icosa.Client) -> None:
    first, second = crm.companies.create_many([{"name": "Mill"}, {"name": "Mill & Son", "address": {"addressCity": "Lyon"}}], depth=0)
    person = crm.people.create_one(name={"firstName": "Ada"}, company_id=second["id"], depth=0)
    shown = crm.companies.merge([first["id"], second["id"]], dry_run=True, depth=0)
    assert (shown["name"], shown["address"]["addressCity"]) == ("Mill", "Lyon")
    assert crm.companies.find_one(second["id"], depth=0)["name"] == "Mill & Son"
    left = crm.companies.merge([first["id"], second["id"]], depth=0)
    assert (left["id"], left["name"], left["address"]["addressCity"]) == (first["id"], "Mill", "Lyon")
    assert crm.people.find_one(person["id"], depth=0)["companyId"] == first["id"]


@pytest.mark.parametrize("where", ["", "  ", None])
def test_without_a_filter_nothing_is_sent(crm: icosa.Client, server: Server, where: str | None) -> None:
    ids = mills(crm, 2)
    for refused in (
        lambda: crm.companies.update_many(where=where, name="Gone"),  # type: ignore[arg-type]
        lambda: crm.companies.delete_many(where=where),  # type: ignore[arg-type]
        lambda: crm.companies.restore_many(where=where),  # type: ignore[arg-type]
    ):
        with pytest.raises(InvalidQuery, match="Where is missing"):
            refused()
    assert [crm.companies.find_one(each, depth=0)["name"] for each in ids] == ["Mill 0", "Mill 1"]


def test_what_says_nothing_is_refused(crm: icosa.Client) -> None:
    ids = mills(crm, 2)
    with pytest.raises(InvalidBody, match="no field to change"):
        crm.companies.update_many(where=F.id == ids[0])
    with pytest.raises(InvalidBody, match="two at least"):
        crm.companies.merge(ids[:1])
    with pytest.raises(InvalidBody, match="no place"):
        crm.companies.merge(ids, priority=2)


def test_what_no_list_has_is_changed_all_the_same_unless_it_could_not_be_put_back(crm: icosa.Client, server: Server) -> None:
    made = [each["id"] for each in crm["messages"].create_many([{"subject": "Looms"}, {"subject": "Looms"}], depth=0)]
    assert len(crm["messages"].find_many(where=F.subject == "Looms")) == 0
    changed = crm["messages"].update_many(where=F.subject == "Looms", subject="Mills", depth=0)
    assert sorted(each["id"] for each in changed) == sorted(made)
    with icosa.connect(server.url, server.token, journal=True) as keeping, pytest.raises(InvalidInput, match="lists 0"):
        keeping["messages"].update_many(where=F.subject == "Mills", subject="Gone")
    assert {crm["messages"].find_one(each, depth=0)["subject"] for each in made} == {"Mills"}


def test_a_server_of_1_0_3_has_none_of_it_and_is_told_so_by_nobody(home: object) -> None:
    with testing.server() as server, icosa.connect(server.url, server.token) as crm:
        for refused, instead in (
            (lambda: crm.companies.update_many(where=F.name == "Mill", name="Gone"), "update_one"),
            (lambda: crm.companies.delete_many(where=F.name == "Mill"), "delete_one"),
            (lambda: crm.companies.restore_many(where=F.name == "Mill"), "restore_one"),
            (lambda: crm.companies.merge(["a", "b"]), "update the record"),
            (lambda: crm.companies.group_by("name"), "iterate"),
        ):
            with pytest.raises(UnknownAction, match=instead):
                refused()


def test_the_same_for_an_event_loop(home: object, server: Server) -> None:
    async def done() -> tuple[int, int]:
        async with icosa.aconnect(server.url, server.token) as client:
            await client.companies.create_many([{"name": "Mill"}, {"name": "Mill"}], depth=0)
            changed = await client.companies.update_many(where=F.name == "Mill", address={"addressCity": "Lyon"}, depth=0)
            deleted = await client.companies.delete_many(where=F.address.address_city == "Lyon", permanent=True)
            return len(changed), len(deleted)

    assert asyncio.run(done()) == (2, 2)

"""What changed since: every change is met at least once, whatever is written while it is read."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.testing.workspace import Workspace, workspace
from icosa.testing import server as icosa_server
from tests.client.scripted import KEY, Reply, scripted
from tests.newer_server import newer_server
from tests.searched import ON_A_STORE

NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)


@pytest.fixture
def crm() -> Iterator[Workspace]:
    with workspace(now=NOW) as crm:
        yield crm


def cities(changes: Any) -> list[str]:
    return [each["city"] for each in changes]


def test_what_changed_comes_in_the_order_of_its_change_and_the_next_call_goes_on(crm: Workspace) -> None:
    ada, grace = (crm.people.create_one(city=city) for city in ("London", "Paris"))
    changes = crm.people.changed()
    assert cities(changes) == ["London", "Paris"]
    assert cities(crm.people.changed(since=changes.token)) == []

    crm.clock.advance(minutes=5)
    crm.people.update_one(ada["id"], city="Rome")
    changes = crm.people.changed(since=changes.token)
    assert cities(changes) == ["Rome"]

    crm.people.delete_one(grace["id"])
    changes = crm.people.changed(since=changes.token)
    (deleted,) = changes
    assert (deleted["id"], deleted["deletedAt"]) == (grace["id"], crm.clock())

    crm.clock.advance(seconds=1)
    crm.people.restore_one(grace["id"])
    (back,) = crm.people.changed(since=changes.token)
    assert (back["id"], back["deletedAt"]) == (grace["id"], None)


def test_a_moment_is_as_good_as_a_token(crm: Workspace) -> None:
    crm.people.create_one(city="London")
    crm.clock.advance(hours=1)
    crm.people.create_one(city="Paris")
    for since in (NOW + timedelta(minutes=1), "2026-02-03T09:30:00Z", "2026-02-03T10:30:00+01:00"):
        assert cities(crm.people.changed(since=since)) == ["Paris"]
    assert cities(crm.people.changed(since="2026-02-03")) == ["London", "Paris"]
    changes = crm.people.changed(since=crm.clock.now() + timedelta(hours=1))
    assert cities(changes) == []
    assert changes.token == "2026-02-03T11:00:00.000Z"  # nothing before it was asked for


@pytest.mark.parametrize("page_size", [1, 3, 7, 200])
def test_many_changes_of_one_moment_are_each_met(page_size: int, crm: Workspace) -> None:
    crm.people.create_many([{"city": str(at)} for at in range(20)])
    crm.clock.advance(seconds=100)
    crm.people.create_many([{"city": str(at)} for at in range(20, 25)])
    changes = crm.people.changed(page_size=page_size, depth=0)
    met = cities(changes)
    assert sorted(met, key=int) == [str(at) for at in range(25)]
    assert cities(crm.people.changed(since=changes.token)) == []


def test_a_token_is_had_when_all_is_read(crm: Workspace) -> None:
    crm.people.create_many([{"city": str(at)} for at in range(4)])
    changes = crm.people.changed(page_size=2)
    for _ in range(3):
        with pytest.raises(icosa.InvalidInput, match="not all changes have been read"):
            _ = changes.token
        next(changes)
    list(changes)
    assert changes.token.startswith("2026-02-03T08:59:00.000Z")


@pytest.mark.parametrize("since", ["yesterday", "2026-02-03T09:00:00Z~x", "2026-02-03T09:00:00Z~AAAA", 5, datetime(2026, 2, 3)])
def test_what_is_no_moment_is_refused(since: Any, crm: Workspace) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"^since: "):
        crm.people.changed(since=since)


@pytest.mark.parametrize("settings", [{"overlap": -1}, {"overlap": float("nan")}, {"page_size": 0}])
def test_what_is_no_setting_is_refused(settings: dict[str, Any], crm: Workspace) -> None:
    with pytest.raises(icosa.InvalidInput):
        crm.people.changed(**settings)


def test_over_http_by_the_servers_clock() -> None:
    with icosa_server(now=NOW) as server, server.client() as crm:
        crm.people.create_one(city="London")
        changes = crm.people.changed()
        assert cities(changes) == ["London"]
        server.clock.advance(minutes=10)
        again = crm.people.changed(since=changes.token)
        assert cities(again) == []
        assert again.token == "2026-02-03T09:09:00.000Z" or again.token.startswith("2026-02-03T09:08:59")


def test_awaited() -> None:
    async def twice(server: Any) -> tuple[list[str], list[str]]:
        async with icosa.aconnect(server.url, token=server.token) as crm:
            first = crm.people.changed()
            met = [each["city"] async for each in first]
            await crm.people.create_one(city="Paris")
            return met, [each["city"] async for each in crm.people.changed(since=first.token)]

    with icosa_server() as server, server.client() as crm:
        crm.people.create_one(city="London")
        assert asyncio.run(twice(server)) == (["London"], ["Paris"])


def test_on_a_newer_twenty_deleted_records_are_among_them() -> None:
    with newer_server() as server, icosa.connect(server.url, token=server.token) as crm:
        made = crm.companies.create_many([{"name": name} for name in ("a", "b", "c")], depth=0)
        changes = crm.companies.changed(depth=0)
        assert {each["name"] for each in changes} == {"a", "b", "c"}
        crm.companies.delete_one(made[0]["id"])
        crm.companies.delete_one(made[1]["id"], permanent=True)
        changes = crm.companies.changed(since=changes.token, depth=0)
        (deleted,) = changes
        assert deleted["name"] == "a"
        assert deleted["deletedAt"]
        assert list(crm.companies.changed(since=changes.token, depth=0)) == []


def test_a_server_that_gives_what_was_not_asked_for_is_not_followed() -> None:
    record = {"id": "a", "updatedAt": "2026-02-03T09:00:00.000Z"}
    page = {
        "data": {"people": [record]},
        "pageInfo": {"hasNextPage": True, "startCursor": "x", "endCursor": "x"},
        "totalCount": 5,
    }
    with scripted(Reply(page)) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as client:
        with pytest.raises(icosa.UnreadableAnswer, match="and gives others"):
            list(client.people.changed(since="2026-03-03"))
        with pytest.raises(icosa.UnreadableAnswer, match="again and again"):
            list(client.people.changed())
    for broken in ({"id": "a"}, {"updatedAt": record["updatedAt"]}, {**record, "updatedAt": 5}, {**record, "updatedAt": "soon"}):
        with (
            scripted(Reply({**page, "data": {"people": [broken]}})) as server,
            icosa.connect(server.url, token=KEY, catalogue=STANDARD) as client,
            pytest.raises(icosa.UnreadableAnswer, match="no id"),
        ):
            list(client.people.changed())


steps = st.lists(
    st.one_of(
        st.just(("create",)),
        st.tuples(st.sampled_from(["update", "delete", "restore"]), st.integers(0, 5)),
        st.tuples(st.just("pass"), st.sampled_from([-40, -1, 0.001, 30, 4_000])),
        st.sampled_from([("read",), ("finish",), ("finish",)]),
    ),
    min_size=10,
    max_size=40,
)


@given(steps=steps, page_size=st.integers(1, 4))
@ON_A_STORE
def test_whatever_is_written_while_changes_are_read_each_record_is_met_as_it_is_in_the_end(
    steps: list[tuple[Any, ...]], page_size: int
) -> None:
    """Time may run back a little: two writers' clocks differ, and one who began earlier may end later."""
    with workspace(now=NOW) as crm:
        ids: list[str] = []
        met: dict[str, dict[str, Any]] = {}
        reading, token, latest = crm.people.changed(page_size=page_size, depth=0), None, crm.clock.now()

        def read(reading: Any, records: int | None) -> bool:
            """Whether the reading came to its end."""
            while records is None or records > 0:
                record = next(reading, None)
                if record is None:
                    return True
                met[record["id"]] = record
                records = None if records is None else records - 1
            return False

        for step, *more in steps:
            match step:
                case "create":
                    ids.append(crm.people.create_one(depth=0)["id"])
                case "pass":
                    latest = max(latest, crm.clock.now())
                    crm.clock.set(max(crm.clock.now() + timedelta(seconds=more[0]), latest - timedelta(seconds=50)))
                case "read" | "finish":
                    if read(reading, page_size if step == "read" else None):
                        token = reading.token
                        reading = crm.people.changed(since=token, page_size=page_size, depth=0)
                case _ if ids:
                    id_ = ids[more[0] % len(ids)]
                    try:
                        if step == "update":
                            crm.people.update_one(id_, city=f"{len(met)} {crm.clock()}", depth=0)
                        else:
                            (crm.people.delete_one if step == "delete" else crm.people.restore_one)(id_)
                    except icosa.NotFound:
                        pass
        read(reading, None)
        read(crm.people.changed(since=reading.token, page_size=page_size, depth=0), None)
        every = crm.people.find_many(where="or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)", limit=100, depth=0)
        assert met == {each["id"]: each for each in every}

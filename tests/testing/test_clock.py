"""Time is in the test's hands: what is written is of its time, and keys expire by it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

import icosa
from icosa.testing import Clock, Server, Workspace


def test_it_is_the_systems_time_until_a_test_says_otherwise() -> None:
    before = datetime.now(UTC)
    assert before <= Clock().now() <= datetime.now(UTC)


@pytest.mark.parametrize(
    "when",
    [
        "2026-02-03T09:00:00Z",
        "2026-02-03T10:00:00+01:00",
        datetime(2026, 2, 3, 9, tzinfo=UTC),
        datetime(2026, 2, 3, 10, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 2, 3, 9),
    ],
)
def test_what_is_set_stays_until_it_is_moved(when: str | datetime) -> None:
    clock = Clock()
    clock.set(when)
    assert [clock(), clock()] == ["2026-02-03T09:00:00.000Z"] * 2
    clock.advance(days=1, seconds=0.5)
    assert clock() == "2026-02-04T09:00:00.500Z"
    clock.advance(weeks=-1)
    assert clock() == "2026-01-28T09:00:00.500Z"


def test_time_can_stand_still_and_go_on() -> None:
    clock = Clock()
    clock.freeze()
    assert clock.now() == clock.now()
    clock.set("2026-02-03T09:00:00Z")
    clock.run()
    assert datetime(2026, 2, 3, 9, tzinfo=UTC) <= clock.now() < datetime(2026, 2, 4, tzinfo=UTC)
    clock.advance(days=1)
    assert clock.now() > datetime(2026, 2, 4, tzinfo=UTC)
    clock.reset()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(icosa.InvalidValue, match="when"):
        Clock().set("the third of May")


@pytest.mark.icosa(now="2026-02-03T09:00:00Z")
def test_records_are_of_the_tests_time(icosa_workspace: Workspace, icosa_clock: Clock) -> None:
    made = icosa_workspace.companies.create_one(name="Analytical Engines")
    assert (made["createdAt"], made["updatedAt"]) == ("2026-02-03T09:00:00.000Z",) * 2
    icosa_clock.advance(hours=1)
    changed = icosa_workspace.companies.update_one(made["id"], name="Difference Engines")
    assert (changed["createdAt"], changed["updatedAt"]) == ("2026-02-03T09:00:00.000Z", "2026-02-03T10:00:00.000Z")
    icosa_clock.set("2031-01-01T00:00:00Z")
    icosa_workspace.companies.delete_one(made["id"])
    gone = icosa_workspace.companies.find_many(filter="deletedAt[is]:NOT_NULL")[0]
    assert gone["deletedAt"] == "2031-01-01T00:00:00.000Z"


@pytest.mark.icosa(now="2026-02-03T09:00:00Z")
def test_keys_expire_by_the_tests_time(icosa_server: Server) -> None:
    crm = icosa_server.client(icosa_server.keys.create("Nightly sync", "2026-03-01"))
    assert crm.people.find_many().total_count == 0
    icosa_server.clock.set("2026-03-01T00:00:00Z")
    with pytest.raises(icosa.ExpiredKey):
        crm.people.find_many()
    assert icosa_server.client().people.find_many().total_count == 0
    assert [key.state for key in icosa_server.keys.list()] == ["active", "expired"]


@pytest.mark.icosa(now="2026-02-03T09:00:00Z")
def test_a_revoked_key_is_refused_at_once(icosa_server: Server) -> None:
    crm = icosa_server.client(icosa_server.keys.create("Nightly sync"))
    assert crm.people.find_many().total_count == 0
    assert icosa_server.keys.revoke("Nightly sync").revoked_at == "2026-02-03T09:00:00.000Z"
    with pytest.raises(icosa.RevokedKey):
        crm.people.find_many()


@pytest.mark.icosa(now="2026-02-03T09:00:00Z")
def test_the_server_says_the_same_date(icosa_server: Server) -> None:
    import urllib.request

    with urllib.request.urlopen(f"{icosa_server.url}/healthz") as answer:
        assert answer.headers["Date"] == "Tue, 03 Feb 2026 09:00:00 GMT"


def test_nothing_of_it_is_left_for_the_next_test(icosa_workspace: Workspace, icosa_clock: Clock) -> None:
    made = icosa_workspace.companies.create_one(name="Today")
    assert abs(datetime.fromisoformat(made["createdAt"]) - datetime.now(UTC)) < timedelta(hours=1)
    icosa_clock.advance(days=400)
    assert icosa_workspace.companies.create_one(name="Later")["createdAt"] > made["createdAt"]

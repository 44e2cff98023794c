"""A write is done once, whatever becomes of its answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.wire.actions import Action, Operation
from tests.client.faulty import (
    DONE_UNHEARD,
    GONE,
    NOT_DONE,
    Fault,
    Forward,
    connected,
    first,
    gateway,
    lost,
    now_and_then,
    twice,
    writes,
)
from tests.client.scripted import Asked, Reply, scripted

NAMED: Any = {"name": {"firstName": "Ada", "lastName": "Lovelace"}}
every_fault = pytest.mark.parametrize("fault", [*DONE_UNHEARD, *NOT_DONE], ids=lambda each: each.__name__)
every_fault_but_twice = pytest.mark.parametrize(
    "fault", [each for each in (*DONE_UNHEARD, *NOT_DONE) if each is not twice], ids=lambda each: each.__name__
)
"""What was deleted twice by something on the way is answered as what was not there, and cannot be told from it."""


def test_200_lost_answers_are_0_duplicates_and_0_lost(database: str, crm: icosa.Client) -> None:
    with gateway(database, writes(now_and_then(DONE_UNHEARD + NOT_DONE, 0.7, seed=1))) as server, connected(server) as client:
        made = [client.people.create_one(city=f"City {at}", depth=0) for at in range(200)]
        sent = sum(each.method == "POST" for each in server.asked)
    there = {each["id"]: each["city"] for each in crm.people.iterate(depth=0)}
    assert there == {each["id"]: f"City {at}" for at, each in enumerate(made)}
    assert len(there) == 200
    assert sent > 200


@pytest.mark.parametrize("seed", range(5))
def test_batches_are_there_once_and_come_back_in_order(seed: int, database: str, crm: icosa.Client) -> None:
    with gateway(database, now_and_then(DONE_UNHEARD + NOT_DONE, 0.4, seed)) as server, connected(server) as client:
        made = [each for at in range(10) for each in client.people.create_many([{"city": f"{at}.{of}"} for of in range(30)])]
    assert [each["city"] for each in made] == [f"{at}.{of}" for at in range(10) for of in range(30)]
    assert {each["id"] for each in crm.people.iterate(depth=0)} == {each["id"] for each in made}
    assert crm.people.find_many(limit=1).total_count == 300


@every_fault
def test_the_answer_that_got_lost_is_given_all_the_same(fault: Fault, database: str, crm: icosa.Client) -> None:
    company = crm.companies.create_one(name="Analytical Engines")
    with gateway(database, first(fault)) as server, connected(server) as client:
        made = client.people.create_one(**NAMED, company_id=company["id"])
        assert made["company"] is not None
        assert made["company"]["name"] == "Analytical Engines"
        (item,) = client.run("People", "Create One Person", {"City": "Turin", "Depth": 0})
        assert item.json["data"]["createPerson"]["city"] == "Turin"
    assert made == crm.people.find_one(made["id"])
    assert crm.people.find_many().total_count == 2


@every_fault
def test_a_change_is_made_once(fault: Fault, database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(emails={"primaryEmail": "ada@example.com"}, created_at="2020-01-01", updated_at="2020-01-01")["id"]
    with gateway(database, first(fault)) as server, connected(server) as client:
        changed = client.people.update_one(id_, emails={"primaryEmail": "Ada@Analytical.Example.COM"}, depth=0)
    assert changed["emails"]["primaryEmail"] == "ada@analytical.example.com"
    assert crm.people.find_one(id_, depth=0) == changed


@every_fault_but_twice
@pytest.mark.parametrize("permanent", [False, True])
def test_a_record_is_deleted_once(permanent: bool, fault: Fault, database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(**NAMED)["id"]
    with gateway(database, first(fault)) as server, connected(server) as client:
        assert client.people.delete_one(id_, permanent=permanent) == {"id": id_}
    assert crm.people.find_many().total_count == 0
    assert crm.people.find_many(where="deletedAt[is]:NOT_NULL").total_count == (0 if permanent else 1)


@every_fault_but_twice
def test_a_record_is_restored_once(fault: Fault, database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(**NAMED)["id"]
    crm.people.delete_one(id_)
    with gateway(database, first(fault)) as server, connected(server) as client:
        assert client.people.restore_one(id_)["id"] == id_
    assert crm.people.find_many().total_count == 1


def test_a_change_does_not_overwrite_what_somebody_wrote_meanwhile(database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(city="Turin", job_title="Engineer", updated_at="2020-01-01")["id"]

    def meanwhile(_: Asked, __: Forward) -> Reply:
        crm.people.update_one(id_, city="Rome")
        return GONE

    with gateway(database, first(meanwhile)) as server, connected(server) as client, pytest.raises(icosa.Unreachable) as caught:
        client.people.update_one(id_, city="Bari")
    assert "has been changed since" in caught.value.__notes__[0]
    assert crm.people.find_one(id_)["city"] == "Rome"


@every_fault
def test_what_was_written_a_moment_ago_may_be_changed_again(fault: Fault, database: str, crm: icosa.Client) -> None:
    with gateway(database, first(fault, times=0)) as server, connected(server) as client:
        made = client.people.create_many([{"city": "Turin"}, {"city": "Rome"}])
        for at, each in enumerate(made):
            for city in ("Bari", "Pisa"):
                server.reply = _failing_once(server.reply, fault)
                assert client.people.update_one(each["id"], city=f"{city} {at}", depth=0)["city"] == f"{city} {at}"
    assert sorted(each["city"] for each in crm.people.find_many()) == ["Pisa 0", "Pisa 1"]


@every_fault
def test_what_was_looked_at_a_moment_ago_may_be_changed_too(fault: Fault, database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(city="Turin")["id"]
    with gateway(database, first(fault)) as server, connected(server) as client:
        client.people.find_one(id_)
        assert client.people.update_one(id_, city="Bari", depth=0)["city"] == "Bari"


def _failing_once(reply: Callable[[Asked], Reply], fault: Fault) -> Callable[[Asked], Reply]:
    """The same server, that has the fault at its next write."""
    failing = first(fault)
    return lambda asked: failing(asked, lambda: reply(asked))


def test_but_not_where_somebody_else_has_changed_it_since(database: str, crm: icosa.Client) -> None:
    def meanwhile(asked: Asked, forward: Forward) -> Reply:
        if asked.method == "PATCH":
            crm.people.update_one(asked.target.split("/")[-1][:36], city="Rome")
            return GONE
        return forward()

    with gateway(database, writes(meanwhile)) as server, connected(server) as client:
        id_ = client.people.create_one(city="Turin")["id"]
        with pytest.raises(icosa.Unreachable) as caught:
            client.people.update_one(id_, city="Bari")
    assert "has been changed since or at the same time" in caught.value.__notes__[0]
    assert crm.people.find_one(id_)["city"] == "Rome"


def test_a_record_that_was_there_before_under_a_chosen_id_is_not_taken_for_the_new_one(database: str, crm: icosa.Client) -> None:
    id_ = crm.people.create_one(city="Turin", created_at="2020-01-01")["id"]

    with gateway(database, first(lost)) as server, connected(server) as client, pytest.raises(icosa.RecordExists):
        client.people.create_one(id=id_, city="Rome")
    assert crm.people.find_one(id_)["city"] == "Turin"


def test_a_batch_of_which_a_part_is_there_is_said_to(database: str, crm: icosa.Client) -> None:
    def thinned(_: Asked, forward: Forward) -> Reply:
        forward()
        crm.people.delete_one(crm.people.find_many(where="city[eq]:b")[0]["id"])
        return GONE

    with gateway(database, first(thinned)) as server, connected(server) as client, pytest.raises(icosa.Conflict) as caught:
        client.people.create_many([{"city": each} for each in "abc"])
    assert "of this batch of 3 People, whose answer got lost, 2 are there and 1 are not" in str(caught.value)


def test_what_a_server_refuses_is_refused_once(database: str, crm: icosa.Client) -> None:
    crm.people.create_one(emails={"primaryEmail": "ada@example.com"})
    with gateway(database) as server, connected(server) as client:
        for call in (
            lambda: client.people.create_one(emails={"primaryEmail": "ada@example.com"}),
            lambda: client.people.update_one("20202020-1c25-4d02-bf25-6aeccf7ea419", city="Bari"),
        ):
            before = len(server.asked)
            with pytest.raises(icosa.IcosaError):
                call()
            assert len(server.asked) == before + 1


def test_where_nothing_can_be_seen_the_first_failure_is_told(database: str) -> None:
    def blind(asked: Asked, forward: Forward) -> Reply:
        return lost(asked, forward) if asked.method == "POST" else Reply({"messages": ["No"], "statusCode": 403}, 403)

    with gateway(database, blind) as server, connected(server) as client, pytest.raises(icosa.Unreachable) as caught:
        client.people.create_one(city="Turin")
    assert "Whether it was done could not be looked up" in caught.value.__notes__[0]


def test_without_retries_a_lost_answer_names_the_id_to_look_for(database: str, crm: icosa.Client) -> None:
    with gateway(database, first(lost)) as server, connected(server, 0) as client, pytest.raises(icosa.Unreachable) as caught:
        client.people.create_one(city="Turin")
    (there,) = crm.people.find_many()
    assert caught.value.__notes__ == [f"If it was done all the same, the record has the id {there['id']}."]


def test_an_operation_that_nobody_knows_is_not_sent_again_where_it_may_have_been_done() -> None:
    merge = Action(STANDARD.by_plural["people"], Operation.OTHER, "People", "Merge Many People", "POST", "/rest/people/merge")
    with scripted(GONE) as server, connected(server) as client:
        with pytest.raises(icosa.Unreachable):
            client.run_action(merge, {})
        assert len(server.asked) == 1


def test_writes_of_many_threads_keep_apart(database: str, crm: icosa.Client) -> None:
    fault = writes(now_and_then(DONE_UNHEARD, 0.5, seed=3))
    with gateway(database, fault) as server, connected(server) as client, ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda at: client.people.create_one(city=str(at), depth=0), range(60)))
    assert sorted(int(each["city"]) for each in made) == list(range(60))
    assert crm.people.find_many(limit=1).total_count == 60

"""Notes and tasks hang on records: attached as often as one likes, on every workspace, and nothing is there twice."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

import icosa
from icosa.journal.journal import Run
from icosa.journal.recording import Recorder
from icosa.plans.undo import undo
from tests.client.faulty import DONE_UNHEARD, NOT_DONE, connected, gateway, now_and_then
from tests.newer_server import newer_server

NOBODY = "20202020-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Told:
    """A workspace with a few records of whom something is told."""

    crm: icosa.Client
    ada: dict[str, Any]
    grace: dict[str, Any]
    engines: dict[str, Any]
    note: dict[str, Any]

    @classmethod
    def of(cls, crm: icosa.Client) -> "Told":
        engines = crm.companies.create_one(name="Analytical Engines", domain_name={"primaryLinkUrl": "https://engines.example.com"})
        ada, grace = crm.people.create_many(
            [
                {"name": {"firstName": first, "lastName": last}, "emails": {"primaryEmail": f"{first.lower()}@example.com"}}
                for first, last in (("Ada", "Lovelace"), ("Grace", "Hopper"))
            ]
        )
        return cls(crm, dict(ada), dict(grace), dict(engines), dict(crm.notes.create_one(title="Called")))

    def rows(self) -> list[dict[str, Any]]:
        """What joins the note to records, with the one it is joined to."""
        rows = self.crm["noteTargets"].find_many(filter=f"noteId[eq]:{self.note['id']}", depth=0)
        return [dict(each) for each in rows]

    def names(self) -> set[str]:
        """Who the note hangs on."""
        return {each["id"] for records in self.crm.notes.targets(self.note).values() for each in records}


@pytest.fixture(params=["embedded", "newer"])
def told(request: pytest.FixtureRequest, database: str) -> Iterator[Told]:
    """On the embedded workspace, and on a newer server, which calls what joins them by other names."""
    if request.param == "embedded":
        with icosa.connect(database) as crm:
            yield Told.of(crm)
    else:
        with newer_server() as server, icosa.connect(server.url, server.token) as crm:
            yield Told.of(crm)


def test_records_are_given_by_id_as_themselves_or_by_what_they_are_known_by(told: Told) -> None:
    rows = told.crm.notes.attach(told.note["id"], people=[told.ada, "grace@example.com"], companies="engines.example.com")
    assert [each["id"] for each in rows] == [each["id"] for each in told.crm.notes.attach("called", people=[told.ada["id"], "Grace Hopper"],
                                                                                       companies=told.engines["id"])]  # fmt: skip
    assert told.names() == {told.ada["id"], told.grace["id"], told.engines["id"]}
    assert len(told.rows()) == 3


def test_what_is_attached_stays_as_it_is(told: Told) -> None:
    (first,) = told.crm.notes.attach(told.note, people=told.ada)
    again = told.crm.notes.attach(told.note, people=[told.ada, told.ada, told.grace])
    assert [each["id"] for each in again][:1] == [first["id"]]
    assert len(again) == len(told.rows()) == 2


def test_a_row_that_somebody_else_made_counts(told: Told) -> None:
    key = next(key for key in told.crm.catalogue.by_singular["noteTarget"].relation_by_key if key.lower().endswith("personid"))
    made = told.crm["noteTargets"].create_one({"noteId": told.note["id"], key: told.ada["id"]})
    assert [each["id"] for each in told.crm.notes.attach(told.note, people=told.ada)] == [made["id"]]


def test_what_is_taken_off_can_be_put_on_again_and_again(told: Told) -> None:
    for _ in range(3):
        told.crm.notes.attach(told.note, people=[told.ada, told.grace])
        assert len(told.crm.notes.detach(told.note, people=told.ada)) == 1
        assert told.names() == {told.grace["id"]}
    assert told.crm.notes.detach(told.note, people=told.ada) == []
    assert told.crm.people.find_one(told.ada["id"])["id"] == told.ada["id"]


def test_what_hangs_on_a_record_is_found_the_newest_first(told: Told) -> None:
    later = told.crm.notes.create_one(title="Wrote", created_at="2031-02-03T09:00:00Z")
    told.crm.notes.attach(told.note, people=told.ada, companies=told.engines)
    told.crm.notes.attach(later, people=told.ada)
    assert [each["title"] for each in told.crm.notes.attached_to(people="ada@example.com")] == ["Wrote", "Called"]
    assert [each["title"] for each in told.crm.notes.attached_to(companies=told.engines)] == ["Called"]
    assert [each["title"] for each in told.crm.notes.attached_to(people=[told.ada, told.grace], companies=told.engines)] == [
        "Wrote",
        "Called",
    ]
    assert told.crm.notes.attached_to(people=told.grace) == []
    told.crm.notes.delete_one(later["id"])
    assert [each["title"] for each in told.crm.notes.attached_to(people=told.ada)] == ["Called"]


def test_another_can_be_attached_to_the_same_records(told: Told) -> None:
    told.crm.notes.attach(told.note, people=[told.ada, told.grace], companies=told.engines)
    task = told.crm.tasks.create_one(title="Call again")
    told.crm.tasks.attach(task, **told.crm.notes.targets(told.note))
    assert {key: len(records) for key, records in told.crm.tasks.targets(task).items()} == {"people": 2, "companies": 1}


def test_many_records_at_once(told: Told) -> None:
    people = [
        each
        for at in range(0, 130, 60)
        for each in told.crm.people.create_many([{"jobTitle": str(number)} for number in range(at, min(at + 60, 130))], depth=0)
    ]
    told.crm.notes.attach(told.note, people=people[:70])
    assert len(told.crm.notes.attach(told.note, people=people)) == 130
    assert len(told.names()) == 130
    assert [each["id"] for each in told.crm.notes.attached_to(people=people)] == [told.note["id"]]


def test_a_record_that_is_not_there_is_named_and_nothing_is_attached(told: Told) -> None:
    with pytest.raises(icosa.NotFound, match=rf"^there is no person {NOBODY}; nothing can be attached there$"):
        told.crm.notes.attach(told.note, people=[told.ada, NOBODY])
    with pytest.raises(icosa.NotFound, match=f"^there is no note {NOBODY};"):
        told.crm.notes.attach(NOBODY, people=told.ada)
    with pytest.raises(icosa.NotFound, match=f"^there is no person {told.engines['id']};"):
        told.crm.notes.attach(told.note, people=told.engines["id"])
    with pytest.raises(icosa.NotFound, match=r'^there is no person with the name or the e-mail address "bob@example.com"$'):
        told.crm.notes.attach(told.note, people=[told.ada, "bob@example.com"])
    assert told.rows() == []


def test_what_cannot_be_meant_says_what_can(told: Told) -> None:
    with pytest.raises(icosa.InvalidInput, match=r"none is named; give some by their object: .*people=…"):
        told.crm.notes.attach(told.note)
    with pytest.raises(icosa.InvalidInput, match=r"^Notes cannot be attached to Tasks; they can to .*people=…"):
        told.crm.notes.attach(told.note, tasks=told.note)  # type: ignore[call-arg]
    with pytest.raises(icosa.UnknownObject, match=r"^there is no resource 'peple'; Notes can be attached to .*people=…"):
        told.crm.notes.attach(told.note, peple=told.ada)  # type: ignore[call-arg]
    with pytest.raises(icosa.UnknownAction, match=r"^Companies of this workspace cannot be attached to records; what can: Notes, Tasks$"):
        told.crm["companies"].attach(told.engines, people=told.ada)
    nothings: tuple[Any, ...] = ("", None, 5, {})
    for nothing in nothings:
        with pytest.raises(icosa.InvalidValue, match="names no record; give "):
            told.crm.notes.attach(told.note, people=nothing)


def test_all_at_once_attach_it_once(told: Told) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: told.crm.notes.attach(told.note, people=[told.ada, told.grace]), range(16)))
    assert len({each["id"] for rows in made for each in rows}) == len(told.rows()) == 2


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_there_twice_whatever_gets_lost(seed: int, database: str, crm: icosa.Client) -> None:
    told = Told.of(crm)
    with gateway(database, now_and_then(DONE_UNHEARD + NOT_DONE, 0.4, seed)) as server, connected(server) as client:
        client.notes.attach(told.note, people=[told.ada, told.grace], companies=told.engines)
        client.notes.detach(told.note, people=told.ada)
        client.notes.attach(told.note, people=told.ada)
    assert len(told.rows()) == 3
    assert told.names() == {told.ada["id"], told.grace["id"], told.engines["id"]}


def test_undo_puts_back_what_was_attached_and_taken_off(database: str) -> None:
    with icosa.connect(database) as crm:
        told = Told.of(crm)
        crm.notes.attach(told.note, people=told.grace)
    journal = Recorder(Run(database, "attach"))
    with icosa.connect(database, journal=journal) as crm:
        crm.notes.attach(told.note, people=[told.ada], companies=told.engines)
        crm.notes.detach(told.note, people=told.grace)
    journal.close()
    with icosa.connect(database) as crm:
        again = Told(crm, told.ada, told.grace, told.engines, told.note)
        assert again.names() == {told.ada["id"], told.engines["id"]}
        assert undo(crm, journal.journal.run.id).whole
        assert again.names() == {told.grace["id"]}


def test_the_same_awaited(database: str) -> None:
    async def work() -> None:
        async with icosa.aconnect(database) as crm:
            note, ada = await crm.notes.create_one(title="Called"), await crm.people.create_one(emails={"primaryEmail": "ada@example.com"})
            await crm.notes.attach(note, people="ada@example.com")
            assert [each["id"] for each in (await crm.notes.targets(note))["people"]] == [ada["id"]]
            assert [each["id"] for each in await crm.notes.attached_to(people=ada)] == [note["id"]]
            assert len(await crm.notes.detach(note, people=ada)) == 1

    asyncio.run(work())

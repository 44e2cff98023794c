"""Notes and tasks hang on records: attached as often as one likes, on every workspace, and nothing is there twice."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

import icosa
from icosa.journal.journal_file import Run
from icosa.journal.recording import Recorder
from icosa.plans.undo import undo
from tests.client.faulty import DONE_UNHEARD, NOT_DONE, connected, gateway, now_and_then
from tests.newer_server import newer_server

NOBODY = "20202020-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Case:
    """A workspace with a few records of whom something is told."""

    crm: icosa.Client
    ada: dict[str, Any]
    grace: dict[str, Any]
    engines: dict[str, Any]
    note: dict[str, Any]

    @classmethod
    def of(cls, crm: icosa.Client) -> "Case":
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
def case(request: pytest.FixtureRequest, database: str) -> Iterator[Case]:
    """On the embedded workspace, and on a newer server, which calls what joins them by other names."""
    if request.param == "embedded":
        with icosa.connect(database) as crm:
            yield Case.of(crm)
    else:
        with newer_server() as server, icosa.connect(server.url, server.token) as crm:
            yield Case.of(crm)


def test_records_are_given_by_id_as_themselves_or_by_what_they_are_known_by(case: Case) -> None:
    rows = case.crm.notes.attach(case.note["id"], people=[case.ada, "grace@example.com"], companies="engines.example.com")
    assert [each["id"] for each in rows] == [each["id"] for each in case.crm.notes.attach("called", people=[case.ada["id"], "Grace Hopper"],
                                                                                       companies=case.engines["id"])]  # fmt: skip
    assert case.names() == {case.ada["id"], case.grace["id"], case.engines["id"]}
    assert len(case.rows()) == 3


def test_what_is_attached_stays_as_it_is(case: Case) -> None:
    (first,) = case.crm.notes.attach(case.note, people=case.ada)
    again = case.crm.notes.attach(case.note, people=[case.ada, case.ada, case.grace])
    assert [each["id"] for each in again][:1] == [first["id"]]
    assert len(again) == len(case.rows()) == 2


def test_a_row_that_somebody_else_made_counts(case: Case) -> None:
    key = next(key for key in case.crm.catalogue.by_singular["noteTarget"].relation_by_key if key.lower().endswith("personid"))
    made = case.crm["noteTargets"].create_one({"noteId": case.note["id"], key: case.ada["id"]})
    assert [each["id"] for each in case.crm.notes.attach(case.note, people=case.ada)] == [made["id"]]


def test_what_is_taken_off_can_be_put_on_again_and_again(case: Case) -> None:
    for _ in range(3):
        case.crm.notes.attach(case.note, people=[case.ada, case.grace])
        assert len(case.crm.notes.detach(case.note, people=case.ada)) == 1
        assert case.names() == {case.grace["id"]}
    assert case.crm.notes.detach(case.note, people=case.ada) == []
    assert case.crm.people.find_one(case.ada["id"])["id"] == case.ada["id"]


def test_what_hangs_on_a_record_is_found_the_newest_first(case: Case) -> None:
    later = case.crm.notes.create_one(title="Wrote", created_at="2031-02-03T09:00:00Z")
    case.crm.notes.attach(case.note, people=case.ada, companies=case.engines)
    case.crm.notes.attach(later, people=case.ada)
    assert [each["title"] for each in case.crm.notes.attached_to(people="ada@example.com")] == ["Wrote", "Called"]
    assert [each["title"] for each in case.crm.notes.attached_to(companies=case.engines)] == ["Called"]
    assert [each["title"] for each in case.crm.notes.attached_to(people=[case.ada, case.grace], companies=case.engines)] == [
        "Wrote",
        "Called",
    ]
    assert case.crm.notes.attached_to(people=case.grace) == []
    case.crm.notes.delete_one(later["id"])
    assert [each["title"] for each in case.crm.notes.attached_to(people=case.ada)] == ["Called"]


def test_another_can_be_attached_to_the_same_records(case: Case) -> None:
    case.crm.notes.attach(case.note, people=[case.ada, case.grace], companies=case.engines)
    task = case.crm.tasks.create_one(title="Call again")
    case.crm.tasks.attach(task, **case.crm.notes.targets(case.note))
    assert {key: len(records) for key, records in case.crm.tasks.targets(task).items()} == {"people": 2, "companies": 1}


def test_many_records_at_once(case: Case) -> None:
    people = [
        each
        for at in range(0, 130, 60)
        for each in case.crm.people.create_many([{"jobTitle": str(number)} for number in range(at, min(at + 60, 130))], depth=0)
    ]
    case.crm.notes.attach(case.note, people=people[:70])
    assert len(case.crm.notes.attach(case.note, people=people)) == 130
    assert len(case.names()) == 130
    assert [each["id"] for each in case.crm.notes.attached_to(people=people)] == [case.note["id"]]


def test_a_record_that_is_not_there_is_named_and_nothing_is_attached(case: Case) -> None:
    with pytest.raises(icosa.NotFound, match=rf"^there is no person {NOBODY}; nothing can be attached there$"):
        case.crm.notes.attach(case.note, people=[case.ada, NOBODY])
    with pytest.raises(icosa.NotFound, match=f"^there is no note {NOBODY};"):
        case.crm.notes.attach(NOBODY, people=case.ada)
    with pytest.raises(icosa.NotFound, match=f"^there is no person {case.engines['id']};"):
        case.crm.notes.attach(case.note, people=case.engines["id"])
    with pytest.raises(icosa.NotFound, match=r'^there is no person with the name or the e-mail address "bob@example.com"$'):
        case.crm.notes.attach(case.note, people=[case.ada, "bob@example.com"])
    assert case.rows() == []


def test_what_cannot_be_meant_says_what_can(case: Case) -> None:
    with pytest.raises(icosa.InvalidInput, match=r"none is named; give some by their object: .*people=…"):
        case.crm.notes.attach(case.note)
    with pytest.raises(icosa.InvalidInput, match=r"^Notes cannot be attached to Tasks; they can to .*people=…"):
        case.crm.notes.attach(case.note, tasks=case.note)  # type: ignore[call-arg]
    with pytest.raises(icosa.UnknownObject, match=r"^there is no resource 'peple'; Notes can be attached to .*people=…"):
        case.crm.notes.attach(case.note, peple=case.ada)  # type: ignore[call-arg]
    with pytest.raises(icosa.UnknownAction, match=r"^Companies of this workspace cannot be attached to records; what can: Notes, Tasks$"):
        case.crm["companies"].attach(case.engines, people=case.ada)
    nothings: tuple[Any, ...] = ("", None, 5, {})
    for nothing in nothings:
        with pytest.raises(icosa.InvalidValue, match="names no record; give "):
            case.crm.notes.attach(case.note, people=nothing)


def test_all_at_once_attach_it_once(case: Case) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: case.crm.notes.attach(case.note, people=[case.ada, case.grace]), range(16)))
    assert len({each["id"] for rows in made for each in rows}) == len(case.rows()) == 2


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_there_twice_whatever_gets_lost(seed: int, database: str, crm: icosa.Client) -> None:
    case = Case.of(crm)
    with gateway(database, now_and_then(DONE_UNHEARD + NOT_DONE, 0.4, seed)) as server, connected(server) as client:
        client.notes.attach(case.note, people=[case.ada, case.grace], companies=case.engines)
        client.notes.detach(case.note, people=case.ada)
        client.notes.attach(case.note, people=case.ada)
    assert len(case.rows()) == 3
    assert case.names() == {case.ada["id"], case.grace["id"], case.engines["id"]}


def test_undo_puts_back_what_was_attached_and_taken_off(database: str) -> None:
    with icosa.connect(database) as crm:
        case = Case.of(crm)
        crm.notes.attach(case.note, people=case.grace)
    journal = Recorder(Run(database, "attach"))
    with icosa.connect(database, journal=journal) as crm:
        crm.notes.attach(case.note, people=[case.ada], companies=case.engines)
        crm.notes.detach(case.note, people=case.grace)
    journal.close()
    with icosa.connect(database) as crm:
        again = Case(crm, case.ada, case.grace, case.engines, case.note)
        assert again.names() == {case.ada["id"], case.engines["id"]}
        assert undo(crm, journal.journal.run.id).whole
        assert again.names() == {case.grace["id"]}


def test_the_same_awaited(database: str) -> None:
    async def work() -> None:
        async with icosa.aconnect(database) as crm:
            note, ada = await crm.notes.create_one(title="Called"), await crm.people.create_one(emails={"primaryEmail": "ada@example.com"})
            await crm.notes.attach(note, people="ada@example.com")
            assert [each["id"] for each in (await crm.notes.targets(note))["people"]] == [ada["id"]]
            assert [each["id"] for each in await crm.notes.attached_to(people=ada)] == [note["id"]]
            assert len(await crm.notes.detach(note, people=ada)) == 1

    asyncio.run(work())

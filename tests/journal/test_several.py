"""What a filter finds is changed, deleted or brought back in a journal, and records are merged in one: an undo puts all of it back."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import icosa
from icosa import F, testing
from icosa.errors import Conflict, InvalidInput, ServerFailure
from icosa.journal.journal_file import Run
from icosa.journal.reading import runs
from icosa.journal.recording import Recorder
from icosa.journal.write import Write
from icosa.plans.undo import undo
from icosa.surfaces.testing.rules import LostAnswer, Rule, ServerError
from icosa.surfaces.testing.server import Server

State = dict[str, dict[str, Any]]

MADE_BY_WRITES = {"timelineActivities"}
"""What a workspace notes of every write, an undo too."""


@pytest.fixture
def server() -> Iterator[Server]:
    with testing.server(api="2.19") as server:
        yield server


@pytest.fixture
def plain(home: object, server: Server) -> Iterator[icosa.Client]:
    """A client without a journal, on a workspace of some companies, people and what hangs on them."""
    with icosa.connect(server.url, server.token) as client:
        companies = client.companies.create_many(
            [
                {
                    "name": f"Mill {at}",
                    "address": {"addressCity": "Lyon"} if at % 2 else {},
                }
                for at in range(70)
            ],
            depth=0,
        )
        emails = ["ada@example.com", "bob@example.com", ""]
        people = client.people.create_many(
            [
                {"name": {"firstName": f"P{at}"}, "emails": {"primaryEmail": each}, "companyId": companies[at]["id"]}
                for at, each in enumerate(emails)
            ],
            depth=0,
        )
        note = client.notes.create_one(title="First call", depth=0)
        client.notes.attach(note, people=[each["id"] for each in people], companies=[each["id"] for each in companies[:3]])
        client.opportunities.create_one(name="Looms", company_id=companies[1]["id"], point_of_contact_id=people[1]["id"])
        yield client


@pytest.fixture
def keeping(plain: icosa.Client, server: Server) -> Iterator[icosa.Client]:
    with icosa.connect(server.url, server.token, journal=True) as client:
        yield client


def state(crm: icosa.Client) -> State:
    """Every record there is, deleted ones too, but for what writes themselves note."""
    names = [each.plural for each in crm.catalogue if each.plural not in MADE_BY_WRITES]
    lists = [(name, deleted, crm[name].iterate(depth=0, deleted=deleted)) for name in names for deleted in (False, True)]
    return {
        f"{name} {each['id']}": {key: value for key, value in each.items() if key not in ("updatedAt", "updatedBy", "deletedAt")}
        | {"is deleted": deleted}
        for name, deleted, records in lists
        for each in records
    }


WRITES: dict[str, Callable[[icosa.Client], Any]] = {
    "a change of a text": lambda crm: crm.companies.update_many(where=F.name.starts_with("Mill"), name="Loom", depth=0),
    "a change of a part": lambda crm: crm.companies.update_many(
        where=F.name.starts_with("Mill"), address={"addressCity": "Paris"}, depth=1
    ),
    "a change of a relation": lambda crm: crm.people.update_many(where=F.company.name == "Mill 1", company_id=None),
    "a deletion": lambda crm: crm.companies.delete_many(where=F.name.starts_with("Mill")),
    "a deletion of those that are there": lambda crm: crm.notes.delete_many(where="deletedAt[is]:NULL"),
    "a deletion for good": lambda crm: crm.opportunities.delete_many(where=F.name == "Looms", permanent=True),
}


@pytest.mark.parametrize("what", WRITES)
def test_an_undo_puts_back_what_a_filter_found(plain: icosa.Client, keeping: icosa.Client, what: str) -> None:
    before = state(plain)
    assert len(WRITES[what](keeping)) > 0
    assert state(plain) != before
    assert undo(plain, "last").whole
    assert state(plain) == before


@pytest.mark.parametrize("where", ["deletedAt[is]:NOT_NULL", "name[startsWith]:Mill"])
def test_an_undo_deletes_what_was_brought_back_and_nothing_that_was_there(plain: icosa.Client, keeping: icosa.Client, where: str) -> None:
    plain.companies.delete_many(where=F.name.starts_with("Mill 1"))
    before = state(plain)
    assert len(keeping.companies.restore_many(where=where, depth=0)) == 11
    assert len(plain.companies.find_many(where=F.name.starts_with("Mill"), limit=200, depth=0)) == 70
    assert undo(plain, "last").whole
    assert state(plain) == before


@pytest.mark.parametrize("priority", [0, 1])
def test_an_undo_of_a_merge_makes_the_others_again_and_hangs_back_what_hung_on_them(
    plain: icosa.Client, keeping: icosa.Client, priority: int
) -> None:
    before = state(plain)
    people = plain.people.find_many(order_by="name.firstName", depth=0)
    keeping.people.merge([each["id"] for each in people], priority=priority, depth=0)
    merged = plain.people.find_many(depth=0)
    assert [each["id"] for each in merged] == [people[priority]["id"]]
    assert undo(plain, "last").whole
    assert state(plain) == before


def test_companies_are_merged_and_put_back_too(plain: icosa.Client, keeping: icosa.Client) -> None:
    before = state(plain)
    ids = [each["id"] for each in plain.companies.find_many(where=F.name.in_(["Mill 0", "Mill 1", "Mill 2"]), order_by="name", depth=0)]
    keeping.companies.merge(ids, depth=0)
    assert len(plain.people.find_many(where=F.company_id == ids[0])) == 3
    assert undo(plain, "last").whole
    assert state(plain) == before


@pytest.mark.parametrize("permanent", [False, True])
def test_an_undo_hangs_back_in_one_go_what_was_changed_or_deleted_after_a_merge_had_moved_it(
    plain: icosa.Client, keeping: icosa.Client, permanent: bool
) -> None:
    companies = [each["id"] for each in plain.companies.find_many(where=F.name.in_(["Mill 0", "Mill 1"]), order_by="name", depth=0)]
    deal = plain.opportunities.find_many(where=F.name == "Looms", depth=0)[0]["id"]
    plain.notes.attach(plain.notes.create_one(title="Second call", depth=0), opportunities=[deal])
    before = state(plain)
    keeping.companies.merge(companies, depth=0)
    keeping.people.update_many(where=F.company_id == companies[0], job_title="Engineer", depth=0)
    targets = plain.note_targets.find_many(where=F.target_opportunity_id == deal, depth=0)
    keeping.note_targets.delete_many(where=F.id.in_([each["id"] for each in targets]), permanent=permanent)
    keeping.opportunities.delete_many(where=F.name == "Looms", permanent=permanent)
    assert undo(plain, "last").whole
    assert state(plain) == before


def test_a_rehearsal_of_a_merge_leaves_nothing_to_undo(plain: icosa.Client, keeping: icosa.Client) -> None:
    before, ids = state(plain), [each["id"] for each in plain.people.find_many(depth=0)]
    keeping.people.merge(ids, dry_run=True)
    assert (state(plain), runs()) == (before, [])


def test_a_merge_that_could_not_be_put_back_whole_is_not_sent(plain: icosa.Client, keeping: icosa.Client) -> None:
    people = [each["id"] for each in plain.people.find_many(depth=0)]
    plain.opportunities.delete_many(where=F.name == "Looms")
    before = state(plain)
    with pytest.raises(InvalidInput, match="1 deleted opportunities hang on"):
        keeping.people.merge(people)
    assert (state(plain), runs()) == (before, [])


@pytest.mark.parametrize("ids", [[], ["here", "nowhere"]], ids=["of none", "of one that is not there"])
def test_a_merge_that_the_server_refuses_leaves_nothing_to_undo(plain: icosa.Client, keeping: icosa.Client, ids: list[str]) -> None:
    before, here = state(plain), plain.people.find_many(limit=1, depth=0)[0]["id"]
    known = {"here": here, "nowhere": "20202020-0000-4000-8000-000000000001"}
    with pytest.raises(icosa.IcosaError):
        keeping.people.merge([known[each] for each in ids])
    assert (state(plain), runs()) == (before, [])


def test_so_does_one_whose_priority_is_none_of_the_records(plain: icosa.Client, keeping: icosa.Client) -> None:
    before = state(plain)
    with pytest.raises(icosa.IcosaError):
        keeping.people.merge([each["id"] for each in plain.people.find_many(depth=0)], priority=9)
    assert (state(plain), runs()) == (before, [])


@pytest.mark.parametrize("rule", [ServerError(502, path="*/merge", after=1), LostAnswer(path="*/merge", after=1)], ids=["failed", "lost"])
def test_a_merge_whose_answer_does_not_come_is_put_back_as_far_as_it_was_done(
    plain: icosa.Client, keeping: icosa.Client, server: Server, rule: Rule
) -> None:
    before, ids = state(plain), [each["id"] for each in plain.people.find_many(depth=0)]
    server.faults.use(rule)
    with pytest.raises((ServerFailure, icosa.errors.NetworkFailure)):
        keeping.people.merge(ids)
    server.faults.clear()
    assert (state(plain) == before) == isinstance(rule, ServerError)
    assert undo(plain, "last").whole
    assert state(plain) == before


def test_what_is_deleted_already_is_not_changed_where_no_undo_could_put_it_back(plain: icosa.Client, keeping: icosa.Client) -> None:
    plain.companies.delete_many(where=F.name == "Mill 3")
    before = state(plain)
    with pytest.raises(InvalidInput, match="1 of the companies that the filter finds are deleted"):
        keeping.companies.update_many(where="or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)", name="Loom")
    assert (state(plain), runs()) == (before, [])


def test_what_was_deleted_when_it_was_destroyed_is_deleted_when_it_is_there_again(plain: icosa.Client, keeping: icosa.Client) -> None:
    plain.opportunities.delete_many(where=F.name == "Looms")
    before = state(plain)
    assert len(keeping.opportunities.delete_many(where=F.name == "Looms", permanent=True)) == 1
    assert state(plain) != before
    assert undo(plain, "last").whole
    assert state(plain) == before


def test_what_somebody_changed_since_it_was_found_is_not_written(plain: icosa.Client, server: Server) -> None:
    class Meddling:
        """A journal that changes a record of the next batch while the first is written."""

        def before(self, write: Any) -> None: ...

        def after(self, write: Any, records: Any, error: Any) -> None:
            if not error:
                found = plain.companies.find_many(where=F.name.starts_with("Mill"), limit=1, depth=0)
                plain.companies.update_one(found[0]["id"], name="Loom & Sons")

    with (
        icosa.connect(server.url, server.token, journal=Meddling()) as crm,
        pytest.raises(Conflict, match="1 of 10 companies were changed"),
    ):
        crm.companies.update_many(where=F.name.starts_with("Mill"), name="Loom", depth=0)
    assert len(plain.companies.find_many(where=F.name == "Loom", limit=200, depth=0)) == 60
    assert len(plain.companies.find_many(where=F.name.starts_with("Mill"), limit=200, depth=0)) == 9


def test_what_somebody_took_out_of_the_filter_right_before_it_was_written_stays_theirs(plain: icosa.Client, server: Server) -> None:
    """The server wrote the others: an undo puts back those, and says which it leaves."""

    class Meddling(Recorder):
        def before(self, write: Write) -> None:
            super().before(write)
            plain.companies.update_one(write.ids[7], name="Theirs")

    before = state(plain)
    recorder = Meddling(Run(server.url, "a test"))
    with icosa.connect(server.url, server.token, journal=recorder) as crm:
        written = crm.companies.update_many(where=F.name.in_([f"Mill {at}" for at in range(20)]), name="Loom", depth=0)
    recorder.close()
    assert len(written) == 19
    assert undo(plain, "last").counts == {"change": 19, "moved": 1}
    after = state(plain)
    assert [each["name"] for name, each in after.items() if each != before[name]] == ["Theirs"]


def test_the_same_for_an_event_loop(plain: icosa.Client, server: Server) -> None:
    async def done() -> None:
        async with icosa.aconnect(server.url, server.token, journal=True) as crm:
            await crm.companies.update_many(where=F.name.starts_with("Mill"), name="Loom", depth=0)
            await crm.people.merge([each["id"] for each in await crm.people.find_many(depth=0)])

    before = state(plain)
    asyncio.run(done())
    assert undo(plain, "last").whole
    assert state(plain) == before


def test_a_refusal_is_no_change_and_a_lost_answer_is_put_back_as_far_as_it_was_done(
    plain: icosa.Client, server: Server, request: pytest.FixtureRequest
) -> None:
    before = state(plain)
    for rule in (ServerError(502, times=1, method="PATCH"), LostAnswer(times=1, method="PATCH")):
        server.faults.use(rule)
        with icosa.connect(server.url, server.token, journal=True) as crm, pytest.raises((ServerFailure, icosa.errors.NetworkFailure)):
            crm.companies.update_many(where=F.name.starts_with("Mill"), name="Loom", depth=0)
        server.faults.clear()
        assert undo(plain, runs()[0].id).whole
        assert state(plain) == before

"""Undo puts back what a run did: what a workspace holds is then what it held before, but for `updatedAt`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

import icosa
from icosa.client.blocking import Client
from icosa.client.transport.blocking import EmbeddedTransport
from icosa.errors import InvalidValue, NotFound
from icosa.exports.export import Selection, export
from icosa.imports.importing import import_rows, plan_import
from icosa.imports.problems import problems
from icosa.journal.journal_file import Intent, Run
from icosa.journal.reading import find_run, runs
from icosa.journal.recording import Recorder
from icosa.plans import apply as applying
from icosa.plans.apply import apply
from icosa.plans.plan import Header, PlanWriter, read_plan, shape_digests
from icosa.plans.run_state import Standing, state_of, undone_by
from icosa.plans.step import Deletion
from icosa.plans.undo import plan_undo, undo
from icosa.surfaces.testing.rules import LostAnswer, ServerError
from icosa.surfaces.testing.workspace import workspace
from icosa.wire.openapi.reading import read_document
from tests.any_workspace.documents import TYPES, extended
from tests.cli.conftest import Shell, shell
from tests.imports.importers import write_people
from tests.searched import AS_A_WHOLE

__all__ = ["shell"]


def exported(crm: Client, folder: Path, *resources: str) -> dict[str, bytes]:
    """Exports of whole resources, byte for byte apart from the moment of the last change."""
    found = {}
    for each in resources:
        path = folder / f"{each}.jsonl"
        export(crm, each, path, Selection())
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        found[each] = b"\n".join(json.dumps({k: v for k, v in line.items() if k != "updatedAt"}).encode() for line in lines)
    return found


def test_after_undo_an_export_is_what_it_was(crm: Client, tmp_path: Path) -> None:
    """The law: plan, apply, undo."""
    import_rows(crm, "people", write_people(tmp_path / "first.csv", 130), create_links=True)
    crm["people"].create_one(name={"firstName": "Bystander"}, emails={"primaryEmail": "by@example.com"})
    before = exported(crm, tmp_path, "people", "companies")
    done = import_rows(crm, "people", write_people(tmp_path / "people.csv", 300, title="Captain", companies=9), create_links=True)
    assert done.applied.counts == {"create": 4 + 170, "change": 130}
    assert done.applied.run is not None
    assert exported(crm, tmp_path, "people", "companies") != before
    assert undo(crm, done.applied.run).whole
    assert exported(crm, tmp_path, "people", "companies") == before


def test_an_undo_can_be_undone(crm: Client, tmp_path: Path) -> None:
    done = import_rows(crm, "people", write_people(tmp_path / "people.csv", 70), create_links=True)
    after = exported(crm, tmp_path, "people", "companies")
    assert done.applied.run is not None
    undone = undo(crm, done.applied.run)
    assert undone.run is not None
    assert undo(crm, undone.run).whole
    assert exported(crm, tmp_path, "people", "companies") == after


def test_a_client_that_keeps_a_journal_keeps_an_undo_as_one_run_and_lets_go_of_it(crm: Client, database: str) -> None:
    with icosa.connect(database, journal=True) as keeping:
        made = keeping.companies.create_one(name="Analytical Engines")
        keeping.companies.update_one(made["id"], name="Difference Engines")
    (run,) = runs()
    assert state_of(run) is Standing.OVER
    with icosa.connect(database, journal=True) as keeping:
        assert undo(keeping, run.id).whole
    assert [each.undoes for each in runs()] == [run.id, None]


def test_one_record_of_a_run_is_put_back_alone_and_the_others_after_it(crm: Client, database: str) -> None:
    with icosa.connect(database, journal=True) as keeping:
        first, second = (keeping.companies.create_one(name=name)["id"] for name in ("One", "Two"))
    (run,) = runs()
    assert undo(crm, run.id, record=first).counts == {"delete": 1}
    assert [each["id"] for each in crm["companies"].find_many()] == [second]
    assert undone_by(run.id, runs()) is None
    again = undo(crm, run.id)
    assert again.counts == {"delete": 1, "already": 1}
    assert getattr(undone_by(run.id, runs()), "id", None) == again.run
    with pytest.raises(InvalidValue, match="wrote none with the id"):
        undo(crm, run.id, record="20202020-0000-4000-8000-000000000001")


VALUES: dict[str, Any] = {
    "fieldText": some.sampled_from(["", "x", "ÄÖ 😀"]),
    "fieldUuid": some.sampled_from([None, "20202020-1c25-4d02-bf25-6aeccf7ea419"]),
    "fieldNumber": some.sampled_from([None, 0, 7]),
    "fieldFloat": some.sampled_from([None, 0, 1.5]),
    "fieldBoolean": some.booleans(),
    "fieldDateTime": some.sampled_from([None, "2026-02-03T04:05:06.789Z"]),
    "fieldDate": some.sampled_from([None, "2026-02-03"]),
    "fieldSelect": some.sampled_from([None, "MARS", "VENUS"]),
    "fieldMultiSelect": some.sampled_from([None, [], ["MARS"], ["VENUS", "MARS"]]),
    "fieldRating": some.sampled_from([None, "RATING_1", "RATING_5"]),
    "fieldArray": some.sampled_from([None, [], ["a", "b"]]),
    "fieldRawJson": some.sampled_from([None, {}, [], {"a": [1, None, ""]}, 7, True]),
    "fieldCurrency": some.sampled_from([None, {"amountMicros": 5_000_000, "currencyCode": "EUR"}, {"currencyCode": "USD"}]),
    "fieldFullName": some.sampled_from([None, {"firstName": "Ada"}, {"firstName": "", "lastName": "L"}]),
    "fieldRichTextV2": some.sampled_from([None, {"markdown": "# x"}]),
    "fieldEmails": some.sampled_from([None, {"primaryEmail": "a@example.com"}, {"additionalEmails": ["b@example.com"]}]),
    "fieldPhones": some.sampled_from(
        [None, {"primaryPhoneNumber": "30123456", "primaryPhoneCallingCode": "+49", "primaryPhoneCountryCode": "DE"}]
    ),
    "fieldLinks": some.sampled_from(
        [None, {"primaryLinkUrl": "a.example.com", "secondaryLinks": [{"url": "b.example.com", "label": "b"}]}]
    ),
    "fieldAddress": some.sampled_from([None, {"addressCity": "London", "addressLat": 51.5}]),
}
"""Values for a custom field of each type, nothing among them."""


@pytest.fixture
def custom(tmp_path: Path, home: Path) -> Iterator[Client]:
    catalogue, _ = read_document(extended())
    with icosa.connect(f"sqlite:///{tmp_path}/custom.db", catalogue=catalogue) as crm:
        yield crm


def test_there_are_values_for_a_custom_field_of_each_type() -> None:
    assert set(VALUES) == set(TYPES) - {"fieldActor"}


records = some.fixed_dictionaries({}, optional=VALUES)


@AS_A_WHOLE
@given(some.lists(records, min_size=1, max_size=3), some.lists(records, max_size=3), some.booleans())
def test_custom_fields_of_each_type_are_put_back(
    custom: Client, tmp_path: Path, there: list[dict[str, Any]], then: list[dict[str, Any]], deletes: bool
) -> None:
    """Whatever stands in a custom field of any type, and whatever is written over it or deleted."""
    crm, catalogue = custom, custom.catalogue
    name = next(each.plural for each in catalogue if "fieldText" in each.field_by_name)
    resource = crm[name]
    made = resource.create_many(there, depth=0)
    before = exported(crm, tmp_path, name)
    recorder = Recorder(Run(crm.address, "a test"))
    with icosa.connect(crm.address, catalogue=catalogue, journal=recorder) as writing:
        for at, each in enumerate(then):
            if at < len(made):
                writing[name].update_one(made[at]["id"], each)
            else:
                writing[name].create_one(each)
        if deletes:
            writing[name].delete_one(made[0]["id"], permanent=len(then) % 2 == 0)
    recorder.close()
    if recorder.journal.path.exists():
        assert undo(crm, recorder.journal.run.id).whole
    assert exported(crm, tmp_path, name) == before
    for each in made:
        resource.delete_one(each["id"], permanent=True)


class TestWhatItLeaves:
    """It overwrites nothing that somebody changed since, unless it is told to."""

    @pytest.fixture
    def run(self, crm: Client, tmp_path: Path) -> str:
        crm["people"].create_one(emails={"primaryEmail": "person0@example.com"}, job_title="Old")
        name = import_rows(crm, "people", write_people(tmp_path / "people.csv", 3), create_links=True).applied.run
        assert name is not None
        return name

    def one(self, crm: Client, at: int) -> dict[str, Any]:
        (found,) = crm["people"].find_many(filter=f"emails.primaryEmail[eq]:person{at}@example.com", depth=0)
        return dict(found)

    def test_a_value_that_somebody_changed(self, crm: Client, run: str) -> None:
        crm["people"].update_one(self.one(crm, 0)["id"], job_title="Theirs")
        plan = plan_undo(crm, run)
        applied = apply(crm, plan)
        assert applied.counts["moved"] == 2  # the person, and the company that they still point at
        assert next(each.reason for each in problems(plan)) == 'jobTitle of the person has been changed since: "Engineer" is "Theirs" now'
        assert self.one(crm, 0)["jobTitle"] == "Theirs"
        assert undo(crm, run, force=True).counts == {"change": 1, "delete": 1, "already": 4}
        assert self.one(crm, 0)["jobTitle"] == "Old"

    def test_another_value_than_the_run_s_keeps_it_from_nothing_and_stays(self, crm: Client, run: str) -> None:
        crm["people"].update_one(self.one(crm, 0)["id"], city="Theirs")
        apply(crm, plan_undo(crm, run))
        assert (self.one(crm, 0)["jobTitle"], self.one(crm, 0)["city"]) == ("Old", "Theirs")

    def test_a_creation_that_others_point_at(self, crm: Client, run: str) -> None:
        theirs = crm["people"].create_one(company_id=self.one(crm, 1)["companyId"])
        plan = plan_undo(crm, run)
        apply(crm, plan)
        assert [each.reason for each in problems(plan)] == [f"it is used since: People {theirs['id']}"]

    def test_a_run_of_another_workspace(self, crm: Client, run: str, tmp_path: Path) -> None:
        with icosa.connect(f"sqlite:///{tmp_path}/other.db") as other, pytest.raises(InvalidValue, match="was on sqlite:"):
            undo(other, run)

    def test_an_undo_that_broke_off_goes_on(self, crm: Client, run: str, monkeypatch: pytest.MonkeyPatch) -> None:
        sent: list[Any] = []
        together = EmbeddedTransport.together

        def breaks(self: EmbeddedTransport, requests: Any) -> Any:
            if len(sent) == 1:
                raise KeyboardInterrupt
            sent.append(requests)
            return together(self, requests)

        with monkeypatch.context() as broken:
            broken.setattr(applying, "TOGETHER", 1)
            broken.setattr(EmbeddedTransport, "together", breaks)
            with pytest.raises(KeyboardInterrupt):
                undo(crm, run, concurrency=1)
        assert undo(crm, run).whole
        assert [each["jobTitle"] for each in crm["people"].iterate(depth=0)] == ["Old"]
        assert len([each for each in runs() if each.undoes == run]) == 1


def test_what_a_server_destroyed_is_created_again_with_its_id(crm: Client, tmp_path: Path) -> None:
    one = crm["people"].create_one(
        name={"firstName": "Ada"}, emails={"primaryEmail": "ada@example.com", "additionalEmails": ["b@example.com"]}
    )
    before = exported(crm, tmp_path, "people")
    path = tmp_path / "a.plan.jsonl"
    with PlanWriter(path, Header(crm.address, shape_digests(crm.catalogue, "people"), one["createdAt"]), crm.catalogue) as plan:
        plan.write(Deletion("people", one["id"], {}, permanent=True))
    run = apply(crm, read_plan(path)).run
    assert run is not None
    with pytest.raises(NotFound):
        crm["people"].find_one(one["id"])
    assert undo(crm, run).whole
    assert exported(crm, tmp_path, "people") == before


def test_what_was_deleted_along_with_a_record_comes_back_with_it(crm: Client, tmp_path: Path) -> None:
    note = crm["notes"].create_one(title="About Ada")
    ada = crm["people"].create_one(name={"firstName": "Ada"})
    crm["noteTargets"].create_one(note_id=note["id"], person_id=ada["id"])
    before = exported(crm, tmp_path, "people", "noteTargets")
    recorder = Recorder(Run(crm.address, "a test"))
    with icosa.connect(crm.address, journal=recorder) as writing:
        writing["people"].delete_one(ada["id"])
    recorder.close()
    assert exported(crm, tmp_path, "noteTargets") != before
    undo(crm, recorder.journal.run.id)
    assert exported(crm, tmp_path, "people", "noteTargets") == before


def test_a_secret_that_was_written_is_said_to_stay(crm: Client) -> None:
    member = crm["workspaceMembers"].create_one(user_id="20202020-1c25-4d02-bf25-6aeccf7ea419")
    account = crm["connectedAccounts"].create_one(handle="x", access_token="old", account_owner_id=member["id"])
    recorder = Recorder(Run(crm.address, "a test"))
    with icosa.connect(crm.address, journal=recorder) as writing:
        writing["connectedAccounts"].update_one(account["id"], handle="y", access_token="new")
    recorder.close()
    plan = plan_undo(crm, recorder.journal.run.id)
    assert not apply(crm, plan).whole
    assert [each.reason for each in problems(plan)] == ["Access Token: a secret, which no journal holds; set it again by hand"]
    assert crm["connectedAccounts"].find_one(account["id"])["handle"] == "x"


@pytest.mark.parametrize("seed", range(3))
def test_faults_on_the_way_there_and_back_leave_nothing_behind(home: Path, tmp_path: Path, seed: int) -> None:
    with workspace() as crm:
        crm.faultless["people"].create_one(emails={"primaryEmail": "person1@example.com"}, job_title="Old")
        before = exported(crm.faultless, tmp_path, "people", "companies")
        plan = plan_import(crm, "people", write_people(tmp_path / "people.csv", 70), create_links=True)
        crm.faults.seed = seed
        crm.faults.use(ServerError(502, when="after", share=0.15), LostAnswer(share=0.15))
        run = apply(crm, plan, concurrency=1).run
        assert run is not None
        assert undo(crm, run, concurrency=1).whole
        assert exported(crm.faultless, tmp_path, "people", "companies") == before


def test_what_a_change_was_is_known_though_its_answer_never_came(crm: Client, tmp_path: Path) -> None:
    """The journal has the intent alone: whether it was done is found out by looking."""
    done, never = (crm["people"].create_one(job_title="Old") for _ in range(2))
    recorder = Recorder(Run(crm.address, "a test"))
    people = crm.catalogue.by_plural["people"]
    recorder.journal.begin(people, [Intent("change", each["id"], dict(each), {"jobTitle": "New"}) for each in (done, never)])
    recorder.close()
    crm["people"].update_one(done["id"], job_title="New")
    assert undo(crm, recorder.journal.run.id).counts == {"change": 1, "already": 1}
    assert {each["jobTitle"] for each in crm["people"].iterate(depth=0)} == {"Old"}


def test_every_write_of_a_client_can_be_recorded(crm: Client, tmp_path: Path) -> None:
    there = crm["companies"].create_one(name="There", employees=5)
    before = exported(crm, tmp_path, "companies")
    recorder = Recorder(Run(crm.address, "a test"))
    with icosa.connect(crm.address, journal=recorder) as writing:
        made = writing["companies"].create_one(name="Made")
        writing["companies"].create_many([{"name": "Two"}, {"name": "Three"}])
        writing["companies"].update_one(made["id"], name="Renamed")
        writing["companies"].update_one(there["id"], employees=6)
        writing["companies"].update_one(there["id"], employees=7, name="Where")
        writing["companies"].delete_one(made["id"])
        writing["companies"].restore_one(made["id"])
        writing["companies"].delete_one(there["id"])
        with pytest.raises(icosa.NotFound):
            writing["companies"].update_one("20202020-0000-4000-8000-000000000000", name="Nobody")
    recorder.close()
    assert find_run("last")[0].title == "a test"
    plan = plan_undo(crm, "last")
    assert apply(crm, plan).whole, list(problems(plan))
    assert exported(crm, tmp_path, "companies") == before


def test_what_an_upsert_changed_is_said_to_be_unknown(crm: Client) -> None:
    crm["companies"].create_one(name="Acme", domain_name={"primaryLinkUrl": "acme.example.com"})
    recorder = Recorder(Run(crm.address, "a test"))
    with icosa.connect(crm.address, journal=recorder) as writing:
        writing["companies"].create_one(name="Acme 2", domain_name={"primaryLinkUrl": "acme.example.com"}, upsert=True)
        writing["companies"].create_one(name="New", domain_name={"primaryLinkUrl": "new.example.com"}, upsert=True)
    recorder.close()
    plan = plan_undo(crm, "last")
    assert apply(crm, plan).counts == {"delete": 1}
    assert "is not known" in next(problems(plan)).reason


def test_a_client_keeps_a_journal_where_it_is_told_to(crm: Client, tmp_path: Path) -> None:
    before = exported(crm, tmp_path, "companies")
    with icosa.connect(crm.address, journal=True) as writing:
        writing["companies"].create_one(name="Acme")
    undo(crm, "last")
    assert exported(crm, tmp_path, "companies") == before


def test_a_plan_is_one_run_whatever_its_client_keeps(crm: Client, tmp_path: Path) -> None:
    source = tmp_path / "companies.csv"
    source.write_text("name\nAcme\nAlder\n")
    with icosa.connect(crm.address, journal=True) as writing:
        applied = import_rows(writing, "companies", source, key="none").applied
        assert [each.id for each in runs()] == [applied.run]
        assert undo(writing, "last").counts == {"delete": 2}
        assert len(runs()) == 2


def test_a_write_of_the_shell_is_journalled_where_that_is_asked_for(shell: Shell) -> None:
    made = shell("companies", "create-one", "--name", "Acme", "--journal")
    run = made.err.rpartition("icosa undo ")[2].strip()
    assert shell("companies", "create-one", "--name", "Other").code == 0
    (listed,) = shell("undo").json
    assert (listed["id"], listed["what"]) == (run, "icosa companies create-one")
    assert shell("undo", run, "--yes").json["deleted"] == 1
    assert shell("companies", "find-many").json["totalCount"] == 1

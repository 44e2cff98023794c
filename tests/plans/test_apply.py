"""A plan is run as it was written, once, whatever happens on the way, and leaves alone what has changed since."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Field
from icosa.catalogue.standard import STANDARD
from icosa.client.blocking import Client
from icosa.errors import Conflict, InvalidValue, ServerFailure
from icosa.exports.table import ExportColumn
from icosa.exports.writers import FORMATS
from icosa.imports.importing import plan_import
from icosa.imports.problems import Problem, problems, write_bad_rows
from icosa.imports.rows import Row, open_rows
from icosa.plans import apply as applying
from icosa.plans.apply import Applied, applied_so_far, apply
from icosa.plans.checkpoint import Checkpoint
from icosa.plans.plan import Header, PlanFile, PlanWriter, read_plan, shape_digests
from icosa.plans.step import Change, Creation, Deletion, Restoration, Step
from icosa.surfaces.testing.rules import CutAnswer, LostAnswer, RateLimited, ServerError
from icosa.surfaces.testing.workspace import Workspace, workspace
from tests.imports.importers import each_once, emails, held, write_csv, write_people

Plan = Callable[..., PlanFile]


@pytest.fixture
def plan(crm: Client, tmp_path: Path) -> Plan:
    """Writes a plan of steps for the workspace."""

    def written(*steps: Step) -> PlanFile:
        path = tmp_path / "a.plan.jsonl"
        names = sorted({each.object for each in steps})
        with PlanWriter(path, Header(crm.address, shape_digests(STANDARD, *names), "2026-02-03T04:05:06.789Z"), STANDARD) as writer:
            for each in steps:
                writer.write(each)
        return read_plan(path)

    return written


@pytest.fixture
def faulty(home: Path) -> Iterator[Workspace]:
    with workspace() as crm:
        yield crm


def person(at: int, **more: Any) -> dict[str, Any]:
    id_ = f"20202020-0000-4000-8000-{at:012}"
    return {"id": id_, "name": {"firstName": f"Given{at}", "lastName": ""}, "emails": {"primaryEmail": f"person{at}@example.com"}, **more}


def creations(count: int) -> list[Step]:
    return [Creation("people", person(at), "emails.primaryEmail", at) for at in range(count)]


def reasons(plan: PlanFile) -> list[Problem]:
    return list(problems(plan))


def test_a_plan_does_what_it_says(crm: Client, plan: Plan) -> None:
    ada = crm["people"].create_one(name={"firstName": "Ada"}, job_title="Countess", city="London")
    gone, back = crm["people"].create_one(city="Gone"), crm["people"].create_one(city="Back")
    crm["people"].delete_one(back["id"])
    steps = [
        Change("people", ada["id"], {"jobTitle": "Countess"}, {"jobTitle": "Engineer"}, ada["updatedAt"]),
        Creation("people", person(1)),
        Deletion("people", gone["id"], {"city": "Gone"}, gone["updatedAt"]),
        Restoration("people", back["id"], back),
    ]
    applied = apply(crm, plan(*steps))
    assert applied.counts == {"create": 1, "change": 1, "delete": 1, "restore": 1}
    assert applied.whole
    found = held(crm, "people")
    assert set(found) == {ada["id"], back["id"], person(1)["id"]}
    assert (found[ada["id"]]["jobTitle"], found[ada["id"]]["city"]) == ("Engineer", "London")


def test_running_it_again_does_nothing(crm: Client, plan: Plan) -> None:
    made = plan(*creations(130))
    first = apply(crm, made)
    before = held(crm, "people")
    again = apply(crm, made)
    assert (again.counts, again.run) == (first.counts, first.run)
    assert held(crm, "people") == before


def test_a_plan_whose_checkpoint_was_lost_creates_nothing_twice(crm: Client, plan: Plan) -> None:
    made = plan(*creations(130))
    apply(crm, made)
    made.path.with_name(made.path.name + ".done").unlink()
    assert apply(crm, made).counts == {"already": 130}
    assert emails(crm).total() == 130


@pytest.mark.parametrize("is_checkpoint_lost", [False, True])
def test_a_row_that_says_the_id_of_another_record_is_not_taken_for_done(crm: Client, plan: Plan, *, is_checkpoint_lost: bool) -> None:
    """Neither of one that was there before, nor of one that an earlier row of the plan made."""
    steps = creations(5)
    first, last = steps[0], steps[-1]
    assert isinstance(first, Creation)
    assert isinstance(last, Creation)
    theirs = crm["people"].create_one(emails={"primaryEmail": "theirs@example.com"})["id"]
    steps[3] = replace(last, record={**last.record, "id": theirs, "emails": {"primaryEmail": "new@example.com"}}, row=3)
    steps[4] = replace(last, record={**last.record, "id": first.record["id"]}, row=4)
    made = plan(*steps)
    assert apply(crm, made).counts == {"create": 3, "refused": 2}
    if is_checkpoint_lost:
        made.path.with_name(made.path.name + ".done").unlink()
        assert apply(crm, made).counts == {"already": 3, "refused": 2}
    mend = "update it instead, or leave the id out"
    there = [theirs, first.record["id"]]
    assert [each.reason for each in reasons(made)] == [f"Id: there is a person {id_} already; {mend}" for id_ in there]


def test_a_plan_is_for_one_workspace(crm: Client, plan: Plan, tmp_path: Path) -> None:
    made = plan(*creations(1))
    with icosa.connect(f"sqlite:///{tmp_path}/other.db") as other, pytest.raises(InvalidValue, match="is a plan for sqlite:"):
        apply(other, made)


class TestMoved:
    """What somebody changed since the plan was made is left alone."""

    def test_a_record_that_was_changed(self, crm: Client, plan: Plan) -> None:
        one, two = crm["people"].create_one(job_title="Old"), crm["people"].create_one(job_title="Old")
        made = plan(*(Change("people", each["id"], {"jobTitle": "Old"}, {"jobTitle": "New"}, each["updatedAt"], 7) for each in (one, two)))
        crm["people"].update_one(two["id"], job_title="Theirs")
        applied = apply(crm, made)
        assert applied.counts == {"change": 1, "moved": 1}
        assert not applied.whole
        assert reasons(made) == [Problem(7, "", 'jobTitle of the person has been changed since: "Old" is "Theirs" now')]
        assert crm["people"].find_one(two["id"])["jobTitle"] == "Theirs"

    def test_a_record_of_which_something_else_was_changed(self, crm: Client, plan: Plan) -> None:
        one = crm["people"].create_one(job_title="Old")
        made = plan(Change("people", one["id"], {"jobTitle": "Old"}, {"jobTitle": "New"}, "2026-01-01T00:00:00.000Z"))
        assert apply(crm, made).counts == {"moved": 1}

    def test_a_record_that_is_gone(self, crm: Client, plan: Plan) -> None:
        one = crm["people"].create_one(job_title="Old")
        made = plan(Change("people", one["id"], {"jobTitle": "Old"}, {"jobTitle": "New"}, one["updatedAt"]))
        crm["people"].delete_one(one["id"])
        apply(crm, made)
        assert reasons(made) == [Problem(None, "", "the person has been deleted since")]

    def test_a_key_that_somebody_took(self, crm: Client, plan: Plan) -> None:
        made = plan(*creations(3))
        theirs = crm["people"].create_one(emails={"primaryEmail": "person1@example.com"})
        assert apply(crm, made).counts == {"create": 2, "moved": 1}
        assert reasons(made) == [Problem(1, "", f"a person with this emails.primaryEmail has been created since: {theirs['id']}")]
        assert max(emails(crm).values()) == 1

    def test_an_object_that_got_other_fields(self, home: Path, plan: Plan, crm: Client) -> None:
        made = plan(*creations(3))
        people = STANDARD.by_plural["people"]
        more = Catalogue((*(each for each in STANDARD if each is not people), _with_field(people)))
        with icosa.connect(crm.address, catalogue=STANDARD) as other:
            other._flows.known = (more, other.offers)
            assert apply(other, made).counts == {"moved": 3}
        assert emails(crm).total() == 0

    def test_strictly_nothing_is_written_where_anything_moved(self, crm: Client, plan: Plan) -> None:
        made = plan(*creations(200))
        crm["people"].create_one(emails={"primaryEmail": "person150@example.com"})
        with pytest.raises(Conflict, match=r"nothing was written: row 150: a person with this emails.primaryEmail has been created since"):
            apply(crm, made, strict=True)
        assert emails(crm).total() == 1

    def test_a_deletion_for_good_of_what_is_used_by_now(self, crm: Client, plan: Plan) -> None:
        acme = crm["companies"].create_one(name="Acme")
        made = plan(Deletion("companies", acme["id"], {"name": "Acme"}, acme["updatedAt"], permanent=True))
        ada = crm["people"].create_one(company_id=acme["id"])
        assert apply(crm, made).counts == {"moved": 1}
        assert reasons(made) == [Problem(None, "", f"it is used since: People {ada['id']}")]


def _with_field(people: Any) -> Any:
    return replace(people, members=(*people.members, Field("shoeSize", "NUMBER", "Of a shoe.", nullable=True)))


def test_a_record_that_is_refused_does_not_keep_the_others_out(crm: Client, plan: Plan) -> None:
    steps = creations(130)
    for at in (0, 61, 129):
        steps[at] = Creation("people", person(at, companyId="20202020-0000-4000-8000-0000000fffff"), "emails.primaryEmail", at)
    made = plan(*steps)
    applied = apply(crm, made)
    assert applied.counts == {"create": 127, "refused": 3}
    assert [each.row for each in reasons(made)] == [0, 61, 129]
    assert all("Company Id" in each.reason and "[0]" not in each.reason for each in reasons(made))
    assert emails(crm).total() == 127


def test_what_was_done_before_a_run_broke_off_is_not_done_again(crm: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends between the answer and the checkpoint: what went in is found by its ids."""
    monkeypatch.setattr(applying, "TOGETHER", 60)
    made = plan(*creations(300))
    added = Checkpoint.add
    calls = iter(range(100))

    def fails(self: Checkpoint, *given: Any) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt
        added(self, *given)

    with monkeypatch.context() as broken:
        broken.setattr(Checkpoint, "add", fails)
        with pytest.raises(KeyboardInterrupt):
            apply(crm, made, concurrency=1)
    assert applied_so_far(made).counts["create"] < emails(crm).total() < 300
    applied = apply(crm, made, concurrency=1)
    assert sum(applied.counts.values()) == 300
    assert emails(crm) == {f"person{at}@example.com": 1 for at in range(300)}


def test_two_programs_do_not_run_one_plan_at_once(crm: Client, plan: Plan) -> None:
    made = plan(*creations(3))
    with Checkpoint(made), pytest.raises(Conflict, match="is being run by another program"):
        apply(crm, made)
    assert apply(crm, made).counts == {"create": 3}


def test_a_checkpoint_that_was_cut_off_in_the_middle_of_a_line_is_read_up_to_it(crm: Client, plan: Plan) -> None:
    made = plan(*creations(130))
    apply(crm, made)
    path = made.path.with_name(made.path.name + ".done")
    path.write_bytes(path.read_bytes()[:-5])
    assert sum(apply(crm, made).counts.values()) == 130
    assert emails(crm).total() == 130


def test_a_server_that_fails_ends_the_run_which_goes_on_when_it_is_back(faulty: Workspace, tmp_path: Path) -> None:
    made = plan_import(faulty, "people", write_people(tmp_path / "people.csv", 200), create_links=True)
    faulty.faults.use(ServerError(500, operation="create_many", after=2))
    with pytest.raises(ServerFailure):
        apply(faulty, made, concurrency=1)
    assert 0 < sum(applied_so_far(made).counts.values()) < made.writes
    faulty.faults.clear()
    apply(faulty, made)
    each_once(faulty.faultless, 200)


@pytest.mark.parametrize("seed", range(3))
def test_every_record_goes_in_once_whatever_goes_wrong(faulty: Workspace, tmp_path: Path, seed: int) -> None:
    rules = [RateLimited(share=0.1), ServerError(share=0.1), ServerError(502, when="after", share=0.1)]
    faulty.faults.seed = seed
    faulty.faults.use(*rules, LostAnswer(share=0.1), CutAnswer(share=0.1))
    source = write_people(tmp_path / "people.csv", 400)
    applied = apply(faulty, plan_import(faulty, "people", source, create_links=True), concurrency=2)
    assert applied.whole
    assert faulty.faults.log
    each_once(faulty.faultless, 400)


def test_progress_is_told_up_to_the_end(crm: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "TOGETHER", 60)
    heard: list[tuple[int, int]] = []
    apply(crm, plan(*creations(130)), concurrency=1, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(60, 130), (120, 130), (130, 130)]


class TestBadRows:
    """Rows that did not go in come out as a file that can be mended and run again."""

    def test_they_are_as_they_were_with_the_reason_beside_them(self, crm: Client, tmp_path: Path) -> None:
        rows = [["ada@example.com", "€1", "x"], ["not an address", "2", "y"], ["ada@example.com", "3", "z"]]
        source = write_csv(tmp_path / "people.csv", ["Email", "Mine", "Job title"], *rows)
        made = plan_import(crm, "people", source)
        apply(crm, made)
        bad = write_bad_rows(made)
        assert bad == tmp_path / "people.bad.csv"
        assert [line.split(",")[:3] for line in bad.read_text().splitlines()] == [
            ["Email", "Mine", "Job title"],
            ["not an address", "2", "y"],
            ["ada@example.com", "3", "z"],
        ]

    @pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".parquet"])
    def test_they_are_read_again_in_the_format_of_the_source(self, crm: Client, tmp_path: Path, suffix: str) -> None:
        source = tmp_path / f"people{suffix}"
        with source.open("wb") as file:
            writer = FORMATS[suffix[1:]](file, [ExportColumn(name, Kind.TEXT, lambda _: None) for name in ("email", "jobTitle")])
            writer.write([("ada@example.com", "Countess"), ("nobody", "Nobody")])
            writer.close()
        made = plan_import(crm, "people", source)
        apply(crm, made)
        bad = write_bad_rows(made)
        assert bad is not None
        assert bad.suffix == suffix
        (row,) = [each for each in open_rows(bad).rows if isinstance(each, Row)]
        assert (row.values["email"], row.values["jobTitle"]) == ("nobody", "Nobody")
        again = plan_import(crm, "people", bad)
        assert again.counts["bad"] == 1  # and its last column is not taken for a value

    def test_a_file_that_somebody_mends_is_not_written_over(self, crm: Client, tmp_path: Path) -> None:
        source = write_csv(tmp_path / "people.csv", ["Email"], ["nobody"])
        names = [write_bad_rows(plan_import(crm, "people", source)) for _ in range(2)]
        assert names == [tmp_path / "people.bad.csv", tmp_path / "people.bad.2.csv"]
        assert names[0] is not None
        assert write_bad_rows(plan_import(crm, "people", names[0])) == tmp_path / "people.bad.3.csv"

    def test_a_source_that_was_changed_gives_numbers_and_reasons(self, crm: Client, tmp_path: Path) -> None:
        source = write_csv(tmp_path / "people.csv", ["Email"], ["ada@example.com"], ["nobody"])
        made = plan_import(crm, "people", source)
        write_csv(source, ["Email"], ["grace@example.com"])
        bad = write_bad_rows(made)
        assert bad is not None
        assert bad.read_text().splitlines()[1].startswith("3,")

    def test_there_is_none_where_all_went_in(self, crm: Client, tmp_path: Path) -> None:
        made = plan_import(crm, "people", write_csv(tmp_path / "people.csv", ["Email"], ["ada@example.com"]))
        apply(crm, made)
        assert write_bad_rows(made) is None


def test_what_is_applied_says_whether_it_is_whole() -> None:
    assert Applied({"create": 2}, {"skip": 1}, None).whole
    assert not Applied({"create": 2, "moved": 1}, {}, None).whole
    assert not Applied({"create": 2}, {"bad": 1}, None).whole


def test_a_place_that_cannot_be_written_is_said(crm: Client, tmp_path: Path) -> None:
    made = plan_import(crm, "people", write_csv(tmp_path / "people.csv", ["Email"], ["nobody"]))
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InvalidValue, match="cannot be written"):
        plan_import(crm, "people", [{"email": "ada@example.com"}], tmp_path / "file" / "a.plan.jsonl")
    with pytest.raises(InvalidValue, match=r"bad: .* cannot be written"):
        write_bad_rows(made, tmp_path / "file" / "people.bad.csv")


def test_bad_rows_may_replace_the_file_that_they_came_from(crm: Client, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "people.csv", ["Email"], ["ada@example.com"], ["nobody"])
    assert write_bad_rows(plan_import(crm, "people", source), source) == source
    assert [line.split(",")[0] for line in source.read_text().splitlines()] == ["Email", "nobody"]
    assert sorted(tmp_path.glob(".*")) == []

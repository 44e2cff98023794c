"""The runs that have a journal: listed with what they did and where, shown record by record, and cleared."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.imports.importing import import_rows, plan_import
from icosa.journal.journal_file import Intent, JournalFile, Run, journal_folder, new_run
from icosa.journal.reading import find_run, runs, tally, touched, touched_record
from icosa.plans import apply as applying
from icosa.plans.apply import apply
from icosa.plans.pruning import clear, prunable_runs
from icosa.plans.run_state import Standing, state_of
from icosa.plans.undo import plan_undo, undo
from tests.cli.conftest import Ran, Shell, shell
from tests.imports.importers import write_people

__all__ = ["shell"]

PEOPLE = STANDARD.by_plural["people"]
COMPANIES = STANDARD.by_plural["companies"]
NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)

Written = Callable[..., Run]


@pytest.fixture
def written(home: Path) -> Written:
    """Makes the journal of a run that created one person, as many days ago."""

    def make(days: float = 0, workspace: str = "https://crm.example.com", **more: Any) -> Run:
        moment = NOW - timedelta(days=days)
        run = Run(workspace, "import people.csv to people", made_at=moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"), **more)
        with JournalFile(run) as journal:
            first = journal.begin(PEOPLE, [Intent("create", "a", None, {"id": "a", "city": "London"})])
            journal.end(PEOPLE, first, [{"id": "a", "city": "London"}])
        return run

    return make


@pytest.fixture
def imported(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a run of the shell that created three people and three companies."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))
    monkeypatch.setenv("COLUMNS", "200")
    write_people(tmp_path / "people.csv", 3)
    name: str = shell("import", str(tmp_path / "people.csv"), "--create-links", "--key", "emails.primaryEmail", "--yes").json["run"]
    return name


def test_what_a_run_did_to_one_record_is_found_among_the_others(tmp_path: Path) -> None:
    with JournalFile(Run("https://crm.example.com", "x"), tmp_path / "x.jsonl") as journal:
        first = journal.begin(PEOPLE, [Intent("change", each, {"id": each, "city": "Turin"}, {"city": "Oslo"}) for each in "abc"])
        journal.end(PEOPLE, first, [{"id": each, "city": "Oslo"} for each in "abc"])
        journal.fail(journal.begin(PEOPLE, [Intent("change", "b", {"id": "b", "city": "Oslo"}, {"city": "Nowhere"})]))
        journal.begin(COMPANIES, [Intent("delete", "c", {"id": "c", "name": "b"}, None)])
    path = tmp_path / "x.jsonl"
    by_record = {(each.object, each.id): each for each in touched(path)}
    for key, each in by_record.items():
        assert touched_record(path, *key) == each
    assert touched_record(path, "people", "d") is None
    assert touched_record(path, "companies", "b") is None
    path.write_bytes(path.read_bytes()[:-20])  # the last line was cut off
    assert touched_record(path, "companies", "c") is None


class TestListing:
    def test_what_was_done_is_counted_by_object_and_kind(self, tmp_path: Path) -> None:
        with JournalFile(Run("https://crm.example.com", "x"), tmp_path / "x.jsonl") as journal:
            journal.begin(PEOPLE, [Intent("create", each, None, {}) for each in "abc"])
            journal.fail(journal.begin(PEOPLE, [Intent("change", "a", {}, {}), Intent("change", "b", {}, {})]))
            journal.begin(COMPANIES, [Intent("delete", "d", {}, None)])
        assert tally(tmp_path / "x.jsonl") == {("people", "create"): 3, ("people", "change"): 1, ("companies", "delete"): 1}

    def test_a_program_gets_json(self, shell: Shell, imported: str) -> None:
        assert shell("undo").json == shell("runs").json == shell("runs", "list").json
        (run,) = shell("runs").json
        assert (run["id"], run["what"], run["writes"]) == (imported, "import people.csv to people", 6)
        assert run["counts"] == {"companies": {"create": 3}, "people": {"create": 3}}
        assert (run["state"], run["undone"]) == ("over", None)
        assert run["workspace"].endswith("workspace.db")

    def test_a_person_gets_a_table_that_says_which_is_the_last(self, shell: Shell, imported: str) -> None:
        ran = shell("undo", terminal=True)
        assert "companies: 3 created; people: 3 created" in ran.out
        assert "~/data/icosa/workspace.db" in ran.out
        assert f"icosa undo last puts back {imported}" in ran.err
        shell("undo", imported, "--yes")
        assert ", undone" in shell("runs", terminal=True).out

    def test_no_password_of_a_database_is_shown(self, shell: Shell, written: Written) -> None:
        written(workspace="postgresql://ada:s3cret-word@db.example.com/crm?sslpassword=s3cret-word")
        for ran in (
            shell("undo"),
            shell("undo", terminal=True),
            shell("undo", "last", "--yes"),
            shell("runs", "prune", "--keep", "0", terminal=True),
        ):
            assert "s3cret" not in ran.out + ran.err
        written(workspace="postgresql://ada:s3cret-word@db.example.com/crm")

    def test_a_file_that_is_no_journal_is_in_nobodys_way(self, shell: Shell, imported: str) -> None:
        (journal_folder() / "20990101-000000-00000.jsonl").write_text("")
        assert [each["id"] for each in shell("undo").json] == [imported]
        assert find_run("last")[0].id == imported

    def test_one_run_is_shown_record_by_record(self, shell: Shell, imported: str) -> None:
        lines = [json.loads(line) for line in shell("runs", "show", imported).out.splitlines()]
        assert {(each["object"], each["operation"], each["before"]) for each in lines} == {
            ("companies", "create", None),
            ("people", "create", None),
        }
        shown = shell("runs", "show", imported[:15], terminal=True)
        assert "Engineer" in shown.out
        assert "companies: 3 created" in shown.err


class TestWhichIsMeant:
    def test_the_last_is_that_of_the_workspace_a_command_goes_to(self, shell: Shell, imported: str, tmp_path: Path) -> None:
        other = str(tmp_path / "other.db")
        assert (
            shell(
                "import", str(tmp_path / "people.csv"), "--create-links", "--key", "emails.primaryEmail", "--database", other, "--yes"
            ).code
            == 0
        )
        ran = shell("undo", "last", "--yes")
        assert f"The last run of ~/data/icosa/workspace.db: {imported}, import people.csv to people" in ran.err
        assert ran.json["deleted"] == 6
        assert shell("people", "find-many", "--database", other).json["totalCount"] == 3

    def test_the_last_put_back_no_other_so_that_asking_twice_puts_nothing_back_twice(self, shell: Shell, imported: str) -> None:
        first = shell("undo", "last", "--yes").json["run"]
        again = shell("undo", "last", "--yes")
        assert again.code == 5
        assert f"{imported} was put back already, by {first}" in again.err
        assert f"icosa undo {first}" in again.err
        redone = shell("undo", first, "--yes").json
        assert redone["restored"] == 6
        assert f"is there again by {redone['run']}" in shell("undo", "last", "--yes").err
        assert shell("undo", redone["run"], "--yes").json["deleted"] == 6
        assert "was put back already" in shell("undo", "last", "--yes").err

    @pytest.mark.parametrize("option", ["--yes", "--force", "--dry-run"])
    def test_options_of_an_undo_without_a_run_are_a_mistake(self, shell: Shell, imported: str, option: str) -> None:
        ran = shell("undo", option)
        assert (ran.code, ran.out) == (2, "")
        assert f"icosa undo last {option}" in ran.err

    def test_a_run_of_another_workspace(self, shell: Shell, imported: str, tmp_path: Path) -> None:
        ran = shell("undo", imported, "--database", str(tmp_path / "other.db"), "--yes")
        assert ran.code == 5
        assert re.search(r"was on sqlite:.*workspace\.db, and this is sqlite:.*other\.db", ran.err)

    def test_a_workspace_without_runs(self, shell: Shell, imported: str, tmp_path: Path) -> None:
        ran = shell("undo", "last", "--database", str(tmp_path / "other.db"), "--yes")
        assert "no run of this workspace has a journal" in ran.err

    def test_what_somebody_changed_since_is_said(self, shell: Shell, imported: str) -> None:
        person = shell("people", "find-many", "--limit", "1").json["data"]["people"][0]
        shell("people", "update-one", person["id"], "--city", "Paris")
        ran = shell("undo", "last", "--yes")
        assert (ran.code, ran.json["conflicts"]) == (8, 2)
        assert f'people {person["id"]}: city of the person has been changed since: "" is "Paris" now' in ran.err
        assert ", undone in part" in shell("runs", terminal=True).out
        assert shell("undo", "last", "--force", "--yes").json["conflicts"] == 0


class TestPruning:
    def cleared(self, *given: Any, **more: Any) -> list[str]:
        chosen = prunable_runs(*given, now=NOW, **more)
        clear(chosen.runs)
        return [each.id for each in chosen.runs]

    def test_old_ones_go(self, written: Written) -> None:
        new, old = written(89), written(91)
        assert self.cleared(timedelta(days=90), 0) == [old.id]
        assert [each.id for each in runs()] == [new.id]

    def test_the_last_ones_of_each_workspace_are_kept(self, written: Written) -> None:
        here = [written(each) for each in (93, 92, 91)]
        there = written(99, workspace="https://other.example.com")
        assert self.cleared(timedelta(days=90), 1) == [each.id for each in here[1::-1]]
        assert {each.id for each in runs()} == {here[2].id, there.id}

    def test_one_that_goes_on_is_kept(self, written: Written) -> None:
        run = Run("https://crm.example.com", "x", made_at="2020-01-01T00:00:00.000Z")
        with JournalFile(run) as journal:
            journal.begin(PEOPLE, [Intent("create", "a", None, {})])
            assert prunable_runs(timedelta(days=1), 0, broken_off=True).left == ((run, Standing.RUNNING),)
        assert self.cleared(timedelta(days=1), 0) == [run.id]

    def test_one_that_can_go_on_is_kept_unless_told(self, crm: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = plan_import(crm, "people", write_people(tmp_path / "people.csv", 130), tmp_path / "a.plan.jsonl", create_links=True)
        monkeypatch.setattr(applying, "TOGETHER", 60)

        def breaks(done: int, total: int) -> None:
            if done > 60:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            apply(crm, plan, concurrency=1, progress=breaks)
        (run,) = runs()
        assert state_of(run) is Standing.BROKEN_OFF
        assert prunable_runs(None, 0).left == ((run, Standing.BROKEN_OFF),)
        assert prunable_runs(None, 0, broken_off=True).runs == (run,)
        apply(crm, plan)
        assert state_of(run) is Standing.OVER
        assert undo(crm, "last").whole

    def test_the_plans_that_put_it_back_go_too_and_it_is_said_to_be_gone(self, crm: Client, tmp_path: Path) -> None:
        name = import_rows(crm, "people", write_people(tmp_path / "people.csv", 3), create_links=True).applied.run
        assert name is not None
        plan_undo(crm, name)
        chosen = prunable_runs(None, 0)
        held = [each for each in journal_folder().rglob("*") if each.is_file()]
        assert chosen.size == sum(each.stat().st_size for each in held)
        clear(chosen.runs)
        assert [each for each in journal_folder().rglob("*") if each.is_file()] == []
        with pytest.raises(InvalidValue, match="no run of that name, or its journal was cleared"):
            undo(crm, name)

    def test_in_the_shell(self, shell: Shell, imported: str) -> None:
        dry = shell("runs", "prune", "--older-than", "0s", "--dry-run")
        assert (dry.json["runs"], dry.json["cleared"]) == ([imported], False)
        assert shell("runs", "prune", "--older-than", "90d").json == {"runs": [], "bytes": 0, "cleared": False, "left": []}
        unasked = shell("runs", "prune", "--keep", "0")
        assert unasked.code == 2
        assert "icosa runs prune --keep 0 --yes" in unasked.err
        done: Ran = shell("runs", "prune", "--keep", "0", "--yes", terminal=True)
        assert "import people.csv to people" in done.out
        assert re.search(r"Cleared: 1 journal, [\d.]+ kB\.", done.err)
        assert shell("undo").json == []

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ((), "--older-than 90d"),
            (("--older-than", "soon"), "is no length of time"),
            (("--older-than", "9" * 30 + "y"), "is no length of time"),
            (("--keep", "-1"), "--keep"),
        ],
    )
    def test_what_is_not_said_well_is_refused(self, shell: Shell, given: tuple[str, ...], message: str) -> None:
        ran = shell("runs", "prune", *given)
        assert ran.code in (2, 5)
        assert message in ran.err


def test_a_run_by_an_earlier_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    header = {"icosa": "journal", "format": 1, "workspace": "https://crm.example.com", "title": "x", "undoes": None, "id": "a"}
    path.write_text(json.dumps({**header, "made_at": "2026-02-03T04:05:06.000Z"}) + "\n")
    assert runs(tmp_path)[0].plan is None


def test_a_recorder_of_a_client_that_is_open_is_running(crm: Client) -> None:
    with icosa.connect(crm.address, journal=True) as writing:
        writing["companies"].create_one(name="Acme")
        assert state_of(find_run("last")[0]) is Standing.RUNNING


def test_what_is_put_back_is_told_by_what_people_know_it_by(shell: Shell, imported: str) -> None:
    shown = shell("undo", imported, "--dry-run", terminal=True).out
    assert "domainName.primaryLinkUrl: " in shown
    assert not re.search("createdBy|position|updatedAt", shown)


def test_runs_that_are_begun_in_the_same_moment_are_in_the_order_of_their_beginning() -> None:
    names = [new_run() for _ in range(500)]
    assert names == sorted(set(names))

"""plan, apply, import and undo as somebody types them."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Shell, shell
from tests.imports.importers import write_csv

__all__ = ["shell"]

ROWS = (
    ["ada@example.com", "Ada", "Lovelace", "Countess"],
    ["grace@example.com", "Grace", "Hopper", "Admiral"],
    ["nobody", "No", "Body", ""],
)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_csv(tmp_path / "people.csv", ["Email", "First name", "Last name", "Job title"], *ROWS)


def test_a_plan_is_shown_and_kept_and_nothing_is_written(shell: Shell, source: Path) -> None:
    shell("people", "create-one", "--emails", '{"primaryEmail": "ada@example.com"}', "--job-title", "Engineer")
    ran = shell("plan", "people.csv")
    assert ran.code == 0
    assert ran.json["plan"] == "people.plan.jsonl"
    assert ran.json["key"] == "emails.primaryEmail"
    assert ran.json["counts"] == {"create": 1, "change": 1, "delete": 0, "restore": 0, "skip": 0, "conflict": 0, "bad": 1}
    assert ran.json["samples"]["change"][0]["before"]["jobTitle"] == "Engineer"
    assert ran.json["columns"][0]["path"] == "emails.primaryEmail"
    assert "icosa apply people.plan.jsonl" in ran.err
    assert shell("people", "find-many").json["totalCount"] == 1


def test_a_person_sees_tables(shell: Shell, source: Path) -> None:
    ran = shell("plan", "people.csv", terminal=True)
    assert "Goes to" in ran.out
    assert "to create" in ran.out
    assert "is not an e-mail address" in ran.out


def test_a_plan_is_applied_and_what_is_left_is_said(shell: Shell, source: Path) -> None:
    shell("plan", "people.csv", "--out", "mine.jsonl")
    ran = shell("apply", "mine.jsonl")
    assert ran.code == 8
    assert (ran.json["created"], ran.json["bad"]) == (2, 1)
    assert Path(ran.json["bad_rows"]).read_text().splitlines()[1].startswith("nobody,No,Body")
    again = shell("apply", "mine.jsonl")
    assert "done before" in again.err
    assert again.json["bad_rows"] is None
    assert shell("people", "find-many").json["totalCount"] == 2


def test_contact_cards_are_people_whatever_their_file_is_called(shell: Shell, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada;;;\r\nEMAIL:ada@example.com\r\nEND:VCARD\r\n"
    (tmp_path / "export.vcf").write_text(card)
    (tmp_path / "export.csv").write_text("Email\nada@example.com\n")
    assert shell("import", str(tmp_path / "export.vcf"), "--yes").json["objects"]["people"]["created"] == 1
    refused = shell("import", str(tmp_path / "export.csv"), "--yes")
    assert (refused.code, "--to people" in refused.err) == (2, True)


def test_companies_and_people_are_counted_apart_and_together(shell: Shell, tmp_path: Path) -> None:
    rows = (["ada@example.com", "engines.example.com"], ["grace@example.com", "navy.example.com"], ["nobody", ""])
    write_csv(tmp_path / "people.csv", ["Email", "company.domainName"], *rows)
    planned = shell("plan", str(tmp_path / "people.csv"), "--create-links", "--out", str(tmp_path / "a.jsonl")).json
    assert planned["counts"]["create"] == 4
    assert {of: (each["create"], each["bad"]) for of, each in planned["objects"].items()} == {"companies": (2, 0), "people": (2, 1)}
    applied = shell("apply", str(tmp_path / "a.jsonl")).json
    assert applied["created"] == 4
    assert {of: (each["created"], each["bad"]) for of, each in applied["objects"].items()} == {"companies": (2, 0), "people": (2, 1)}
    undone = shell("undo", "last", "--yes").json
    assert {of: each["deleted"] for of, each in undone["objects"].items()} == {"people": 2, "companies": 2}
    shown = shell("plan", str(tmp_path / "people.csv"), "--create-links", "--out", str(tmp_path / "b.jsonl"), terminal=True).out
    assert re.search(r"2  Companies  to create\s+2  People +to create\s+1  People +bad rows", shown)


def test_bad_rows_are_told_by_reason_with_the_option_that_mends_them(shell: Shell, tmp_path: Path) -> None:
    rows = [[f"p{at}@example.com", "03/04/2024", "030 1234567"] for at in range(9)]
    rows += [["nobody", "", ""], ["p20@example.com", "gestern", ""], ["p21@example.com", "gestern", ""], ["p0@example.com", "", ""]]
    write_csv(tmp_path / "people.csv", ["Email", "Created at", "Phone"], *rows)
    arguments = ("plan", str(tmp_path / "people.csv"), "--out", str(tmp_path / "a.jsonl"))
    reasons = shell(*arguments).json["reasons"]
    assert [(each["column"], each["rows"], each["options"]) for each in reasons] == [
        ("Created at", 9, ["--date-order [dmy|mdy|ymd]", "--locale NAME"]),
        ("Created at", 2, ["--unknown gestern", "--map 'Created at='"]),
        ("Email", 1, []),
    ]
    assert reasons[0]["examples"] == [{"row": 2, "value": "03/04/2024"}]
    mended = shell(*arguments, "--date-order", "dmy", "--unknown", "gestern", "--region", "DE").json
    assert [(each["column"], each["rows"]) for each in mended["reasons"]] == [("", 1), ("Email", 1)]
    shown = shell(*arguments, terminal=True).out
    assert "--unknown gestern or --map 'Created at=' to leave it out" in shown
    assert 'row 2 "03/04/2024"' in shown


def test_a_dry_run_writes_nothing(shell: Shell, source: Path) -> None:
    ran = shell("import", "people.csv", "--dry-run")
    assert (ran.code, ran.json["counts"]["create"]) == (0, 2)
    shell("plan", "people.csv")
    assert shell("apply", "people.plan.jsonl", "--dry-run").code == 0
    assert shell("people", "find-many").json["totalCount"] == 0


def test_an_import_is_a_plan_and_its_run(shell: Shell, source: Path) -> None:
    ran = shell("import", "people.csv", "--bad", "left.csv", "--yes")
    assert ran.code == 8
    assert (ran.json["created"], ran.json["bad_rows"]) == (2, "left.csv")
    mended = Path("left.csv")
    mended.write_text(mended.read_text().replace("nobody", "nobody@example.com"))
    again = shell("import", "left.csv", "--to", "people", "--yes")
    assert (again.code, again.json["created"]) == (0, 1)
    assert shell("import", "people.csv", "--bad", "left.csv", "--yes").json["unchanged"] == 2


def test_which_resource_is_meant_is_asked_for(shell: Shell, source: Path, tmp_path: Path) -> None:
    source.rename(tmp_path / "persons-2026.csv")
    ran = shell("plan", "persons-2026.csv")
    assert ran.code == 2
    assert "--to people" in ran.err


def test_a_column_is_told_where_it_goes(shell: Shell, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "people.csv", ["Contact", "Note"], ["ada@example.com", "hello"])
    ran = shell("plan", str(path), "--map", "Contact=emails", "--map", "Note=", "--out", str(tmp_path / "a.jsonl"))
    assert [each["path"] for each in ran.json["columns"]] == ["emails", ""]
    assert ran.json["key"] == "emails.primaryEmail"
    assert shell("plan", str(path), "--map", "Contact").code == 2


def test_a_run_is_listed_and_put_back(shell: Shell, source: Path) -> None:
    assert shell("undo").json == []
    run = shell("import", "people.csv", "--yes").json["run"]
    (listed,) = shell("undo").json
    assert (listed["id"], listed["writes"], listed["undone"]) == (run, 2, None)
    dry = shell("undo", run[:12], "--dry-run")
    assert dry.json["counts"]["delete"] == 2
    assert shell("people", "find-many").json["totalCount"] == 2
    undone = shell("undo", "last", "--yes")
    assert (undone.code, undone.json["deleted"]) == (0, 2)
    assert shell("people", "find-many").json["totalCount"] == 0
    assert shell("undo").json[1]["undone"] == undone.json["run"]


def test_what_somebody_changed_since_is_left_unless_it_is_forced(shell: Shell, source: Path) -> None:
    run = shell("import", "people.csv", "--yes").json["run"]
    ada = shell("people", "find-many", "--filter", "emails.primaryEmail[eq]:ada@example.com").json["data"]["people"][0]
    shell("people", "update-one", ada["id"], "--job-title", "Queen")
    ran = shell("undo", run, "--yes")
    assert (ran.code, ran.json["deleted"], ran.json["conflicts"]) == (8, 1, 1)
    forced = shell("undo", run, "--force", "--yes")
    assert (forced.code, forced.json["deleted"]) == (0, 1)


def test_without_a_journal_there_is_nothing_to_put_back(shell: Shell, source: Path) -> None:
    assert shell("import", "people.csv", "--no-journal", "--yes").json["run"] is None
    assert shell("undo").json == []
    assert shell("undo", "last", "--yes").code == 5


def test_secrets_stand_in_no_plan_and_no_journal(shell: Shell, tmp_path: Path, home: Path) -> None:
    path = write_csv(tmp_path / "connectedAccounts.csv", ["handle", "accessToken"], ["ada", "not-to-be-seen"])
    ran = shell("import", str(path), "--key", "handle", "--yes")
    assert ran.code == 5
    assert "is a secret" in ran.err
    kept = [each.read_text() for each in home.rglob("*.jsonl")]
    assert not any("not-to-be-seen" in each for each in [*kept, ran.out, ran.err, json.dumps(shell("undo").json)])


def test_nothing_is_left_lying_about(shell: Shell, source: Path, home: Path) -> None:
    shell("import", "people.csv", "--dry-run")
    shell("import", "people.csv", "--no-journal", "--yes")
    assert [each for each in home.rglob("plans/*") if each.is_file()] == []


def test_a_plan_of_the_name_of_one_that_was_done_begins_anew_and_its_bad_rows_come_out(shell: Shell, source: Path) -> None:
    for _ in range(2):
        shell("plan", "people.csv")
        ran = shell("apply", "people.plan.jsonl")
        assert (ran.code, ran.json["created"], ran.json["bad"]) == (8, 2, 1)
        assert "done before" not in ran.err
        assert "nobody" in Path("people.bad.csv").read_text()
        Path("people.bad.csv").unlink()
        shell("undo", "last", "--yes")
    shell("plan", "people.csv")
    shell("apply", "people.plan.jsonl")
    assert "All of it was done before" in shell("apply", "people.plan.jsonl").err


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "on a terminal"])
def test_a_file_that_is_in_already_is_shown_as_that(shell: Shell, tmp_path: Path, *, terminal: bool) -> None:
    """A plan in which nothing is to be done has no steps to show."""
    people = tmp_path / "people.csv"
    people.write_text("Email,First name\nada@example.com,Ada\n", encoding="utf-8")
    asked = ("import", str(people), "--to", "people", "--key", "emails.primaryEmail")
    assert shell(*asked, "--yes").code == 0
    again = shell(*asked, "--dry-run", terminal=terminal)
    assert again.code == 0
    assert "Nothing was written" in again.err

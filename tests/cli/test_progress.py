"""How far something is, on a terminal: a bar that stands alone, and goes."""

from pathlib import Path

import pytest

from icosa.surfaces.cli.progress import progress
from tests.cli.conftest import Shell
from tests.cli.terminal import on_terminal, screen, session

BAR = "━"
SAYS = """
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.terminal import remark

remark("before")
with progress() as told:
    told("people", 1, 2)
    remark("meanwhile")
    told("people", 2, 2)
remark("after")
"""


@pytest.fixture
def people(home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text("Email,First name,company.domainName\nada@example.com,Ada,engines.example.com\n")
    return file


def test_a_bar_shares_its_line_with_nothing_and_goes(people: Path, tmp_path: Path) -> None:
    arguments = ["import", str(people), "--key", "emails.primaryEmail", "--create-links", "--yes"]
    shown = on_terminal(["-m", "icosa", *arguments, "--database", f"sqlite:///{tmp_path}/crm.db"])
    lines = screen(shown)
    assert BAR in shown
    assert not any(BAR in line for line in lines)
    assert lines[0] == "encoding: UTF-8: all of it can be read so"
    assert any(line.startswith("To put all of it back") for line in lines)


def test_what_is_said_meanwhile_stands_above_the_bar(home: Path) -> None:
    lines = screen(on_terminal(["-c", SAYS]))
    assert lines == ["before", "meanwhile", "after", ""]


def test_a_bar_begins_with_the_number_there_is_and_a_path_stays_whole(people: Path, tmp_path: Path) -> None:
    arguments = ["plan", str(people), "--key", "emails.primaryEmail", "--out", str(tmp_path / "people.plan")]
    shown = on_terminal(["-m", "icosa", *arguments, "--database", f"sqlite:///{tmp_path}/crm.db"])
    assert "/100" not in shown
    assert "company.domainName.primaryLinkUrl" in shown


def _import(people: Path, *more: str) -> list[str]:
    database = f"sqlite:///{people.parent}/crm.db"
    return ["-m", "icosa", "import", str(people), "--key", "emails.primaryEmail", "--create-links", "--database", database, *more]


@pytest.mark.parametrize(("typed", "code"), [("YES\n", 0), ("\n", 0), ("\x04", 0), ("\x03", 130), ("perhaps\ny\n", 0)])
def test_a_question_stands_alone_below_the_plan_and_takes_an_answer(people: Path, typed: str, code: int) -> None:
    seen = session(_import(people), types=typed)
    lines = screen(seen.shown)
    assert seen.code == code
    assert BAR in seen.shown
    assert not any(BAR in line for line in lines)
    asked = [line for line in lines if "[y/N]" in line]
    assert asked[0].startswith("Write to /")
    assert ("Answer y or n." in seen.shown) == ("perhaps" in typed)
    written = typed.strip().lower().endswith(("y", "yes"))
    assert any("created" in line for line in lines) == written
    assert any("Nothing was written." in line for line in lines) == (not written and code == 0)


def test_whoever_keeps_the_answer_in_a_file_is_asked_all_the_same(people: Path) -> None:
    seen = session(_import(people), types="y\n", streams=["stderr"])
    assert "Companies: 1 to create; People: 1 to create\nWrite to" in "\n".join(screen(seen.shown))
    assert BAR in seen.shown
    assert '"created": 2' in seen.elsewhere


def test_whoever_keeps_the_complaints_in_a_file_sees_how_far_it_is(people: Path) -> None:
    seen = session(_import(people), types="y\n", streams=["stdout"])
    assert BAR in seen.shown
    assert not any(BAR in line for line in screen(seen.shown))
    assert "encoding: UTF-8" in seen.elsewhere
    assert BAR not in seen.elsewhere


def test_where_nobody_can_be_asked_the_command_is_told_that_asks_nothing(shell: Shell, people: Path) -> None:
    name = people.with_name("my people.csv")
    people.rename(name)
    arguments = ["import", str(name), "--to", "people", "--create-links"]
    ran = shell(*arguments)
    assert ran.code == 2
    error, hint = ran.err.splitlines()
    assert error.startswith("error: nobody can be asked here")
    assert hint == f"hint: icosa import '{name}' --to people --create-links --yes"
    assert shell(*arguments, "--yes").code == 0
    assert "icosa undo last --yes" in shell("undo", "last").err
    assert shell("people", "find-many").json["totalCount"] == 1


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}])
def test_a_terminal_that_cannot_draw_gets_no_bar_and_one_without_colours_gets_none(people: Path, variables: dict[str, str]) -> None:
    seen = session(_import(people, "--yes"), variables=variables)
    assert (BAR in seen.shown) == (variables["TERM"] != "dumb")
    assert "\x1b[38" not in seen.shown
    assert "\x1b[3" not in seen.shown.replace("\x1b[3m", "")
    assert any("To put all of it back" in line for line in screen(seen.shown))


def test_data_on_a_terminal_have_no_bar_among_them(people: Path) -> None:
    session(_import(people, "--yes"))
    database = f"sqlite:///{people.parent}/crm.db"
    for command in (["export", "people"], ["changed", "people", "--json"]):
        assert BAR not in session(["-m", "icosa", *command, "--database", database]).shown
        seen = session(["-m", "icosa", *command, "--database", database], streams=["stderr"])
        assert BAR in seen.shown
        assert "ada@example.com" in seen.elsewhere


def test_without_a_terminal_there_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter([0.0, 3.0, 11.0, 11.0, 12.0, 60.0, 60.0])
    with progress(clock=lambda: next(now)) as report:
        for done in (100, 1200, 1300, 3000):
            report("Planning", done, 3000)
    assert capsys.readouterr() == ("", "Planning: 1,200 of 3,000 (40%)\nPlanning: 3,000 of 3,000 (100%)\n")

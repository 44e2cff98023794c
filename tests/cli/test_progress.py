"""How far something is, on a terminal: a bar that stands alone, and goes."""

from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal, screen

BAR = "━"
SAYS = """
from icosa.surfaces.cli.moved import progress
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

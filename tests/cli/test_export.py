"""`icosa export` on a terminal: what it says of the file, and what no terminal shows."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell


@pytest.mark.parametrize("format_", ["xlsx", "parquet"])
def test_what_no_terminal_shows_needs_a_file(shell: Shell, format_: str) -> None:
    ran = shell("export", "people", "--format", format_, terminal=True)
    assert ran.code == 2
    assert f"{format_} is nothing that a terminal shows; name a file with --out" in ran.err


def test_a_person_is_told_what_went_into_the_file_and_a_program_gets_it_as_data(shell: Shell, tmp_path: Path) -> None:
    assert shell("people", "create-one", "--city", "Turin").code == 0
    out = tmp_path / "people.csv"
    ran = shell("export", "people", "--columns", "id,city", "--out", str(out), terminal=True)
    assert ran.code == 0
    assert f"1 People, 2 columns: {out}" in ran.err
    told = json.loads(shell("export", "people", "--columns", "id,city", "--out", str(out), "--force").out)
    assert (told["out"], told["records"], told["columns"]) == (str(out), 1, ["id", "city"])

"""The bars of `make coverage` hold: a file below its own is named with its lines, and so are all files together."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.covered import EACH, ROOT, TOTAL, Measured, findings, main, measured


def test_a_file_below_its_bar_is_named_with_the_lines_that_are_not_reached() -> None:
    good, bad = Measured("good.py", 990, 1000), Measured("bad.py", 8, 10, "3-4, 7->9")
    assert list(findings([good, bad])) == [f"bad.py: 80.0 % is reached, of {EACH:.0f}; not these lines: 3-4, 7->9"]


def test_all_files_together_have_a_higher_bar() -> None:
    assert EACH < TOTAL
    assert list(findings([Measured("fair.py", 950, 1000)])) == [f"all files: 95.0 % is reached, of {TOTAL:.0f}"]


def test_a_file_of_no_statement_is_all_reached() -> None:
    assert list(findings([Measured("__init__.py", 0, 0)])) == []


def test_where_nothing_was_measured_it_does_not_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path / "none") == 2
    assert "make coverage" in capsys.readouterr().err


def test_what_was_measured_is_read_with_files_that_nothing_reached(tmp_path: Path) -> None:
    data = Coverage(data_file=str(tmp_path / "data"), config_file=False).get_data()
    source = Path(__file__).parents[2] / "src" / "icosa"
    data.add_arcs({str(source / "extras.py"): [(-1, 3), (3, 4), (4, 5)]})
    data.touch_file(str(source / "errors.py"))
    data.write()
    files = {each.name: each for each in measured(tmp_path / "data")}
    assert 0 < files["src/icosa/extras.py"].reached < files["src/icosa/extras.py"].possible
    assert files["src/icosa/errors.py"].reached == 0
    assert main(tmp_path / "data") == 1


def test_processes_are_measured_as_the_run_that_starts_them() -> None:
    run, process = (
        tomllib.loads((ROOT / name).read_text("utf-8"))["tool"]["coverage"] for name in ("pyproject.toml", "tests/processes.toml")
    )
    assert process["run"].pop("include") == [f"*/{each}/*" for each in dict.fromkeys(_elsewhere(run))]
    wanted = {name: value for name, value in run["run"].items() if name not in ("source_pkgs", "data_file")}
    assert process["run"] == wanted | {"patch": [each for each in wanted["patch"] if each != "subprocess"]}


def _elsewhere(run: dict[str, Any]) -> list[str]:
    """Where the files of Icosa lie, and their copies."""
    return [each.removeprefix("*/") for each in run["paths"]["source"]]

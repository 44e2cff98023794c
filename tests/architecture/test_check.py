"""`make check` says all that is found, whichever of its three tools finds something first; `make coverage` too."""

import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {"check": "ruff check", "format": "ruff format --check", "mypy": "mypy"}
"""What each tool is known by in this test, and how `make check` names it."""


def checkout(folder: Path, failing: tuple[str, ...]) -> Path:
    """A folder with our Makefile, everything installed, and tools that find something or do not."""
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for name in (
        "requirements.lock",
        "requirements.levels",
        "pyproject.toml",
        *(f".venv/.{each}" for each in ("python", "demo", "test", "check")),
    ):
        (folder / name).touch()
    for tool, which in (("ruff", '"$1"'), ("mypy", "mypy")):
        script = f'#!/bin/sh\necho seen by {which}\ncase \' {" ".join(failing)} \' in *" "{which}" "*) exit 1;; esac\n'
        (binaries / tool).write_text(script)
        (binaries / tool).chmod(0o755)
    return folder


@pytest.mark.skipif(not shutil.which("make"), reason="make is not there")
@pytest.mark.parametrize("failing", [each for count in range(4) for each in itertools.combinations(TOOLS, count)], ids=" ".join)
def test_all_three_are_run_and_what_failed_is_named(failing: tuple[str, ...], tmp_path: Path) -> None:
    run = subprocess.run(["make", "check"], cwd=checkout(tmp_path, failing), capture_output=True, text=True, check=False)
    assert [line for line in run.stdout.splitlines() if line.startswith("seen")] == [f"seen by {each}" for each in TOOLS]
    assert (run.returncode != 0) == bool(failing)
    named = ", ".join(TOOLS[each] for each in failing)
    assert (f"make check: something was found by {named}\n" in run.stderr) == bool(failing)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not there")
@pytest.mark.parametrize("failing", [(), ("run",), ("tests.covered",), ("run", "tests.covered")], ids=" ".join)
def test_what_tests_reach_is_looked_at_also_where_one_fails(failing: tuple[str, ...], tmp_path: Path) -> None:
    folder = checkout(tmp_path, ())
    for tool in ("coverage", "python"):
        named = 'case "$1" in -m) of=$2;; *) of=$1;; esac\necho seen $of'
        script = f"#!/bin/sh\n{named}\ncase ' {' '.join(failing)} ' in *\" $of \"*) exit 1;; esac\n"
        (folder / ".venv" / "bin" / tool).write_text(script)
        (folder / ".venv" / "bin" / tool).chmod(0o755)
    run = subprocess.run(["make", "coverage"], cwd=folder, capture_output=True, text=True, check=False)
    assert [line for line in run.stdout.splitlines() if line.startswith("seen")] == ["seen run", "seen tests.covered"]
    named = ", ".join({"run": "a test", "tests.covered": "what tests reach"}[each] for each in failing)
    assert run.returncode == (2 if failing else 0)
    assert (f"make coverage: what failed is {named}\n" in run.stderr) == bool(failing)

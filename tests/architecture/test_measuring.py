"""What a run of tests measured is there whenever its processes end, and where it is not nobody takes the rest for all of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from coverage import Coverage
from coverage.exceptions import CoverageException

from tests import unmeasured
from tests.covered import ROOT, gathered

KILL = "os.kill(os.getpid(), signal.SIGKILL)"
MEASURED = ROOT / "src" / "icosa" / "extras.py"


def ran(folder: Path, test: str, conftest: str = "") -> Path:
    """Where a measured run of one test, by one process of pytest-xdist's, wrote down what it measured."""
    (folder / "build").mkdir()
    (folder / "pytest.ini").touch()
    (folder / "conftest.py").write_text(f"import os, signal\n{conftest}")
    (folder / "test_one.py").write_text(f"import os, signal\ndef test_one():\n    import icosa.extras\n    {test}\n")
    data, settings = folder / "build" / "data", str(ROOT / "tests" / "processes.toml")
    measuring = {
        "COVERAGE_FILE": str(data),
        "COVERAGE_PROCESS_START": settings,
        "COVERAGE_CORE": "ctrace",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    options = ("-n", "1", "--max-worker-restart", "0", "-p", "tests.measuring", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "coverage", "run", "--rcfile", settings, "-m", "pytest", *options]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120, env=unmeasured.environment() | measuring
    )
    assert ("1 passed" in done.stdout) == (test == "pass"), done.stdout + done.stderr
    return data


def test_it_is_there_also_where_who_ran_the_tests_is_killed_as_soon_as_they_are_done(tmp_path: Path) -> None:
    data = ran(tmp_path, "pass", f"def pytest_unconfigure(config):\n    if hasattr(config, 'workerinput'):\n        {KILL}\n")
    gathered(data)
    coverage = Coverage(data_file=str(data), config_file=False)
    coverage.load()
    assert coverage.get_data().lines(str(MEASURED))
    assert [each.name for each in data.parent.iterdir()] == ["data"]


def test_where_it_is_missing_the_process_is_named(tmp_path: Path) -> None:
    data = ran(tmp_path, KILL)
    with pytest.raises(CoverageException, match=r"what gw0 measured is missing; run `make coverage` again"):
        gathered(data)


def test_so_is_one_whose_measuring_stopped_on_the_way(tmp_path: Path) -> None:
    data = ran(tmp_path, "pass", "import sys\ndef pytest_runtest_teardown():\n    sys.settrace(None)\n")
    with pytest.raises(CoverageException, match="what gw0, whose measuring stopped before its end, measured is missing"):
        gathered(data)


def test_a_file_that_is_none_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "written.data.1").write_text("gw1")
    (tmp_path / "data.1").write_bytes(b"half of a")
    with pytest.raises(CoverageException, match="what gw1 measured is missing"):
        gathered(tmp_path / "data")

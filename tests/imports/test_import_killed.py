"""An importer that is killed in the middle, on a real server: run again, it goes on, and nothing is there twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa
from icosa.client.blocking import Client
from icosa.journal.reading import runs
from icosa.plans.undo import undo
from tests.imports.importers import each_once, held, write_people
from tests.imports.killed import SEAMS
from tests.serving import Server, serving

EMBEDDED = ("never", "before the journal has the records")
"""What happens in a workspace in the same process alone, or not at all."""

KILLED = Path(__file__).with_name("killed.py")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def remote(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The server, empty again after each test."""
    monkeypatch.setenv("ICOSA_URL", server.url)
    monkeypatch.setenv("ICOSA_TOKEN", server.token)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(ROOT / "src"))))
    with icosa.connect() as crm:
        yield crm
        for resource in ("people", "companies"):
            for each in crm[resource].iterate(depth=0):
                crm[resource].delete_one(each["id"], permanent=True)


def imports(source: Path, *seam: str) -> "subprocess.CompletedProcess[str]":
    program = [str(KILLED), *seam] if seam else ["-m", "icosa"]
    command = [sys.executable, *program, "import", str(source), "--key", "emails.primaryEmail", "--create-links", "--yes"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(("seam", "number"), [(seam, 2) for seam in SEAMS if seam not in EMBEDDED])
def test_it_goes_on_where_it_was_killed(remote: Client, tmp_path: Path, seam: str, number: int) -> None:
    source = write_people(tmp_path / "people.csv", 200)
    before = held(remote, "people", "companies")
    assert imports(source, seam, str(number)).returncode == -signal.SIGKILL
    again = imports(source)
    assert again.returncode == 0, again.stderr
    each_once(remote, 200)
    for run in runs():  # what was killed and what went on is one run, unless it was killed before it wrote
        undo(remote, run.id)
    assert held(remote, "people", "companies") == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_it_is_killed_again_and_again(remote: Client, tmp_path: Path, seed: int) -> None:
    source = write_people(tmp_path / "people.csv", 3000, companies=600)
    seams = sorted(set(SEAMS) - {"planning", *EMBEDDED})
    for at in range(5):
        imports(source, seams[(at + seed) % len(seams)], str(3 + 2 * at))
    assert imports(source).returncode == 0
    each_once(remote, 3000, companies=600)


def test_what_was_killed_and_never_run_again_can_be_undone(remote: Client, tmp_path: Path) -> None:
    assert imports(write_people(tmp_path / "people.csv", 200), "before the journal has the answer", "3").returncode == -signal.SIGKILL
    assert held(remote, "people")
    (run,) = runs()
    undo(remote, run.id)
    assert held(remote, "people", "companies") == {}


def test_ctrl_c_says_what_was_done_and_what_was_not(remote: Client, tmp_path: Path) -> None:
    source = write_people(tmp_path / "people.csv", 200)
    program = (
        "import os, signal, sys\n"
        "from icosa.plans.checkpoint import Checkpoint\n"
        "from icosa.surfaces.cli.main import run\n"
        "add, seen = Checkpoint.add, []\n"
        "def heard(*given):\n"
        "    add(*given)\n"
        "    seen.append(given)\n"
        "    if len(seen) == 2:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "Checkpoint.add = heard\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", program, "import", str(source), "--create-links", "--yes"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 130, ended.stderr
    assert "of 205 steps are done" in ended.stderr
    assert "Run the same command again" in ended.stderr
    again = imports(source)  # with a key that the first run found by itself: another import, whose rows are found by it
    assert again.returncode == 0, again.stderr
    each_once(remote, 200)


def test_two_importers_of_one_file_do_it_once(remote: Client, tmp_path: Path) -> None:
    source = write_people(tmp_path / "people.csv", 300)
    command = [sys.executable, "-m", "icosa", "import", str(source), "--create-links", "--yes"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [(each.communicate(timeout=120), each.returncode) for each in both]
    codes = sorted(code for _, code in ended)
    assert codes in ([0, 0], [0, 5]), ended
    each_once(remote, 300)

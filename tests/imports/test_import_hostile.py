"""`icosa import` over a bad line to a bad server, killed on the way: every record is there exactly once.

`tests/testing/test_import_under_faults.py` does the same from Python, and with twenty thousand people."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from icosa.surfaces.testing.rules import CutAnswer, LostAnswer, RateLimited, ServerError, Slow
from icosa.surfaces.testing.server import server
from tests.imports.importers import each_once, write_people
from tests.imports.test_import_killed import KILLED, ROOT

SHARE = 0.2
SEAMS = ("before it is sent", "before the journal has the answer", "before the checkpoint has it", "after the checkpoint has it")


def imported(folder: Path, people: int, companies: int, seed: int, killed_at: int | None) -> None:
    rules = [
        RateLimited(share=SHARE, retry_after=0),
        ServerError(503, share=SHARE),
        ServerError(502, when="after", share=SHARE),
        LostAnswer(share=SHARE),
        CutAnswer(share=SHARE),
        Slow(0.001, share=SHARE),
    ]
    source = write_people(folder / "people.csv", people, companies=companies)
    with server() as served:
        served.faults.seed = seed
        served.faults.use(*rules)
        path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
        environment = {**os.environ, **served.environment, "PYTHONPATH": path}

        def imports(seam: str, number: int) -> "subprocess.CompletedProcess[str]":
            command = [sys.executable, str(KILLED), seam, str(number), "import", str(source), "--create-links", "--yes"]
            return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=1200)

        if killed_at is not None:
            assert imports(SEAMS[seed % len(SEAMS)], killed_at).returncode == -signal.SIGKILL
        ended = imports("never", 1)
        assert ended.returncode == 0, ended.stderr
        assert len(served.faults.log) > people / 60
        each_once(served.faultless, people, companies)


@pytest.mark.parametrize(("seed", "killed_at"), [(1, None), (2, 2)])
def test_every_record_is_there_once(home: Path, tmp_path: Path, seed: int, killed_at: int | None) -> None:
    imported(tmp_path, 240, 40, seed, killed_at)

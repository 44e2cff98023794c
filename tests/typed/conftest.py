"""One run of a strict type checker over everything that these tests ask it about."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from icosa.stubs import module, stub
from tests import unmeasured
from tests.docs.pages import ROOT, blocks
from tests.typed.mistakes import RIGHT, with_mistakes
from tests.typed.workspace_of_its_own import ABOUT, ADDRESS, CATALOGUE

SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "types.md"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Checked:
    """What the checker says: for each file, the errors by line."""

    errors: dict[str, list[tuple[int, str]]]
    folder: Path


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("typed")
    files = {
        "right.py": RIGHT.read_text("utf-8"),
        "wrong.py": with_mistakes(),
        "page.py": blocks(PAGE, "py")[0].text,
        "own.py": (HERE / "own_objects.py").read_text("utf-8"),
        "my_crm.py": module(CATALOGUE, ABOUT, ADDRESS),
        "my_crm.pyi": stub(CATALOGUE, ABOUT),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        os.devnull,
        "--cache-dir",
        str(folder / "cache"),
        "--no-error-summary",
    ]
    asked = [*command, "right.py", "wrong.py", "page.py", "own.py", "my_crm.pyi"]
    run = subprocess.run(
        asked, cwd=folder, env={**unmeasured.environment(), "MYPYPATH": str(SOURCE)}, capture_output=True, text=True, check=False
    )
    assert "No module named" not in run.stderr, run.stderr  # which ends with 1, too
    assert run.returncode in (0, 1), run.stdout + run.stderr
    errors: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in run.stdout.splitlines():
        found = re.match(r"(.+?):(\d+): error: (.*)", line)
        if found:
            errors[found[1]].append((int(found[2]), found[3]))
    return Checked(dict(errors), folder)

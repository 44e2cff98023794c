"""The script of the documentation, tested with the tests of the documentation."""

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs/testing.md"


def test_the_script_and_its_tests_are_as_they_stand_in_the_documentation(tmp_path: Path) -> None:
    files = {block.text.splitlines()[0].removeprefix("# "): block.text for block in blocks(PAGE, "py")}
    assert set(files) == {"sync_people.py", "test_sync_people.py"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "ICOSA_", "TWENTY_"))}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "HOME": str(tmp_path)}
    environment |= {f"XDG_{each}_HOME": str(tmp_path / each) for each in ("CACHE", "CONFIG", "DATA", "STATE")}
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "icosa.surfaces.testing.plugin", "-p", "no:cacheprovider"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False, timeout=120)
    assert "7 passed" in run.stdout, run.stdout + run.stderr

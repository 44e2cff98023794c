"""Starting costs next to nothing: what a command does not need is not loaded.  No clock is asked; the
interpreter is, about what it has loaded."""

import re
import subprocess
import sys
from functools import cache
from importlib.metadata import requires

import pytest

from tests import unmeasured

HEAVY = {
    "a server": {"httptools", "uvloop", "asyncio", "http.server"},
    "a database": {"apsw", "sqlite3", "icosa.workspace"},
    "an HTTP client": {"httpx2", "http.client", "urllib.request"},
    "ciphers": {"cryptography", "ssl", "keyring"},
    "phone numbers": {"phonenumbers"},
    "tables and colours": {"rich"},
    "pages": {"starlette", "jinja2", "markupsafe", "anyio", "icosa.surfaces.console"},
    "types": {"icosa.standard", "icosa.stubs"},
}

PROGRAM = """
import sys
{start}
sys.stdout.flush()
print("\\n".join(sys.modules), file=sys.stderr)
"""

SHELL = """
from icosa.surfaces.cli.main import main
sys.argv = ["icosa", *{arguments!r}]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""


@cache
def loaded(start: str) -> set[str]:
    command = [sys.executable, "-c", PROGRAM.format(start=start)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=unmeasured.environment())
    assert run.returncode == 0, run.stderr
    return set(run.stderr.split())


@pytest.mark.parametrize("what", HEAVY)
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["companies", "--help"], ["actions", "--json"]], ids=" ".join)
def test_a_command_that_only_tells_does_not_load(arguments: list[str], what: str) -> None:
    assert loaded(SHELL.format(arguments=arguments)) & HEAVY[what] == set()


@pytest.mark.parametrize("what", HEAVY)
def test_import_icosa_does_not_load(what: str) -> None:
    assert loaded("import icosa; icosa.connect") & HEAVY[what] == set()


def test_whoever_installs_icosa_alone_installs_nothing_of_pages() -> None:
    alone = {re.split(r"[^\w-]", each)[0].lower() for each in requires("icosa") or () if "extra ==" not in each}
    assert alone & {"starlette", "jinja2", "markupsafe", "python-multipart"} == set()
    assert "click" in alone

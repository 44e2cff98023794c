"""Starting costs next to nothing: what a command does not need is not loaded.  No clock is asked; the
interpreter is, about what it has loaded."""

import re
import subprocess
import sys
import urllib.request
from functools import cache
from importlib.metadata import requires

import pytest

from tests import unmeasured
from tests.serving import free_port

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

UNREAD = {
    "an event loop": {"asyncio", "concurrent.futures", "ssl", "socket"},
    "what writes": {
        "icosa.workspace.store.sqlite.writer",
        "icosa.workspace.performing",
        "icosa.workspace.rules",
        "icosa.workspace.store.writes",
        "icosa.workspace.store.write",
        "icosa.workspace.store.write_plan",
        "icosa.workspace.planning.writes",
        "icosa.client.writes",
        "icosa.client.sending.settling",
        "icosa.journal.write",
    },
    "what groups records": {"icosa.workspace.store.grouping", "icosa.workspace.planning.grouping", "icosa.wire.language.group_by"},
    "what makes tables": {"icosa.workspace.store.sqlite.tables", "icosa.workspace.store.sqlite.ddl"},
    "what asks a server": {"icosa.client.transport.http", "icosa.client.sending.pace", "icosa.client.sending.rate"},
    "methods, and pages after the first": {"icosa.client.resource", "icosa.client.operations", "icosa.client.cursors", "icosa.client.walk"},
    "what a person is shown": {"icosa.surfaces.cli.columns", "icosa.surfaces.cli.all_pages", "icosa.surfaces.cli.last_page"},
    "metadata, agents and documents": {"icosa.workspace.metadata.answering", "icosa.workspace.agents", "icosa.wire.openapi.document"},
    "filters": {"icosa.wire.language.filter", "icosa.call.where"},
    "another version": {
        "icosa.wire.version_2_19",
        "icosa.wire.language.typed",
        "icosa.wire.language.unescaped",
        "icosa.catalogue.standard_2_19",
        "icosa.catalogue.field_types.generation_2",
    },
    "what reads the document of a server": {"icosa.wire.openapi.reading.objects", "icosa.wire.openapi.reading.offered"},
    "a journal": {"icosa.journal.recording", "icosa.journal.journal_file"},
    "other forms of a call": {"icosa.forms.reading", "icosa.forms.writing", "icosa.forms.shell", "icosa.imports"},
    "e-mail": {"email"},
    "what logs": {"logging", "traceback"},
    "OpenSSL": {"hashlib", "hmac", "secrets"},
    "compression and random texts": {"platformdirs", "tempfile", "shutil", "bz2"} if sys.platform == "linux" else set(),
    "what names a wrong word nearly is": {"difflib"},
    **{what: HEAVY[what] for what in ("an HTTP client", "ciphers", "phone numbers", "tables and colours", "pages", "types")},
}
"""What a page of records of a workspace in this process is had without."""

UNSERVED = {
    "what only some servers have": {
        "icosa.workspace.http.access_log",
        "icosa.workspace.http.metrics",
        "icosa.workspace.http.tls",
        "icosa.workspace.http.workers",
        "icosa.workspace.rate_limit",
    },
    "letters of all alphabets": {"stringprep", "encodings.idna"},
    **{what: UNREAD[what] for what in ("what makes tables", "what groups records", "another version", "what asks a server", "e-mail")},
    **{what: UNREAD[what] for what in ("metadata, agents and documents", "what names a wrong word nearly is", "an HTTP client")},
    "pages": UNREAD["pages"] - {"icosa.surfaces.console"},
}
"""What a server has answered for the first time without."""

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


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    database = str(tmp_path_factory.mktemp("read") / "crm.db")
    command = SHELL.format(arguments=["people", "find-many", "--limit", "5", "--json", "--database", database])
    loaded(command + "# once, so that there is a workspace")
    loaded(command + "# and once, so that it is known what it is")
    return loaded(command)


@pytest.mark.parametrize("what", UNREAD)
def test_a_page_of_a_workspace_in_this_process_is_had_without(read: set[str], what: str) -> None:
    assert "icosa.workspace.workspace" in read
    assert read & UNREAD[what] == set()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("served")
    database, port, told = str(folder / "crm.db"), free_port(), folder / "loaded"
    loaded(SHELL.format(arguments=["people", "find-many", "--database", database]))
    command = [sys.executable, "-X", "importtime", "-m", "icosa", "serve", "--database", database, "--port", str(port)]
    with told.open("w") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=_plain()) as server:
        try:
            assert server.stdout is not None
            assert b"listens" in server.stdout.readline(), told.read_text()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                assert answer.status == 200
        finally:
            server.kill()  # so that nothing is loaded to stop
    return {each.rpartition("|")[2].strip() for each in told.read_text().splitlines() if each.startswith("import time:")}


def _plain() -> dict[str, str]:
    """The environment of a server whose words are not held back."""
    return {**unmeasured.environment(), "PYTHONUNBUFFERED": "1"}


@pytest.mark.parametrize("what", UNSERVED)
def test_a_server_has_answered_without(served: set[str], what: str) -> None:
    assert "icosa.workspace.workspace" in served
    assert served & UNSERVED[what] == set()


@pytest.mark.parametrize("what", HEAVY)
def test_import_icosa_does_not_load(what: str) -> None:
    assert loaded("import icosa; icosa.connect") & HEAVY[what] == set()


def test_whoever_installs_icosa_alone_installs_nothing_of_pages() -> None:
    alone = {re.split(r"[^\w-]", each)[0].lower() for each in requires("icosa") or () if "extra ==" not in each}
    assert alone & {"starlette", "jinja2", "markupsafe", "python-multipart"} == set()
    assert "click" in alone

"""The address of a database may hold a password: whatever is shown of a workspace, that is not."""

from pathlib import Path
from urllib.parse import quote

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from tests.cli.conftest import Shell
from tests.postgres import PASSWORD, Cluster

COMMANDS = """
status
people find-many --dry-run
--verbose people find-many
import people.csv --to people --key emails.primaryEmail --dry-run
plan people.csv --to people --key emails.primaryEmail
apply people.plan.jsonl --dry-run
apply people.plan.jsonl --database other.db
apply people.plan.jsonl
import people.csv --to people --key emails.primaryEmail --yes
runs
undo last --dry-run
undo last --yes
doctor
pull {address} --into pulled.db --dry-run
pull {address} --into pulled.db
pull sqlite:///other.db --into pulled.db
push pulled.db --to https://crm.example.com
push pulled.db --dry-run
diff {address} pulled.db
diff pulled.db {address}
people find-many --database {address}x
"""


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "on a terminal"])
def test_no_command_shows_it(shell: Shell, postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("Email,First name\nada@example.com,Ada\n", encoding="utf-8")
    address = postgres.url(postgres.workspace(STANDARD))
    monkeypatch.setenv("ICOSA_DATABASE", address)
    for line in COMMANDS.strip().splitlines():
        ran = shell(*(word.format(address=address) for word in line.split()), terminal=terminal)
        said = ran.out + ran.err
        assert PASSWORD not in said, line
        assert quote(PASSWORD, safe="") not in said, line
        assert ran.code in (0, 1, 5), (line, said)


def test_a_client_prints_without_it(postgres: Cluster) -> None:
    with icosa.connect(postgres.url(postgres.workspace(STANDARD))) as crm:
        assert repr(crm).startswith("<Client of postgresql://127.0.0.1")

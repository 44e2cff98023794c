"""`icosa serve` and `icosa demo`, as processes."""

import json
import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import free_port, icosa


def test_it_tells_where_it_listens_and_stops_cleanly(home: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "icosa", "serve", "--database", f"sqlite:///{tmp_path}/deep/er/crm.db", "--port", str(port)]
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 60)
    assert ready
    assert process.stdout.readline() == f"Icosa listens on http://127.0.0.1:{port}\n"
    assert (tmp_path / "deep/er/crm.db").is_file()
    process.terminate()
    assert process.wait(60) == 0
    process.stdout.close()
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--database", "mysql://crm"], 5),
        (["--database", "sqlite:///:memory:"], 5),
        (["--port", "0"], 2),
        (["--port", "http"], 2),
        (["--rate-limit", "many"], 2),
        (["--api", "1.1"], 2),
    ],
    ids=["another database", "memory", "port 0", "a port that is none", "a rate that is none", "a version that is none"],
)
def test_what_is_wrong_is_told_before_it_serves(home: Path, arguments: list[str], code: int) -> None:
    ran = icosa("serve", *arguments, check=False)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert ran.stderr.startswith("error: ")


def test_the_demo_runs_twice_and_leaves_a_command_that_works(home: Path, tmp_path: Path) -> None:
    database = f"{tmp_path}/demo.db"
    first = icosa("demo", "--database", database).stdout
    second = icosa("demo", "--database", database).stdout
    assert re.sub(r"\d", "0", first) == re.sub(r"\d", "0", second)
    page = json.loads(icosa("companies", "find-many", "--limit", "1", environment={"ICOSA_DATABASE": database}).stdout)
    assert page["totalCount"] > 5


def test_the_users_own_workspace_is_made_where_data_belongs(home: Path) -> None:
    icosa("companies", "create-one", "--name", "Acme")
    (database,) = home.rglob("*.db")
    assert database.is_relative_to(home / "data")
    assert os.stat(database).st_mode & 0o077 == 0

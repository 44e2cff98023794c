"""Several workers where something fails: the one that watches over them says so in a sentence, and leaves none behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from icosa.surfaces.cli.main import run
from tests.serving import free_port, icosa

PROGRAM = """
import os, signal, socket, sys
from icosa.errors import IcosaError, InvalidInput
from icosa.workspace.http import workers

parent = os.getpid()

def opened(): return ""
def listen(): pass
def listening(greeting): print("listens", flush=True)
def stopped(*_): os.kill(parent, signal.SIGTERM)
{program}
try:
    workers.serve_many([socket.socket()], opened, listen, serve, listening)
except IcosaError as error:
    sys.exit(f"raised {{type(error).__name__}}: {{error}}")
print("ended")
"""


def ran(program: str) -> "subprocess.CompletedProcess[str]":
    """What became of a server of one worker that does as `serve` of this program."""
    command = [sys.executable, "-c", PROGRAM.format(program=program)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_worker_that_cannot_serve_says_why_and_another_takes_its_place() -> None:
    found = ran("""
def serve(at, of):
    if b"again" in os.read(reading, 5):
        stopped()
        signal.pause()
    os.write(writing, b"again")
    raise InvalidInput("the disk is full")
reading, writing = os.pipe()
os.write(writing, b"first")
""")
    assert found.returncode == 0, found.stderr
    assert found.stdout == "listens\nended\n"
    assert found.stderr == "error: the disk is full\n"


def test_a_worker_that_does_not_end_is_killed_and_that_is_said() -> None:
    found = ran("""
workers.STOP_SECONDS = 0.2
def serve(at, of):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    stopped()
    while True:
        signal.pause()
""")
    assert "raised ServerBroken: a worker did not end in time and was killed; what it had acknowledged is kept" in found.stderr
    # It has ended: what is read here is read until nobody can write any more.


def test_where_the_process_that_opens_the_database_dies_nobody_serves() -> None:
    found = ran("""
def opened(): os.kill(os.getpid(), signal.SIGKILL)
def serve(at, of): print("serves")
""")
    assert "raised ServerBroken: the process that opened the database ended before it was done" in found.stderr
    assert found.stdout == ""


def test_a_database_that_cannot_be_opened_is_refused_in_the_same_sentence_as_with_one_worker(tmp_path: Path) -> None:
    file = tmp_path / "crm.db"
    file.write_text("no database " * 500)
    options = "serve", "--database", str(file), "--port", str(free_port()), "--workers"
    one, several = (icosa(*options, each, check=False) for each in ("1", "2"))
    assert one.returncode == several.returncode != 0
    assert one.stderr == several.stderr
    assert str(file) in one.stderr


def test_a_system_whose_processes_cannot_share_a_port_is_told_to_use_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(os, "fork")
    file = tmp_path / "crm.db"
    assert run(["serve", "--database", str(file), "--port", str(free_port()), "--workers", "2"]) != 0
    assert "on this system processes cannot share a port; serve with one" in capsys.readouterr().err
    assert not file.exists()

"""The recorded conversation with a real Twenty 1.0.3, and the automation node's requests, sent to a server of ours."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from tests.serving import Server, serving
from tests.shared import SHARED, needs_shared

EXACT_AT_LEAST = 99.0


def replayed(script: str, recording: str, server: Server, *options: str) -> str:
    """What a replay of a recording reports."""
    path = str(SHARED / "conformance" / recording)
    return _run(script, "replay", path, "--base-url", server.url, "--token", server.token, *options)


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "conformance" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300).stdout


@needs_shared
def test_the_recording_replays_with_every_status_and_nearly_every_answer_exact(
    tmp_path: Path, new_database: Callable[[Catalogue], str]
) -> None:
    with serving(tmp_path, "My api key", new_database(STANDARD)) as server:
        report = replayed("wirecheck.py", "recording.jsonl", server, "--show", "20")
    print(report)
    totals = re.search(r"exact ([\d.]+)%\s+shape ([\d.]+)%\s+status ([\d.]+)%", report)
    assert totals, report
    assert float(totals[3]) == 100.0
    assert float(totals[1]) >= EXACT_AT_LEAST


@needs_shared
def test_all_253_actions_work_as_the_automation_node_sends_them(tmp_path: Path, new_database: Callable[[Catalogue], str]) -> None:
    with serving(tmp_path, database=new_database(STANDARD)) as server:
        traffic, objects = SHARED / "conformance" / "node-filled.jsonl", SHARED / "reference" / "objects.json"
        report = _run("nodecheck.py", str(traffic), str(objects), "--base-url", server.url, "--token", server.token)
    print(report)
    assert "253 of 253 actions" in report

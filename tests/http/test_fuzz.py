"""Requests that nobody thought of, made from our own OpenAPI document by Schemathesis: no 5xx, and no answer
that the document does not allow."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.http.conftest import Http

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def fuzz(http: Http, folder: Path, examples: int, phases: str) -> str:
    """The report of a run over all operations; an operation that fails makes the run fail."""
    url = http.server.url
    command = [Path(sys.executable).parent / "schemathesis", "run", f"{url}/open-api/core", "--url", url]
    command += ["-H", f"Authorization: Bearer {http.server.token}", "--checks", ",".join(CHECKS), "--phases", phases]
    command += ["--max-examples", str(examples), "--generation-database", "none", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=1800)
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def test_no_generated_request_breaks_the_server_or_leaves_the_document(http: Http, tmp_path: Path) -> None:
    assert "Tested: 252" in fuzz(http, tmp_path, 2, "fuzzing")


@pytest.mark.slow
def test_a_long_run_with_borders_and_examples_does_not_either(http: Http, tmp_path: Path) -> None:
    assert "Tested: 252" in fuzz(http, tmp_path, 30, "examples,coverage,fuzzing")

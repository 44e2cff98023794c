"""Requests that nobody thought of: made from our own OpenAPI document by Schemathesis, no 5xx and no answer that the
document does not allow; and made from good ones by changing something in them, no 5xx and none that takes long."""

import http.client as http_client
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from icosa.catalogue.standard import STANDARD
from tests import unmeasured
from tests.http.conftest import Http
from tests.http.mutations import Mutant, mutants
from tests.serving import serving

MUTANTS = 30_000
CALLERS = 3
LONGEST_SECONDS = 5  # a bound that only an answer that holds up others passes, not a measure

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def fuzz(http: Http, folder: Path, examples: int, phases: str) -> str:
    """The report of a run over all operations, at the address that the document names; one that fails makes the run fail."""
    url = http.server.url
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{url}/open-api/core"]
    command += ["-H", f"Authorization: Bearer {http.server.token}", "--checks", ",".join(CHECKS), "--phases", phases]
    command += ["--max-examples", str(examples), "--generation-database", "none", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=1800, env=unmeasured.environment())
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def test_no_generated_request_breaks_the_server_or_leaves_the_document(http: Http, tmp_path: Path) -> None:
    assert "Tested: 253" in fuzz(http, tmp_path, 2, "fuzzing")


@pytest.mark.slow
def test_a_long_run_with_borders_and_examples_does_not_either(http: Http, tmp_path: Path) -> None:
    assert "Tested: 253" in fuzz(http, tmp_path, 30, "examples,coverage,fuzzing")


@pytest.mark.slow
@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_thirty_thousand_requests_that_were_good_once(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    database = ""
    if store == "postgresql":
        postgres = request.getfixturevalue("postgres")
        database = postgres.url(postgres.new())
    with serving(tmp_path, database=database) as server:
        netloc, headers = urlsplit(server.url).netloc, {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}

        def sent(seed: int) -> list[tuple[int, float, Mutant]]:
            found = []
            connection = http_client.HTTPConnection(netloc, timeout=60)
            for mutant in mutants(STANDARD, seed, MUTANTS // CALLERS):
                begun = time.monotonic()
                connection.request(mutant.method, mutant.target, mutant.body, headers)
                answer = connection.getresponse()
                answer.read()
                found.append((answer.status, time.monotonic() - begun, mutant))
            connection.close()
            return found

        with ThreadPoolExecutor(CALLERS) as callers:
            answers = [each for part in callers.map(sent, range(CALLERS)) for each in part]
    assert len(answers) == MUTANTS
    assert [(status, mutant) for status, _, mutant in answers if status >= 500] == []
    assert [(seconds, mutant) for _, seconds, mutant in answers if seconds > LONGEST_SECONDS] == []
    assert {200, 201, 400, 404} <= {status for status, _, _ in answers}
    assert sum(status < 300 for status, _, _ in answers) > MUTANTS // 20

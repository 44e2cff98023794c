"""What an operator sees of a server: lines for requests, numbers, whether it can do its work.  Nobody sees a value."""

import json
import os
import re
import sqlite3
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from icosa.workspace.http import access_log
from icosa.workspace.http.access_log import AccessLog
from icosa.workspace.http.metrics import BUCKETS, METHODS, Metrics
from icosa.workspace.http.noted import columns_of
from icosa.workspace.http.watch import Watch
from tests.durability.servers import until
from tests.http.conftest import Http
from tests.little_room import little_room, needs_limits
from tests.serving import Server, serving

MB = 1024 * 1024
SECRETS = ("Lovelace", "ada@engines.example.com", "ya29.a-token-of-an-account", "%22Lovelace", "icosa_mistyped", "Babbage")


def use(server: Server) -> Http:
    """Requests of every kind, with values in every place that has room for one."""
    http = Http(server)
    person = {"name": {"lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@engines.example.com"}}
    made = http.good("POST", "/rest/people", person)
    http.good("GET", "/rest/people", filter='name.lastName[eq]:"Lovelace"', order_by="createdAt")
    http.good("PATCH", f"/rest/people/{made['id']}", {"jobTitle": "Babbage"})
    http.good("POST", "/rest/connectedAccounts", {"accessToken": "ya29.a-token-of-an-account"})
    http.send("GET", "/rest/people/ada@engines.example.com")
    http.send("GET", "/metadata/Lovelace/Babbage,?Lovelace=1")
    http.send("POST", "/rest/people", {"Babbage": 1})
    http.send("GET", "/rest/people", headers={"Authorization": "Bearer icosa_mistyped"}, token="icosa_mistyped")
    return http


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_for_each_request_tells_how_it_went_and_no_value(tmp_path: Path, form: str) -> None:
    with serving(tmp_path, options=("--access-log", form)) as server:
        use(server)
        until(lambda: server.log.read_text().count("/rest/people") == 6, "all lines")
    log = server.log.read_text()
    assert not [each for each in (*SECRETS, server.token) if each in log]
    lines = [line for line in log.splitlines() if "/rest/people" in line]
    key = server.token[6:14]
    if form == "json":
        first, second = (json.loads(line) for line in lines[:2])
        assert (first["status"], first["method"], first["path"], first["key"], first["error"]) == (201, "POST", "/rest/people", key, None)
        assert second["query"] == ["filter", "order_by"]
        assert json.loads(lines[-1])["error"] == "invalid_key"
    else:
        assert re.fullmatch(rf"20\S+Z 201 POST /rest/people \d+\.\d ms \d+ B key {key}", lines[0])
        assert " ?filter&order_by " in lines[1]
        assert re.search(r" 400 GET /rest/people/… \d+\.\d ms \d+ B key \w+ invalid_id", log)


def entry(log: AccessLog, count: int = 1) -> None:
    watch = Watch(None, log)
    for _ in range(count):
        watch.note((1.0, 0.001, "GET", "/rest/people", "limit=1", None, 200, 2, ()))
    watch.hand_on()


Pipe = tuple[FileIO, FileIO]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """A pipe: the end that is read, and the one that is written to."""
    reads, writes = os.pipe()
    with FileIO(reads) as reader, FileIO(writes, "w") as writer:
        yield reader, writer
        reader.close()  # whoever still writes to it is let go


def test_a_reader_that_is_gone_costs_its_lines_and_not_the_server(pipe: Pipe) -> None:
    reader, writer = pipe
    reader.close()
    log = AccessLog(False, ["people"], writer.fileno())
    for _ in range(2):
        entry(log)
    log.close()


def test_who_never_reads_the_lines_does_not_keep_the_server_from_stopping(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 0.1)
    reader, writer = pipe
    log = AccessLog(False, ["people"], writer.fileno())
    entry(log, 20_000)
    log.close()
    assert reader.read(MB).startswith(b"20")


def test_lines_come_in_the_order_of_answers_to_the_last_before_a_stop(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)  # on a machine that is busy, they are written late
    log = AccessLog(False, ["people"])
    watch = Watch(None, log)
    for size in range(5_000):
        watch.note((1.0, 0.001, "GET", f"/rest/people/{UUID(int=size)}", "", None, 200, size, ()))
        if size % 700 == 0:
            watch.look()
    watch.close()
    assert re.findall(r"200 GET /rest/people/(\S{36}) \d+\.\d ms (\d+) B\n", capfd.readouterr().err) == [
        (str(UUID(int=size)), str(size)) for size in range(5_000)
    ]


def test_lines_that_nobody_reads_in_time_are_lost_and_counted(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)  # on a machine that is busy, the others are read late
    log = AccessLog(False, ["people"], pipe[1].fileno())
    for _ in range(2):
        entry(log, 30_000)
    written = _closed_and_read(log, pipe)
    assert written.count(" 200 GET /rest/people ?limit ") == 30_000
    assert written.endswith("30000 lines of the access log were lost: nobody read them in time\n")


def test_lines_of_workers_that_share_a_pipe_are_whole(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)
    reader, writer = pipe
    logs = [AccessLog(True, ["people"], writer.fileno()) for _ in range(3)]
    for log in logs:
        entry(log, 2_000)
    with ThreadPoolExecutor() as beside:
        read = beside.submit(reader.readall)
        for log in logs:
            log.close()
        writer.close()
        lines = (read.result() or b"").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["/rest/people"] * 6_000


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has another size there")
def test_a_line_that_is_longer_than_what_a_pipe_takes_as_one_is_written(pipe: Pipe) -> None:
    log = AccessLog(True, ["people"], pipe[1].fileno())
    watch = Watch(None, log)
    for method in ("GET", "G" * 9_000, "GET"):
        watch.note((1.0, 0.001, method, "/rest/people", "", None, 400, 2, ()))
    watch.hand_on()
    assert [len(json.loads(line)["method"]) for line in _closed_and_read(log, pipe).splitlines()] == [3, 9_000, 3]


def test_lines_of_workers_that_share_a_file_are_whole_and_in_the_order_of_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)
    paths = [f"/rest/people/{UUID(int=number)}" for number in range(3_000)]
    with (tmp_path / "lines").open("wb") as file:
        workers = [Watch(None, AccessLog(True, ["people"], file.fileno())) for _ in range(2)]
        for at, path in enumerate(paths):
            for number, watch in enumerate(workers):
                watch.note((1.0, 0.001, "GET", path, "", None, 200, number, ()))
                if at % 700 == 0:
                    watch.hand_on()
        for watch in workers:
            watch.close()
    lines = [json.loads(line) for line in (tmp_path / "lines").read_text().splitlines()]
    for number in range(2):
        assert [line["path"] for line in lines if line["bytes"] == number] == paths


@needs_limits
def test_lines_for_which_there_is_no_room_are_counted_and_tear_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full, and has room again: a line of which a part was written is ended before the next one."""
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)
    path = tmp_path / "lines"
    with path.open("ab") as file:
        log = AccessLog(False, ["people"], file.fileno())
        with little_room(9_990):
            for count in (100, 200, 1):
                entry(log, count)
            until(lambda: not log.waiting, "what there is room for")
        entry(log, 2)
        log.close()
    *before, torn, notice, last, end = path.read_text().splitlines()
    whole = " 200 GET /rest/people ?limit 1.0 ms 2 B"
    assert all(line.endswith(whole) for line in (*before, last, end))
    assert not torn.endswith(whole)
    assert notice == f"{301 - len(before)} lines of the access log were lost: they could not be written"


def _closed_and_read(log: AccessLog, pipe: Pipe) -> str:
    reader, writer = pipe
    with ThreadPoolExecutor() as beside:
        read = beside.submit(reader.readall)
        log.close()
        writer.close()
        return (read.result() or b"").decode()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody asks for that here")
def test_a_pipe_that_somebody_made_such_that_nobody_waits_for_it_is_waited_for(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "_LAST_SECONDS", 60.0)
    os.set_blocking(pipe[1].fileno(), False)
    log = AccessLog(False, ["people"], pipe[1].fileno())
    entry(log, 20_000)
    assert _closed_and_read(log, pipe).count(" 200 GET /rest/people ?limit ") == 20_000


def test_without_it_there_are_no_lines_and_no_numbers(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        http = use(server)
        assert http.send("GET", "/metrics")[0] == 404
    listens, pages = server.log.read_text().splitlines()
    assert listens.startswith("Icosa listens")
    assert pages.startswith("The console")


ANSWERS = st.tuples(
    st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT", "PROPFIND"]),
    st.sampled_from([200, 201, 400, 404, 500, 599]),
    st.integers(0, 100_000),
    st.floats(0, 20) | st.floats(0, 0.004) | st.sampled_from(BUCKETS),
)


@given(st.lists(ANSWERS), st.integers(1, 10))
def test_answers_are_counted_alike_one_by_one_and_together(answers: list[tuple[str, int, int, float]], together: int) -> None:
    each = [[1.0, seconds, method, "/rest/people", "", None, status, size, ()] for method, status, size, seconds in answers]
    one_by_one, at_once = Metrics(), Metrics()
    for noted in each:
        one_by_one.count(columns_of(noted))
    for at in range(0, len(each), together):
        at_once.count(columns_of([value for noted in each[at : at + together] for value in noted]))
    for metrics in (one_by_one, at_once):
        metrics.show()
    text = one_by_one.text()
    assert dict(sums(at_once.text())) == pytest.approx(dict(sums(text)), abs=1e-5)
    assert sum(count for name, count in sums(text) if name.startswith("icosa_requests_total{")) == len(answers)
    assert sum(count for name, count in sums(text) if 'le="+Inf"' in name) == len(answers)
    for bound in BUCKETS:
        within = Counter(method if method in METHODS else "other" for method, _, _, seconds in answers if seconds <= bound)
        told = {name: count for name, count in sums(text) if f'le="{bound}"' in name and count}
        assert told == {f'icosa_request_seconds_bucket{{method="{method}",le="{bound}"}}': count for method, count in within.items()}


def sums(text: str) -> list[tuple[str, float]]:
    return [(name, float(count)) for name, _, count in (line.rpartition(" ") for line in text.splitlines() if line[0] != "#")]


@pytest.fixture(params=["1", "2"])
def counted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, options=("--metrics", "--workers", request.param)) as server:
        yield server


def numbers(server: Server) -> dict[tuple[str, tuple[str, ...]], float]:
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as answer:
        assert answer.headers.get_all("Content-Type") == ["text/plain; version=0.0.4; charset=utf-8"]
        text = answer.read().decode()
    families = text_string_to_metric_families(text)
    return {(each.name, tuple(sorted(each.labels.values()))): each.value for family in families for each in family.samples}


def test_numbers_are_those_of_all_processes_and_are_read_by_prometheus(counted: Server) -> None:
    use(counted)

    def all_counted() -> dict[tuple[str, tuple[str, ...]], float]:  # processes show each other their numbers now and then
        told = numbers(counted)
        asked = {labels: count for (name, labels), count in told.items() if name == "icosa_requests_total"}
        of_method = {method: sum(count for labels, count in asked.items() if method in labels) for method in ("POST", "PATCH")}
        return told if of_method == {"POST": 3, "PATCH": 1} and ("401", "GET") in asked else {}

    found = until(all_counted, "the numbers of all processes")
    assert found["icosa_requests_total", ("201", "POST")] == 2
    assert found["icosa_requests_total", ("200", "PATCH")] == 1
    assert found["icosa_requests_total", ("401", "GET")] == 1
    assert found["icosa_request_seconds_count", ("POST",)] == found["icosa_request_seconds_bucket", ("+Inf", "POST")] == 3
    assert found["icosa_outbox_events", ()] == 4  # the key was made, too
    assert found["icosa_database_bytes", ()] > 100_000
    assert found["icosa_answer_bytes_total", ()] > 1000


def ready(server: Server) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(f"{server.url}/readyz", timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_it_says_that_it_is_ready_until_it_cannot_write_and_the_log_says_why(tmp_path: Path) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(serving(tmp_path))
        assert ready(server) == (200, {"status": "ready"})
        other = sqlite3.connect(tmp_path / "served.db", isolation_level=None)
        stack.callback(other.close)
        other.execute("BEGIN EXCLUSIVE")
        until(lambda: ready(server) == (503, {"status": "unavailable"}), "the server to notice")
        assert Http(server).send("GET", "/healthz", headers={"Authorization": ""})[0] == 200
        assert "the workspace is not ready: the database is locked" in server.log.read_text()
        other.execute("ROLLBACK")
        until(lambda: ready(server) == (200, {"status": "ready"}), "the server to be ready again")
        assert str(tmp_path) not in server.log.read_text()

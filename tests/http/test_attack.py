"""Many callers who hold back the end of what they send, or of what they read: the server keeps its memory, answers others
meanwhile, and stops when it is told to."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.http.conftest import Http
from tests.http.fronts import Raw
from tests.serving import Server, serving

MB = 1024 * 1024
CALLERS = 100
MEMORY_MB = 200
BODY = 10 * MB - 1

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


def resident_mb(server: Server) -> int:
    """The most memory that the server has had."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.exists():
        pytest.skip("this system does not tell how much memory a process has had")
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


@pytest.fixture
def connect(server: Server) -> Iterator[Callable[[], Raw]]:
    with ExitStack() as stack:

        def connect() -> Raw:
            caller = Raw(int(server.url.rpartition(":")[2]))
            stack.callback(caller.close)
            return caller

        yield connect


def head(server: Server, line: str, *headers: str, key: bool) -> bytes:
    lines = [f"{line} HTTP/1.1", "Host: crm.example.com", *([f"Authorization: Bearer {server.token}"] if key else []), *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def send_what_is_taken(caller: Raw, data: bytes) -> None:
    """Sends on for as long as somebody takes it."""
    caller.socket.settimeout(0.05)
    with suppress(OSError):
        caller.socket.sendall(data)


@pytest.mark.parametrize("key", [False, True], ids=["without a key", "with a good one"])
def test_bodies_that_are_held_back_cost_no_memory_and_hold_nobody_up(server: Server, connect: Callable[[], Raw], key: bool) -> None:
    http = Http(server)
    made = http.good("POST", "/rest/companies", {"name": "Acme"})
    callers = [connect().send(head(server, "POST /rest/companies", f"Content-Length: {BODY}", key=key)) for _ in range(CALLERS)]
    took = []
    for each in callers:
        send_what_is_taken(each, b'{"name": "' + b"x" * (BODY - 11))
        begun = time.perf_counter()
        assert http.good("GET", f"/rest/companies/{made['id']}")["name"] == "Acme"
        took.append(time.perf_counter() - begun)
    took.sort()
    print(f"find one beside it: p50 {took[50] * 1000:.1f} ms, p99 {took[98] * 1000:.1f} ms; peak {resident_mb(server)} MB")
    assert resident_mb(server) < MEMORY_MB
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0


def test_nor_do_answers_that_nobody_reads(server: Server, connect: Callable[[], Raw]) -> None:
    http = Http(server)
    made = http.good("POST", "/rest/workflowVersions", {"steps": ["x" * (9 * MB)]})
    small = http.good("POST", "/rest/companies", {"name": "Acme"})
    before = resident_mb(server)
    for _ in range(CALLERS):
        connect().send(head(server, f"GET /rest/workflowVersions/{made['id']}", key=True))
    for _ in range(CALLERS):
        assert http.good("GET", f"/rest/companies/{small['id']}")["name"] == "Acme"
    peak = resident_mb(server)
    print(f"peak {peak} MB, {before} before")
    assert peak - before < MEMORY_MB
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0

"""Real server processes: a workspace, and the floor beside it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.load import NotMeasured
from bench.stores.store import Databases

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS, STOP_SECONDS = 60, 30
TRIES = 3


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `url`; `started` is how many seconds passed from its start to its first answer."""

    url: str
    process: int
    started: float


@contextmanager
def icosa(database: str, log: Path, *options: str, root: Path = ROOT) -> Iterator[Server]:
    """`icosa serve` of a checkout on a database, as its user starts it."""
    port = _free_port()
    command = [sys.executable, "-m", "icosa", "serve", "--database", database, "--port", str(port), *options]
    with _running(command, port, "/healthz", log, root) as server:
        yield server


@contextmanager
def floor(plan: Path, log: Path) -> Iterator[Server]:
    """The floor of a plan."""
    port = _free_port()
    with _running([sys.executable, "-m", "bench.floor.app", str(plan), str(port)], port, "/health", log) as server:
        yield server


@contextmanager
def bare_page(page: Path, log: Path) -> Iterator[Server]:
    """The bytes of a file as a page of Starlette's, behind the front that the console stands behind: kept at /, and at /made put
    together by Jinja2, a cell at a time."""
    port = _free_port()
    with _running([sys.executable, "-m", "bench.floor.pages", str(page), str(port)], port, "/", log) as server:
        yield server


@contextmanager
def program(command: list[str], probe: str, log: Path) -> Iterator[Server]:
    """Any program that takes host:port as its last argument, and answers at the path `probe` once it is up."""
    port = _free_port()
    with _running([*command, f"127.0.0.1:{port}"], port, probe, log) as server:
        yield server


def start_up_seconds(kind: Databases) -> float:
    """How long `icosa serve` takes to its first answer on a database with nothing in it; the median of some tries."""
    taken = []
    for _ in range(TRIES):
        with TemporaryDirectory() as logs, kind.fresh() as database, icosa(database, Path(logs) / "log") as server:
            taken.append(server.started)
    return sorted(taken)[TRIES // 2]


def answer(url: str, token: str, method: str = "GET", body: str = "") -> bytes:
    """The body of one answer.  Raises NotMeasured where the server refuses."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, body.encode() or None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=START_SECONDS) as response:
            sent: bytes = response.read()
            return sent
    except urllib.error.HTTPError as error:
        raise NotMeasured(f"{method} {url} was refused with {error.code}: {error.read()[:500]!r}") from None


def answer_any(url: str, token: str) -> None:
    """Waits for an answer, whatever it is."""
    with contextlib.suppress(NotMeasured):
        answer(url, token)


@contextmanager
def _running(command: list[str], port: int, probe: str, log: Path, root: Path = ROOT) -> Iterator[Server]:
    path = os.pathsep.join(filter(None, (str(root / "src"), str(root), os.environ.get("PYTHONPATH"))))
    with log.open("w") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=root, env={**os.environ, "PYTHONPATH": path})
    url = f"http://127.0.0.1:{port}"
    try:
        _await(process, url + probe, log)
        yield Server(url, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=STOP_SECONDS)


def _await(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise NotMeasured(f"{url} answers {error.code}: {log.read_text()}") from None
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.005)
    raise NotMeasured(f"the server did not start: {log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

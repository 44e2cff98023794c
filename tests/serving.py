"""A real `icosa serve` process for tests, and the API keys they use."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from icosa.wire.version import Version
from icosa.workspace.access.issue import Records, create_key
from icosa.workspace.opening import open_store
from icosa.workspace.system_clock import system_time
from tests.logs import heard

NEVER = "9999-12-31T23:59:59.999Z"
START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    url: str
    token: str
    database: str
    log: Path
    process: "subprocess.Popen[str]"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def icosa(*arguments: str, check: bool = True, environment: Mapping[str, str] = MappingProxyType({})) -> "subprocess.CompletedProcess[str]":
    """Runs the command line as its user does."""
    command = [sys.executable, "-m", "icosa", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=check, env={**os.environ, **environment}, timeout=120)


def key_to(database: str, name: str, version: Version | None = None) -> str:
    """A new key to a workspace, which is made where it is not there yet, and answers as the version."""
    opened = open_store(database, version=version)
    try:
        return create_key(Records(opened.store, system_time), name, NEVER)[1]
    finally:
        opened.store.close()


@contextmanager
def serving(
    folder: Path, key: str = "Test key", database: str = "", options: Sequence[str] = (), version: Version | None = None
) -> Iterator[Server]:
    """A server on a new database in `folder`, or on another, stopped at the end; `options` are more of its own, and `version`
    is the one that a new workspace answers as."""
    database = database or f"sqlite:///{folder}/served.db"
    data = {"XDG_DATA_HOME": str(folder / "data")}
    token = key_to(database, key, version)
    port, log = free_port(), folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "icosa", "serve", "--database", database, "--host", "127.0.0.1", "--port", str(port), *options]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True, env={**os.environ, **data})
    server = Server(f"http://127.0.0.1:{port}", token, database, log, process)
    try:
        _await(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        heard("icosa serve", log)


def _await(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not start: {server.log.read_text()}")

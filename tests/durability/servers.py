"""Real servers that tests kill, starve and start again."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.logs import heard
from tests.serving import free_port, icosa

PATIENCE_SECONDS = 60


def until(true: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> Any:
    """The first value that is true, asked for again and again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = true()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds:g} seconds for {what}")


@dataclass
class Server:
    """`icosa serve` on one database and one port, in a process group of its own."""

    database: str
    folder: Path
    options: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    token: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *, ready: bool = True) -> None:
        if not self.token:
            self.token = icosa("keys", "create", "Test key", "--database", self.database).stdout.strip()
        command = [sys.executable, "-m", "icosa", "serve", "--database", self.database, "--port", str(self.port), *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **self.settings)
        if ready:
            until(self.answers, f"the server to answer; it said {self.log.read_text()}")

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def workers(self) -> list[int]:
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True, check=False)
        return [int(line) for line in listed.stdout.split()]

    def answers(self) -> bool:
        assert self.process is None or self.process.poll() is None, self.log.read_text()
        with suppress(OSError, http.client.HTTPException), self.caller() as caller:
            return caller.send("GET", "/healthz")[0] == 200
        return False

    def caller(self) -> "Caller":
        return Caller(self.port, self.token)

    def kill(self) -> None:
        """kill -9 of all its processes at once."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)
        heard("icosa serve", self.log)

    def killed_alone(self) -> None:
        """kill -9 of the process that was started, and of none that it started."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)

    def stop(self, within: float = PATIENCE_SECONDS) -> int:
        """SIGTERM, and the exit code."""
        assert self.process is not None
        self.process.terminate()
        code = self.process.wait(within)
        heard("icosa serve", self.log)
        return code

    def runs(self) -> bool:
        """Whether any process of its group is there."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, 0)
            return True
        return False


class Caller:
    """A client that keeps one connection and hides nothing: no retry, no redirect."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._token = token
        self.headers: dict[str, str] = {}

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON.  Raises OSError or HTTPException where no whole answer comes."""
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, {"Authorization": f"Bearer {self._token}"})
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, answer

"""Load, made by wrk: a generator written in C, so that it is not what is measured.  `load.lua` makes the requests."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

CONNECTIONS = 8
INSTALL_WRK = (
    "wrk is not installed; it makes the load. On Debian or Ubuntu: apt install wrk; on Fedora: dnf install wrk; on macOS: brew install wrk"
)
_SCRIPT = Path(__file__).with_name("load.lua")
_RUNS = count(1)


class NotMeasured(Exception):
    """Something that a measurement needs is missing, or refused; the text says what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Requests:
    """What to send, over and over.  `{id}` in path and body becomes the next of `ids`, `{unique}` a new word;
    a `batch` sends that many bodies as one list; `headers` are sent as they are ("Name: value")."""

    method: str
    path: str
    body: str = ""
    batch: int = 0
    ids: Path | None = None
    headers: tuple[str, ...] = ()


def find(plural: str, **query: str | int) -> str:
    """The path of a find many, with its query in URL form."""
    return f"/rest/{plural}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run of load.  Times are in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def check_installed() -> None:
    """Raises NotMeasured, with how to mend it, where a program is missing."""
    if not shutil.which("wrk"):
        raise NotMeasured(INSTALL_WRK)
    if not shutil.which("ps"):
        raise NotMeasured("ps is not installed; it tells how much memory a server takes. On Debian or Ubuntu: apt install procps")


def load(url: str, requests: Requests, token: str, seconds: int = 1, connections: int = CONNECTIONS) -> Run:
    """Sends requests from one thread over some connections.  Raises NotMeasured where one of them was refused."""
    word = f"r{next(_RUNS)}x"
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", "--script", str(_SCRIPT), url, "--"]
    command += [
        requests.method,
        requests.path,
        requests.body,
        str(requests.batch),
        str(requests.ids or "-"),
        token,
        word,
        *requests.headers,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if done.returncode or line is None:
        raise NotMeasured(f"wrk failed on {requests.method} {requests.path}: {(done.stderr or done.stdout).strip()}")
    told = json.loads(line.removeprefix("RESULT "))
    if told["refused"] or told["broken"] or not told["requests"]:
        raise NotMeasured(
            f"{requests.method} {requests.path}: {told['requests']} answers, {told['refused']} of them refusals, "
            f"{told['broken']} broken connections or time-outs; look into the server's log"
        )
    return Run(told["requests"], told["microseconds"] / 1e6, told["bytes"], told["p50"] / 1000, told["p99"] / 1000)


def together(runs: Sequence[Run]) -> Run:
    """Several runs of the same requests as one: their sums, the median of p50 and the worst p99."""
    by_median = sorted(run.p50 for run in runs)
    return Run(
        sum(run.requests for run in runs),
        sum(run.seconds for run in runs),
        sum(run.bytes for run in runs),
        by_median[len(runs) // 2],
        max(run.p99 for run in runs),
    )

"""A shell of one's own: no credential, database or keyring of whoever runs the tests is touched."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from icosa.surfaces.cli.main import run
from tests.alone import alone
from tests.serving import Server, serving


@dataclass(frozen=True)
class Ran:
    """What a command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)


Shell = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "200")
    return alone(tmp_path / "home", monkeypatch)


@pytest.fixture
def shell(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs a command line in this process, on the embedded workspace of a user who has just begun."""

    def ran(*arguments: str, stdin: str | bytes = "", terminal: bool = False) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        capsys.readouterr()
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server process, the same for all tests."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def on_server(server: Server, monkeypatch: pytest.MonkeyPatch, home: Path) -> Server:
    """The server, as the workspace that the environment names."""
    monkeypatch.setenv("ICOSA_URL", server.url)
    monkeypatch.setenv("ICOSA_TOKEN", server.token)
    return server

"""A newer server, and what talks to it: a client, and the shell of a user who never called it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa
from tests.cli.conftest import home, shell
from tests.newer_server import NewerServer, newer_server

__all__ = ["home", "shell"]


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewerServer]:
    with newer_server() as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", server.token)
        yield server


@pytest.fixture
def crm(server: NewerServer) -> Iterator[icosa.Client]:
    with icosa.connect() as client:
        yield client

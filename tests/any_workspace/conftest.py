"""A workspace with a custom object and a custom field of each type, behind a real server: its catalogue was read from
a document that this project did not write, and the document that it serves is our own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from icosa.catalogue.model import Catalogue
from icosa.wire.openapi.reading import read_document
from icosa.workspace import open_workspace
from tests.any_workspace.documents import extended
from tests.cli.conftest import home, shell
from tests.serving import Server, serving

__all__ = ["home", "shell"]


@dataclass(frozen=True)
class Custom:
    """The workspace's catalogue, as it was made, and its server."""

    catalogue: Catalogue
    server: Server


@pytest.fixture(scope="session")
def custom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Custom]:
    catalogue, _ = read_document(extended())
    folder = tmp_path_factory.mktemp("custom")
    database = f"sqlite:///{folder}/crm.db"
    open_workspace(database, catalogue).close()
    with serving(folder, database=database) as server:
        yield Custom(catalogue, server)


@pytest.fixture
def on_custom(custom: Custom, monkeypatch: pytest.MonkeyPatch, home: object) -> Custom:
    """The server, as the workspace that the environment names, for a user who never called it."""
    monkeypatch.setenv("ICOSA_URL", custom.server.url)
    monkeypatch.setenv("ICOSA_TOKEN", custom.server.token)
    return custom

"""A workspace in a new database, and a caller that speaks to it as a trusted client does.  Tests run on each
store; those marked `sqlite` look into the file."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_1_0_3, Version
from icosa.workspace import IN_PROCESS, Workspace, open_workspace

STORES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Caller:
    """Sends requests to a workspace in this process and reads the JSON of the answers."""

    workspace: Workspace
    database: str

    @property
    def path(self) -> Path:
        """The file of a database that is one."""
        return Path(self.database.removeprefix("sqlite:///"))

    def send(self, method: str, path: str, body: Any = None, /, **query: Any) -> tuple[int, Any]:
        content = b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body)
        answer = self.workspace.answer(Request(method, path, urlencode(query), content), IN_PROCESS)
        return answer.status, orjson.loads(answer.body)

    def good(self, method: str, path: str, body: Any = None, /, **query: Any) -> Any:
        """What stands below the envelope of an answer that must be good."""
        status, answer = self.send(method, path, body, **query)
        assert status in (200, 201), answer
        data = answer["data"]
        return next(iter(data.values())) if isinstance(data, dict) else data

    def refused(self, method: str, path: str, body: Any = None, /, **query: Any) -> str:
        """The message of an answer that must be 400."""
        status, answer = self.send(method, path, body, **query)
        assert status == 400, answer
        message: str = answer["message"]
        return message

    def ids(self, plural: str, **query: Any) -> list[str]:
        return self.ids_at(f"/rest/{plural}", **query)

    def ids_at(self, path: str, **query: Any) -> list[str]:
        return [record["id"] for record in self.good("GET", path, **query)]


@pytest.fixture
def open_caller(new_database: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Caller]]:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    opened: list[Workspace] = []

    def make(catalogue: Catalogue | None, version: Version = TWENTY_1_0_3, url: str = "") -> Caller:
        url = url or new_database(catalogue, version)
        opened.append(open_workspace(url, catalogue, version=version))
        return Caller(opened[-1], url)

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def crm(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    """The standard objects."""
    return open_caller(STANDARD)


@contextmanager
def for_a_file(request: pytest.FixtureRequest, catalogue: Catalogue, version: Version = TWENTY_1_0_3) -> Iterator[Caller]:
    """A workspace for all tests of a file that find nothing of one another: those of what is refused, or about an object each.
    For a fixture of the scope "module" with `params=STORES`."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("shared")
    with pytest.MonkeyPatch.context() as patched, ExitStack() as after:
        patched.setattr("platformdirs.user_data_path", lambda *_, **__: folder / "data")
        if request.param == "sqlite":
            url = request.getfixturevalue("copies")(folder / "crm.db", catalogue, version)
        else:
            postgres = request.getfixturevalue("postgres")
            database = postgres.workspace(catalogue, version)
            after.callback(postgres.drop, database)
            url = postgres.url(database)
        workspace = open_workspace(url, catalogue, version=version)
        after.callback(workspace.close)
        yield Caller(workspace, url)


@pytest.fixture(scope="module", params=STORES)
def shared(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """The standard objects."""
    with for_a_file(request, STANDARD) as caller:
        yield caller


@contextmanager
def loop_beside(workspace: Workspace) -> Iterator[asyncio.Runner]:
    """An event loop to ask a workspace beside; its connections to the database belong to it, so it closes the workspace."""

    async def leave() -> None:
        await asyncio.to_thread(workspace.close)
        await asyncio.sleep(0.01)

    with asyncio.Runner() as running:
        yield running
        running.run(leave())

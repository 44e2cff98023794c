"""A console over the sample workspace, and one over an empty one, for tests that ask and for a browser."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from icosa.surfaces.console.app import ROOMS, console
from icosa.surfaces.console.site import Visitor
from tests.console import sample_page
from tests.console.site import Local, fill
from tests.copies import copied

_CLIENTS = ("httpx2", "httpx")
"""What tests ask with as a browser does; older versions of Starlette take the second."""


@pytest.fixture(scope="session", autouse=True)
def journals_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The journals of what tests write go nowhere near the user's."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def forms_wait_for_what_they_begin() -> Iterator[None]:
    """Until it is through, however slow the machine is: the next step of a test needs what it made."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("icosa.surfaces.console.imports.jobs._WAITED_SECONDS", 60)
        patched.setattr("icosa.surfaces.console.browse.jobs._PATIENCE", 60)
        yield


@pytest.fixture(scope="session", autouse=True)
def tests_log_no_addresses() -> Iterator[None]:
    """The HTTP client of the tests, which is no part of Icosa, would log each address that it asks for, filters and all."""
    clients = {logging.getLogger(name): logging.getLogger(name).level for name in _CLIENTS}
    for client in clients:
        client.setLevel(logging.WARNING)
    yield
    for client, level in clients.items():
        client.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def page_of_all_parts() -> Iterator[None]:
    """/parts is there in every console of these tests."""
    ROOMS.append(sample_page.ROUTES)
    yield
    ROOMS.remove(sample_page.ROUTES)


@pytest.fixture(autouse=True)
def browsers_that_log_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests ask as a browser does is in no log: the library that asks for them is none of ours, and logs addresses."""
    for client in _CLIENTS:
        monkeypatch.setattr(logging.getLogger(client), "disabled", True)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a sample workspace that nobody opens: it is copied."""
    return fill(tmp_path_factory.mktemp("filled") / "crm.db")


@pytest.fixture(scope="session")
def sample(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Local:
    """The sample workspace, for all tests that only read; who writes takes `own`."""
    return Local(copied(filled, tmp_path_factory.mktemp("sample") / "crm.db"))


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Local:
    """A sample workspace of the test's own."""
    return Local(copied(filled, tmp_path / "crm.db"))


@pytest.fixture
def bare(tmp_path: Path) -> Local:
    """A workspace without a record."""
    return Local(tmp_path / "new.db")


@pytest.fixture
def client(sample: Local) -> Iterator[TestClient]:
    """Somebody signed in who only looks; forms are sent as from a page of the console."""
    with signed_in(sample) as found:
        yield found


def signed_in(site: Local, visitor: Visitor | None = None) -> TestClient:
    """A client of the console of a site, signed in; as somebody else where a visitor is given."""
    if visitor is not None:
        site = site.seen_by(visitor)
    found = TestClient(console(site), base_url="http://127.0.0.1:3000", headers={"Sec-Fetch-Site": "same-origin"})
    answer = found.post(f"/sign-in/{site.sessions.invite()}", follow_redirects=False)
    assert answer.status_code == 303
    return found

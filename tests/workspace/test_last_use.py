"""When a key was used last is known to a minute or so, and costs a request next to nothing."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import Overloaded
from icosa.wire.message import Request
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key, list_keys
from icosa.workspace.access.sessions import open_session, session
from icosa.workspace.http import tidying
from icosa.workspace.http.tidying import keeping
from tests.workspace.test_sessions import Clock

FAR = "2999-01-01T00:00:00.000Z"
HEAD = Request("GET", "/rest/companies", "limit=1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(new_database: Callable[[Catalogue], str]) -> str:
    return new_database(STANDARD)


@pytest.fixture
def crm(database: str, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(database, now=clock)
    yield workspace
    workspace.close()


def last_used(crm: Workspace) -> dict[str, str | None]:
    return {each.name: each.last_used_at for each in list_keys(crm)}


def test_it_is_written_down_now_and_then(crm: Workspace, clock: Clock) -> None:
    (_, often), (_, _never) = create_key(crm, "Often", FAR), create_key(crm, "Never", FAR)
    for _ in range(3):
        clock.go_on(seconds=10)
        assert crm.answer(HEAD._replace(token=often)).status == 200
        assert last_used(crm) == {"Often": None, "Never": None}
    used = clock()
    clock.go_on(seconds=10)
    crm.note_use()
    assert last_used(crm) == {"Often": used, "Never": None}
    crm.note_use()
    assert last_used(crm) == {"Often": used, "Never": None}


def test_it_is_written_down_at_the_end(crm: Workspace, database: str, clock: Clock) -> None:
    other = open_workspace(database, now=clock)
    _, token = create_key(other, "Nightly", FAR)
    other.answer(HEAD._replace(token=token))
    other.close()
    assert last_used(crm) == {"Nightly": clock()}


def test_of_several_servers_the_last_one_counts(crm: Workspace, database: str, clock: Clock) -> None:
    other = open_workspace(database, now=clock)
    _, token = create_key(crm, "Nightly", FAR)
    crm.answer(HEAD._replace(token=token))
    clock.go_on(seconds=20)
    last = clock()
    other.answer(HEAD._replace(token=token))
    other.note_use()
    crm.note_use()
    assert last_used(crm) == {"Nightly": last}
    other.close()


def test_a_refused_key_was_not_used(crm: Workspace, clock: Clock) -> None:
    _, token = create_key(crm, "Short", "2026-02-03T04:06:00Z")
    clock.go_on(minutes=5)
    assert crm.answer(HEAD._replace(token=token)).status == 401
    crm.note_use()
    assert last_used(crm) == {"Short": None}


def test_who_signed_in_uses_their_key(crm: Workspace, clock: Clock) -> None:
    id_, _ = create_key(crm, "Ada's", FAR)
    token = open_session(crm, id_, "a browser")
    assert last_used(crm) == {"Ada's": clock()}
    clock.go_on(minutes=2)
    session(crm, token)
    assert last_used(crm) == {"Ada's": clock()}


def test_what_cannot_be_written_now_is_written_the_next_time(crm: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, one), (_, two) = create_key(crm, "One", FAR), create_key(crm, "Two", FAR)
    crm.answer(HEAD._replace(token=one))
    first = clock()

    def locked(*_: object) -> None:
        crm.answer(HEAD._replace(token=two))  # meanwhile
        raise Overloaded("the database is locked by another program")

    with monkeypatch.context() as context:
        context.setattr(crm.store, "write", locked)
        crm.note_use()
    assert last_used(crm) == {"One": None, "Two": None}
    crm.note_use()
    assert last_used(crm) == {"One": first, "Two": first}


def test_a_server_goes_on_writing_it_down(crm: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = create_key(crm, "Nightly", FAR)
    tries: list[None] = []
    note = crm.note_use

    def noted() -> None:
        tries.append(None)
        if len(tries) == 1:
            raise RuntimeError("a mistake of ours")
        note()

    async def scene() -> None:
        keeping_ = asyncio.create_task(keeping(crm, tidies=False))
        while last_used(crm)["Nightly"] is None:
            await asyncio.sleep(0.01)
        keeping_.cancel()
        await asyncio.wait([keeping_])

    crm.answer(HEAD._replace(token=token))
    monkeypatch.setattr(tidying, "NOTED_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(crm, "note_use", noted)
    asyncio.run(scene())
    assert last_used(crm) == {"Nightly": clock()}


def test_a_workspace_that_nobody_asked_with_a_key_writes_nothing(crm: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    create_key(crm, "Unused", FAR)
    with monkeypatch.context() as context:
        context.setattr(crm.store, "write", None)
        crm.note_use()

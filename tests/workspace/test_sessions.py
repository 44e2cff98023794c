"""A session is good for as long as the key that it was opened with, and a one-time code is good once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import ExpiredKey, InvalidKey, RevokedKey
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.access.issue import admit_key, create_key, revoke_key
from icosa.workspace.access.keys import new_token
from icosa.workspace.access.sessions import (
    IDLE_SECONDS,
    LONGEST_AGENT,
    close_session,
    close_sessions_of,
    end_session,
    list_sessions,
    new_code,
    open_session,
    session,
    session_soon,
    sign_in,
    spend_code,
)
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.workspace.conftest import loop_beside

AGENT = "Mozilla/5.0 (X11; Linux x86_64)"
UNKNOWN = "20202020-1c25-4d02-bf25-6aeccf7ea419"


class Clock:
    """Tells the moment that it was set to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)

    def __call__(self) -> str:
        return wire_moment(self.at)

    def go_on(self, **after: float) -> None:
        self.at += timedelta(**after)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def crm(new_database: Callable[[Catalogue], str], clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(new_database(STANDARD), STANDARD, clock)
    yield workspace
    workspace.close()


@pytest.fixture
def key(crm: Workspace) -> str:
    return create_key(crm, "Ada's", "2027-01-01")[0]


def rows(crm: Workspace, text: str) -> list[Row]:
    def steps() -> Statements[list[Row]]:
        return (yield Statement(text))

    return crm.store.read(steps)


def change(crm: Workspace, method: str, key: str, body: bytes = b"", query: str = "") -> None:
    assert crm.answer(Request(method, f"/rest/apiKeys/{key}", query, body), IN_PROCESS).status == 200


def test_a_session_is_known_by_its_token_alone(crm: Workspace, key: str) -> None:
    token = open_session(crm, key, AGENT)
    found = session(crm, token)
    assert found is not None
    assert (found.principal.id, found.principal.name, found.agent) == (key, "Ada's", AGENT)
    assert session(crm, found.id) is None
    assert session(crm, token[:-1]) is None
    assert session(crm, "") is None


def test_of_a_token_there_is_a_hash_and_nothing_else(crm: Workspace, key: str) -> None:
    tokens = [open_session(crm, key, AGENT), new_code(crm)]
    kept = str(rows(crm, "SELECT * FROM icosa_session") + rows(crm, "SELECT * FROM icosa_code"))
    assert all(len(each) == 43 and each not in kept for each in tokens)


def test_the_owner_needs_no_key(crm: Workspace) -> None:
    found = session(crm, open_session(crm, None, AGENT))
    assert found is not None
    assert found.principal == IN_PROCESS


def test_who_holds_a_key_signs_in_with_it(crm: Workspace) -> None:
    id_, token = create_key(crm, "Ada's", "2027-01-01")
    found = session(crm, sign_in(crm, token, AGENT))
    assert found is not None
    assert found.principal.id == id_
    with pytest.raises(InvalidKey):
        sign_in(crm, new_token(id_), AGENT)


@pytest.mark.parametrize("way", ["revoked", "expired earlier", "deleted", "destroyed"])
def test_it_ends_with_its_key(crm: Workspace, clock: Clock, key: str, way: str) -> None:
    token, other = open_session(crm, key, AGENT), open_session(crm, None, AGENT)
    match way:
        case "revoked":
            revoke_key(crm, key)
        case "expired earlier":
            change(crm, "PATCH", key, b'{"expiresAt": "2026-02-03"}')
        case "deleted":
            change(crm, "DELETE", key)
        case "destroyed":
            change(crm, "DELETE", key, query="permanent=true")
    assert session(crm, token) is None
    assert session(crm, other) is not None
    assert [each.principal for each in list_sessions(crm)] == [IN_PROCESS]
    with pytest.raises((RevokedKey, ExpiredKey, InvalidKey)):
        open_session(crm, key, AGENT)


def test_it_ends_when_its_key_expires(crm: Workspace, clock: Clock) -> None:
    key, _ = create_key(crm, "For a while", "2026-02-03T05:00:00Z")
    token = open_session(crm, key, AGENT)
    clock.go_on(minutes=54)
    assert session(crm, token) is not None
    clock.go_on(minutes=1)
    assert session(crm, token) is None


def test_a_record_with_the_id_of_a_destroyed_key_opens_nothing(crm: Workspace, key: str) -> None:
    token = open_session(crm, key, AGENT)
    change(crm, "DELETE", key, query="permanent=true")
    body = f'{{"id": "{key}", "name": "Ada\'s", "expiresAt": "2999-01-01"}}'.encode()
    assert crm.answer(Request("POST", "/rest/apiKeys", "", body), IN_PROCESS).status == 201
    assert session(crm, token) is None


def test_it_is_over_when_nobody_used_it_for_twelve_hours(crm: Workspace, clock: Clock, key: str) -> None:
    token, idle = open_session(crm, key, AGENT), open_session(crm, key, AGENT)
    for _ in range(3):
        clock.go_on(hours=11)
        assert session(crm, token) is not None
    assert session(crm, idle) is None
    assert len(list_sessions(crm)) == 1
    clock.go_on(seconds=IDLE_SECONDS)
    assert session(crm, token) is None


def test_its_use_is_noted_once_a_minute(crm: Workspace, clock: Clock, key: str) -> None:
    token, begun = open_session(crm, key, AGENT), clock()
    for _ in range(3):
        clock.go_on(seconds=19)
        session(crm, token)
        assert str(rows(crm, "SELECT last_used_at FROM icosa_session")[0][0]) == begun
    clock.go_on(seconds=3)
    session(crm, token)
    assert list_sessions(crm)[0].last_used_at == clock()


def test_sessions_are_closed_one_by_one_or_all_of_a_key(crm: Workspace, key: str) -> None:
    one, two, three, owner = (open_session(crm, each, AGENT) for each in (key, key, key, None))
    close_session(crm, one)
    assert session(crm, one) is None
    listed = session(crm, two)
    assert listed is not None
    end_session(crm, listed.id)
    assert session(crm, two) is None
    close_sessions_of(crm, key)
    assert session(crm, three) is None
    assert session(crm, owner) is not None
    close_sessions_of(crm, None)
    assert list_sessions(crm) == []


def test_what_a_browser_says_of_itself_is_shortened(crm: Workspace) -> None:
    open_session(crm, None, "a\x00\n\ud800b" + "c" * 10_000)
    assert list_sessions(crm)[0].agent == "ab" + "c" * (LONGEST_AGENT - 2)


def test_a_code_is_good_once(crm: Workspace) -> None:
    code = new_code(crm)
    assert not spend_code(crm, code[:-1])
    assert spend_code(crm, code)
    assert not spend_code(crm, code)


def test_of_many_who_send_a_code_at_once_one_is_let_in(crm: Workspace) -> None:
    code = new_code(crm)
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: spend_code(crm, code), range(16))) == 1


def test_a_code_is_good_for_ten_minutes(crm: Workspace, clock: Clock) -> None:
    early, late, short = new_code(crm), new_code(crm), new_code(crm, seconds=1)
    clock.go_on(seconds=599)
    assert not spend_code(crm, short)
    assert spend_code(crm, early)
    clock.go_on(seconds=1)
    assert not spend_code(crm, late)


def test_what_is_over_is_tidied_away(crm: Workspace, clock: Clock, key: str) -> None:
    open_session(crm, key, AGENT)
    new_code(crm)
    clock.go_on(hours=1)
    used, code = open_session(crm, key, AGENT), new_code(crm, seconds=24 * 3600)
    clock.go_on(hours=11)
    crm.tidy()
    assert (rows(crm, "SELECT count(*) FROM icosa_session")[0][0], rows(crm, "SELECT count(*) FROM icosa_code")[0][0]) == (1, 1)
    assert session(crm, used) is not None
    assert spend_code(crm, code)


def test_a_key_of_another_database_opens_none(crm: Workspace) -> None:
    with pytest.raises(InvalidKey):
        open_session(crm, UNKNOWN, AGENT)
    admit_key(crm, UNKNOWN, "Known now", "2027-01-01", new_token(UNKNOWN))
    assert session(crm, open_session(crm, UNKNOWN, AGENT)) is not None


def test_on_an_event_loop_a_session_is_as_good_and_its_use_noted(crm: Workspace, clock: Clock, key: str) -> None:
    token = open_session(crm, key, AGENT)
    clock.go_on(minutes=2)
    with loop_beside(crm) as running:
        found = running.run(session_soon(crm, token))
        assert found == list_sessions(crm)[0]._replace(last_used_at=found.last_used_at if found else "")
        assert list_sessions(crm)[0].last_used_at == clock()
        close_session(crm, token)
        assert running.run(session_soon(crm, token)) is None

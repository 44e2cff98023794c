"""What a caller cannot do to a server: hold its memory, its time, or its stop."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.http.limits import MB, Limits
from tests.http.fronts import PATIENCE_SECONDS, Fronted, fronted

SOMEBODY = "20202020-1c25-4d02-bf25-6aeccf7ea419"
NEVER = "9999-12-31T23:59:59.999Z"
QUICK = {"tick_seconds": 0.02, "patience": 0.3, "linger_seconds": 0.3, "half_sent_seconds": 0.1, "room_seconds": 5.0}
LONG = b'{"name": "' + b"x" * (2 * MB) + b'"}'

Start = Callable[..., Fronted]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    folder: Path = tmp_path_factory.mktemp("limits")
    opened = open_workspace(f"sqlite:///{folder}/crm.db")
    yield opened, create_key(opened, "Test key", NEVER)[1]
    opened.close()


@pytest.fixture
def start(workspace: tuple[Workspace, str]) -> Iterator[Start]:
    """Starts a front whose times are short, but for those that are given."""
    with ExitStack() as stack:
        yield lambda **limits: stack.enter_context(fronted(*workspace, Limits(**{**QUICK, **limits})))


def long_one(front: Fronted) -> bytes:
    """A request for a record of two megabytes."""
    made = front.connect().send(front.post(LONG)).answer()[2]
    return front.head(f"GET /rest/companies/{made['data']['createCompany']['id']}")


@pytest.mark.parametrize(("key", "status"), [([], 403), (["Authorization: Bearer rubbish"], 401)])
def test_a_body_without_a_good_key_is_not_waited_for(start: Start, key: list[str], status: int) -> None:
    front = start(patience=PATIENCE_SECONDS)
    caller = front.connect().send(front.head("POST /rest/companies", "Content-Length: 10000000", *key, key=False) + b"{")
    got, headers, answer = caller.answer()
    assert (got, headers["connection"], answer["statusCode"]) == (status, "close", status)
    assert caller.ends()


def test_nor_is_one_that_a_key_may_not_write(workspace: tuple[Workspace, str], start: Start) -> None:
    _, token = create_key(workspace[0], "Watcher", NEVER, read_only=True)
    front = start(patience=PATIENCE_SECONDS)
    for method, path in (("POST", "/rest/companies"), ("POST", "/rest/batch/people"), ("PATCH", f"/rest/people/{SOMEBODY}")):
        head = front.head(f"{method} {path}", "Content-Length: 10000000", f"Authorization: Bearer {token}", key=False)
        got, headers, answer = front.connect().send(head + b"{").answer()
        assert (got, headers["icosa-error"], answer["statusCode"]) == (403, "read_only_key", 403)
    body = b'{"ids": ["%s"]}' % SOMEBODY.encode()
    asked = front.head("POST /rest/people/duplicates", f"Content-Length: {len(body)}", f"Authorization: Bearer {token}", key=False)
    assert front.connect().send(asked + body).answer()[1].get("icosa-error") != "read_only_key"


def test_nor_is_one_that_goes_nowhere_or_is_too_long(start: Start) -> None:
    front = start()
    for path, size, status in (("/nowhere", 10 * MB, 404), ("/rest/nowhere", 10 * MB, 400), ("/rest/companies", 10 * MB + 1, 413)):
        caller = front.connect().send(front.head(f"POST {path}", f"Content-Length: {size}") + b"{")
        assert caller.answer()[0] == status
        assert caller.ends()


def test_a_caller_who_asks_first_is_told_to_go_on_or_not_to(start: Start) -> None:
    front = start()
    body = b'{"name": "Acme"}'
    expecting = f"Content-Length: {len(body)}", "Expect: 100-continue"
    good = front.connect().send(front.head("POST /rest/companies", *expecting))
    assert good.answer()[0] == 100
    assert good.send(body).answer()[0] == 201
    assert front.connect().send(front.head("POST /rest/companies", *expecting, key=False)).answer()[0] == 403


def test_a_body_that_does_not_come_ends_in_a_time_out(start: Start) -> None:
    front = start()
    caller = front.connect().send(front.head("POST /rest/companies", "Content-Length: 20") + b'{"name"')
    status, _, answer = caller.answer()
    assert (status, answer["error"]) == (408, "Request Timeout")
    assert caller.ends()


def test_so_does_a_head_and_one_who_says_nothing_is_let_go(start: Start) -> None:
    front = start(first_seconds=0.3, idle_seconds=0.3)
    assert front.connect().send(b"GET /rest/comp").answer()[0] == 408
    assert front.connect().ends()
    known = front.connect().send(front.head("GET /rest/companies"))
    assert known.answer()[0] == 200
    assert known.ends()


def test_a_head_that_goes_on_and_on_is_refused(start: Start) -> None:
    front = start()
    caller = front.connect().send(b"GET /rest/companies HTTP/1.1\r\n" + b"X-Word: " + b"x" * 70_000)
    assert caller.answer()[0] == 431
    whole = front.connect().send(front.head("GET /rest/companies?filter=" + "x" * 70_000))
    assert whole.answer()[0] == 431


def test_long_bodies_share_their_room_and_the_slow_make_way(start: Start) -> None:
    front = start(bodies_bytes=5 * MB, body_bytes=3 * MB, slowest=1)
    half = front.post(LONG)[:-1000]
    first, second = (front.connect().send(half) for _ in range(2))
    third = front.connect().send(front.post(LONG))
    assert third.answer()[0] == 201
    assert first.ends()
    assert second.send(LONG[-1000:]).answer()[0] == 201


def test_where_nobody_makes_way_a_body_is_asked_to_come_again(start: Start) -> None:
    front = start(bodies_bytes=5 * MB, body_bytes=3 * MB, patience=PATIENCE_SECONDS, room_seconds=0.2)
    half = front.post(LONG)[:-1000]
    held = [front.connect().send(half) for _ in range(2)]
    status, headers, _ = front.connect().send(front.head("POST /rest/companies", f"Content-Length: {len(LONG)}")).answer()
    assert (status, headers["icosa-error"]) == (503, "overloaded")
    assert "retry-after" in headers
    assert [each.send(LONG[-1000:]).answer()[0] for each in held] == [201, 201]


def test_short_bodies_need_no_room(start: Start) -> None:
    front = start(bodies_bytes=3 * MB, body_bytes=3 * MB, patience=PATIENCE_SECONDS)
    held = front.connect().send(front.post(LONG)[:-1000])
    assert front.connect().send(front.post(b'{"name": "Acme"}')).answer()[0] == 201
    held.close()


def test_who_does_not_read_long_answers_is_cut_off_and_others_are_answered(start: Start) -> None:
    front = start(answers_bytes=4 * MB)
    asked = long_one(front)
    unread = [front.connect(receive_buffer=4096).send(asked * 2) for _ in range(8)]
    assert front.connect().send(front.head("GET /healthz")).answer()[0] == 200
    deadline = time.monotonic() + PATIENCE_SECONDS
    while front.held() > 4 * MB and time.monotonic() < deadline:
        time.sleep(0.02)
    assert front.held() <= 4 * MB
    for each in unread:
        each.socket.settimeout(1)  # those who were left wait for the rest of their answer
    cut = sum(each.was_cut() for each in unread)
    assert cut >= 4  # of 16 MB, 4 may wait, and the system holds some


def test_one_that_stops_reading_runs_out_of_time(start: Start) -> None:
    front = start(slowest=100 * MB)
    asked = long_one(front)
    caller = front.connect(receive_buffer=4096).send(asked * 5)
    while not front.held():
        time.sleep(0.01)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while front.held() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert front.held() == 0
    assert caller.was_cut()


def test_a_stop_answers_what_has_arrived_and_waits_for_nobody_else(start: Start) -> None:
    front = start(grace_seconds=PATIENCE_SECONDS, patience=PATIENCE_SECONDS, first_seconds=PATIENCE_SECONDS)
    half_head = front.connect().send(b"GET /rest")
    half_body = front.connect().send(front.post(LONG)[:-1000])
    resting = front.connect().send(front.head("GET /rest/companies?limit=1"))
    resting.answer()
    writing = front.connect()
    front.stop(lambda: writing.send(front.post(b'{"name": "Last"}')), within=PATIENCE_SECONDS / 2)
    status, headers, _ = writing.answer()
    assert (status, headers["connection"]) == (201, "close")
    assert resting.ends()
    assert [half_head.answer()[0], half_body.answer()[0]] == [408, 408]


def test_a_stop_ends_slow_readers_within_its_grace(start: Start) -> None:
    front = start(grace_seconds=0.3, patience=PATIENCE_SECONDS)
    caller = front.connect(receive_buffer=4096).send(long_one(front) * 5)
    while not front.held():
        time.sleep(0.01)
    front.stop()
    assert caller.was_cut()


def test_too_many_connections_end_one_that_rests_or_are_told_so(start: Start) -> None:
    front = start(connections=2, patience=PATIENCE_SECONDS, first_seconds=PATIENCE_SECONDS)
    asks = front.head("POST /rest/companies", f"Content-Length: {len(LONG)}", "Expect: 100-continue")
    resting, busy = front.connect().send(front.head("GET /healthz")), front.connect().send(asks)
    assert [resting.answer()[0], busy.answer()[0]] == [200, 100]
    another = front.connect().send(asks)
    assert another.answer()[0] == 100
    assert resting.ends()
    status, headers, _ = front.connect().answer()
    assert (status, headers["icosa-error"]) == (503, "overloaded")
    assert [each.send(LONG).answer()[0] for each in (busy, another)] == [201, 201]

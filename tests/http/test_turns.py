"""Whoever sends much at once waits for others between any two of its requests, and holds no more than its limits."""

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from icosa.wire.message import Answer, Request
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.http import exchange
from icosa.workspace.http.incoming import FED_BYTES, Arrived, Incoming
from icosa.workspace.http.limits import MB, Limits
from tests.http.fronts import PATIENCE_SECONDS, Fronted, fronted

QUICK = {"tick_seconds": 0.02, "linger_seconds": 0.3, "room_seconds": 0.2}

Start = Callable[..., Fronted]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    folder: Path = tmp_path_factory.mktemp("turns")
    opened = open_workspace(f"sqlite:///{folder}/crm.db")
    yield opened, create_key(opened, "Test key", "9999-12-31T23:59:59.999Z")[1]
    opened.close()


@pytest.fixture
def start(workspace: tuple[Workspace, str]) -> Iterator[Start]:
    with ExitStack() as stack:
        yield lambda **limits: stack.enter_context(fronted(*workspace, Limits(**{**QUICK, **limits})))


def test_requests_that_come_together_are_all_answered(start: Start) -> None:
    front = start()
    count = 2000
    one = front.head("GET /healthz", f"X-Word: {'x' * 100}", key=False)
    caller = front.connect().send(one * count + one[:40])
    assert {caller.answer()[0] for _ in range(count)} == {200}
    assert caller.send(one[40:]).answer()[0] == 200


def test_and_others_have_their_turn_between_any_two(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    front = start()
    turns: list[int] = []
    begin, turn = front.front.begin, 0

    def next_turn() -> None:
        nonlocal turn
        turn += 1
        front.loop.call_soon(next_turn)

    def noted(request: Request) -> object:
        turns.append(turn)
        return begin(request)

    monkeypatch.setattr(front.front, "begin", noted)
    front.loop.call_soon_threadsafe(next_turn)
    caller = front.connect().send(b"GET /healthz HTTP/1.1\r\n\r\n" * 3000)
    for _ in range(3000):
        caller.answer()
    assert len(turns) == 3000
    assert max(map(turns.count, set(turns))) <= 2


@pytest.mark.parametrize("line", ["GET /healthz", "DELETE /rest/companies", "POST /rest/companies"])
@pytest.mark.parametrize(
    "beside", [b"0\r\nX-Word: ", b"0\r\n" + b"X-Word: y\r\n" * 10, b"1;word="], ids=["a trailer", "trailers", "an extension"]
)
def test_what_stands_beside_a_body_has_an_end(start: Start, line: str, beside: bytes) -> None:
    front = start()
    caller = front.connect().send(front.head(line, "Transfer-Encoding: chunked") + beside)
    caller.send(b"X-Word: yyyyyyyy\r\n" * 8000 if beside.endswith(b"\n") else b"x" * 150_000)
    status, headers, _ = caller.answer()
    assert (status, headers["connection"]) == (431, "close")


def test_nobody_says_after_a_body_who_asked(start: Start) -> None:
    front = start()
    late = f"Authorization: Bearer {front.token}".encode()
    sent = front.head("POST /rest/companies", "Transfer-Encoding: chunked", key=False) + b"2\r\n{}\r\n0\r\n" + late + b"\r\n\r\n"
    assert front.connect().send(sent).answer()[0] == 403
    good = front.head("POST /rest/companies", "Transfer-Encoding: chunked") + b"2\r\n{}\r\n0\r\nContent-Encoding: br\r\n\r\n"
    assert front.connect().send(good).answer()[0] == 201


def test_a_body_in_small_pieces_takes_no_more_memory_than_another() -> None:
    arrived: list[Arrived] = []
    incoming = Incoming(Limits(), arrived.append)
    incoming.feed(b"POST /rest/companies HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunks = b"2\r\n  \r\n" * 2000
    tracemalloc.start()
    for _ in range(250):
        assert incoming.feed(chunks) is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    incoming.feed(b"0\r\n\r\n")
    assert arrived[0].request.body == b" " * 1_000_000
    assert peak < 4 * MB
    assert len(chunks) <= FED_BYTES


def test_who_sends_no_more_still_gets_every_answer(start: Start) -> None:
    front = start()
    caller = front.connect().send(front.post(b'{"name": "Acme"}') * 20 + front.head("GET /healthz"))
    caller.socket.shutdown(1)
    assert [caller.answer()[0] for _ in range(21)] == [201] * 20 + [200]
    assert caller.ends()
    half = front.connect().send(front.post(b"x" * 100_000)[:-10])
    half.socket.shutdown(1)
    assert half.ends()


def test_a_client_of_old_knows_the_end_of_an_answer_by_that_of_the_connection(start: Start) -> None:
    caller = start().connect().send(b"GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert caller.answer()[1]["connection"] == "close"
    assert caller.ends()


def test_a_packed_body_is_unpacked_for_nobody_without_a_key(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    front = start()

    def never(*_: object) -> Answer:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(exchange, "unpacked", never)
    packed = gzip.compress(b" " * 1000)
    head = front.head("POST /rest/companies", "Content-Encoding: gzip", f"Content-Length: {len(packed)}", key=False)
    assert front.connect().send(head + packed).answer()[0] == 403


def test_and_only_where_there_is_room_for_what_it_may_become(start: Start) -> None:
    front = start(bodies_bytes=4 * MB, body_bytes=3 * MB, patience=float(PATIENCE_SECONDS))
    front.connect().send(front.post(b"x" * (2 * MB))[:-10]).send(b"")
    packed = gzip.compress(b'{"name": "Packed"}' + b" " * MB)
    bystander = front.connect()
    while not front.front.bodies.held:
        bystander.send(front.head("GET /healthz")).answer()
    assert front.connect().send(front.post(packed, "Content-Encoding: gzip")).answer()[0] == 503
    short = gzip.compress(b'{"name": "Packed"}')
    assert front.connect().send(front.post(short, "Content-Encoding: gzip")).answer()[0] == 201

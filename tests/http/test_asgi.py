"""Pages beside the API: what an application is told of a request, what becomes of its answer, and that no caller can hold
the server's memory or its time by it."""

import asyncio
import http.client
import json
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.http.asgi import HELD_BYTES, Application, Late, Message, Receive, Send
from icosa.workspace.http.limits import MB, Limits
from tests.http.fronts import PATIENCE_SECONDS, Fronted, fronted

NEVER = "9999-12-31T23:59:59.999Z"
QUICK = {"tick_seconds": 0.02, "patience": 0.3, "linger_seconds": 0.3, "half_sent_seconds": 0.1}

Start = Callable[..., Fronted]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    folder: Path = tmp_path_factory.mktemp("pages")
    opened = open_workspace(f"sqlite:///{folder}/crm.db")
    yield opened, create_key(opened, "Test key", NEVER)[1]
    opened.close()


@pytest.fixture
def start(workspace: tuple[Workspace, str]) -> Iterator[Start]:
    """Starts a front with an application, whose times are short but for those that are given."""
    with ExitStack() as stack:
        yield lambda pages, **limits: stack.enter_context(fronted(*workspace, Limits(**{**QUICK, **limits}), pages))


async def whole(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


async def answer(send: Send, told: Any, status: int = 200, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json"), *headers]})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


async def echo(scope: Message, receive: Receive, send: Send) -> None:
    """Tells what it was told."""
    body = await whole(receive)
    told = {name: scope[name] for name in ("method", "path", "http_version", "scheme")}
    query, headers = scope["query_string"].decode(), [[each.decode("latin-1") for each in pair] for pair in scope["headers"]]
    await answer(send, {**told, "query": query, "headers": headers, "size": len(body), "client": scope["client"][0]})


def test_what_is_not_the_apis_goes_to_the_pages_with_all_that_was_said(start: Start) -> None:
    front = start(echo)
    caller = front.connect().send(front.head("GET /br%C3%B6wse/people?a=1&b=%20", "Cookie: a=b", "X-Two: 1", "X-Two: 2", key=False))
    status, headers, told = caller.answer()
    assert (status, told["method"], told["path"], told["query"]) == (200, "GET", "/bröwse/people", "a=1&b=%20")
    assert [each for each in told["headers"] if each[0] in ("cookie", "x-two")] == [["cookie", "a=b"], ["x-two", "1"], ["x-two", "2"]]
    assert (told["http_version"], told["scheme"], told["client"]) == ("1.1", "http", "127.0.0.1")
    assert "access-control-allow-origin" not in headers
    assert headers["date"]


@pytest.mark.parametrize("path", ["/rest/people", "/%72est/people", "/open-api/core", "/healthz", "/readyz", "/metrics", "/graphql"])
def test_what_is_the_apis_does_not(start: Start, path: str) -> None:
    front = start(echo)
    status, headers, told = front.connect().send(front.head(f"GET {path}")).answer()
    assert status == (404 if path in ("/metrics", "/graphql") else 200)
    assert headers["access-control-allow-origin"] == "*"
    assert "http_version" not in told


def test_without_pages_all_is_the_apis(start: Start) -> None:
    front = start(None)
    status, headers, told = front.connect().send(front.head("GET /sign-in")).answer()
    assert (status, told["message"]) == (404, "Cannot GET /sign-in")
    assert headers["access-control-allow-origin"] == "*"


def test_no_page_may_be_asked_for_from_elsewhere(start: Start) -> None:
    front = start(echo)
    line = "OPTIONS /browse", "Origin: https://evil.example.com", "Access-Control-Request-Method: POST"
    _, headers, told = front.connect().send(front.head(*line)).answer()
    assert told["method"] == "OPTIONS"
    assert not any(name.startswith("access-control") for name in headers)


def test_of_one_connection_requests_to_both_are_answered_in_order(start: Start) -> None:
    front = start(echo)
    body = b"x" * 10
    asked = [
        front.head("GET /one"),
        front.head("GET /rest/people?limit=1"),
        front.post(body, path="/two"),
        front.head("GET /rest/companies?limit=1"),
        front.head("HEAD /three"),
        front.head("GET /four", "Connection: close"),
    ]
    caller = front.connect().send(b"".join(asked))
    assert caller.answer()[2]["path"] == "/one"
    assert "people" in caller.answer()[2]["data"]
    assert caller.answer()[2]["size"] == 10
    assert "companies" in caller.answer()[2]["data"]
    status, headers, _ = caller.answer(head_only=True)
    assert (status, int(headers["content-length"]) > 100) == (200, True)
    assert caller.answer()[2]["path"] == "/four"
    assert caller.ends()


@pytest.mark.parametrize("told", [True, False], ids=["length", "chunks"])
def test_a_body_comes_whole_however_it_is_cut(start: Start, told: bool) -> None:
    front = start(echo, patience=PATIENCE_SECONDS)
    body = bytes(range(256)) * 8000
    caller = http.client.HTTPConnection("127.0.0.1", front.port, timeout=PATIENCE_SECONDS)
    pieces = [body[at : at + 70_001] for at in range(0, len(body), 70_001)]
    for _ in range(2):
        caller.request("POST", "/import", iter(pieces), {"Content-Length": str(len(body))} if told else {}, encode_chunked=not told)
        assert json.loads(caller.getresponse().read())["size"] == len(body)
    caller.close()


def test_a_long_upload_is_never_in_memory(start: Start) -> None:
    """The application takes it slowly, and the sender sends as fast as it can."""
    sizes: list[int] = []
    size = 60 * MB

    async def slow(_: Message, receive: Receive, send: Send) -> None:
        total = 0
        while True:
            message = await receive()
            sizes.append(len(message.get("body", b"")))
            total += sizes[-1]
            if not message.get("more_body"):
                break
            await asyncio.sleep(0)
        await answer(send, total)

    front = start(slow, patience=PATIENCE_SECONDS)
    tracemalloc.start()
    try:
        caller = front.connect().send(front.head("POST /import", f"Content-Length: {size}"))
        piece = memoryview(b"x" * MB)
        for _ in range(size // MB):
            caller.socket.sendall(piece)
        assert caller.answer()[2] == size
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert max(sizes) < HELD_BYTES + MB
    assert most < 8 * MB


def test_nothing_of_a_body_is_read_that_nobody_wants(start: Start) -> None:
    async def refuse(_: Message, __: Receive, send: Send) -> None:
        await answer(send, "no", 403)

    front = start(refuse, patience=PATIENCE_SECONDS)
    caller = front.connect().send(front.head("POST /import", "Content-Length: 200000000", "Expect: 100-continue"))
    status, headers, told = caller.answer()
    assert (status, headers["connection"], told) == (403, "close", "no")
    assert caller.ends()


def test_who_waits_for_the_word_to_send_gets_it_when_the_body_is_wanted(start: Start) -> None:
    front = start(echo)
    caller = front.connect().send(front.head("POST /import", "Content-Length: 3", "Expect: 100-continue"))
    assert caller.answer()[0] == 100
    assert caller.send(b"abc").answer()[2]["size"] == 3


def test_a_body_that_stops_coming_ends_the_connection_and_the_page_is_told(start: Start) -> None:
    ended = threading.Event()

    async def reads(scope: Message, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        ended.set()

    front = start(reads)
    caller = front.connect().send(front.head("POST /import", "Content-Length: 1000") + b"x")
    assert caller.ends()
    assert ended.wait(PATIENCE_SECONDS)


def test_what_is_not_read_is_not_made(start: Start) -> None:
    """A download of which nothing is read: it stops being made, and its reader is let go."""
    made: list[int] = []
    ended = threading.Event()

    async def endless(_: Message, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            while True:
                await send({"type": "http.response.body", "body": b"x" * 10_000, "more_body": True})
                made.append(10_000)
        except OSError:
            ended.set()

    front = start(endless)
    front.connect(receive_buffer=4096).send(front.head("GET /export"))
    assert ended.wait(PATIENCE_SECONDS)
    assert sum(made) < 8 * MB


def test_a_download_is_sent_while_it_is_made(start: Start) -> None:
    async def rows(_: Message, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/csv")]})
        for at in range(2000):
            await send({"type": "http.response.body", "body": b"%d," % at * 100, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    front = start(rows)
    caller = http.client.HTTPConnection("127.0.0.1", front.port, timeout=PATIENCE_SECONDS)
    for _ in range(2):
        caller.request("GET", "/export")
        got = caller.getresponse()
        assert got.headers["transfer-encoding"] == "chunked"
        assert got.read() == b"".join(b"%d," % at * 100 for at in range(2000))
    old = front.connect().send(b"GET /export HTTP/1.0\r\n\r\n")
    assert b"transfer-encoding" not in old.rest().lower()
    caller.close()


def test_a_page_that_fails_says_so_and_the_log_no_more_than_where(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    async def fails(scope: Message, _: Receive, __: Send) -> None:
        raise ValueError(scope["path"])

    front = start(fails)
    caller = front.connect().send(front.head("GET /sign-in/abcdef") + front.head("GET /rest/people?limit=1"))
    status, headers, text = caller.answer(as_json=False)
    assert (status, headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert "abcdef" not in str(text) + caplog.text
    assert "ValueError" in caplog.text
    assert caller.answer()[0] == 200


def test_one_that_fails_within_its_answer_is_cut_off(start: Start) -> None:
    async def fails(_: Message, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        raise ValueError

    front = start(fails)
    assert front.connect().send(front.head("GET /export")).was_cut()


def test_no_header_of_a_page_begins_another(start: Start) -> None:
    async def sly(_: Message, __: Receive, send: Send) -> None:
        await answer(send, "", 303, (b"location", b"/a\r\nset-cookie: b=c"))

    front = start(sly)
    _, headers, _ = front.connect().send(front.head("GET /")).answer()
    assert headers["location"] == "/aset-cookie: b=c"
    assert "set-cookie" not in headers


def test_a_stop_answers_what_has_come_and_waits_for_no_upload(start: Start) -> None:
    begun, go = threading.Event(), threading.Event()

    async def waits(scope: Message, receive: Receive, send: Send) -> None:
        if scope["path"] == "/slow":
            begun.set()
            await asyncio.to_thread(go.wait, PATIENCE_SECONDS)
        await whole(receive)
        await answer(send, "done")

    front = start(waits, patience=PATIENCE_SECONDS)
    upload = front.connect().send(front.head("POST /import", "Content-Length: 1000") + b"x")
    slow = front.connect().send(front.head("GET /slow"))
    assert begun.wait(PATIENCE_SECONDS)
    stopping = threading.Thread(target=front.stop)
    stopping.start()
    assert upload.ends()
    go.set()
    status, headers, told = slow.answer()
    assert (status, headers["connection"], told) == (200, "close", "done")
    stopping.join(PATIENCE_SECONDS)


def test_pages_are_made_once_when_they_are_first_asked_for(start: Start) -> None:
    made: list[Application] = []

    def make() -> Application:
        made.append(echo)
        return echo

    front = start(Late(make))
    assert front.connect().send(front.head("GET /healthz")).answer()[0] == 200
    assert made == []
    callers = [front.connect().send(front.head("GET /one")) for _ in range(5)]
    assert [each.answer()[2]["path"] for each in callers] == ["/one"] * 5
    assert made == [echo]

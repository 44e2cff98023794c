"""The workspace as an ASGI application answers as `icosa serve` does, in whatever pieces a server hands it a request."""

import asyncio
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.http.app import App
from icosa.workspace.http.limits import MAX_BODY_BYTES

FAR = "2999-01-01T00:00:00.000Z"

Told = MutableMapping[str, Any]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(f"sqlite:///{tmp_path}/crm.db")
    yield opened
    opened.close()


def told(app: App, scope: dict[str, Any], *messages: dict[str, Any]) -> list[Told]:
    """All that the application sends for a scope and what it receives in it."""
    sent: list[Told] = []

    async def run() -> None:
        waiting = iter(messages)

        async def receive() -> Told:
            return next(waiting)

        async def send(message: Told) -> None:
            sent.append(message)

        await app(scope, receive, send)

    asyncio.run(run())
    return sent


def asked(app: App, method: str, *pieces: bytes, token: str = "", **headers: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of an answer about people."""
    named = {"authorization": f"Bearer {token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": "/rest/people",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }
    last = len(pieces) - 1
    head, body = told(app, scope, *({"type": "http.request", "body": piece, "more_body": at < last} for at, piece in enumerate(pieces)))
    return head["status"], dict(head["headers"]), body["body"]


def test_it_opens_its_workspace_as_the_server_starts_and_closes_it_as_it_ends(workspace: Workspace) -> None:
    opened: list[Workspace] = []

    def open_() -> Workspace:
        opened.append(workspace)
        return workspace

    sent = told(App(open_), {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [each["type"] for each in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert opened == [workspace]


def test_what_is_neither_is_left_alone(workspace: Workspace) -> None:
    assert told(App(lambda: workspace), {"type": "websocket"}) == []


def test_a_browser_may_ask_what_it_may_send(workspace: Workspace) -> None:
    status, headers, body = asked(App(lambda: workspace), "OPTIONS", access_control_request_headers="X-Mine")
    assert (status, headers[b"access-control-allow-headers"], body) == (204, b"X-Mine", b"")


def test_a_body_may_come_in_pieces(workspace: Workspace) -> None:
    _, token = create_key(workspace, "Test", FAR)
    pieces = json.dumps({"city": "Ayr"}).encode()
    status, _, body = asked(App(lambda: workspace), "POST", pieces[:5], b"", pieces[5:], token=token)
    assert (status, json.loads(body)["data"]["createPerson"]["city"]) == (201, "Ayr")


def test_a_head_tells_the_length_and_no_more(workspace: Workspace) -> None:
    _, token = create_key(workspace, "Test", FAR)
    status, headers, body = asked(App(lambda: workspace), "HEAD", token=token)
    assert (status, body) == (200, b"")
    assert int(headers[b"content-length"]) > 0


def test_nothing_of_a_long_body_is_read_for_who_may_not_send_it(workspace: Workspace) -> None:
    status, _, _ = asked(App(lambda: workspace), "POST", b"{", b"more would be here", token="")
    assert status in (401, 403)


def test_a_body_that_is_too_long_is_refused_as_soon_as_that_is_seen(workspace: Workspace) -> None:
    _, token = create_key(workspace, "Test", FAR)
    status, _, body = asked(App(lambda: workspace), "POST", b" " * MAX_BODY_BYTES, b"  ", b"never read", token=token)
    assert (status, json.loads(body)["error"]) == (413, "Payload Too Large")

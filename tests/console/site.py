"""A console for tests: the sample workspace behind it, and a server in this process that a browser can ask."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

import icosa
from icosa.journal.journal_file import Run
from icosa.journal.protocol import Author
from icosa.journal.recording import Recorder
from icosa.sample import records
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.signing_in.held import HeldSessions
from icosa.surfaces.console.site import Inquiry, Sessions, Visitor, Vitals

MAYA = Visitor(None, "Maya’s laptop")


class Local:
    """A file's workspace as a site."""

    remote = False
    at_once = None
    access = None
    keys_open = True

    def __init__(self, database: Path, visitor: Visitor = MAYA, address: str = "http://127.0.0.1:3000") -> None:
        self.name = database.name
        self.address = address
        self.door = Door(address)
        self.sessions: Sessions = HeldSessions(visitor)
        self.stands = Vitals("", [("Database", 5_242_880), ("Write-ahead log", 131_072)], None)
        self._database = database
        self._url = f"sqlite:///{database}"

    def seen_by(self, visitor: Visitor) -> "Local":
        """The same workspace, where somebody else signs in."""
        return Local(self._database, visitor, self.address)

    def vitals(self) -> Vitals:
        return self.stands

    def client(self, visitor: Visitor, title: str = "console", asked: list[Inquiry] | None = None) -> icosa.Client:
        crm = icosa.connect(self._url, journal=Recorder(Run(self._url, title, by=visitor.name, key_id=visitor.key_id)))
        crm.author = Author(visitor.name, visitor.key_id)
        return crm

    def reshaped(self) -> None:
        """Each client reads it from the file."""

    def shape(self) -> object:
        return None

    def commits(self) -> object:
        return object()

    async def answers_alike(self, visitor: Visitor, asked: Sequence[Inquiry]) -> bool:
        return False


def fill(database: Path) -> Path:
    """The sample workspace, in a new file."""
    with icosa.connect(f"sqlite:///{database}") as crm:
        fill_sample(crm)
    return database


def fill_sample(crm: icosa.Client) -> None:
    """The same, in a workspace that is open."""
    for plural, made in records().items():
        for start in range(0, len(made), crm.offers.max_batch):
            crm[plural].create_many(made[start : start + crm.offers.max_batch], depth=0)


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """An application on loopback while the block lasts; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, app))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """HTTP to ASGI, a request at a time."""

    protocol_version = "HTTP/1.1"

    def __init__(self, app: ASGIApp, *arguments: Any) -> None:
        self._app = app
        super().__init__(*arguments)

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
        elif self.parse_request():
            with suppress(ConnectionError):  # a browser that goes on to another page waits for nothing more of this one
                asyncio.run(self._run())

    async def _run(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        path, _, query = self.path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": self.command, "scheme": "http",
            "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()],
            "client": self.client_address, "server": self.server.server_address,
        }  # fmt: skip
        sent: list[Any] = []

        asked = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            return next(asked, None) or await asyncio.get_running_loop().create_future()  # who waits for the end of it waits

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        answer = b"".join(each.get("body", b"") for each in sent[1:])
        self.send_response(sent[0]["status"])
        for name, value in sent[0]["headers"]:
            if name.lower() != b"content-length":
                self.send_header(name.decode(), value.decode())
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else answer)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name is the base's
        """Nothing: the address may hold what was looked for."""


def routes_of(app: Any) -> Sequence[BaseRoute]:
    """The routes of an application, for tests that look at all of them."""
    found: Sequence[BaseRoute] = app.routes
    return found

"""The floor: what the same machine can do at most in the same way.

The same event loop and the same parser as a workspace's front, one prepared statement over the same rows, the same
bytes; no token, no route, no query, no body is looked at, and nothing is limited.

    python -m bench.floor.app PLAN PORT
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import Protocol, cast

import uvloop
from httptools import HttpRequestParser

from bench.floor.plan import Plan, Step
from bench.floor.sqlite import SqliteFloor
from icosa.workspace.location import is_postgres

_BACKLOG = 1024
_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\naccess-control-allow-origin: *\r\n"
    b"date: Thu, 01 Jan 2026 00:00:00 GMT\r\ncontent-length: %d\r\n\r\n"
)


class Database(Protocol):
    def read(self, step: Step, id_: str) -> bytes | Awaitable[bytes]: ...

    def write(self, step: Step, id_: str) -> Awaitable[bytes]: ...


class Floor:
    """Answers /health, /<step> or /<step>/<id>."""

    def __init__(self, plan: Plan) -> None:
        self._steps = {name: (step, step.head.encode(), step.tail.encode()) for name, step in plan.steps.items()}
        self._database = _database(plan.database)

    def answer(self, path: str) -> bytes | Awaitable[bytes]:
        _, name, *rest = path.split("/")
        if name == "health":
            return b"{}"
        (step, head, tail), id_ = self._steps[name], rest[0] if rest else ""
        found = self._database.write(step, id_) if step.writes else self._database.read(step, id_)
        return b"".join((head, found, tail)) if isinstance(found, bytes) else _around(head, found, tail)


class Connection(asyncio.Protocol):
    """Parses a request, and sends what the floor has for its path."""

    _transport: asyncio.Transport

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._parser = HttpRequestParser(self)
        self._path = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._path = url.decode("ascii")

    def on_message_complete(self) -> None:
        answer = self._floor.answer(self._path)
        if isinstance(answer, bytes):
            self._send(answer)
        else:
            self._task = asyncio.get_running_loop().create_task(self._send_later(answer))

    async def _send_later(self, answer: Awaitable[bytes]) -> None:
        self._send(await answer)

    def _send(self, body: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(_HEAD % len(body) + body)


async def _around(head: bytes, found: Awaitable[bytes], tail: bytes) -> bytes:
    return b"".join((head, await found, tail))


def _database(url: str) -> Database:
    if not is_postgres(url):
        return SqliteFloor(url)
    from bench.floor.postgres import PostgresFloor  # here, because its driver is an extra

    return PostgresFloor(url)


async def _serve(plan: Path, port: int) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    floor = Floor(Plan.read(plan))
    await loop.create_server(lambda: Connection(floor), "127.0.0.1", port, backlog=_BACKLOG)
    await stopped.wait()


def main(path: str, port: int) -> None:
    """Serves until SIGTERM."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(Path(path), port))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

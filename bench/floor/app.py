"""The floor: what the same machine can do at most in the same way.

The same server and the same bare ASGI application as a workspace's, one prepared statement over the same
rows, the same bytes; no token, no route, no query, no body is looked at.

    python -m bench.floor.app PLAN PORT
"""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bench.floor.plan import Plan, Step
from bench.floor.sqlite import SqliteFloor
from icosa.workspace.location import is_postgres

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_JSON = (b"content-type", b"application/json; charset=utf-8")
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")


class Database(Protocol):
    async def read(self, step: Step, id_: str) -> bytes: ...

    async def write(self, step: Step, id_: str) -> bytes: ...


class Floor:
    """Answers /health, /<step> or /<step>/<id>."""

    def __init__(self, plan: Plan) -> None:
        self._steps = {name: (step, step.head.encode(), step.tail.encode()) for name, step in plan.steps.items()}
        self._database = _database(plan.database)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        _, name, *rest = scope["path"].split("/")
        if name == "health":
            await _send(send, b"{}")
            return
        (step, head, tail), id_ = self._steps[name], rest[0] if rest else ""
        if step.writes:
            while (await receive()).get("more_body"):
                pass
            found = await self._database.write(step, id_)
        else:
            found = await self._database.read(step, id_)
        await _send(send, b"".join((head, found, tail)))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _database(url: str) -> Database:
    if not is_postgres(url):
        return SqliteFloor(url)
    from bench.floor.postgres import PostgresFloor  # here, because its driver is an extra

    return PostgresFloor(url)


async def _send(send: Send, body: bytes) -> None:
    headers = [_JSON, _ANY_ORIGIN, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _load(path: str) -> Floor:
    return Floor(Plan.read(Path(path)))


def main(path: str, port: int) -> None:
    """Serves with the settings of `icosa.workspace.http.serve`, until SIGTERM."""
    server = Granian("floor", address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_level=LogLevels.warning, websockets=False)
    server.serve(target_loader=partial(_load, path), wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

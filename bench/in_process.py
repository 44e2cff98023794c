"""What a request costs in the process that answers it, from its bytes to those of its answer, without a socket.

    python -P bench/in_process.py < asked.json

`asked` is a database, `sides` (by name what watches: "log", "metrics"), the `names` of objects, `requests` (by operation a
template, the ids for it, and how many make a turn), `turns` and `connections`.  What is written is the CPU time of the whole
process, its threads' too, in microseconds a request, by operation and side: the median of the turns.

It measures the icosa that is on PYTHONPATH, of whatever checkout that is, and imports nothing else of this one.  All sides
stand before one workspace and have their turns in a new order each time, so that the luck of where things lie in memory is
the same for all.
"""

import asyncio
import gc
import json
import os
import random
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from time import process_time
from typing import Any

import uvloop

from icosa.workspace import Workspace, open_workspace
from icosa.workspace.http.access_log import AccessLog
from icosa.workspace.http.connection import Connection
from icosa.workspace.http.front import Front
from icosa.workspace.http.metrics import Metrics
from icosa.workspace.http.watch import Watch

HANDING_ON_SECONDS = 0.03
"""How long the thread of a log has, at the end of each turn, to hand on what was noted in it.  Sleeping costs no CPU."""

_UNIQUE = count()


class Answers(asyncio.Transport):
    """Takes what a front writes, and counts it."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.last = b""
        self.more = asyncio.Event()

    def write(self, data: Any) -> None:
        self.count += 1
        self.last = data
        self.more.set()

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        """Nothing comes by itself."""

    def resume_reading(self) -> None:
        """Nothing comes by itself."""


@dataclass(frozen=True, slots=True)
class Fed:
    """A front, and the connections on which it is fed."""

    front: Front
    connections: Sequence[Connection]
    answers: Answers


async def main() -> None:
    """Reads what is asked from standard input, and writes what came of it to standard output."""
    asked = json.load(sys.stdin)
    workspace = open_workspace(asked["database"])
    gc.freeze()  # as a server does
    gc.set_threshold(50_000)
    sys.setswitchinterval(0.0001)
    sides = {name: await _fed(workspace, watching, asked["names"], asked["connections"]) for name, watching in asked["sides"].items()}
    found = {}
    for operation, (template, ids, size) in asked["requests"].items():
        requests = _requests(template.encode(), [each.encode() for each in ids])
        turns: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(-1, asked["turns"]):  # the first is for warming up
            for name in random.sample(list(sides), len(sides)):
                spent = await _turn(sides[name], requests, size)
                if number >= 0:
                    turns[name].append(spent)
        found[operation] = {name: median(of) for name, of in turns.items()}
    for side in sides.values():
        if side.front.watch is not None:
            side.front.watch.close()
    workspace.close()
    print(json.dumps(found))


async def _fed(workspace: Workspace, watching: Sequence[str], names: Sequence[str], connections: int) -> Fed:
    metrics, log = Metrics() if "metrics" in watching else None, AccessLog(False, names) if "log" in watching else None
    front, answers = Front(workspace, watch=Watch(metrics, log) if watching else None), Answers()
    await front.start(socket.create_server(("127.0.0.1", 0)))
    made = [Connection(front) for _ in range(connections)]
    for each in made:
        each.connection_made(answers)
    return Fed(front, made, answers)


def _requests(template: bytes, ids: Sequence[bytes]) -> Iterator[bytes]:
    """Requests without end; `{id}` becomes the next of the ids, `{unique}` a word that was never sent before."""
    head, _, body = template.partition(b"\r\n\r\n")
    made = [head.replace(b"{id}", each) for each in ids or [b""]]
    while body:
        full = body.replace(b"{unique}", b"p%dx%d" % (os.getpid(), next(_UNIQUE)))
        yield b"%b\r\nContent-Length: %d\r\n\r\n%b" % (random.choice(made), len(full), full)
    made = [each + b"\r\n\r\n" for each in made]
    while True:
        yield from made


async def _turn(side: Fed, requests: Iterator[bytes], size: int) -> float:
    """Has so many requests answered, one at a time on each connection; CPU microseconds a request."""
    answers = side.answers
    answers.count = sent = 0
    begun = process_time()
    while sent < size:
        for each in side.connections:
            each.data_received(next(requests))
        sent += len(side.connections)
        await asyncio.sleep(0)
        while answers.count < sent:
            answers.more.clear()
            await answers.more.wait()
    if side.front.watch is not None:
        side.front.watch.hand_on()
    await asyncio.sleep(HANDING_ON_SECONDS)
    if not answers.last.startswith(b"HTTP/1.1 20"):
        raise SystemExit(f"the request was refused: {answers.last[:500]!r}")
    return (process_time() - begun) * 1e6 / sent


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())

"""The floor's SQLite: prepared statements and nothing else, with the settings of a workspace.

Writes that wait together share one commit, as a workspace's do, but each is trusted to succeed.
"""

import asyncio
import queue
import re
import threading
from concurrent.futures import Future
from typing import Any

import apsw

from bench.floor.plan import AN_EVENT, OUTBOX, Step, changed_row, event_of, own_row
from icosa.workspace.location import sqlite_path

AT_ONCE = 64
_COUNTS = re.compile(" UPDATE icosa_tally [^;]*;")
_Job = tuple[Step, str, "Future[bytes]"]


class SqliteFloor:
    def __init__(self, url: str) -> None:
        path = sqlite_path(url)
        self._reading = _connect(path)
        self._writing = _connect(path)
        _forget_bookkeeping(self._writing)
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def read(self, step: Step, id_: str) -> bytes:
        row: Any = self._reading.execute(step.sql, step.bound(id_)).fetchall()[0]
        found: bytes = row[0]
        return found

    async def write(self, step: Step, id_: str) -> bytes:
        future: Future[bytes] = Future()
        self._jobs.put((step, id_, future))
        return await asyncio.wrap_future(future)

    def _work(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            while len(jobs) < AT_ONCE and not self._jobs.empty():
                jobs.append(self._jobs.get())
            self._writing.execute("BEGIN IMMEDIATE")
            texts = [self._one(step, id_) for step, id_, _ in jobs]
            self._writing.execute("COMMIT")
            for (_, _, future), text in zip(jobs, texts, strict=True):
                future.set_result(text)

    def _one(self, step: Step, id_: str) -> bytes:
        rows = [changed_row(step, id_)] if step.by_id else [own_row(step) for _ in range(step.records)]
        docs = [str(row[0]) for row in self._writing.executemany(step.sql, rows).fetchall()]
        self._writing.execute(OUTBOX, (*AN_EVENT, *event_of(docs)))
        return ",{".join(docs).encode()


def _connect(path: str) -> apsw.Connection:
    connection = apsw.Connection(path)
    connection.set_busy_timeout(10_000)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -16000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _forget_bookkeeping(connection: apsw.Connection) -> None:
    """Takes out of all triggers that a workspace counts its records.  Indexes, and the docs of rows, stay: they are the database's own
    work."""
    counting = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%icosa_tally%'"
    for name, sql in connection.execute(counting).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
        rest = _COUNTS.sub("", str(sql))
        if not rest.endswith("BEGIN END"):
            connection.execute(rest)

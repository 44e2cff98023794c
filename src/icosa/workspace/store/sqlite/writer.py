"""The one connection that writes, on a thread of its own.

Writes that wait while another is being committed go into one transaction, each in a savepoint of its
own, and share its commit: each is whole or not at all, none is acknowledged before it is on disk, and
durability costs little under load.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import apsw

from icosa.errors import IcosaError, Overloaded
from icosa.workspace.store.sqlite.connect import connect
from icosa.workspace.store.sqlite.run import execute, run
from icosa.workspace.store.statement import Statement, Steps, T

SHARED_AT_MOST = 64
_Job = tuple[Callable[[], Steps[Any]], "Future[Any]"]


class Writer:
    def __init__(self, path: str) -> None:
        self._connection = connect(path)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="icosa-writer", daemon=True)
        self._thread.start()

    def submit(self, write: Callable[[], Steps[T]]) -> "Future[T]":
        """The result of a write once it is on disk, or its error once nothing of it is there."""
        future: Future[T] = Future()
        self._jobs.put((write, future))
        return future

    def close(self) -> None:
        """Finishes what was submitted, then closes."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            jobs = [job]
            ended = False
            while len(jobs) < SHARED_AT_MOST and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    ended = True
                    break
                jobs.append(following)
            self._together(jobs)
            if ended:
                return

    def _together(self, jobs: list[_Job]) -> None:
        """One transaction for all; the futures are told only after its commit."""
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            execute(self._connection, Statement("BEGIN IMMEDIATE"))
            for write, future in jobs:
                outcomes.append((future, *self._one(write)))
            execute(self._connection, Statement("COMMIT"))
        except BaseException as error:
            self._abandon()
            failure = (
                error if isinstance(error, IcosaError) else Overloaded(f"the write could not be committed: {error}; nothing was written")
            )
            for _, future in jobs:
                future.set_exception(failure)
            return
        for future, result, failed in outcomes:
            if failed is None:
                future.set_result(result)
            else:
                future.set_exception(failed)

    def _one(self, write: Callable[[], Steps[Any]]) -> tuple[Any, BaseException | None]:
        execute(self._connection, Statement("SAVEPOINT one"))
        try:
            result = run(self._connection, write())
        except Overloaded:
            raise
        except Exception as error:
            execute(self._connection, Statement("ROLLBACK TO one"))
            execute(self._connection, Statement("RELEASE one"))
            return None, error
        execute(self._connection, Statement("RELEASE one"))
        return result, None

    def _abandon(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except apsw.Error:
            pass  # SQLite has rolled back by itself

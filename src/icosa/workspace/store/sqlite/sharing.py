"""Small writes of an event loop: their statements run on the loop, and only the commit, which waits for the disk, beside it.

In a thread of their own, statements would take the interpreter from the loop and wait for it themselves, several times each: that
costs more than the statements.  What arrives while a commit is under way shares the next one.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from icosa.errors import Overloaded
from icosa.workspace.store.sqlite.delivery import Delivery
from icosa.workspace.store.sqlite.writer import Outcome, Writer
from icosa.workspace.store.statement import Statements

_Job = tuple[Callable[[], Statements[Any]], "asyncio.Future[Any]"]


class Sharing:
    """What one event loop writes."""

    def __init__(self, loop: asyncio.AbstractEventLoop, writer: Writer, delivery: Delivery) -> None:
        self._loop = loop
        self._writer = writer
        self._delivery = delivery
        self._waiting: list[_Job] = []
        self._under_way = False

    def expect(self, write: Callable[[], Statements[Any]]) -> "asyncio.Future[Any]":
        """What the loop awaits for the result of a write that is on disk."""
        waiter = self._loop.create_future()
        self._waiting.append((write, waiter))
        if not self._under_way:
            self._under_way = True
            self._loop.call_soon(self._run)  # once all that has arrived is there
        return waiter

    def _run(self) -> None:
        # What nobody waits for any more is not begun; what is begun can no longer be called off.
        jobs = [job for job in self._waiting if not job[1].cancelled()]
        self._waiting = []
        outcomes = self._writer.run_here([write for write, _ in jobs]) if jobs else None
        if outcomes is None:
            self._under_way = False
            self._elsewhere(jobs)
            return
        ran, self._waiting = jobs[: len(outcomes)], jobs[len(outcomes) :]
        self._writer.commit_beside(outcomes, lambda found: self._bring(ran, found))

    def _elsewhere(self, jobs: list[_Job]) -> None:
        """Leaves writes to the writer's thread: they take too long here, or somebody else is writing."""
        for write, waiter in jobs:
            try:
                self._delivery.expect(self._writer.submit(write), waiter)
            except Overloaded as error:
                waiter.set_exception(error)

    def _bring(self, jobs: list[_Job], outcomes: list[Outcome]) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            self._loop.call_soon_threadsafe(self._hand_over, jobs, outcomes)

    def _hand_over(self, jobs: list[_Job], outcomes: list[Outcome]) -> None:
        for (_, waiter), (result, failed) in zip(jobs, outcomes, strict=True):
            if waiter.cancelled():
                continue
            if failed is None:
                waiter.set_result(result)
            else:
                waiter.set_exception(failed)
        if self._waiting:
            self._loop.call_soon(self._run)
        else:
            self._under_way = False

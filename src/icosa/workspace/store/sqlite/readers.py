"""Connections that only read.

Every read starts on a short budget, so that the thread that serves all requests is never held for long;
what uses it up is run again on a connection of its own, under a time limit that ends in a clear error.
"""

import time
from collections.abc import Callable

import apsw

from icosa.errors import InvalidInput, Overloaded, ServerFailure
from icosa.workspace.store.sqlite.connect import connect
from icosa.workspace.store.sqlite.file import Identity, identity
from icosa.workspace.store.sqlite.memory import Memory
from icosa.workspace.store.sqlite.run import TooSlow
from icosa.workspace.store.statement import Steps, T

LIMIT_SECONDS = 10.0

_LOOK_SECONDS = 1.0
_STEPS = 20_000
_QUICK_CHECKS = 3
"""A quick read ends at its third check: after 40,000 to 60,000 steps of SQLite's virtual machine, about two
milliseconds, where a page at depth 1 takes some ten thousand.  SQLite counts a statement's steps over all
its runs, so the first check may come at any step."""


class Readers:
    """Read connections of one file; each read has one to itself while it runs."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: list[_Reader] = []
        self._identity: Identity | None = None
        self._look_again = 0.0

    def quick(self, begin: Callable[[], Steps[T]]) -> T:
        """Runs steps within the budget.  Raises TooSlow where they need more; run them again with `patient`."""
        return self._run(begin, _QUICK_CHECKS, LIMIT_SECONDS)

    def patient(self, begin: Callable[[], Steps[T]]) -> T:
        """Runs steps within the time limit.  Raises Overloaded where they need more."""
        try:
            return self._run(begin, None, LIMIT_SECONDS)
        except TooSlow:
            raise Overloaded(
                f"the request was stopped after {LIMIT_SECONDS:g} seconds; ask for less: a smaller limit or depth, "
                "or a filter on an indexed field"
            ) from None

    def _run(self, begin: Callable[[], Steps[T]], checks: int | None, seconds: float) -> T:
        now = time.monotonic()
        if now > self._look_again:
            self._look(now)
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = self._open()
        reader.allow(checks, now + seconds)
        try:
            result = reader.memory.run(begin)
        except ServerFailure:
            reader.connection.close()  # what it remembers of a file that failed may be wrong
            raise
        except BaseException:
            self._idle.append(reader)
            raise
        self._idle.append(reader)
        return result

    def _look(self, now: float) -> None:
        """Lets connections go whose file was replaced by another, as a restore by hand does."""
        found = identity(self._path)
        if found != self._identity:
            self.close()
            self._identity = found
        self._look_again = now + _LOOK_SECONDS

    def _open(self) -> "_Reader":
        identity(self._path)  # raises, where SQLite would make a new file
        try:
            return _Reader(connect(self._path, mapped=True))
        except InvalidInput as error:
            raise Overloaded(error.message) from None

    def close(self) -> None:
        while self._idle:
            self._idle.pop().connection.close()


class _Reader:
    """A connection that is interrupted when it has used what it was allowed."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection
        self.memory = Memory(connection)
        self._checks: int | None = None
        self._ends = 0.0
        connection.set_progress_handler(self._spent, _STEPS)

    def allow(self, checks: int | None, ends: float) -> None:
        self._checks = checks
        self._ends = ends

    def _spent(self) -> bool:
        if self._checks is None:
            return time.monotonic() > self._ends
        self._checks -= 1
        return self._checks <= 0

"""Whose turn it is to write, where several processes write to one file.

SQLite lets those that wait for its lock ask for it again and again; a process that writes without a pause
is always there first.  So who has waited for long takes the turn and holds it until the lock of the database is
free, and nobody begins to write while another holds the turn.  The turn is a lock of its own on an empty file beside
the database; the system frees it when a process ends, however it ends.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from icosa.errors import Overloaded

if sys.platform != "win32":  # there SQLite's own lock has to do
    import fcntl

_POLL_SECONDS = 0.001


class Turn:
    """The turn of one database file."""

    def __init__(self, path: str, seconds: float) -> None:
        self._path = f"{path}-turn"
        self._seconds = seconds
        self._file: int | None = None

    def let_others_go(self) -> None:
        """Waits until nobody has the turn.  Raises as `held` does."""
        if self._file is not None and _taken(self._file):
            _release(self._file)
        else:
            with self.held():
                pass

    @contextmanager
    def held(self) -> Iterator[None]:
        """Waits for the turn.  Raises Overloaded where it does not come within the time that is allowed."""
        if self._file is None:
            self._open()
        if self._file is None:
            yield
            return
        deadline = time.monotonic() + self._seconds
        while not _taken(self._file):
            if time.monotonic() > deadline:
                raise Overloaded("too many programs wait to write to the database; try again in a moment")
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            _release(self._file)

    def _open(self) -> None:
        if sys.platform != "win32":
            with suppress(OSError):  # a folder that cannot be written to holds a database that cannot either
                self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _taken(file: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without such locks: SQLite's own lock has to do
    return True


def _release(file: int) -> None:
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)

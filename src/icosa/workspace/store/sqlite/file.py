"""The file of a database, looked at from outside: whether it is still the one that was opened."""

import os

from icosa.errors import Overloaded

Identity = tuple[int, int]

State = tuple[tuple[int, int, int] | None, ...]
"""Which file the database and its log are, how long, and when they were written to."""


def identity(path: str) -> Identity:
    """What tells a file from another that has taken its place.

    Raises Overloaded where there is none: an open connection would go on writing to a file that nobody can
    find any more, and what it acknowledged would be lost.
    """
    try:
        found = os.stat(path)
    except OSError:
        raise Overloaded("the database file is gone; nothing was written; put it back, and the next request finds it") from None
    return found.st_dev, found.st_ino


def state(path: str) -> State:
    """Changes when anybody writes to the database."""
    return tuple(_written(each) for each in (path, f"{path}-wal"))


def _written(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def file_bytes(path: str) -> int:
    """How long the file is; 0 where it is gone."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def log_bytes(path: str) -> int:
    """How long the write-ahead log is."""
    return file_bytes(f"{path}-wal")

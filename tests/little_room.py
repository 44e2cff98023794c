"""A disk that is full, made of the longest file that a process may write: what lies behind that is refused by the system."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="there no process has such a limit")


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """No file grows beyond so many bytes in this process: a write behind that fails with EFBIG, as with ENOSPC on a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refuses_all() -> bool:
    """Whether this system has the device that is always full."""
    return os.path.exists("/dev/full")

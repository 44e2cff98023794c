"""Whether a journal is being written: whoever writes one holds a lock on it, which the system lets go of when the
process ends, however it ends."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl


def hold(file: BinaryIO) -> None:
    """Holds a file until it is closed.  Where the file system has no locks, nobody knows of it."""
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_held(path: Path) -> bool:
    """Whether a program holds the file, this one included."""
    if sys.platform != "win32":
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
    return False

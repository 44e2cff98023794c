"""One program at a time: a lock on a file, which the system lets go of when a process ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from icosa.errors import Conflict, InvalidValue

if sys.platform != "win32":
    import fcntl


@contextmanager
def locked(path: Path, what: str) -> Iterator[BinaryIO]:
    """The file, opened to read and write and made where it is missing, and nobody else's until the end of the block.
    Raises Conflict, about `what`, where another program has it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be written: {error.strerror}. {what} has to lie where its progress can be kept") from None
    with os.fdopen(handle, "r+b") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict(
                    f"{what} is being run by another program. Wait until that is through; what it did is not done again"
                ) from None
            except OSError:
                pass  # a file system without locks: the ids in a plan keep a record from being created twice
        yield file

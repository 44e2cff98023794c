"""A file that cannot be written to any more: which it is, so that whoever hears of a full disk knows where."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where there is no room for what is written."""


def blame(path: Path, error: OSError) -> None:
    """Has the error name the file.  The system names a file that cannot be opened, and none that cannot be written to."""
    if error.filename is None:
        error.filename = str(path)


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Has an OSError of the block name the file."""
    try:
        yield
    except OSError as error:
        blame(path, error)
        raise

"""A file that is there under its name only when it is whole, and that only its owner can read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_native_id
from typing import BinaryIO, Final

from icosa.errors import InvalidValue
from icosa.unwritten import NO_ROOM

_OWNER_ONLY: Final = 0o600
"""Records are nobody else's business: the mode that `open` gives would let all users of a machine read them."""


@contextmanager
def whole_file(path: Path, called: str, mend: str, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A file beside the one that is meant, which takes its name, in the place of what had it, when the block went well.

    Only its owner can read it; one in the place of another has that one's mode.  A device or a pipe is written to as it
    is.  Raises InvalidValue, about `called` and with how to `mend` it, where it cannot be written, and where a file is
    there that is not to be replaced.
    """
    path = path.resolve()  # a link stays one
    if path.exists() and not path.is_file():
        with _writing(path, called, mend), path.open("wb") as file:
            yield file
        return
    _check(path, called, replace)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{get_native_id()}.part")
    try:
        with _writing(path, called, mend), os.fdopen(_created(beside, path), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _check(path, called, replace)
        with _writing(path, called, mend):
            beside.replace(path)
    finally:  # after Ctrl-C too
        with suppress(OSError):
            beside.unlink()


def _created(beside: Path, path: Path) -> int:
    """A new file, with the mode of the one that it is to replace."""
    with suppress(OSError):
        beside.unlink()  # of a process and a thread of these numbers that were killed
    made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OWNER_ONLY)
    with suppress(OSError):
        beside.chmod(path.stat().st_mode & 0o7777)
    return made


def _check(path: Path, called: str, replace: bool) -> None:
    if not replace and path.exists():
        raise InvalidValue(called, f"{str(path)!r} is there already; name another file, or replace it with --force")


@contextmanager
def _writing(path: Path, called: str, mend: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        mend = "free some space, and try again" if error.errno in NO_ROOM else mend
        raise InvalidValue(called, f"{str(path)!r} cannot be written: {error.strerror or error}; {mend}") from None

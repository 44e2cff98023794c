"""A file that is there under its name only when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from icosa.errors import InvalidValue


@contextmanager
def whole_file(path: Path, called: str, mend: str) -> Iterator[BinaryIO]:
    """A file beside the one that is meant, which takes its name, in the place of what had it, when the block went well.
    Raises InvalidValue, about `called` and with how to `mend` it, where it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise InvalidValue(called, f"{str(path)!r} cannot be written: {error.strerror}; {mend}") from None
    finally:  # after Ctrl-C too
        with suppress(OSError):
            beside.unlink()

"""Long runs, in which Python looks for circles of objects less often."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_SELDOM: Final = 50_000
"""Objects that are made before it looks, in the place of 700: what becomes of a row is gone by itself when the next comes, and a look at
all that lives costs a run an eighth of its time."""

_lock = Lock()
_usual: list[tuple[int, int, int]] = []


@contextmanager
def seldom_collected() -> Iterator[None]:
    """As long as any such block is open in the process.  Where somebody has turned it off, or down further, it stays so."""
    with _lock:
        _usual.append(gc.get_threshold())
        first, *more = _usual[0]
        if 0 < first < _SELDOM:
            gc.set_threshold(_SELDOM, *more)
    try:
        yield
    finally:
        with _lock:
            was = _usual[0]
            _usual.pop()
            if not _usual:
                gc.set_threshold(*was)

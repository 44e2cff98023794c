"""Ids of new records, whoever makes them: the workspace, or a client that has to know what it asked for.

Twenty's paths accept UUIDs of version 1 to 5, so an id has the form of version 4; its first 48 bits are
a clock in milliseconds, so that indexes grow at their end and the order of ids is the order of creation.
"""

import os
import time
import uuid
from threading import Lock

_PLACES = 12
"""Bits of the counter behind the clock."""

_RANDOM = 10
"""Random bytes that are asked for for an id: two for where its counter begins, eight for what stands behind it."""

_OF_KEYS = uuid.UUID("8d5c1b1e-6f0b-4c0e-9b1a-3f2d7c9a5e44")


class _Clock:
    """Milliseconds and a counter behind them, which never stand still and never go back: the counter of a full
    millisecond runs over into the next one, and a clock that is put back is waited for in small steps (RFC 9562, 6.2)."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = Lock()

    def next(self, random: int, count: int = 1) -> int:
        """The next moment, and the first of `count` that follow each other; `random` is where the counter begins in a millisecond of
        its own."""
        now = time.time_ns() // 1_000_000 << _PLACES | random & 0x3FF
        with self._lock:
            first = self._last + 1
            if first < now:
                first = now
            self._last = first + count - 1
            return first


_clock = _Clock()


def new_id() -> str:
    """A new id.  Those of one process are in the order in which they are made."""
    random = os.urandom(_RANDOM)
    return _spelled(_clock.next(random[0] | random[1] << 8), random)


def new_ids(count: int) -> list[str]:
    """So many new ids, in their order, for who needs many at once."""
    if count == 1:
        return [new_id()]
    random = os.urandom(_RANDOM * count)
    first = _clock.next(random[0] | random[1] << 8, count) if count else 0
    return [_spelled(first + at, random[_RANDOM * at : _RANDOM * (at + 1)]) for at in range(count)]


def _spelled(stamp: int, random: bytes) -> str:
    """The id of a moment; of what is random, the first two bytes are not in it."""
    moment, tail = f"{stamp:015x}", random.hex("-", 6)
    return f"{moment[:8]}-{moment[8:12]}-4{moment[12:]}-{'89ab'[random[2] & 3]}{tail[5:]}"


def id_of_key(plural: str, path: str, value: str) -> str:
    """The id of a record that is made for a value of a natural key, such as an e-mail address: always the
    same, of version 5, so that of two who make that record at once only one can."""
    return str(uuid.uuid5(_OF_KEYS, "\n".join((plural, path, value))))

"""Ids that the workspace makes.

Twenty's paths accept UUIDs of version 1 to 5, so an id has the form of version 4; its first 48 bits are
a clock in milliseconds, so that indexes grow at their end and the order of ids is the order of creation.
"""

import os
import time
from itertools import count

_serial = count(int.from_bytes(os.urandom(2)) & 0x3FF)


def new_id() -> str:
    """A new id.  Within a millisecond a counter keeps those of one process in order."""
    clock = time.time_ns() // 1_000_000
    order = next(_serial) & 0xFFF
    random = os.urandom(8).hex()
    stamp = f"{clock:012x}"
    return f"{stamp[:8]}-{stamp[8:]}-4{order:03x}-{'89ab'[int(random[0], 16) & 3]}{random[1:4]}-{random[4:]}"

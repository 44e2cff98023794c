"""Ids of new records, whoever makes them: the workspace, or a client that has to know what it asked for.

Twenty's paths accept UUIDs of version 1 to 5, so an id has the form of version 4; its first 48 bits are
a clock in milliseconds, so that indexes grow at their end and the order of ids is the order of creation.
"""

import os
import time
import uuid
from itertools import count

_serial = count(int.from_bytes(os.urandom(2)) & 0x3FF)
_OF_KEYS = uuid.UUID("8d5c1b1e-6f0b-4c0e-9b1a-3f2d7c9a5e44")


def new_id() -> str:
    """A new id.  Within a millisecond a counter keeps those of one process in order."""
    clock = time.time_ns() // 1_000_000
    order = next(_serial) & 0xFFF
    random = os.urandom(8).hex()
    stamp = f"{clock:012x}"
    return f"{stamp[:8]}-{stamp[8:]}-4{order:03x}-{'89ab'[int(random[0], 16) & 3]}{random[1:4]}-{random[4:]}"


def id_of_key(plural: str, path: str, value: str) -> str:
    """The id of a record that is made for a value of a natural key, such as an e-mail address: always the
    same, of version 5, so that of two who make that record at once only one can."""
    return str(uuid.uuid5(_OF_KEYS, "\n".join((plural, path, value))))

"""The clock that a workspace goes by unless it gets another one."""

import time
from functools import lru_cache


def system_time() -> str:
    """The moment it is, in wire form."""
    return _millisecond(time.time_ns() // 1_000_000)


@lru_cache(maxsize=2)
def _millisecond(epoch: int) -> str:
    """A server that has much to do is asked dozens of times within one."""
    second, milliseconds = divmod(epoch, 1_000)
    return f"{_second(second)}.{milliseconds:03d}Z"


@lru_cache(maxsize=2)
def _second(epoch: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(epoch))

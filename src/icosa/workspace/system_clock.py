"""The clock that a workspace goes by unless it gets another one."""

import time
from functools import lru_cache


def system_time() -> str:
    """The moment it is, in wire form."""
    second, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return f"{_second(second)}.{nanoseconds // 1_000_000:03d}Z"


@lru_cache(maxsize=2)
def _second(epoch: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(epoch))

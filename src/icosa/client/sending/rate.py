"""How many requests a workspace takes in a time, as somebody says it: "100/minute"."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from icosa.errors import InvalidValue

VARIABLE: Final = "ICOSA_PACE"
UNLIMITED: Final = "unlimited"

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_TEXT: Final = r"(\d+)\s*(?:/|per|a|an)\s*(second|sec|s|minute|min|m|hour|h)"
_CLOUD = "twenty.com"


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` requests in any stretch of so many `seconds`."""

    count: int
    seconds: float

    def __str__(self) -> str:
        unit = next((name for name, seconds in _SECONDS.items() if seconds == self.seconds), f"{self.seconds:g} seconds")
        return f"{self.count}/{unit}"


CLOUD: Final = Rate(100, 60.0)
"""What Twenty's cloud allows a key."""


def rate_of(pace: str | float | None, address: str, environ: Mapping[str, str]) -> Rate | None:
    """What `pace=` says of a server at this address: a text such as "100/minute", a number of requests a
    minute, or "unlimited"; None leaves it to ICOSA_PACE, then to what is known of the host.

    The answer is None where there is no limit until the server names one.  Raises InvalidValue.
    """
    if pace is None and environ.get(VARIABLE, "").strip():
        return _read(environ[VARIABLE], VARIABLE)
    if pace is not None:
        return _read(pace, "pace")
    host = urlsplit(address).hostname or ""
    return CLOUD if host == _CLOUD or host.endswith(f".{_CLOUD}") else None


def _read(pace: str | float, called: str) -> Rate | None:
    if isinstance(pace, str) and pace.strip().lower() == UNLIMITED:
        return None
    found = re.fullmatch(_TEXT, pace.strip(), re.IGNORECASE) if isinstance(pace, str) else None
    if found:
        count, unit = float(found[1]), next(name for name in _SECONDS if name.startswith(found[2].lower()[0]))
    else:
        count, unit = _number(pace), "minute"
    if not count >= 1 or math.isinf(count):  # NaN too
        raise InvalidValue(called, f'{pace!r} is no pace; give "100/minute", a number of requests a minute, or "{UNLIMITED}"')
    return Rate(int(count), _SECONDS[unit])


def _number(pace: str | float) -> float:
    try:
        return float(pace)
    except (TypeError, ValueError):
        return math.nan

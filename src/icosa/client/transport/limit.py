"""How long an answer may be, and how long it is waited for: a server that sends without end, or what unfolds without end, fills no
memory."""

import os
import re
from collections.abc import Mapping
from typing import Final

from icosa.errors import InvalidValue

TIMEOUT_SECONDS: Final = 30.0
"""Seconds that an answer is waited for: a choice.  A full page at depth 1 takes a server some of them on a bad day; with many more,
a server that is gone would be noticed late."""

VARIABLE: Final = "ICOSA_MAX_ANSWER"
MAX_ANSWER: Final = 100_000_000
"""Bytes of an answer, unpacked, where nothing else is said: some hundred thousand records."""

_TEXT: Final = r"(\d+)\s*(kb|mb|gb|)"
_UNITS = {"": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}


def limit_of(given: int | str | None, environ: Mapping[str, str] = os.environ) -> int:
    """What `max_answer=` says: bytes, or a text such as "500 MB"; None leaves it to ICOSA_MAX_ANSWER, then to
    MAX_ANSWER.  Raises InvalidValue."""
    if given is not None:
        return _read(given, "max_answer")
    setting = environ.get(VARIABLE, "").strip()
    return _read(setting, VARIABLE) if setting else MAX_ANSWER


def bytes_text(count: int) -> str:
    """A count of bytes as somebody says it: "100 MB"."""
    return next(
        (f"{count // size:,} {unit.upper()}" for unit, size in reversed(_UNITS.items()) if unit and count % size == 0), f"{count:,} bytes"
    )


def _read(given: object, called: str) -> int:
    found = re.fullmatch(_TEXT, given.strip(), re.IGNORECASE | re.ASCII) if isinstance(given, str) else None
    count = int(found[1]) * _UNITS[found[2].lower()] if found else given
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise InvalidValue(called, f'{given!r} is no limit for an answer; give a count of bytes, or a text such as "500 MB"')
    return count

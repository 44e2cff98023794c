"""The time of day in a text, and the zone beside it."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_NOT_INSIDE = r"(?<![\d.:,/+-])"
_TIMES = (
    re.compile(rf"{_NOT_INSIDE}(\d{{1,2}}):(\d\d)(?::(\d\d)(?:[.,](\d{{1,9}}))?)?(?![\d:])"),
    re.compile(rf"{_NOT_INSIDE}(\d{{1,2}})\.(\d\d)(?:[.:](\d\d))?()(?![\d:/-]|\.\d)"),
    re.compile(
        rf"{_NOT_INSIDE}(\d{{1,2}})\s?(?:hrs\b|h\b|h(?=\d)|uhr\b|시|時|时|点|點)"
        r"(?:\s?(\d\d)(?!\d)(?:\s?(?:min\b|m\b|분|分))?(?:\s?(\d\d)(?!\d)(?:\s?(?:sec\b|seg\b|s\b|초|秒))?)?)?()"
    ),
    re.compile(rf"{_NOT_INSIDE}(\d{{1,2}})(?=\s?[ap]\.?\s?m\b)()()()"),
)
_OFFSET = r"[+\-−]\d{1,2}(?::?\d\d){0,2}"
_ZONE = re.compile(
    rf"\s*\(?(?:(?P<utc>utc|gmt|ut|z)\s?(?P<shift>{_OFFSET})?|(?P<offset>{_OFFSET})|(?P<place>[a-z][a-z_]+(?:/[a-z_+\-\d]+)+))"
    r"\)?(?P<more>\s?\([^)]*\)|\s?\[[^\]]*\]|(?<=\d)\s[a-z]{3,5})?(?=[\s,;)]|$)"
)
_SHORT = re.compile(r"\s*\(?(?P<short>[a-z]{2,5})\)?(?=[\s,;]|$)")

_FARTHEST = timedelta(hours=16)
"""Offsets are less than that: the widest that is in use anywhere is +14:00, and PostgreSQL takes none of 16 hours."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day that a text may mean, from where to where in it."""

    hour: int
    minute: int
    second: int
    microsecond: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a text says its time is of.  `short` is an abbreviation such as EST, which several parts of the world
    have, and `zone` then None."""

    zone: tzinfo | None
    short: str
    ends: int


def times_in(text: str) -> Iterator[Time]:
    """The times of day that a text, as `spoken.plain` writes it, may hold: one with a colon where there is one."""
    for pattern in _TIMES:
        found = list(pattern.finditer(text))
        for each in found:
            hour, minute, second = (int(number or 0) for number in each.groups()[:3])
            if hour < 24 and minute < 60 and second < 60:
                yield Time(hour, minute, second, int((each[4] or "0")[:6].ljust(6, "0")), each.start(), each.end())
        if found and pattern is _TIMES[0]:
            return


def zone_at(text: str, at: int, words: Container[str]) -> Zone | None:
    """The zone that a text, as `spoken.plain` writes it, names at a place: z, utc+1, gmt+0100, +01:00, europe/berlin,
    with its name in brackets behind it.  UTC+1 is an hour before UTC, as people and JavaScript mean it.  `words` are
    those that have another meaning, and are no abbreviation of a zone."""
    found = _ZONE.match(text, at)
    if found is None:
        short = _SHORT.match(text, at)
        return Zone(None, short["short"].upper(), short.end()) if short and short["short"] not in words else None
    if found["place"]:
        name = _places().get(found["place"])
        return Zone(ZoneInfo(name), "", found.end()) if name else None
    shift = found["shift"] or found["offset"]
    if not shift:
        return Zone(UTC, "", found.end())
    digits = shift[1:].replace(":", "")
    digits = digits.zfill(2) if len(digits) < 3 else digits.zfill(4) if len(digits) < 5 else digits
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4] or 0), int(digits[4:6] or 0)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset >= _FARTHEST or minutes > 59 or seconds > 59:
        return None
    return Zone(timezone(offset if shift[0] == "+" else -offset), "", found.end())


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}

"""Lengths of time as people write and say them: 90 s, 12h, 2w; about 3 minutes."""

import re
from datetime import timedelta
from typing import Final

_UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_TEXT: Final = r"(\d+(?:\.\d+)?)\s*(|s|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?|y|years?)"


def span(text: str, *, short: bool = False) -> timedelta | None:
    """The length of time that a text says, or None where it says none.

    `short` is for what takes minutes: a number alone is of seconds then, and an m alone of minutes, which could be
    months elsewhere.  Raises OverflowError for more than there can be.
    """
    found = re.fullmatch(_TEXT, text.strip(), re.IGNORECASE | re.ASCII)
    if found is None or (found[2] in ("", "m", "M") and not short):
        return None
    return float(found[1]) * _UNITS[found[2][:1].lower() or "s"]


def in_words(seconds: float) -> str:
    """A length of time as somebody says it: "about 3 minutes", "a moment"."""
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.0f} {unit}"
    return f"about {seconds:.0f} seconds" if seconds >= 2 else "a moment"

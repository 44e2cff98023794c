"""Lengths of time as people write them: 12h, 90d, 2w, 1y."""

import re
from datetime import timedelta

_UNITS = {"s": timedelta(seconds=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1), "y": timedelta(days=365)}


def span(text: str) -> timedelta | None:
    """The length of time that a text says, or None where it says none.  Raises OverflowError for more than there can be."""
    found = re.fullmatch(r"(\d+)([shdwy])", text.strip(), re.ASCII)
    return int(found[1]) * _UNITS[found[2]] if found else None

"""Who changed a record: what it is here, what it is there, and what it was when the two were the same."""

from enum import Enum


class Changed(Enum):
    NOWHERE = "nowhere"
    HERE = "here"
    THERE = "there"
    BOTH = "both"


def changed_where(here: str | None, was: str | None, there: str | None) -> Changed:
    """By the digests of a record; None is that there is none.  Where both ends say the same, nothing is to be done."""
    if here == there:
        return Changed.NOWHERE
    if here == was:
        return Changed.THERE
    return Changed.HERE if there == was else Changed.BOTH

"""Cells of CSV that no spreadsheet runs as a formula, and how they are read back.

A text that begins as a formula does gets an apostrophe in front, as does one that begins with an apostrophe, so that
every text can be told from every other.  A column without values says that a file is written so, and goes along
through any program that keeps columns.
"""

from typing import Final

SAFE: Final = "icosa_safe_cells"
"""The heading of the column that says it."""

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def defused(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS) else text


def undefused(text: str) -> str:
    """What `defused` was given; any other text as it is."""
    return text[1:] if text.startswith("'") and text.startswith(_STARTS, 1) else text

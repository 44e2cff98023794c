"""TOML that anybody may send, read within bounds."""

import re
import tomllib
from typing import Any, Final

LONGEST: Final = 256 * 1024
"""Characters."""
DEEPEST: Final = 32
_PART: Final = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.){0,200}"|'[^'\n]{0,200}+')"""
"""A part of a name; names that are longer cannot be many."""
_DEEP: Final = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST}}}")


class TooMuch(ValueError):
    """It would take too long to read."""


def toml(text: str) -> dict[str, Any]:
    """What a text says.  Raises tomllib.TOMLDecodeError for what is no TOML, and TooMuch for what no recipe and no chain has:
    the time that a name of many parts takes grows with their square, and so does the memory."""
    if len(text) > LONGEST:
        raise TooMuch(f"is longer than the {LONGEST // 1024} KB that are read")
    if _DEEP.search(text):
        raise TooMuch(f"has a name of more than {DEEPEST} parts with points between them")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TooMuch("is nested too deeply to be read") from None

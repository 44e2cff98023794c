"""SQL functions that SQLite lacks, written in Python."""

import re
from functools import lru_cache
from typing import Any

import apsw


def register(connection: apsw.Connection) -> None:
    connection.create_scalar_function("icosa_ilike", ilike, 2, deterministic=True)


def ilike(*values: Any) -> bool | None:
    """Whether a text is LIKE a pattern without regard to case in any script: `%` stands for any characters,
    `_` for one, and `\\` makes the next literal."""
    text, pattern = values
    return None if text is None else _regex(pattern).fullmatch(text.lower()) is not None


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    out: list[str] = []
    characters = iter(pattern.lower())
    for character in characters:
        if character == "%":
            out.append(".*")
        elif character == "_":
            out.append(".")
        else:
            out.append(re.escape(next(characters, "\\") if character == "\\" else character))
    return re.compile("".join(out), re.DOTALL)

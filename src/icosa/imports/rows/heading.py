"""The names of columns, as a heading has them."""

from collections.abc import Sequence
from typing import Any, Final

REASON: Final = "icosa_reason"
"""The column of bad rows that says what is wrong with them; its file begins with its heading, whatever the source did."""

LOOKED_AT: Final = 20
"""Rows at the beginning of a table in which its heading is looked for."""


def heading(cells: Sequence[Any]) -> tuple[str, ...]:
    """A name for each column, no two the same: what stands there, "Column 3" where nothing does, and
    "Email (2)" for the second of a name."""
    names: dict[str, None] = {}
    again: dict[str, int] = {}
    for at, cell in enumerate(cells, 1):
        wanted = name = _text(cell) or f"Column {at}"
        while name in names:
            again[wanted] = again.get(wanted, 1) + 1
            name = f"{wanted} ({again[wanted]})"
        names[name] = None
    return tuple(names)


def head_at(rows: Sequence[Sequence[Any]]) -> int:
    """Where among the first rows of a table the heading is; -1 where all of them are blank.

    It is the first that says anything, unless that is a title: a single cell, as are all others down to a row of
    several names which is at least as wide as what follows.
    """
    filled = [sum(map(says, row)) for row in rows]
    first = next((at for at, count in enumerate(filled) if count), -1)
    wide = next((at for at, count in enumerate(filled) if count > 1), -1)
    if wide > first >= 0 and filled[first] == 1 and _names(rows[wide]) and any(1 < each <= filled[wide] for each in filled[wide + 1 :]):
        return wide if max(filled[wide:]) == filled[wide] else first
    return first


def skipped(rows: Sequence[Sequence[Any]]) -> str:
    """What is said of the rows above a heading, "" where they say nothing."""
    titles = [_text(cell) for row in rows for cell in row if says(cell)]
    return "the rows above the heading are left out: " + ", ".join(repr(each[:60]) for each in titles) if titles else ""


def says(cell: Any) -> bool:
    return cell is not None and cell != ""


def _names(row: Sequence[Any]) -> bool:
    """Whether all that a row says are names, each once: texts without anything that only a value has."""
    filled = [cell for cell in row if says(cell)]
    names = [cell.strip() for cell in filled if isinstance(cell, str) and any(map(str.isalpha, cell)) and not set(cell) & set("@\n\r")]
    return len(names) == len(filled) == len(set(names))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if says(cell) else ""

"""The names of columns, as a heading has them."""

from collections.abc import Sequence
from typing import Any


def heading(cells: Sequence[Any]) -> tuple[str, ...]:
    """A name for each column, no two the same: what stands there, "Column 3" where nothing does, and
    "Email (2)" for the second of a name."""
    names: list[str] = []
    for at, cell in enumerate(cells, 1):
        name = str(cell).strip() or f"Column {at}"
        wanted, again = name, 1
        while name in names:
            again += 1
            name = f"{wanted} ({again})"
        names.append(name)
    return tuple(names)

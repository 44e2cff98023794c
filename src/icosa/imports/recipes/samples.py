"""What stands in the columns of an export, as far as somebody needs to see it who writes its recipe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from icosa.imports.rows.row import BadRow, Row
from icosa.imports.values.reading import says
from icosa.imports.values.unknown import is_unknown

READ: Final = 2000
"""Rows that are looked through."""

_SHOWN: Final = 3
"""Values of a column that a recipe shows beside its name: a choice, as many as fit into a line."""

_KEPT: Final = 40
"""Different values of a column that are kept: more than options have anywhere, so that all words of such a column are seen."""

_LONGEST: Final = 32
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Samples:
    """`values` are the different values of each column, in the order of the rows; `empty` are words that say nothing."""

    values: dict[str, dict[str, None]] = field(default_factory=dict)
    empty: dict[str, None] = field(default_factory=dict)

    def of(self, column: str) -> str:
        """A few values of a column, in words."""
        some = list(islice(self.values.get(column, ()), _SHOWN))
        return ", ".join(each if len(each) <= _LONGEST else f"{each[: _LONGEST - 1]}…" for each in some) or "always empty"


def samples(rows: Iterable[Row | BadRow], columns: Sequence[str]) -> Samples:
    """Reads the first rows."""
    found = Samples({column: {} for column in columns})
    for row in islice(rows, READ):
        for column, cell in row.values.items() if isinstance(row, Row) else ():
            written = " ".join(str(cell).split()) if says(cell) else ""
            if written and is_unknown(written):
                found.empty.setdefault(written)
            elif written and column in found.values and len(found.values[column]) < _KEPT:
                found.values[column].setdefault(written)
    return found

"""What a cell holds beside its value."""

from dataclasses import dataclass
from typing import Final

from icosa.imports.rows.marks.masks import Mask


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value that can be used: what it shows, and why."""

    shown: str
    reason: str


Mark = Broken | Mask
Marks = dict[int, dict[int, Mark]]
"""By row and column, both from 0."""


ERRORS: Final = frozenset(
    "#REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #GETTING_DATA #ERROR!".split()  # noqa: SIM905
)
"""What a spreadsheet writes for an error, also to a file of text; #N/A is left out, since people write it too."""


def error(shown: str) -> Broken:
    return Broken(shown, f"is the error {shown}")


def reference(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: C12; both are from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"

"""Number formats that show zeros in front, or signs between digits: 00000, 000-00-0000, (000) 000-0000.

Whoever formats a column so means digits, as of a postcode, and no number: the cell holds 1234 and shows 01234.
"""

import re
from collections.abc import Callable
from typing import Any, Final

Mask = str
"""What stands for a number: a 0 for each digit, and between them what is shown as it is."""

_PIECES: Callable[[str], list[Any]] = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(.)').findall
_BESIDE: Final = "-() /+"
"""What may stand between the digits without being told to be shown."""


def mask(code: str) -> Mask | None:
    """The mask of a number format, None where it has none, or shows numbers in another way too."""
    literals: list[str] = []
    for quoted, escaped, plain in _PIECES(code.partition(";")[0]):
        if plain and plain != "0" and plain not in _BESIDE:
            return None
        if "0" in quoted or escaped == "0":
            return None
        literals.append(quoted or escaped or plain)
    found = "".join(literals)
    return found if found.count("0") > 1 else None


def masked(number: Any, shape: Mask) -> Any:
    """A whole number as its mask shows it; any other value as it is."""
    if isinstance(number, bool) or not isinstance(number, int | float) or number < 0 or number != number // 1:
        return number
    digits = str(int(number)).rjust(shape.count("0"), "0")
    places, shown = len(digits), []
    for sign in reversed(shape):
        if sign == "0":
            places -= 1
            shown.append(digits[places])
        else:
            shown.append(sign)
    first = shape.index("0")
    return shape[:first] + digits[:places] + "".join(reversed(shown))[first:]

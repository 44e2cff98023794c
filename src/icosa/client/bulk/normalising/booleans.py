"""Yes and no."""

from decimal import Decimal
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue

YES = ("true", "yes", "y", "t", "on", "1", "x", "✓", "✔")
NO = ("false", "no", "n", "f", "off", "0", "-", "✗", "✘")


def read_boolean(value: Any, path: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        text = value.strip().casefold()
        if text in YES or text in NO:
            return text in YES
    raise InvalidValue(path, f"{shown(value)} is neither yes nor no; write yes, no, true, false, y, n, on, off, x, 1 or 0")

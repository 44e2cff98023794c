"""Texts, and ids."""

from datetime import date
from decimal import Decimal
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue


def read_text(value: Any, path: str) -> str:
    """A text without the blanks around it.  A spreadsheet knows whole numbers as fractions, so that a
    postcode comes as 75001.0."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(int(value)) if value == value // 1 else str(value)
    if isinstance(value, date):  # datetime is one too
        return value.isoformat()
    raise InvalidValue(path, f"{shown(value)} is not a text")

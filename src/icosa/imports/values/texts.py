"""Texts, and ids."""

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue

_GUARDED = re.compile(r'="((?:[^"]|"")*)"')


def unguarded(cell: Any) -> Any:
    """A cell, without what programs write around a text so that a spreadsheet leaves it alone: ="01234"."""
    if not isinstance(cell, str) or not cell.startswith('="'):
        return cell
    found = _GUARDED.fullmatch(cell.strip())
    return found[1].replace('""', '"') if found else cell


def read_text(value: Any, path: str) -> str:
    """A text without the blanks around it, and without the byte order mark that stands before it where files were put together.
    A spreadsheet knows whole numbers as fractions, so that a
    postcode comes as 75001.0."""
    if isinstance(value, str):
        return value.lstrip("\ufeff").strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(int(value)) if value == value // 1 else str(value)
    if isinstance(value, date | time):  # datetime is one too
        return value.isoformat()
    raise InvalidValue(path, f"{shown(value)} is not a text")

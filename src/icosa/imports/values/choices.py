"""Options of a field, by what is stored or by what people call it, and ratings in stars."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.values.lists import read_items

_STARS = "★⭐*"


def read_option(value: Any, path: str, options: Sequence[str]) -> str:
    """One of the options: "In progress" is IN_PROGRESS."""
    if value in options:
        return str(value)
    wanted = "" if "?" in str(value) else folded(str(value))  # with a question mark it is a guess
    found = [each for each in options if folded(each) == wanted] if wanted else []
    if len(found) == 1:
        return found[0]
    raise InvalidValue(path, f"{shown(value)} is none of its options; write one of {', '.join(options)}")


def read_rating(value: Any, path: str, options: Sequence[str]) -> str:
    """A number of stars: RATING_3, 3, "3/5" or "★★★"."""
    text = str(int(value)) if isinstance(value, float | Decimal) and value == int(value) else str(value).strip()
    filled = sum(map(text.count, _STARS))
    stars = str(filled) if filled and not text.strip(_STARS + "☆\ufe0f ") else text.removesuffix("/5").strip()
    if stars.isascii() and stars.isdigit() and f"RATING_{int(stars)}" in options:
        return f"RATING_{int(stars)}"
    return read_option(value, path, options)


def read_options(value: Any, path: str, separator: str, options: Sequence[str]) -> list[str]:
    """Several options, each once."""
    return list(dict.fromkeys(read_option(each, path, options) for each in read_items(value, path, separator)))

"""Texts put together of the cells of a row: "{Vorname} {Nachname}"."""

import re
from collections.abc import Mapping
from typing import Any, Final

from icosa.imports.recipes.cells import cell_text
from icosa.imports.values.reading import says

_HEADING: Final = re.compile(r"\{\{|\}\}|\{([^{}]+)\}")


def headings_in(text: Any) -> list[str]:
    """The headings that a text names; {{ and }} are braces."""
    return [each[1] for each in _HEADING.finditer(text) if each[1]] if isinstance(text, str) else []


def _cell_text(cell: Any) -> str:
    return cell_text(cell).strip() if says(cell) else ""


def filled_in(text: Any, cells: Mapping[str, Any]) -> Any:
    """A text with the cells in their places, None where it names cells and all of them are empty; what names none, and
    what is no text, is as it is."""
    if not isinstance(text, str):
        return text
    named = headings_in(text)
    if named and not any(says(cells.get(each)) for each in named):
        return None

    def put(found: re.Match[str]) -> str:
        return _cell_text(cells.get(found[1])) if found[1] else found[0][0]

    return _HEADING.sub(put, text).strip() if named else _HEADING.sub(put, text)

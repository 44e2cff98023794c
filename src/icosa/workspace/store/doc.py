"""The JSON of a row, as an expression that a database evaluates when it writes the row."""

import json
from collections.abc import Callable

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Object
from icosa.workspace.store.names import literal

RECORD_BREAK = ",\n{"
"""What joins the records of a page.  JSON text holds no bare line break, so a page can be cut at one."""


def doc(of: Object, json_of: Callable[[Column], str]) -> str:
    """An expression that makes the depth-0 JSON of a row, without the opening brace; `json_of` makes that of
    a column, never NULL."""
    pieces: list[str] = []
    text = ""
    previous = ""
    for column in columns(of):
        if column.part and column.field == previous:
            text += f",{json.dumps(column.part)}:"
        else:
            text += "}" if previous else ""
            text += "," if pieces or text else ""
            text += f"{json.dumps(column.field)}:" + (f"{{{json.dumps(column.part)}:" if column.part else "")
        previous = column.field if column.part else ""
        pieces += [literal(text), json_of(column)]
        text = ""
    return joined([*pieces, "'}'"])


def joined(pieces: list[str]) -> str:
    """Pieces as one text, put together by halves.  From left to right, a database would copy what it has once for each
    piece, and SQLite would keep all the copies until the end: seventy times the length of the record."""
    if len(pieces) == 1:
        return pieces[0]
    half = len(pieces) // 2
    return f"({joined(pieces[:half])}||{joined(pieces[half:])})"

"""The JSON of a row, as an expression that a database evaluates when it writes the row."""

import json
from collections.abc import Callable

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Object
from icosa.workspace.store.names import literal

_VALUES_AT_MOST = 99
"""SQLite before 3.48 takes 127 in one call, and may be built to take a hundred."""

RECORD_BREAK = ",\n{"
"""What joins the records of a page.  JSON text holds no bare line break, so a page can be cut at one."""


def doc(of: Object, json_of: Callable[[Column], str]) -> str:
    """An expression that makes the depth-0 JSON of a row, without the opening brace; `json_of` makes that of
    a column, never NULL."""
    pieces = [piece for text, column in _texts(of) for piece in (literal(text), json_of(column))]
    return joined([*pieces, "'}'"])


def printed(of: Object, json_of: Callable[[Column], str]) -> str:
    """The same where a database has a printf: one text is made of all at once, in two fifths of the time."""
    texts = _texts(of)
    calls = []
    for first in range(0, len(texts), _VALUES_AT_MOST):
        some = texts[first : first + _VALUES_AT_MOST]
        form = "".join(text.replace("%", "%%") + "%s" for text, _ in some) + ("}" if some[-1] is texts[-1] else "")
        calls.append(f"printf({literal(form)},{','.join(json_of(column) for _, column in some)})")
    return joined(calls)


def _texts(of: Object) -> list[tuple[str, Column]]:
    """The columns of a doc in order, each with the text that stands before it."""
    texts: list[tuple[str, Column]] = []
    previous = ""
    for column in columns(of):
        if column.part and column.field == previous:
            text = f",{json.dumps(column.part)}:"
        else:
            text = ("}" if previous else "") + ("," if texts else "")
            text += f"{json.dumps(column.field)}:" + (f"{{{json.dumps(column.part)}:" if column.part else "")
        previous = column.field if column.part else ""
        texts.append((text, column))
    return texts


def joined(pieces: list[str]) -> str:
    """Pieces as one text, put together by halves.  From left to right, a database would copy what it has once for each
    piece, and SQLite would keep all the copies until the end: seventy times the length of the record."""
    if len(pieces) == 1:
        return pieces[0]
    half = len(pieces) // 2
    return f"({joined(pieces[:half])}||{joined(pieces[half:])})"

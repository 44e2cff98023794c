"""The JSON of a row, as an expression that a database evaluates when it writes the row."""

from collections.abc import Callable

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Object

RECORD_BREAK = ",\n{"
"""What joins the records of a page.  JSON text holds no bare line break, so a page can be cut at one."""


def doc(of: Object, json_of: Callable[[Column], str]) -> str:
    """An expression that makes the depth-0 JSON of a row, without the opening brace; `json_of` makes that of
    a column, never NULL."""
    pieces: list[str] = []
    literal = ""
    previous = ""
    for column in columns(of):
        if column.part and column.field == previous:
            literal += f',"{column.part}":'
        else:
            literal += "}" if previous else ""
            literal += "," if pieces or literal else ""
            literal += f'"{column.field}":{{"{column.part}":' if column.part else f'"{column.field}":'
        previous = column.field if column.part else ""
        pieces += [f"'{literal}'", json_of(column)]
        literal = ""
    return "||".join([*pieces, "'}'"])

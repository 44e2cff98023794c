"""Rows of JSON: a line for each (JSON Lines), or one list of objects."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import orjson

from icosa.catalogue.kinds import shown
from icosa.client.bulk.rows.row import BadRow, Row, Rows
from icosa.client.bulk.rows.text import encoding_of
from icosa.errors import InvalidValue

_BLOCK = 1 << 16
_DECODER = json.JSONDecoder()


def open_json(path: Path, encoding: str | None = None) -> Rows:
    """A file of JSON objects, read twice: once for the names of all columns and the number of rows.

    Raises InvalidValue for a file that is no text, or holds no object.
    """
    encoding = encoding_of(path, encoding)
    columns: dict[str, None] = {}
    count = 0
    for each in _rows(path, encoding):
        count += 1
        if isinstance(each, Row):
            columns.update(dict.fromkeys(each.values))
    if not columns:
        raise InvalidValue(path.name, 'holds no JSON object; it is to have one on each line, such as {"name": "Analytical Engines"}')
    return Rows(tuple(columns), _rows(path, encoding), count)


def _rows(path: Path, encoding: str) -> Iterator[Row | BadRow]:
    with path.open(encoding=encoding) as file:
        beginning = _first_character(file)
        yield from (_items if beginning == "[" else _lines)(file)


def _first_character(file: TextIO) -> str:
    while character := file.read(1):
        if not character.isspace():
            break
    file.seek(0)
    return character


def _lines(file: TextIO) -> Iterator[Row | BadRow]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            yield _row(number, orjson.loads(line))
        except orjson.JSONDecodeError as error:
            yield BadRow(Row(number, {}), "", f"it is no JSON ({error.msg}, column {error.colno}); a line is to hold one object")


def _items(file: TextIO) -> Iterator[Row | BadRow]:
    """The items of a list, of which no more than one is held at a time."""
    held = file.read(_BLOCK).lstrip()[1:]
    number = 0
    while True:
        held = held.lstrip(" \t\r\n,")
        if held.startswith("]"):
            return
        try:
            value, end = _DECODER.raw_decode(held)
            if end == len(held):  # a number may go on in the next block
                raise json.JSONDecodeError("", held, end)
        except json.JSONDecodeError as error:
            more = file.read(max(_BLOCK, len(held)))  # twice as much each time, so that a long item is not read over and over
            if not more:
                if held:
                    yield BadRow(
                        Row(number + 1, {}), "", f"it is no JSON ({error.msg or 'the list is not closed'}), and nothing after it was read"
                    )
                return
            held += more
            continue
        number += 1
        held = held[end:]
        yield _row(number, value)


def _row(number: int, value: Any) -> Row | BadRow:
    if isinstance(value, dict):
        return Row(number, value)
    return BadRow(Row(number, {}), "", f"it is {shown(value)}, and no object with names and values")

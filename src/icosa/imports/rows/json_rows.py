"""Rows of JSON: a line for each (JSON Lines), one value after another, one list of objects, or a saved answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

import orjson

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.rows.json_values import Piece, pieces
from icosa.imports.rows.row import BadRow, Row, Rows
from icosa.imports.rows.saved_answers import records_of
from icosa.imports.rows.text import encoding_of, open_text

UNREAD: Final = "icosa_row"
"""The name under which a row that cannot be read is given back, as its text: once that is mended, it is the row."""

_BEGINNING: Final = 1 << 12
"""Characters of the first line that are read to see whether a list begins there, as in a file of one line and a gigabyte."""

_LONGEST_LINE: Final = 64 << 20
"""Characters, as `json_values.LONGEST`."""

_GOES_ON: Final = ("{", "[", ",")
"""What a line ends with in a value of several lines."""

_LONG_NUMBER: Final = re.compile(r"[0-9]{20}")
"""Digits of which the quick reader keeps the first."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, and how values stand in it: on a line each, or one after another, in a list or not."""

    path: Path
    encoding: str
    by_line: bool
    answer: bool


def open_json(path: Path, encoding: str | None = None, glance: int | None = None) -> Rows:
    """A file of JSON objects, read twice: once for the names of all columns and the number of rows.  Of more rows than `glance`
    the columns are those of the first, and nobody counts them.

    An answer of the API that was saved, as it came or with others, is read as its records.  Raises InvalidValue for a
    file that is no text, or holds no object.
    """
    found = encoding_of(path, encoding)
    source = _source(path, found.name)
    columns: dict[str, None] = {}
    count: int | None = 0
    for at, each in enumerate(_rows(source)):
        if at == glance:
            count = None
            break
        count = at + 1
        if isinstance(each, Row):
            columns.update(dict.fromkeys(each.values))
    if not columns:
        if source.answer:
            raise InvalidValue(path.name, "is a saved answer that holds no records")
        raise InvalidValue(path.name, 'holds no JSON object; it is to have one on each line, such as {"name": "Analytical Engines"}')
    notes = {"encoding": found.known, "records": "those of a saved answer" if source.answer else ""}
    return Rows(tuple(columns), _rows(source), count, {name: each for name, each in notes.items() if each})


def _source(path: Path, encoding: str) -> _Source:
    with open_text(path, encoding) as file:
        by_line = _is_by_line(file)
    with open_text(path, encoding) as file:
        first = next(_values(file, by_line), None)
    value = None if first is None else _parsed(first.text)
    return _Source(path, encoding, by_line, isinstance(value, dict) and records_of(value) is not None)


def _is_by_line(file: TextIO) -> bool:
    """Whether the first line that says anything is a value, or the beginning of none."""
    while line := file.readline(_BEGINNING):
        if line.strip():
            break
    if line.lstrip().startswith("["):
        return False
    if len(line) == _BEGINNING:
        line += file.readline(_LONGEST_LINE)
    return _parsed(line) is not None or not line.rstrip().endswith(_GOES_ON)


def _rows(source: _Source) -> Iterator[Row | BadRow]:
    """The rows; their number is that of their line where each stands on one, else their place."""
    number = 0
    with open_text(source.path, source.encoding) as file:
        for piece in _values(file, source.by_line):
            value = _parsed(piece.text)
            records = records_of(value) if source.answer and isinstance(value, dict) else None
            if records is None:
                number = piece.line if source.by_line and not source.answer else number + 1
                yield _row(number, value, piece)
                continue
            for record in records:
                number += 1
                yield Row(number, record) if isinstance(record, dict) else _no_object(number, record, "")


def _row(number: int, value: Any, piece: Piece) -> Row | BadRow:
    if piece.complaint or (value is None and piece.text.strip() != "null"):
        return BadRow(Row(number, {}), "", piece.complaint or _complaint(piece), piece.text)
    if isinstance(value, dict) and isinstance(value.get(UNREAD), str):
        return _row(number, _parsed(value[UNREAD]), Piece(value[UNREAD], piece.line))
    return Row(number, value) if isinstance(value, dict) else _no_object(number, value, piece.text)


def _no_object(number: int, value: Any, text: str) -> BadRow:
    return BadRow(Row(number, {}), "", f"it is {shown(value)}, and no object with names and values", text)


def _values(file: TextIO, by_line: bool) -> Iterator[Piece]:
    return _lines(file) if by_line else pieces(file)


def _lines(file: TextIO) -> Iterator[Piece]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            yield Piece("", number, f"it is longer than {_LONGEST_LINE:,} characters, and nothing after it was read")
            return
        if line.strip():
            yield Piece(line.lstrip("\ufeff").strip(), number)


def _parsed(text: str) -> Any:
    """What a text says, None where it is no JSON."""
    try:
        if not _LONG_NUMBER.search(text):
            return orjson.loads(text)
    except orjson.JSONDecodeError:
        if "NaN" not in text:
            return None
    try:
        return json.loads(text, parse_constant=_constant)
    except (ValueError, RecursionError):
        return None


def _constant(name: str) -> None:
    """What Python and pandas write for no number says nothing."""
    if name != "NaN":
        raise ValueError(name)


def _complaint(piece: Piece) -> str:
    try:
        orjson.loads(piece.text)
    except orjson.JSONDecodeError as error:
        return f"it is no JSON ({error.msg}, column {error.colno}); a line is to hold one object"
    return "it is no JSON"

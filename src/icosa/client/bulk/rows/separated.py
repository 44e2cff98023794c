"""Rows of text files in which a character stands between the cells: CSV, as every program writes it."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from icosa.client.bulk.rows.heading import heading
from icosa.client.bulk.rows.row import BadRow, Row, Rows
from icosa.client.bulk.rows.text import encoding_of
from icosa.errors import InvalidValue

DELIMITERS = ",;\t|"
_LONGEST_CELL = 4 << 20  # characters: a quote that is never closed would make one cell of the rest of the file
_LOOKED_AT = 20
_COMPLAINTS = {
    "unexpected end of data": "a quote that is opened in it is never closed; close it, or write a quote inside a quoted cell twice",
    "field larger": f"a cell is longer than {_LONGEST_CELL:,} characters; a quote that is opened in it is probably never closed",
    "expected after": "text stands behind a closing quote; write a quote inside a quoted cell twice",
    "NUL": "it holds a NUL character, which no text may",
}


def open_separated(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    """A CSV file.  Encoding and delimiter are found where they are not told; the first line names the columns.

    Raises InvalidValue for a file that is no text, or has no heading.
    """
    encoding = encoding_of(path, encoding)
    skipped, delimiter = _delimiter(path, encoding, delimiter)
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    records = _records(path, encoding, delimiter, skipped)
    first = next(((number, cells) for number, cells in records if not isinstance(cells, str) and any(cells)), None)
    if first is None:
        raise InvalidValue(path.name, "has no rows; its first line is to name the columns")
    columns = heading(first[1])
    count = sum(1 for _, cells in records if isinstance(cells, str) or any(cells))
    return Rows(columns, _rows(path, encoding, delimiter, skipped, columns, first[0]), count)


def _delimiter(path: Path, encoding: str, told: str | None) -> tuple[int, str]:
    """How many lines to skip, and what stands between cells: what was told; what a line "sep=;" says, as
    Excel reads it; else what splits the first lines into most cells alike."""
    if told is not None and len(told) != 1:
        raise InvalidValue("delimiter", f"{told!r} is not one character; give one such as ; or a tab")
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice((line[:_LONGEST_CELL] for line in file), _LOOKED_AT))
    said = lines[0].strip().strip('"') if lines else ""
    if said.lower().startswith("sep=") and len(said) == 5:
        return 1, told or said[4]
    if told is not None:
        return 0, told

    def alike(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            return 0, 0
        wanted = counts[0] if counts else 0
        return (sum(each == wanted for each in counts) if wanted > 1 else 0), wanted

    return 0, max(DELIMITERS, key=alike)


def _records(path: Path, encoding: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str] | str]]:
    """The line on which each row begins, and its cells or what is wrong with it."""
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skipped):
            next(file)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        while True:
            number = skipped + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, next((told for known, told in _COMPLAINTS.items() if known in str(error)), f"it cannot be read: {error}")
            else:
                yield number, cells


def _rows(path: Path, encoding: str, delimiter: str, skipped: int, columns: tuple[str, ...], head: int) -> Iterator[Row | BadRow]:
    width = len(columns)
    for number, cells in _records(path, encoding, delimiter, skipped):
        if isinstance(cells, str):
            if number > head:
                yield BadRow(Row(number, {}), "", cells)
        elif number > head and any(cells):
            row = Row(number, dict(zip(columns, cells, strict=False)))
            if len(cells) > width and any(cells[width:]):
                yield BadRow(row, "", _too_many(cells, width, delimiter))
            else:
                yield row


def _too_many(cells: Sequence[str], width: int, delimiter: str) -> str:
    between = "tab" if delimiter == "\t" else delimiter
    return f"it has {len(cells)} cells, and the heading names {width}; put cells that hold a {between} in quotes"

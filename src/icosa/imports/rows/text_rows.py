"""The rows of a text file as they stand, before anybody knows what they mean: many of one line each at a time, and those by
themselves of which that is not so."""

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from itertools import islice, repeat
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from icosa.imports.rows.text import open_text

LONGEST_CELL: Final = 4 << 20  # characters: a quote that is never closed would make one cell of the rest of the file
_LONGEST_LINE: Final = 4 * LONGEST_CELL
_BLOCK: Final = 1 << 16
"""Characters that are looked at together."""

_NO_ROW: Final = '"x"x'
"""What no row can hold, wherever it stands."""
_COMPLAINTS: Final = {
    "unexpected end of data": "a quote that is opened in it is never closed; close it, or write a quote inside a quoted cell twice",
    "field larger": f"a cell is longer than {LONGEST_CELL:,} characters; a quote that is opened in it is probably never closed",
    "expected after": "text stands behind a closing quote; write a quote inside a quoted cell twice",
    "NUL": "it holds a NUL character, which no text may",
}


class TextRow(NamedTuple):
    """A row as it stands: its number as a spreadsheet shows it, its first line, its cells or what is wrong with it, and its
    lines, until the next is read."""

    number: int
    line: int
    cells: Sequence[str]
    complaint: str
    lines: Sequence[str]

    @property
    def counts(self) -> int:
        """How many rows it is: each line of what cannot be read is one."""
        return len(self.lines) if self.complaint else int(any(self.cells))


class PlainRows(NamedTuple):
    """Rows of one line each, without a quote: the number and the line of the first, their lines, and what stands between cells."""

    number: int
    line: int
    lines: Sequence[str]
    delimiter: str

    def rows(self) -> list[list[str]]:
        """Their cells."""
        return list(csv.reader(self.lines, delimiter=self.delimiter, strict=True))

    @property
    def counts(self) -> int:
        """How many of them say anything; for that nobody has to take them apart."""
        nothing = f"{self.delimiter}\r\n"
        return len(self.lines) - [*map(str.strip, self.lines, repeat(nothing))].count("")

    def each(self) -> Iterator[TextRow]:
        for at, (cells, line) in enumerate(zip(self.rows(), self.lines, strict=True)):
            yield TextRow(self.number + at, self.line + at, cells, "", (line,))


def text_rows(path: Path, encoding: str, delimiter: str, before: int) -> Iterator[TextRow]:
    """The rows of a file behind so many lines, blank ones too: a spreadsheet shows those, and counts a row of several lines once."""
    for some in many_text_rows(path, encoding, delimiter, before):
        if isinstance(some, PlainRows):
            yield from some.each()
        else:
            yield some


def many_text_rows(path: Path, encoding: str, delimiter: str, before: int) -> Iterator[TextRow | PlainRows]:
    """The same, where they are plain many at a time."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with open_text(path, encoding) as file:
        for _ in islice(_lines_of(lambda: file.readline(_LONGEST_LINE), []), before):
            pass
        number, line = 1, before + 1
        while text := _block(file):
            lines = list(StringIO(text, newline=""))
            if _are_plain(text):
                yield PlainRows(number, line, lines, delimiter)
                number, line = number + len(lines), line + len(lines)
                continue
            for row in _one_by_one(file, deque(lines), delimiter, number, line):
                yield row
                number += len(row.lines) if row.complaint else 1
                line += len(row.lines)


def _block(file: TextIO) -> str:
    """The next lines of a file, with their ends; the last may be the beginning of one that is longer than any."""
    text = file.read(_BLOCK)
    return text + file.readline(_LONGEST_LINE) if text and text[-1] != "\n" else text


def _are_plain(text: str) -> bool:
    """Whether each line of it is one row, with nothing in it that could make another thing of it."""
    return '"' not in text and "\0" not in text and len(text) <= LONGEST_CELL


def _one_by_one(file: TextIO, waiting: deque[str], delimiter: str, number: int, line: int) -> Iterator[TextRow]:
    """The rows that begin in the lines that are waiting."""

    def following() -> str:
        return waiting.popleft() if waiting else file.readline(_LONGEST_LINE)

    last: list[str] = []
    reader = csv.reader(_lines_of(following, last), delimiter=delimiter, strict=True)
    while waiting:
        last.clear()
        try:
            cells = next(reader)
        except csv.Error as error:
            yield TextRow(number, line, (), _complaint(error, last), tuple(last))
            number += len(last)
        else:
            yield TextRow(number, line, cells, "", last)
            number += 1
        line += len(last)


def _lines_of(following: Callable[[], str], last: list[str]) -> Iterator[str]:
    """Lines with their ends, each put to the last as well.  One that is longer than any is no row.  Where files were put together, the
    mark of the second stands before its first quote, which would open no cell behind it."""
    while line := following():
        line = line if last or not line.startswith('\ufeff"') else line[1:]
        last.append(line)
        if len(line) < _LONGEST_LINE or line[-1] in "\r\n":
            yield line
            continue
        while (more := following()) and more[-1] not in "\r\n":
            pass
        yield _NO_ROW


def _complaint(error: csv.Error, lines: list[str]) -> str:
    text = "field larger" if len(lines[-1]) >= _LONGEST_LINE else str(error)
    return next((complaint for known, complaint in _COMPLAINTS.items() if known in text), f"it cannot be read: {error}")

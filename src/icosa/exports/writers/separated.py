"""CSV: UTF-8, commas, a heading, unless it is to be written as another file is."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

import orjson

from icosa.catalogue.kinds import Kind
from icosa.exports.safe_cells import SAFE, defused
from icosa.exports.table import ExportColumn
from icosa.exports.text_format import TextFormat

_NEVER_RUN: Final = frozenset({Kind.NUMBER, Kind.NUMERIC, Kind.DATE, Kind.DATE_TIME, Kind.BOOLEAN})


class CsvWriter:
    """Values as texts: nothing for null, true and false, lists and JSON as JSON.

    What begins with = + - @ is written as it is, since it may be a number, or a calling code such as +33,
    and an import is to read what was exported.  Whoever opens the file with a spreadsheet that runs such
    cells as formulas has them defused (`written.safe`), or takes xlsx, where a text is a text.
    """

    def __init__(self, file: IO[bytes], columns: Sequence[ExportColumn], written: TextFormat | None = None) -> None:
        self._written = written = written or TextFormat()
        self._text = io.TextIOWrapper(file, written.encoding, errors="backslashreplace", newline="", write_through=True)
        self._runs = [written.safe and each.kind not in _NEVER_RUN for each in columns]
        self._quoted = re.compile(f'["\\r\\n{re.escape(written.delimiter)}]').search
        names = [each.name for each in columns]
        if written.safe:
            names.append(SAFE)
        self._text.write(self._line(names))

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        if self._written.safe:
            lines = [self._line(self._defused(row)) for row in rows]
        else:
            lines = [self._line([each if each.__class__ is str else _text(each) for each in row]) for row in rows]
        self._text.write("".join(lines))

    def write_as_it_stood(self, text: str, *more: str) -> None:
        """A line of another file, and further cells behind it."""
        self._text.write(self._written.delimiter.join([text, *map(_in_quotes, more)]) + "\n")

    def close(self) -> None:
        self._text.flush()
        self._text.detach()  # the file is closed by whoever opened it

    def discard(self) -> None:
        """Leaves what is written as it is."""
        self.close()

    def _defused(self, row: Sequence[Any]) -> list[str]:
        return [defused(text) if runs else text for text, runs in zip(map(_text, row), self._runs, strict=True)] + [""]

    def _line(self, cells: list[str]) -> str:
        line = self._written.delimiter.join(cells)
        if '"' in line or "\n" in line or "\r" in line or line.count(self._written.delimiter) >= len(cells):
            line = self._written.delimiter.join([_in_quotes(each) if self._quoted(each) else each for each in cells])
        return (line or '""') + "\n"  # a line with nothing on it is no row


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else str(value)

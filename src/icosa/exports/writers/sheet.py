"""Excel workbooks of one sheet."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from math import isfinite
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

import orjson

from icosa.catalogue.kinds import Kind
from icosa.errors import InvalidValue
from icosa.exports.table import ExportColumn
from icosa.exports.writers.refusal import refused
from icosa.extras import library

MOST_ROWS = 1_048_575
"""What a sheet of Excel holds, 1,048,576 rows, without the heading."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel holds ("Excel specifications and limits")."""

_EXACT_DIGITS = 15
"""Digits of a number that Excel keeps, of the same page; it makes zeros of those behind."""

_FIRST_YEAR = "1900-03-01"  # Excel believes that there was a 29 February 1900
_FORMATS = {Kind.DATE_TIME: "yyyy-mm-dd hh:mm:ss.000", Kind.DATE: "yyyy-mm-dd"}
_KEPT: Final[Callable[[str], Any]] = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?").fullmatch
_AS_TEXTS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_INSTEAD = "export to csv, jsonl or parquet instead"


class _Outlet:
    """The file, until it is given up: an archive that was not closed writes its end once more when it is thrown away."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, part: bytes) -> int:
        return self._file.write(part)

    def seek(self, at: int, whence: int = 0) -> int:
        return self._file.seek(at, whence)

    def tell(self) -> int:
        return self._file.tell()

    def flush(self) -> None:
        self._file.flush()

    def drop(self) -> None:
        self._file = BytesIO()


class SheetWriter:
    """Texts are written as texts, never as formulas or links; moments as dates of the sheet, in UTC; numbers
    of more digits than a sheet keeps, and moments that it does not keep to the millisecond, as texts."""

    def __init__(self, file: IO[bytes], columns: Sequence[ExportColumn]) -> None:
        self._folder = TemporaryDirectory(prefix="icosa-")  # rows wait there: only the owner looks into it
        settings = {"constant_memory": True, "tmpdir": self._folder.name, **_AS_TEXTS}
        self._outlet = _Outlet(file)
        self._book = library("xlsxwriter", "Excel files").Workbook(self._outlet, settings)
        self._sheet = self._book.add_worksheet("Records")
        self._columns = columns
        self._formats = {kind: self._book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        self._row = 0
        bold = self._book.add_format({"bold": True})
        for at, each in enumerate(columns):
            self._sheet.write_string(0, at, each.name, bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            self._row += 1
            if self._row > MOST_ROWS:
                raise InvalidValue("out", f"a sheet holds {MOST_ROWS:,} records at most, and there are more; {_INSTEAD}")
            for at, (column, value) in enumerate(zip(self._columns, row, strict=True)):
                if value is not None and value != "" and (problem := self._write(at, column, value)):
                    raise refused(self._columns, row, at, f"{problem}; {_INSTEAD}")

    def close(self) -> None:
        self._book.close()
        self._folder.cleanup()

    def discard(self) -> None:
        """Gives up what it holds; what is written is no workbook."""
        self._outlet.drop()
        self._book.fileclosed = True
        with suppress(OSError):  # of rows that do not fit on the disk where they wait
            self._sheet.row_data_fh.close()
        self._folder.cleanup()

    def _write(self, at: int, column: ExportColumn, value: Any) -> str:
        """Writes a value, or says why it cannot be written."""
        sheet, row = self._sheet, self._row
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif (number := _number(column, value)) is not None:
            sheet.write_number(row, at, number)
        elif column.kind in self._formats and (moment := _moment(value)) is not None:
            sheet.write_datetime(row, at, moment, self._formats[column.kind])
        else:
            text = orjson.dumps(value).decode() if isinstance(value, list | dict) else str(value)
            length = len(text) + sum(each > "\uffff" for each in text)
            if length > LONGEST_TEXT:
                return f"a text of {length:,} characters is longer than a cell can be ({LONGEST_TEXT:,})"
            if no := next((each for each in text if each in "\ufffe\uffff"), None):
                return f"a cell cannot hold the character U+{ord(no):04X}"
            sheet.write_string(row, at, text)
        return ""


def _number(column: ExportColumn, value: Any) -> float | None:
    """A number that a sheet keeps as it is, None for any other value."""
    if not isinstance(value, int | float) and column.kind not in (Kind.NUMBER, Kind.NUMERIC):
        return None
    if sum(map(str.isdigit, str(value))) > _EXACT_DIGITS:
        return None
    try:
        found = float(value)
    except (ValueError, TypeError):
        return None
    return found if isfinite(found) else None


def _moment(value: Any) -> datetime | None:
    """A moment or a day that comes back from a sheet to the letter, None for any other."""
    if not isinstance(value, str) or not _KEPT(value) or not _FIRST_YEAR <= value < "9999":
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:  # 30 February, of a server that has it
        return None

"""Excel workbooks of one sheet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any

import orjson

from icosa.catalogue.kinds import Kind
from icosa.client.bulk.extras import library
from icosa.client.bulk.table import Column
from icosa.errors import InvalidValue

MOST_ROWS = 1_048_575  # and the heading
LONGEST_TEXT = 32_767
_EXACT_DIGITS = 15
_FIRST_YEAR = "1900-03-01"  # Excel believes that there was a 29 February 1900
_FORMATS = {Kind.DATE_TIME: "yyyy-mm-dd hh:mm:ss.000", Kind.DATE: "yyyy-mm-dd"}
_INSTEAD = "export to csv, jsonl or parquet instead"


class SheetWriter:
    """Texts are written as texts, never as formulas or links; moments as dates of the sheet, in UTC; numbers
    of more digits than a sheet keeps as texts."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = library("xlsxwriter", "Excel files").Workbook(file, settings)
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
                if value is not None and value != "":
                    self._write(at, column, value)

    def close(self) -> None:
        self._book.close()

    def _write(self, at: int, column: Column, value: Any) -> None:
        sheet, row = self._sheet, self._row
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif column.kind in (Kind.NUMBER, Kind.NUMERIC) and _is_exact(value):
            sheet.write_number(row, at, float(value))
        elif column.kind in self._formats and _FIRST_YEAR <= value < "9999":
            sheet.write_datetime(row, at, datetime.fromisoformat(value).replace(tzinfo=None), self._formats[column.kind])
        else:
            text = orjson.dumps(value).decode() if isinstance(value, list | dict) else str(value)
            if len(text) > LONGEST_TEXT:
                raise InvalidValue(
                    column.name, f"a text of {len(text):,} characters is longer than a cell can be ({LONGEST_TEXT:,}); {_INSTEAD}"
                )
            sheet.write_string(row, at, text)


def _is_exact(value: Any) -> bool:
    return sum(map(str.isdigit, str(value))) <= _EXACT_DIGITS

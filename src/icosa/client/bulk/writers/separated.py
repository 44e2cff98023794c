"""CSV: UTF-8, commas, a heading."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Any

import orjson

from icosa.client.bulk.table import Column


class CsvWriter:
    """Values as texts: nothing for null, true and false, lists and JSON as JSON.

    What begins with = + - @ is written as it is, since it may be a number, or a calling code such as +33,
    and an import is to read what was exported.  Whoever opens the file with a spreadsheet that runs such
    cells as formulas takes xlsx instead, where a text is a text.
    """

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._rows = csv.writer(self._text, lineterminator="\n")
        self._rows.writerow([each.name for each in columns])

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows.writerows([_cell(each) for each in row] for row in rows)

    def close(self) -> None:
        self._text.flush()
        self._text.detach()  # the file is closed by whoever opened it


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else value

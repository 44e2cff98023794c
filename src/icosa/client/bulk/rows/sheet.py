"""Rows of spreadsheets: Excel's .xlsx, .xlsm, .xlsb and .xls, and OpenDocument's .ods."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from icosa.client.bulk.extras import library
from icosa.client.bulk.rows.heading import heading
from icosa.client.bulk.rows.row import BadRow, Row, Rows
from icosa.errors import InvalidValue

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def open_sheet(path: Path, sheet: str | None = None) -> Rows:
    """A sheet of a workbook: the one of that name, else the first that is not hidden.  A workbook is
    compressed as a whole, so that the sheet is held in memory.

    Raises InvalidValue where it is no workbook, has no sheet of that name, or the sheet is empty.
    """
    calamine = library("python_calamine", "spreadsheets")
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise InvalidValue(path.name, "is protected by a password; save it without one") from None
    except (calamine.CalamineError, OSError) as error:
        raise InvalidValue(path.name, f"is no workbook that can be read: {error}") from None
    visible = calamine.SheetVisibleEnum.Visible
    name = sheet or next((each.name for each in book.sheets_metadata if each.visible == visible), "")
    if name not in book.sheet_names:
        raise InvalidValue(path.name, f"has no sheet {name!r}; its sheets are {', '.join(map(repr, book.sheet_names))}")
    found = book.get_sheet_by_name(name)
    cells = found.to_python(skip_empty_area=True)
    if not cells or not any(map(_says, cells[0])):
        raise InvalidValue(path.name, f"has nothing in the sheet {name!r}; its first row is to name the columns")
    columns = heading(cells[0])
    first = found.start[0] + 2  # `start` is from 0, and the heading is the first
    count = sum(any(map(_says, row)) for row in cells[1:])
    return Rows(columns, _rows(columns, cells[1:], first), count)


def _rows(columns: tuple[str, ...], cells: list[list[Any]], first: int) -> Iterator[Row | BadRow]:
    for number, row in enumerate(cells, first):
        if any(map(_says, row)):
            yield Row(number, {column: _exact(cell) for column, cell in zip(columns, row, strict=False)})


def _says(cell: Any) -> bool:
    return cell is not None and cell != ""


def _exact(cell: Any) -> Any:
    """A sheet keeps moments as fractions of a day, which come back a few microseconds off."""
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500)).replace(microsecond=(cell + timedelta(microseconds=500)).microsecond // 1000 * 1000)
    return cell

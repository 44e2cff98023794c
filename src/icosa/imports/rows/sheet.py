"""Rows of spreadsheets: Excel's .xlsx, .xlsm, .xlsb and .xls, and OpenDocument's .ods."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat
from zipfile import BadZipFile

from icosa.errors import InvalidValue
from icosa.extras import library, needed
from icosa.imports.rows.heading import LOOKED_AT, REASON, head_at, heading, says, skipped
from icosa.imports.rows.marks import UNTOLD, Broken, Mark, marks, reference
from icosa.imports.rows.marks.masks import masked
from icosa.imports.rows.row import BadRow, Row, Rows, Unreadable
from icosa.imports.rows.separate_process import Bounds, open_apart

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_DIGITS: Final = 15
"""So many digits of a number a sheet shows; those after them come of computing."""
_TEXTS = (b"<", b"{", b"[", b"\xef\xbb\xbf")


def open_sheet(
    path: Path, sheet: str | None = None, errors_as_empty: bool = False, head: int | None = None, bounds: Bounds | None = None
) -> Rows:
    """A sheet of a workbook: the one of that name, else the first that is not hidden.  It is read in a process of its own.

    A cell that shows an error, or a formula whose result is not in the file, is Unreadable, or empty with
    `errors_as_empty`.  A number that is shown with zeros in front is the text that is shown; a value of merged cells
    counts for each of their rows.

    Raises InvalidValue where it is no workbook that can be read, has no sheet of that name, or the sheet is empty.
    """
    needed("python_calamine", "spreadsheets")
    return open_apart(read_sheet, path, bounds or Bounds(), sheet=sheet, errors_as_empty=errors_as_empty, head=head)


def sheet_names(path: Path, bounds: Bounds | None = None) -> tuple[str, ...]:
    """The sheets of a workbook that somebody sees who opens it.  Raises as `open_sheet`."""
    needed("python_calamine", "spreadsheets")
    return open_apart(read_names, path, bounds or Bounds()).columns


def read_names(path: Path) -> Rows:
    """The same in this process: the names as columns of no rows."""
    return Rows(tuple(_shown(_workbook(path))), iter(()), 0)


def read_sheet(path: Path, sheet: str | None, errors_as_empty: bool, head: int | None = None) -> Rows:
    """The same in this process, which a workbook can end."""
    book = _workbook(path)
    shown = _shown(book)
    name = sheet or next(iter(shown), "")
    if name not in book.sheet_names and _of_bad_rows(book):
        name = book.sheet_names[0]
    if name not in book.sheet_names:
        raise InvalidValue(path.name, f"has no sheet {name!r}; its sheets are {', '.join(map(repr, book.sheet_names))}")
    try:
        found = book.get_sheet_by_name(name)
        held = marks(path, name)
    except (ValueError, KeyError, NotImplementedError, expat.ExpatError, BadZipFile, _errors()) as error:
        raise InvalidValue(path.name, f"cannot be read: its sheet {name!r} is damaged ({error})") from None
    cells = _Cells(found, held, errors_as_empty)
    first = cells.beginning()
    at = _head(path, first, head)
    if at < 0 or found.start is None:
        raise InvalidValue(path.name, f"has nothing in the sheet {name!r}; its first row is to name the columns")
    columns = heading(first[at])
    count = sum(any(map(says, row)) for row in islice(found.iter_rows(), at + 1, None))
    notes = {"sheet": f"{name!r} of {', '.join(map(repr, shown))}" if sheet is None and len(shown) > 1 else repr(name)}
    if path.suffix.lower() in UNTOLD:
        notes["errors"] = "cells that show an error are taken for empty in this format; save it as .xlsx to have them told"
    if above := skipped(first[:at]):
        notes["heading"] = above
    return Rows(columns, _rows(columns, cells, at + 1), count, notes)


def _head(path: Path, first: list[list[Any]], line: int | None) -> int:
    """Where among the first rows the heading is."""
    if line is None or any(REASON in row for row in first[:1]):
        return head_at(first)
    if line > len(first) or not any(map(says, first[line - 1])):
        raise InvalidValue(path.name, f"has no heading in row {line}; say in which of its first rows the columns are named (head)")
    return line - 1


def _of_bad_rows(book: Any) -> bool:
    """Whether it is a workbook of rows that did not go in, whose only sheet is called otherwise than where they come from."""
    names = book.sheet_names
    return len(names) == 1 and any(REASON in row for row in islice(book.get_sheet_by_name(names[0]).iter_rows(), 1))


def _workbook(path: Path) -> Any:
    """A workbook of the format that its name says, else of the one that it turns out to be: many an .xls is another."""
    calamine = library("python_calamine", "spreadsheets")
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise InvalidValue(path.name, "is protected by a password; save it without one") from None
    except (calamine.CalamineError, OSError) as error:
        found = error
    with path.open("rb") as file:
        beginning = file.read(64).lstrip()
        file.seek(0)
        try:
            return calamine.CalamineWorkbook.from_filelike(file)
        except calamine.CalamineError:
            raise InvalidValue(path.name, _no_workbook(beginning, found)) from None


def _no_workbook(beginning: bytes, found: Exception) -> str:
    if not beginning.startswith(_TEXTS) and (not beginning.isascii() or b"\0" in beginning or beginning[:2] in (b"", b"PK")):
        return f"is no workbook that can be read: {found}"
    return (
        "is no workbook: what it holds is text, whatever its name says. Open it in a spreadsheet and save it as .xlsx, "
        "or rename it to .csv where it is a table of text"
    )


def _shown(book: Any) -> list[str]:
    """The sheets that somebody sees who opens the workbook."""
    calamine = library("python_calamine", "spreadsheets")
    visible, table = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
    return [each.name for each in book.sheets_metadata if each.visible == visible and each.typ == table]


def _errors() -> Any:
    return library("python_calamine", "spreadsheets").CalamineError


class _Cells:
    """The cells of a sheet by row, with what its marks and its merged cells make of them."""

    def __init__(self, sheet: Any, held: dict[int, dict[int, Mark]], errors_as_empty: bool) -> None:
        self._sheet, self._marks, self._empty = sheet, held, errors_as_empty
        self._left = sheet.start[1] if sheet.start else 0
        ranges = sheet.merged_cell_ranges or []
        self._merged = {
            (row, left): (top, left) for (top, left), (bottom, _) in ranges for row in range(top + 1, min(bottom, top + 10_000) + 1)
        }
        self._kept = set(self._merged.values())

    def beginning(self) -> list[list[Any]]:
        """The first rows, from the first of the sheet."""
        found: list[list[Any]] = []
        for number, row in self.rows():
            found += [[]] * (number - 1 - len(found))
            found.append(row)
            if sum(any(map(says, each)) for each in found) >= LOOKED_AT:
                break
        return found

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """The rows, each with its number as the sheet shows it."""
        above: dict[tuple[int, int], Any] = {}
        for at, row in enumerate(self._sheet.iter_rows()):
            cells = list(map(_exact, row))
            for column, mark in self._marks.get(at, {}).items():
                if 0 <= column - self._left < len(cells):
                    cells[column - self._left] = self._marked(cells[column - self._left], mark, reference(at, column))
            if self._merged:
                self._fill(at, cells, above)
            yield at + 1, cells

    def _marked(self, cell: Any, mark: Mark, where: str) -> Any:
        if not isinstance(mark, Broken):
            return masked(cell, mark)
        if self._empty:
            return None
        return Unreadable(
            mark.shown, f"cell {where} {mark.reason}; mend it in the sheet and save it, or take such cells for empty (--errors-as-empty)"
        )

    def _fill(self, at: int, cells: list[Any], above: dict[tuple[int, int], Any]) -> None:
        for index, cell in enumerate(cells):
            place = (at, index + self._left)
            if place in self._kept:
                above[place] = cell
            elif place in self._merged and not says(cell):
                cells[index] = above.get(self._merged[place])


def _rows(columns: tuple[str, ...], cells: _Cells, head: int) -> Iterator[Row | BadRow]:
    for number, row in cells.rows():
        if number > head and any(map(says, row)):
            yield Row(number, dict(zip(columns, row, strict=False)))


def _exact(cell: Any) -> Any:
    """A sheet keeps moments as fractions of a day, which come back a few microseconds off, and numbers in sixteen digits
    and more, of which it shows fifteen."""
    if isinstance(cell, float):
        return cell if cell.is_integer() else float(f"{cell:.{_DIGITS}g}")
    if isinstance(cell, datetime) and cell.year < 9999:
        late = cell + timedelta(microseconds=500)
        return late.replace(microsecond=late.microsecond // 1000 * 1000)
    return cell

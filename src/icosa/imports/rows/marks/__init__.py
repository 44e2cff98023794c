"""What the cells of a workbook hold beside their values, of which the library that reads values says nothing: errors,
formulas without a result, and formats that show a number with zeros in front."""

import zipfile
from pathlib import Path
from typing import Final

from icosa.imports.rows.marks.excel import excel_marks
from icosa.imports.rows.marks.mark import Broken, Mark, Marks, reference
from icosa.imports.rows.marks.open_document import CONTENT, open_document_marks

__all__ = ["UNTOLD", "Broken", "Mark", "Marks", "marks", "reference"]

UNTOLD: Final = (".xls", ".xlsb")
"""Formats whose marks nobody reads: an error in them looks like an empty cell."""


def marks(path: Path, sheet: str) -> Marks:
    """The marks of a sheet of an Excel or OpenDocument workbook; none where it has none, or is in another format."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        return open_document_marks(book, sheet) if CONTENT in book.namelist() else excel_marks(book, sheet)

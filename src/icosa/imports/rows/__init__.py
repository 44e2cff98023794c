"""Rows from wherever they are: files by their suffix, data frames of any library, lists of dicts."""

import hashlib
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from icosa.errors import InvalidValue
from icosa.exports.text_format import TextFormat
from icosa.imports.rows.cards import SUFFIXES as CARDS
from icosa.imports.rows.cards import open_cards
from icosa.imports.rows.frame import open_frame, open_records
from icosa.imports.rows.json_rows import open_json
from icosa.imports.rows.parquet import open_parquet
from icosa.imports.rows.row import BadRow, Row, Rows, Unreadable
from icosa.imports.rows.separate_process import Bounds
from icosa.imports.rows.separated import open_separated
from icosa.imports.rows.sheet import SUFFIXES as SHEETS
from icosa.imports.rows.sheet import open_sheet
from icosa.imports.rows.totals import totals_apart

__all__ = [
    "CARDS",
    "JSON",
    "SEPARATED",
    "SHEETS",
    "SUFFIXES",
    "BadRow",
    "Bounds",
    "Row",
    "Rows",
    "TextFormat",
    "Unreadable",
    "open_rows",
    "rows_digest",
    "suffix_of",
]

SEPARATED = (".csv", ".tsv", ".tab", ".txt")
JSON = (".jsonl", ".ndjson", ".json")
PARQUET = (".parquet", ".pq")
SUFFIXES = (*SEPARATED, *JSON, *PARQUET, *SHEETS, *CARDS)
"""All that is read, which is what pages and messages offer."""

_ELSEWHERE = {
    ".numbers": "is a document of Numbers; export it there as Excel or CSV",
    ".gsheet": "is a link to a Google Sheet, and not the sheet; download it there as Excel or CSV",
    ".zip": "is an archive; unpack it, and give one of the files in it",
}


def open_rows(
    source: Any,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    errors_as_empty: bool = False,
    head: int | None = None,
    bounds: Bounds | None = None,
    glance: int | None = None,
    keep_totals: bool = False,
) -> Rows:
    """The rows of a source: a path to a file, a data frame, or a list of dicts.

    Files are streamed, text and JSON also out of .gz.  `sheet` names one of a workbook, `head` the row that names the
    columns, from 1; `errors_as_empty` takes cells that show an error for empty; `encoding` and `delimiter` are those of a
    text file.  What is not told of these is found.  Rows at the end of a table of text or of a workbook that sum up the others
    come as BadRows, but for `keep_totals`.
    Text and JSON are read to their end beforehand, to count their rows, and for the columns of JSON; with `glance` no further
    than so many rows, and where there are more their count is None.
    Workbooks and Parquet are read in a process of their own, within `bounds`.  A row that cannot be read comes as a
    BadRow, a cell that holds no value as Unreadable; the others go on.

    Raises InvalidValue where the source cannot be read at all, InvalidInput where a library is missing; the rows raise
    InvalidValue too, where the source turns out to be broken further down.
    """
    if isinstance(source, str | PathLike):
        opened = _open_file(Path(source), sheet, encoding, delimiter, errors_as_empty, head, bounds, glance)
        is_table = suffix_of(Path(source)) in (*SEPARATED, *SHEETS)
        return replace(opened, rows=totals_apart(opened.rows)) if is_table and not keep_totals else opened
    if head is not None:
        raise InvalidValue("head", "these rows say by themselves what their values are; leave head out")
    return open_records(source) if isinstance(source, list | tuple) else open_frame(source)


def suffix_of(path: Path) -> str:
    """What the name of a file says that it holds: .csv, of people.csv and people.CSV.gz."""
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def _open_file(
    path: Path,
    sheet: str | None,
    encoding: str | None,
    delimiter: str | None,
    errors_as_empty: bool,
    head: int | None,
    bounds: Bounds | None,
    glance: int | None,
) -> Rows:
    if not path.is_file():
        raise InvalidValue("source", _no_file(path))
    suffix = suffix_of(path)
    if head is not None and (head < 1 or suffix in (*JSON, *PARQUET, *CARDS)):
        raise InvalidValue("head", f"{head} is no row that names columns; rows count from 1, and JSON, Parquet and cards have none such")
    try:
        if suffix in SEPARATED:
            between = "\t" if delimiter is None and suffix in (".tsv", ".tab") else delimiter
            return open_separated(path, encoding, between, errors_as_empty, head, glance)
        if suffix in JSON:
            return open_json(path, encoding, glance)
        if suffix in CARDS:
            return open_cards(path, encoding, glance)
        if path.suffix.lower() != ".gz":
            if suffix in PARQUET:
                return open_parquet(path, bounds)
            if suffix in SHEETS:
                return open_sheet(path, sheet, errors_as_empty, head, bounds)
    except PermissionError as error:
        raise InvalidValue("source", f"{str(path)!r} cannot be read: {error.strerror}") from None
    if suffix in _ELSEWHERE:
        raise InvalidValue("source", f"{path.name!r} {_ELSEWHERE[suffix]}")
    known = ", ".join(SUFFIXES)
    raise InvalidValue("source", f"{path.name!r} does not say by its suffix what it holds; rename it to one of {known}")


def _no_file(path: Path) -> str:
    if path.is_dir():
        return f"{str(path)!r} is a folder; give one of the files in it"
    if str(path) == "-" or path.exists():
        return f"{str(path)!r} is a pipe, and rows are looked through more than once; write them to a file and give that"
    return f"there is no file {str(path)!r}; give the path of one that is there"


def rows_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits: whether it is still the one that a plan was made from."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

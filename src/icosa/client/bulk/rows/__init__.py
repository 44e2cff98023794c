"""Rows from wherever they are: files by their suffix, data frames of any library, lists of dicts."""

import hashlib
from os import PathLike
from pathlib import Path
from typing import Any

from icosa.client.bulk.rows.frame import open_frame, open_records
from icosa.client.bulk.rows.json_rows import open_json
from icosa.client.bulk.rows.parquet import open_parquet
from icosa.client.bulk.rows.row import BadRow, Row, Rows
from icosa.client.bulk.rows.separated import open_separated
from icosa.client.bulk.rows.sheet import SUFFIXES as SHEETS
from icosa.client.bulk.rows.sheet import open_sheet
from icosa.errors import InvalidValue

__all__ = ["JSON", "BadRow", "Row", "Rows", "open_rows", "rows_digest"]

SEPARATED = (".csv", ".tsv", ".tab", ".txt")
JSON = (".jsonl", ".ndjson", ".json")
PARQUET = (".parquet", ".pq")


def open_rows(source: Any, *, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None) -> Rows:
    """The rows of a source: a path to a file, a data frame, or a list of dicts.

    Files of text, JSON Lines and Parquet are streamed.  `sheet` names one of a workbook; `encoding` and
    `delimiter` are those of a text file, and found where they are not told.  A row that cannot be read
    comes as a BadRow; the others go on.

    Raises InvalidValue where the source cannot be read at all, InvalidInput where a library is missing.
    """
    if isinstance(source, str | PathLike):
        return _open_file(Path(source), sheet, encoding, delimiter)
    return open_records(source) if isinstance(source, list | tuple) else open_frame(source)


def _open_file(path: Path, sheet: str | None, encoding: str | None, delimiter: str | None) -> Rows:
    if not path.is_file():
        raise InvalidValue("source", f"there is no file {str(path)!r}; give the path of one that is there")
    suffix = path.suffix.lower()
    try:
        if suffix in SEPARATED:
            return open_separated(path, encoding, "\t" if delimiter is None and suffix in (".tsv", ".tab") else delimiter)
        if suffix in JSON:
            return open_json(path, encoding)
        if suffix in PARQUET:
            return open_parquet(path)
        if suffix in SHEETS:
            return open_sheet(path, sheet)
    except PermissionError as error:
        raise InvalidValue("source", f"{str(path)!r} cannot be read: {error.strerror}") from None
    known = ", ".join((*SEPARATED, *JSON, *PARQUET, *SHEETS))
    raise InvalidValue("source", f"{path.name!r} does not say by its suffix what it holds; rename it to one of {known}")


def rows_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits: whether it is still the one that a plan was made from."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

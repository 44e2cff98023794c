"""Rows of Parquet files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from icosa.errors import InvalidValue
from icosa.extras import library, needed
from icosa.imports.rows.arrow import rows_of_batches
from icosa.imports.rows.heading import heading
from icosa.imports.rows.row import Row, Rows
from icosa.imports.rows.separate_process import Bounds, open_apart

BATCH: Final = 1000
"""Rows that are held at a time."""


def open_parquet(path: Path, bounds: Bounds | None = None) -> Rows:
    """A Parquet file, read in a process of its own, a batch at a time.  A value that Python cannot hold is Unreadable.

    Raises InvalidValue where it is none, or ends in the middle; so do its rows.
    """
    needed("pyarrow", "Parquet files", "parquet")
    return open_apart(read_parquet, path, bounds or Bounds())


def read_parquet(path: Path) -> Rows:
    """The same in this process, which a file can end."""
    parquet = library("pyarrow.parquet", "Parquet files", "parquet")
    try:
        with parquet.ParquetFile(path) as file:
            columns, count = heading(file.schema_arrow.names), file.metadata.num_rows
    except (ValueError, OSError) as error:  # pyarrow's own errors are one or the other
        raise _refused(path, error) from None
    return Rows(columns, _rows(parquet, path), count)


def _rows(parquet: Any, path: Path) -> Iterator[Row]:
    try:
        with parquet.ParquetFile(path) as file:
            yield from rows_of_batches(file.iter_batches(BATCH))
    except (ValueError, OSError) as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: Exception) -> InvalidValue:
    return InvalidValue(path.name, f"is no Parquet file that can be read: {str(error).partition(chr(10))[0]}")

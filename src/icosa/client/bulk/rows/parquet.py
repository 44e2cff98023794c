"""Rows of Parquet files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from icosa.client.bulk.extras import library
from icosa.client.bulk.rows.row import Row, Rows
from icosa.errors import InvalidValue

BATCH = 1000


def open_parquet(path: Path) -> Rows:
    """A Parquet file, of which a batch is held at a time.  Raises InvalidValue where it is none."""
    parquet = library("pyarrow.parquet", "Parquet files", "parquet")
    try:
        with parquet.ParquetFile(path) as file:
            columns, count = tuple(file.schema_arrow.names), file.metadata.num_rows
    except (ValueError, OSError) as error:  # pyarrow's own errors are one or the other
        raise InvalidValue(path.name, f"is no Parquet file that can be read: {_first_line(error)}") from None
    return Rows(columns, _rows(parquet, path), count)


def _rows(parquet: Any, path: Path) -> Iterator[Row]:
    with parquet.ParquetFile(path) as file:
        yield from rows_of_batches(file.iter_batches(BATCH))


def rows_of_batches(batches: Any) -> Iterator[Row]:
    """The rows of Arrow record batches."""
    number = 0
    for batch in batches:
        for values in batch.to_pylist():
            number += 1
            yield Row(number, values)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

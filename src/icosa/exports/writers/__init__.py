"""Tables written to files, a writer for each format.  A new format is a new file here and a line in FORMATS."""

from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, Protocol

from icosa.exports.table import ExportColumn
from icosa.exports.writers.json_lines import JsonLinesWriter
from icosa.exports.writers.parquet import ParquetWriter
from icosa.exports.writers.separated import CsvWriter
from icosa.exports.writers.sheet import SheetWriter

__all__ = ["BY_SUFFIX", "FORMATS", "RowWriter"]


class RowWriter(Protocol):
    """Writes rows of values, in the order of its columns.  What it wrote is whole once it was closed; a writer that
    does not get so far is discarded.  Raises InvalidValue, naming record and column, for what its format cannot hold."""

    def write(self, rows: Iterable[Sequence[Any]]) -> None: ...

    def close(self) -> None: ...

    def discard(self) -> None: ...


FORMATS: dict[str, Callable[[IO[bytes], Sequence[ExportColumn]], RowWriter]] = {
    "csv": CsvWriter,
    "jsonl": JsonLinesWriter,
    "parquet": ParquetWriter,
    "xlsx": SheetWriter,
}
"""Format to what writes it to an open file."""

BY_SUFFIX = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx"}
"""The format that a file's name says."""

"""Rows of data frames of any library, and of lists of dicts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.extras import library
from icosa.imports.rows.arrow import rows_of_batches
from icosa.imports.rows.heading import heading
from icosa.imports.rows.parquet import BATCH
from icosa.imports.rows.row import BadRow, Row, Rows


def open_records(records: Sequence[Any]) -> Rows:
    """A list of dicts."""
    columns = dict.fromkeys(name for each in records if isinstance(each, Mapping) for name in each)
    return Rows(tuple(map(str, columns)), map(_record, range(1, len(records) + 1), records), len(records))


def _record(number: int, each: Any) -> Row | BadRow:
    if isinstance(each, Mapping):
        return Row(number, each)
    return BadRow(Row(number, {}), "", f"it is {shown(each)}, and no dict with names and values")


def open_frame(frame: Any) -> Rows:
    """A data frame of Polars, pandas, PyArrow or any other library that Narwhals knows, lazy ones
    included, or anything else that gives an Arrow stream.  Raises InvalidValue where it is none."""
    narwhals = library("narwhals", "data frames")
    try:
        known = narwhals.from_native(frame)
    except TypeError:
        if hasattr(frame, "__arrow_c_stream__"):
            reader = library("pyarrow", "Arrow streams", "parquet").RecordBatchReader.from_stream(frame)
            return Rows(heading(reader.schema.names), rows_of_batches(reader), None)
        raise InvalidValue(
            "source", f"a value of type {type(frame).__name__} is no source of rows; give a path, a data frame or a list of dicts"
        ) from None
    if isinstance(known, narwhals.LazyFrame):
        known = known.collect()
    return Rows(tuple(map(str, known.columns)), _rows(known), len(known))


def _rows(frame: Any) -> Iterator[Row]:
    columns = tuple(map(str, frame.columns))
    for number, values in enumerate(frame.iter_rows(buffer_size=BATCH), 1):
        yield Row(number, {column: _plain(value) for column, value in zip(columns, values, strict=True)})


def _plain(value: Any) -> Any:
    """A value of Python's own, for one of a library: what pandas has for "not there" is None, a number of
    NumPy the number itself."""
    if value is None or isinstance(value, str | int | list):
        return value
    if type(value).__name__ in ("NAType", "NaTType") or value != value:  # NaN is the one number that is not itself
        return None
    if type(value).__module__ == "numpy":
        return value.tolist()
    return value.to_pydatetime() if type(value).__name__ == "Timestamp" else value

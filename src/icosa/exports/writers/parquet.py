"""Parquet, and Arrow, with a type for each column."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import IO, Any, Final

import orjson

from icosa.catalogue.kinds import LISTS, Kind, shown
from icosa.errors import InvalidValue
from icosa.exports.table import ExportColumn
from icosa.exports.writers.refusal import refused
from icosa.extras import library

GROUP_ROWS = 10_000
"""Rows held at a time, and written as one group."""

_EXACT_DIGITS: Final = 15
"""Digits of a decimal that a double is sure to keep (DBL_DIG of IEEE 754); with more it is looked whether this one does."""

_INSTEAD: Final = "export to csv or jsonl, or leave the column out"


class ParquetWriter:
    """A table of typed columns: see `arrow_type`."""

    def __init__(self, file: IO[bytes], columns: Sequence[ExportColumn]) -> None:
        self._columns = columns
        self._schema = arrow_schema(columns)
        self._writer = library("pyarrow.parquet", "Parquet files", "parquet").ParquetWriter(file, self._schema)
        self._held: list[Sequence[Any]] = []

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        self._held += rows
        while len(self._held) >= GROUP_ROWS:
            self._write(self._held[:GROUP_ROWS])
            del self._held[:GROUP_ROWS]

    def close(self) -> None:
        if self._held:
            self._write(self._held)
        self._writer.close()

    def discard(self) -> None:
        """Gives up what it holds; what is written is no Parquet file."""
        self._held.clear()
        with suppress(Exception):  # the file may be the reason
            self._writer.close()

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        self._writer.write_batch(record_batch(self._schema, self._columns, rows))


def arrow_schema(columns: Sequence[ExportColumn]) -> Any:
    arrow = _arrow()
    return arrow.schema([(each.name, arrow_type(each)) for each in columns])


def arrow_type(column: ExportColumn) -> Any:
    """The type of a column: a moment in UTC with milliseconds, a day, a double, a list of texts, a text.

    Millionths of an amount are whole numbers of 64 bits; JSON is its text.
    """
    arrow = _arrow()
    if column.kind is Kind.NUMERIC and column.name.endswith(".amountMicros"):
        return arrow.int64()
    match column.kind:
        case Kind.DATE_TIME:
            return arrow.timestamp("ms", "UTC")
        case Kind.DATE:
            return arrow.date32()
        case Kind.NUMBER | Kind.NUMERIC:
            return arrow.float64()
        case Kind.BOOLEAN:
            return arrow.bool_()
        case kind if kind in LISTS:
            return arrow.list_(arrow.string())
        case _:
            return arrow.string()


def record_batch(schema: Any, columns: Sequence[ExportColumn], rows: Sequence[Sequence[Any]]) -> Any:
    """Rows as an Arrow record batch.  Raises InvalidValue, naming the record and the column, for a value that its type
    cannot hold."""
    arrow = _arrow()
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = []
    for at, (column, type_, each) in enumerate(zip(columns, schema.types, values, strict=True)):
        try:
            arrays.append(_array(arrow, column.kind, type_, list(each)))
        except _refusals(arrow):
            raise _first_refused(arrow, columns, type_, at, rows) from None
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _first_refused(arrow: Any, columns: Sequence[ExportColumn], type_: Any, at: int, rows: Sequence[Sequence[Any]]) -> InvalidValue:
    """The first value of a column that its type cannot hold."""
    for row in rows:
        try:
            _array(arrow, columns[at].kind, type_, [row[at]])
        except _refusals(arrow):
            return refused(columns, row, at, f"{shown(row[at])} is no {type_}; {_INSTEAD}")
    return InvalidValue(columns[at].name, f"its values cannot be told as {type_} together; {_INSTEAD}")


def _refusals(arrow: Any) -> tuple[type[Exception], ...]:
    return arrow.ArrowException, TypeError, ValueError, OverflowError


def _array(arrow: Any, kind: Kind, type_: Any, values: list[Any]) -> Any:
    if kind is Kind.JSON:  # a text is JSON already
        return arrow.array([each if each is None or isinstance(each, str) else orjson.dumps(each).decode() for each in values], type_)
    if kind in (Kind.DATE_TIME, Kind.DATE, Kind.NUMERIC):  # these are texts, which Arrow reads faster than Python
        found = arrow.array([None if each is None else str(each) for each in values], arrow.string()).cast(type_)
        if kind is Kind.NUMERIC and arrow.types.is_floating(type_):
            _check_digits(values)
        return found
    return arrow.array(values, type_)


def _check_digits(values: Sequence[Any]) -> None:
    """Raises ValueError for a number of which a double keeps the first digits alone."""
    for each in values:
        if each is not None and len(str(each)) > _EXACT_DIGITS and Decimal(str(each)) != Decimal(repr(float(each))):
            raise ValueError(each)


def _arrow() -> Any:
    return library("pyarrow", "Parquet files and Arrow", "parquet")

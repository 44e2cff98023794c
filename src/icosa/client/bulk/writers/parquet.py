"""Parquet, and Arrow, with a type for each column."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

import orjson

from icosa.catalogue.kinds import LISTS, Kind
from icosa.client.bulk.extras import library
from icosa.client.bulk.table import Column
from icosa.errors import InvalidValue

GROUP_ROWS = 10_000
"""Rows held at a time, and written as one group."""


class ParquetWriter:
    """A table of typed columns: see `arrow_type`."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
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

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        self._writer.write_batch(record_batch(self._schema, self._columns, rows))


def arrow_schema(columns: Sequence[Column]) -> Any:
    arrow = _arrow()
    return arrow.schema([(each.name, arrow_type(each)) for each in columns])


def arrow_type(column: Column) -> Any:
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


def record_batch(schema: Any, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Any:
    """Rows as an Arrow record batch.  Raises InvalidValue, naming the column, for a value that its type
    cannot hold."""
    arrow = _arrow()
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = []
    for column, type_, each in zip(columns, schema.types, values, strict=True):
        try:
            arrays.append(_array(arrow, column.kind, type_, list(each)))
        except (arrow.ArrowInvalid, arrow.ArrowTypeError) as error:
            problem = f"a value is no {type_} ({str(error).partition(chr(10))[0]}); export to csv or jsonl, or leave the column out"
            raise InvalidValue(column.name, problem) from None
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _array(arrow: Any, kind: Kind, type_: Any, values: list[Any]) -> Any:
    if kind is Kind.JSON:
        return arrow.array([None if each is None else orjson.dumps(each).decode() for each in values], type_)
    if kind in (Kind.DATE_TIME, Kind.DATE, Kind.NUMERIC):  # these are texts, which Arrow reads faster than Python
        return arrow.array([None if each is None else str(each) for each in values], arrow.string()).cast(type_)
    return arrow.array(values, type_)


def _arrow() -> Any:
    return library("pyarrow", "Parquet files and Arrow", "parquet")

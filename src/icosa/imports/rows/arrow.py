"""Values of Arrow, which Parquet files and data frames hold, as values of Python.

Arrow holds more than Python can: years before 1 and after 9999, billionths of a second, texts that are none.  What has
no value here is Unreadable and stops none of the others.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from icosa.extras import library
from icosa.imports.rows.heading import heading
from icosa.imports.rows.row import Row, Unreadable

_TICKS: Final = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}
_EPOCH: Final = datetime(1970, 1, 1)
_YEARS = "a year before 1 or after 9999, which no moment of a workspace has"


def rows_of_batches(batches: Any) -> Iterator[Row]:
    """The rows of Arrow record batches; of two columns of one name the second is called "Email (2)"."""
    number = 0
    for batch in batches:
        columns = heading(batch.schema.names)
        held = [_values(each) for each in batch.columns]
        for values in zip(*held, strict=True) if held else ():
            number += 1
            yield Row(number, dict(zip(columns, values, strict=True)))


def _values(column: Any) -> list[Any]:
    """The values of a column, one for each row."""
    arrow = library("pyarrow", "Arrow data", "parquet")
    type_ = column.type
    if arrow.types.is_dictionary(type_):
        return _values(column.dictionary_decode())
    if arrow.types.is_timestamp(type_):
        zone, ticks = _zone(arrow, type_.tz), _TICKS[type_.unit]
        return _each(column, column.cast(arrow.int64()).to_pylist(), lambda each: _moment(each, ticks, zone), _YEARS)
    if arrow.types.is_date(type_):
        ticks = 1 if arrow.types.is_date32(type_) else 86_400_000
        whole = column.cast(arrow.int32() if ticks == 1 else arrow.int64())
        return _each(column, whole.to_pylist(), lambda each: date(1970, 1, 1) + timedelta(each // ticks), _YEARS)
    if arrow.types.is_time(type_):
        ticks = _TICKS[type_.unit]
        whole = column.cast(arrow.int32() if arrow.types.is_time32(type_) else arrow.int64())
        return _each(column, whole.to_pylist(), lambda each: _moment(each, ticks, None).time(), "no time of a day")
    try:
        return [_plain(each) for each in column.to_pylist()]
    except Exception:  # pyarrow raises whatever the value made Python raise
        return _each(column, list(column), lambda each: _plain(each.as_py()), f"a {type_} that has no value here")


def _each(column: Any, held: list[Any], value: Callable[[Any], Any], otherwise: str) -> list[Any]:
    """The values of what Arrow holds, one by one."""
    found: list[Any] = []
    for at, each in enumerate(held):
        try:
            found.append(None if each is None else value(each))
        except Exception:
            found.append(Unreadable(_shown(column, at), f"holds {otherwise}"))
    return found


def _moment(ticks: int, per_second: int, zone: tzinfo | None) -> datetime:
    """A moment by its ticks since 1970 in UTC, cut to whole millionths of a second."""
    moment = _EPOCH + timedelta(microseconds=ticks * 1_000_000 // per_second)
    if zone is None:
        return moment
    return _of_python(moment.replace(tzinfo=UTC).astimezone(zone))


def _zone(arrow: Any, name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        found = arrow.lib.string_to_tzinfo(name)
    except Exception:  # a zone that this machine does not know: the moment is the same in any
        return UTC
    return found if isinstance(found, tzinfo) else UTC


def _plain(value: Any) -> Any:
    """A value that JSON can say or that stands for one: bytes are text, where they are; ids are texts; maps are dicts.
    Raises ValueError for any other, such as a length of time."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(each, tuple) and len(each) == 2 for each in value):
            return {str(name): _plain(each) for name, each in value}
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return _of_python(value)
    if isinstance(value, UUID):
        return str(value)
    if type(value) in (date, time, Decimal):
        return value
    if type(value).__module__ == "numpy":
        return _plain(value.item())
    raise ValueError(f"{type(value).__name__} is no value")


def _of_python(moment: datetime) -> datetime:
    """A moment of Python's own, for one of pandas too, with its distance from UTC."""
    plain: datetime = moment.to_pydatetime(warn=False) if hasattr(moment, "to_pydatetime") else moment
    offset = plain.utcoffset()
    return plain if offset is None else plain.replace(tzinfo=timezone(offset))


def _shown(column: Any, at: int) -> str:
    """What Arrow itself writes for a value."""
    arrow = library("pyarrow", "Arrow data", "parquet")
    try:
        return str(column.slice(at, 1).cast(arrow.string()).to_pylist()[0])[:100]
    except Exception:  # what cannot be read cannot always be shown either
        return ""

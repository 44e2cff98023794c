"""The records of a group as a filter, for the table that lists them; where the language of filters can say which they are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from icosa.call.where import F, FieldPath, Where, both
from icosa.catalogue.kinds import LISTS, Kind, wire_moment
from icosa.catalogue.model import Object
from icosa.wire.language.group_by import SPANS, Dimension, Granularity

_MONTHS: Final = {Granularity.MONTH: 1, Granularity.QUARTER: 3, Granularity.YEAR: 12}
_DAYS: Final = {Granularity.DAY: 1, Granularity.WEEK: 7}


def records_of(of: Object, filter_: str, dimensions: Sequence[Dimension], values: Sequence[Any], *, related: bool) -> str:
    """The address of the table of a group's records, those of `filter_` that have its values; "" where no filter says that.
    `related` is whether filters may name a field of the record that one belongs to."""
    where: Where | str = filter_
    for dimension, value in zip(dimensions, values, strict=True):
        held = None if dimension.hop and not related else _holds(dimension, value)
        if held is None:
            return ""
        where = both(where, held)
    return f"/browse/{of.plural}?{urlencode({'filter': str(where)})}"


def _holds(dimension: Dimension, value: Any) -> Where | None:
    path = F[dimension.path]
    if value is None:
        return path.is_null()
    if dimension.granularity:
        return _during(path, dimension, value)
    if dimension.column.kind in LISTS:
        return path.contains_any([value]) if dimension.unnested and isinstance(value, str) else None
    return path == value if isinstance(value, str | int | float | bool) else None


def _during(path: FieldPath, dimension: Dimension, value: Any) -> Where | None:
    """From the day on which a span begins to the one on which the next does, on the clocks that the groups were made by."""
    if dimension.granularity not in SPANS or not isinstance(value, str):
        return None
    try:
        begins = date.fromisoformat(value)
        ends = _next(begins, dimension.granularity)
        if dimension.column.kind is Kind.DATE:
            return (path >= begins.isoformat()) & (path < ends.isoformat())
        return (path >= _moment(begins, dimension.zone)) & (path < _moment(ends, dimension.zone))
    except (ValueError, OverflowError):  # no day, or the last that there is
        return None


def _next(begins: date, by: Granularity) -> date:
    if by in _DAYS:
        return begins + timedelta(days=_DAYS[by])
    months = begins.month - 1 + _MONTHS[by]
    return date(begins.year + months // 12, months % 12 + 1, 1)


def _moment(day: date, zone: str) -> str:
    """The wire's text of the moment at which a day begins in a zone."""
    there = UTC if zone == "UTC" else ZoneInfo(zone)
    return wire_moment(datetime.combine(day, time(), there).astimezone(UTC))

"""SQL functions that grouping needs and SQLite lacks: days by the clocks of a zone, exact decimals, lists as PostgreSQL
writes them."""

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import apsw

from icosa.workspace.store.sqlite import decimals
from icosa.workspace.store.sums import beyond_numbers

_KEPT_DAYS = 1 << 14
_PLAIN = re.compile(r"[^\s{}\",\\]+")


def register(connection: apsw.Connection) -> None:
    scalars: tuple[tuple[str, Callable[..., str | float | None], int], ...] = (
        ("icosa_local_day", local_day, 2),
        ("icosa_quotient", quotient, 2),
        ("icosa_braces", braces, 1),
        ("icosa_finite", finite, 1),
        ("icosa_total", total, 3),
        ("icosa_mean", mean, 4),
        ("icosa_lesser", lesser, 2),
        ("icosa_greater", greater, 2),
    )
    for name, function, count in scalars:
        connection.create_scalar_function(name, function, count, deterministic=True)
    for name, made in _AGGREGATES.items():
        connection.create_aggregate_function(name, made, 1)


def local_day(moment: str | None, zone: str) -> str | None:
    """The day that a moment in wire form is on."""
    if moment is None:
        return None
    days = _days(moment[:10], zone)
    if days is None:
        return _day(_moment(moment), zone)
    first, midnight, second = days
    return first if moment[11:23] < midnight else second


@lru_cache(maxsize=_KEPT_DAYS)
def _days(day: str, zone: str) -> tuple[str, str, str] | None:
    """The day by the clocks of a zone at the beginning of a UTC day, the UTC time at which another begins there, and that one;
    None where the clocks are put forward or back meanwhile."""
    begin, end = _moment(f"{day}T00:00:00.000Z"), _moment(f"{day}T23:59:59.999Z")
    try:
        shift, later = (each.astimezone(_zone(zone)).utcoffset() or timedelta() for each in (begin, end))
    except OverflowError:  # beyond the first or the last year
        return None
    if shift != later:
        return None
    midnight = (datetime.min - shift if shift < timedelta() else datetime.min + timedelta(days=1) - shift).time()
    return _day(begin, zone), midnight.isoformat(), _day(end, zone)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # here: see group_by.is_zone

    return ZoneInfo(name)


def _day(moment: datetime, zone: str) -> str:
    try:
        return moment.astimezone(_zone(zone)).date().isoformat()
    except OverflowError:
        return moment.date().isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def quotient(dividend: int, divisor: int) -> str:
    return decimals.written(decimals.quotient(Decimal(dividend), Decimal(divisor)))


def braces(listed: str | None) -> str | None:
    """A JSON list of texts as PostgreSQL writes it: {RED,"DARK BLUE"}."""
    if listed is None:
        return None
    return f"{{{','.join(map(_item, json.loads(listed)))}}}"


def _item(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.upper() != "NULL":
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def finite(number: float | None) -> float | None:
    """Raises InvalidQuery for what is no number any more."""
    if number is not None and not math.isfinite(number):
        raise beyond_numbers()
    return number


def total(billions: int | None, rest: int | None, broken: str | None) -> str | None:
    """The sum of decimals, of which the whole ones were added by their billions and what was left."""
    if billions is None and broken is None:
        return None
    whole = Decimal((billions or 0) * 1_000_000_000 + (rest or 0))
    return decimals.written(decimals.added(whole, Decimal(broken or 0)))


def mean(billions: int | None, rest: int | None, broken: str | None, count: int) -> str | None:
    found = total(billions, rest, broken)
    return None if found is None else decimals.written(decimals.quotient(Decimal(found), Decimal(count)))


def lesser(whole: int | None, broken: str | None) -> str | None:
    """Of the least whole decimal and the least one with a fraction."""
    return min(_found(whole, broken), key=Decimal, default=None)


def greater(whole: int | None, broken: str | None) -> str | None:
    return max(_found(whole, broken), key=Decimal, default=None)


def _found(whole: int | None, broken: str | None) -> list[str]:
    return [str(each) for each in (whole, broken) if each is not None]


class Sum:
    """Exact, of decimals in text."""

    def __init__(self) -> None:
        self.total = Decimal()
        self.count = 0

    def step(self, *values: Any) -> None:
        for value in filter(None, values):
            self.total = decimals.added(self.total, Decimal(value))
            self.count += 1

    def final(self) -> str | None:
        return decimals.written(self.total) if self.count else None


class Least:
    def __init__(self) -> None:
        self.found: Decimal | None = None

    def step(self, *values: Any) -> None:
        for value in filter(None, values):
            self.found = Decimal(value) if self.found is None else self.better(self.found, Decimal(value))

    def better(self, one: Decimal, other: Decimal) -> Decimal:
        return min(one, other)

    def final(self) -> str | None:
        return None if self.found is None else decimals.written(self.found)


class Greatest(Least):
    def better(self, one: Decimal, other: Decimal) -> Decimal:
        return max(one, other)


_AGGREGATES: Final[dict[str, Callable[[], Sum | Least]]] = {
    "icosa_sum": Sum,
    "icosa_least": Least,
    "icosa_greatest": Greatest,
}

"""Dates and moments as people write them: 3 February 2026, 03.02.2026, Feb 3 2026 4pm."""

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any

from icosa.catalogue.kinds import shown, wire_moment
from icosa.client.bulk.extras import library
from icosa.client.bulk.normalising.conventions import Conventions
from icosa.errors import InvalidValue

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d./-])\.?,?(.*)", re.ASCII | re.DOTALL)
_DEFAULTS = (datetime(2000, 1, 1), datetime(2005, 8, 23))  # no part of one is a part of the other
_EXPECTED = {"date": "a date; write one such as 2026-02-03", "moment": "a date and time; write one such as 2026-02-03 04:05"}


def read_moment(value: Any, path: str, conventions: Conventions) -> str:
    """A moment as the wire has it.  A day alone is its first moment, and what names no time zone is in that
    of the conventions."""
    if isinstance(value, datetime):
        when = value
    elif isinstance(value, date):
        when = datetime(value.year, value.month, value.day)
    else:
        when = _parsed(value, path, conventions, "moment")
    try:
        return wire_moment(when if when.tzinfo else when.replace(tzinfo=conventions.time_zone))
    except OverflowError:
        raise InvalidValue(path, f"{shown(value)} is not {_EXPECTED['moment']}") from None


def read_date(value: Any, path: str, conventions: Conventions) -> str:
    """A day, as it is written, in whichever time zone that was."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else _parsed(value, path, conventions, "date").date().isoformat()


def _parsed(value: Any, path: str, conventions: Conventions, what: str) -> datetime:
    refused = InvalidValue(path, f"{shown(value)} is not {_EXPECTED[what]}")
    if not isinstance(value, str):
        raise refused
    text = value.strip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return _worded(text, conventions, refused)
    day = _numeric(found[1], found[3], found[4], value, path, conventions, refused)
    return _worded(f"{day.isoformat()} {found[5]}", conventions, refused) if found[5].strip() else datetime(day.year, day.month, day.day)


def _numeric(a: str, b: str, c: str, value: str, path: str, conventions: Conventions, refused: InvalidValue) -> date:
    """The day that three numbers say, in the order that is told, or in the only one that makes a day."""
    if len(a) > 2:
        orders: tuple[str, ...] = ("ymd",)
    elif conventions.date_order:
        orders = (conventions.date_order,)
    else:
        orders = ("dmy", "mdy") if len(c) == 4 else ("dmy", "mdy", "ymd")
    found = {order: day for order in orders if (day := _day(order, a, b, c)) is not None}
    days = sorted(set(found.values()))
    if not days:
        raise refused
    if len(days) > 1:
        readings = " or ".join(f"{day.isoformat()} ({order})" for order, day in found.items())
        raise InvalidValue(path, f"{shown(value)} could be {readings}; tell the order of dates (date_order, --date-order)")
    return days[0]


def _day(order: str, *numbers: str) -> date | None:
    written = dict(zip(order, numbers, strict=True))
    year = int(written["y"])
    if len(written["y"]) == 2:
        year = int(library("dateutil.parser", "dates").parserinfo().convertyear(year))
    elif len(written["y"]) != 4:
        return None
    try:
        return date(year, int(written["m"]), int(written["d"]))
    except ValueError:
        return None


def _worded(text: str, conventions: Conventions, refused: InvalidValue) -> datetime:
    """What dateutil makes of a text, where nothing of the day was left for it to fill in."""
    parser = library("dateutil.parser", "dates")
    words = _words(str(conventions.written or "en"))
    try:
        one, other = (
            parser.parse(text, words, default=default, tzinfos=_zone, yearfirst=conventions.date_order == "ymd") for default in _DEFAULTS
        )
    except (ValueError, OverflowError, TypeError):
        raise refused from None
    if one != other:
        raise refused
    found: datetime = one
    return found


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is None:
        return None
    raise ValueError(f"{name} is said in several parts of the world, and not of the same time")


@lru_cache(maxsize=16)
def _words(locale: str) -> Any:
    """The names of months and days in English and the language of a locale."""
    parser = library("dateutil.parser", "dates")
    if locale == "en":
        return parser.parserinfo()
    spoken = library("babel", "locales").Locale.parse(locale)

    def joined(english: list[tuple[str, ...]], names: Any, first: int) -> list[tuple[str, ...]]:
        return [
            tuple(dict.fromkeys((*known, *(names["format"][width][at].rstrip(".") for width in ("wide", "abbreviated")))))
            for at, known in enumerate(english, first)
        ]

    class Words(parser.parserinfo):  # type: ignore[misc, name-defined]
        MONTHS = joined(parser.parserinfo.MONTHS, spoken.months, 1)
        WEEKDAYS = joined(parser.parserinfo.WEEKDAYS, spoken.days, 0)
        JUMP = [*parser.parserinfo.JUMP, "de", "del", "um", "à", "le", "den"]  # noqa: RUF012

    return Words()

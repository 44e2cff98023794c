"""Dates and moments as people write them: 3 February 2026, 03.02.2026, Feb 3 2026 4pm."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown, wire_moment
from icosa.errors import InvalidValue
from icosa.imports.values.clock import Time, Zone, times_in, zone_at
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.days import days_in
from icosa.imports.values.locale_words import LocaleWords, lookup_form, spoken

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{4}-?W\d\d-?\d|(?:19|20)\d{6}(?=[T ]|$))([T ]\d\d:?\d\d(:?\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?)?", re.ASCII
)
_STAMP = re.compile(r"((?:19|20)\d{6})(\d{6})(?:\.\d+)?(Z?)", re.ASCII)
_LONGEST = 100  # characters; no date is longer, and what is read in many ways is to stay short
_FIRST_YEAR, _LAST_YEAR = 1600, 2200  # other calendars are in their 1440s, 1400s, 2080s or 2560s
_SENTINELS = (1, 9999)  # as programs write "never"
_OTHER_CALENDARS = frozenset(("am", "ckb", "fa", "lrc", "mzn", "ne", "ps", "th", "ti"))
"""Languages in which two digits of a year are as often those of another calendar."""

_WORDS = re.compile(r"[^\W\d_]{2,}")
_EXPECTED = {"date": "a date; write one such as 2026-02-03", "moment": "a date and time; write one such as 2026-02-03 04:05"}
_TELL = "tell the order of dates (date_order, --date-order, or locale, --locale)"


@dataclass(frozen=True, slots=True)
class MomentReading:
    """What a text means if its dates are in an order, "" where that does not matter; `short` is an abbreviation of a
    zone that only `Conventions.zone` can explain."""

    order: str
    when: datetime
    short: str = ""


def read_moment(value: Any, path: str, conventions: Conventions) -> str:
    """A moment as the wire has it.  A day alone is its first moment, and what names no time zone is in that
    of the conventions."""
    if isinstance(value, datetime):
        when = value
    elif isinstance(value, date):
        when = datetime(value.year, value.month, value.day)
    else:
        when = _read(value, path, conventions, "moment")
    try:
        local = when if when.tzinfo else when.replace(tzinfo=conventions.time_zone)
        if when is not value or when.tzinfo is None:
            _refuse_changed_clocks(local, value, path)
        return wire_moment(local)
    except (OverflowError, ValueError):
        raise InvalidValue(path, f"{shown(value)} is not {_EXPECTED['moment']}") from None


def read_date(value: Any, path: str, conventions: Conventions) -> str:
    """A day, as it is written, in whichever time zone that was."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else _read(value, path, conventions, "date").date().isoformat()


def orders_of(text: str, conventions: Conventions) -> frozenset[str]:
    """The orders of day, month and year in which a text is a date: "13/02/2026" is one as dmy alone, "03/04/2026" as dmy and
    mdy; none for a text that is the same date in all of them, such as "3 April 2026", and for one that is no date."""
    if _ISO.fullmatch(text) and _exact(text) is not None:
        return frozenset()
    readings, _ = _readings(text, conventions.locale)
    orders = frozenset(each.order for each in readings)
    return orders - {""} if "" not in orders else frozenset()


def _read(value: Any, path: str, conventions: Conventions, what: str) -> datetime:
    if not isinstance(value, str):
        raise _no_moment(value, path, what)
    readings, wrong = _readings(value, conventions.locale)
    if not readings:
        raise (
            InvalidValue(path, f"{shown(value)} {wrong}") if wrong else _no_moment(value, path, what, _spoken_otherwise(value, conventions))
        )
    kept, order = _in_order(readings, conventions)
    if not kept:
        raise InvalidValue(path, f"{shown(value)} is not a date in the order {order}; {_TELL}")
    if len({each.when for each in kept}) > 1 or (not order and re.fullmatch(r"\d{6}", value.strip())):
        meant = " or ".join(dict.fromkeys(f"{each.when.date().isoformat()} ({each.order})" for each in kept if each.order))
        raise InvalidValue(path, f"{shown(value)} could be {meant}; {_TELL}") if meant else _no_moment(value, path, what)
    only = kept[0]
    if not _FIRST_YEAR <= only.when.year <= _LAST_YEAR and only.when.year not in _SENTINELS:
        problem = f"{shown(value)} is in the year {only.when.year}"
        raise InvalidValue(path, f"{problem}; if that is of another calendar, write the date of the Gregorian one")
    return _explained(only, value, path, conventions) if only.short and what == "moment" else only.when


def _no_moment(value: Any, path: str, what: str, mend: str = "") -> InvalidValue:
    value = int(value) if isinstance(value, float) and value.is_integer() else value  # as a sheet shows it
    return InvalidValue(path, f"{shown(value)} is not {_EXPECTED[what]}{mend or _counted(str(value))}")


def _spoken_otherwise(text: str, conventions: Conventions) -> str:
    """What to do about a date with a word that nobody told the language of: the name of a month, or of a day."""
    words = [] if conventions.locale or not any(map(str.isdigit, text)) else _WORDS.findall(text)
    unknown = [each for each in words if lookup_form(each) not in spoken(None).meanings]
    return "; tell the language of its words (locale, --locale), such as fr_FR" if unknown else ""


def _in_order(readings: tuple[MomentReading, ...], conventions: Conventions) -> tuple[tuple[MomentReading, ...], str]:
    """The readings in the order that was told, or that of the locale; all of them where neither is there, or where a
    locale that begins with the year says nothing about dates that do not."""
    order = conventions.date_order or (spoken(conventions.locale).order if conventions.locale else "")
    kept = tuple(each for each in readings if each.order in ("", order))
    if not kept and (not order or (order == "ymd" and not conventions.date_order)):
        return readings, ""
    return kept, order


def _counted(text: str) -> str:
    """What to do about a number that a program counts days or seconds by."""
    if re.fullmatch(r"\s*\d{5}([.,]\d+)?\s*", text):
        return "; if it is a day as spreadsheets count them, save the column as dates"
    if re.fullmatch(r"\s*\d{10}(\d{3})?([.,]\d+)?\s*", text):
        return "; if it counts seconds or milliseconds since 1970, write them as dates"
    return ""


def _refuse_changed_clocks(local: datetime, value: Any, path: str) -> None:
    """Raises InvalidValue for a time that its zone has twice on that day, or not at all; midnight is the first moment of
    the day, which is clear."""
    if local.replace(fold=1).utcoffset() == local.replace(fold=0).utcoffset() or (local.hour, local.minute) == (0, 0):
        return
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    comes = "comes twice" if back.replace(tzinfo=None) == local.replace(tzinfo=None) else "does not come"
    raise InvalidValue(
        path, f"{shown(value)} {comes} in {local.tzinfo}, where clocks are changed on that day; write its offset, such as +01:00"
    )


def _explained(reading: MomentReading, value: str, path: str, conventions: Conventions) -> datetime:
    """The moment that an abbreviation means where the zone of the conventions is called so at that time."""
    for fold in (0, 1):
        local = reading.when.replace(tzinfo=conventions.time_zone, fold=fold)
        if local.tzname() == reading.short:
            return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
    problem = f"{shown(value)}: {reading.short} is said in several parts of the world, and not of the same time"
    raise InvalidValue(path, f"{problem}; write its offset, such as +01:00, or tell the zone (zone, --zone)")


@lru_cache(maxsize=4096)
def _readings(value: str, locale: str | None) -> tuple[tuple[MomentReading, ...], str]:
    """All that a text can mean, and where it means nothing, why that may be."""
    text = re.sub(r"(?<=\d)T(?=\d)", " ", " ".join(visible(value).split())) if not _ISO.fullmatch(value) else value
    if not text or len(text) > _LONGEST:
        return (), ""
    exact = _exact(text)
    if exact is not None:
        return (MomentReading("", exact),), ""
    words, language = spoken(locale), (locale or "").replace("-", "_").partition("_")[0]
    found, wrong = [], ""
    for time, zone, rest in _split(lookup_form(text), words):
        for days in days_in(rest, words):
            wrong = wrong or days.wrong
            hour = _hour(time, days.hours)
            if days.short_year and language in _OTHER_CALENDARS:
                wrong = "may be of another calendar, since its year has two digits; write all four"
                continue
            if hour is None or (days.utc and (time is None or zone is not None)):
                continue
            for order, day in days.by_order.items():
                when = datetime(day.year, day.month, day.day, hour)
                if time is not None:
                    when = when.replace(minute=time.minute, second=time.second, microsecond=time.microsecond)
                own = zone.zone if zone else UTC if days.utc else None
                found.append(MomentReading(order, when.replace(tzinfo=own), zone.short if zone else ""))
    return tuple(dict.fromkeys(found)), wrong


def _exact(text: str) -> datetime | None:
    """What ISO 8601 or a database writes, which can be meant in one way only."""
    if found := _STAMP.fullmatch(text):
        text = f"{found[1]}T{found[2]}{found[3]}"
    elif not _ISO.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _split(text: str, words: LocaleWords) -> list[tuple[Time | None, Zone | None, str]]:
    """The ways to take a time and its zone out of a text as `lookup_form` writes it, and what is left: none first, where
    it has no colon."""
    ways: list[tuple[Time | None, Zone | None, str]] = [] if re.search(r"\d:\d", text) else [(None, None, text)]
    for time in times_in(text):
        ways.append((time, None, f"{text[: time.begins]} {text[time.ends :]}"))
        word = words.words.match(text, time.ends + text[time.ends :].startswith(" "))
        for ends in (time.ends, *((word.end(),) if word else ())):  # a part of the day may stand between
            zone = zone_at(text, ends, words.meanings)
            if zone is not None:
                ways.append((time, zone, f"{text[: time.begins]} {text[time.ends : ends]} {text[zone.ends :]}"))
                break
    return ways


def _hour(time: Time | None, allowed: frozenset[int] | None) -> int | None:
    """The hour of the day, which a word such as "pm" tells among two; None where there is none."""
    if time is None:
        return 0 if allowed is None else None
    if allowed is None:
        return time.hour
    hours = {time.hour} if time.hour > 12 else {time.hour % 12, time.hour % 12 + 12}
    found = hours & allowed
    return next(iter(found)) if len(found) == 1 else None

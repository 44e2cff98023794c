"""Days and moments: "27 Nov 2026, 14:02" with the zone and how long ago."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.shown import ShownPiece

_WIRE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII).fullmatch
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS: Final = ((60, "minute"), (60, "hour"), (24, "day"), (7, "week"), (4.345, "month"), (12, "year"))
_WORDS: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    """A DATE."""
    try:
        yield ShownPiece(day_of(date.fromisoformat(str(value))), "time", more=str(value))
    except ValueError:
        yield ShownPiece(str(value))


def moment(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    """A DATE_TIME; in a table its day and hour alone."""
    at = read_moment(value)
    if at is None:
        yield ShownPiece(str(value))
        return
    there = in_zone(at, look.zone)
    yield ShownPiece(f"{day_of(there)}, {there.hour:02}:{there.minute:02}", "time", more=machine_moment(value, at))
    if not look.brief:
        yield ShownPiece(f"{_offset(there)}, {ago(at, look.now)}", "faint")


def read_moment(value: Any) -> datetime | None:
    """A moment of the wire; None for what is none.  One without a zone is UTC."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def machine_moment(value: Any, at: datetime) -> str:
    """A moment as programs read it in a page: as the wire has it, where it has it so."""
    return value if isinstance(value, str) and _WIRE(value) else at.isoformat()


def in_zone(at: datetime, zone: tzinfo) -> datetime:
    """The moment as a zone tells it; as it came where the zone has no such year, before 1 or after 9999."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, or in how long it will be: "two minutes ago", "in 3 weeks"."""
    seconds = (now - at).total_seconds()
    count, unit = abs(seconds), ""
    for size, name in _STEPS:
        if count < size:
            break
        count, unit = count / size, name
    if not unit:
        return "just now"
    whole = int(count) if seconds > 0 else round(count)  # a key of seven days, made a moment ago, expires in seven
    span = f"{_WORDS[whole] if whole < len(_WORDS) else f'{whole:,}'} {unit}{'' if whole == 1 else 's'}"
    return f"{span} ago" if seconds > 0 else f"in {span}"


def day_of(of: date) -> str:
    """A day in words: "27 Nov 2026"."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def _offset(at: datetime) -> str:
    offset = at.utcoffset() or timedelta()
    return "UTC" if not offset else f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5]

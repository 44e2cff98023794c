"""Moments as a form has them: the time of day somewhere, and where."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icosa.catalogue.kinds import Kind, read, shown, wire_moment
from icosa.errors import InvalidValue

ELSEWHERE: Final = "UTC"


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The names of all time zones, as "Europe/Berlin"."""
    return tuple(sorted(available_timezones()))


def zone_named(name: str) -> str:
    """The same name, or that of UTC where there is no such zone."""
    return name if name in zones() else ELSEWHERE


def moment(text: str, zone: str, path: str) -> str:
    """The moment in wire form.  A text that says how far it is from UTC is taken as it is; any other is the time of day in
    the zone.

    Raises InvalidValue for what is no moment, for a zone that is none, and for a time that a clock there shows twice, or
    not at all, because it was put forward or back.
    """
    text = text.strip()
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return str(read(Kind.DATE_TIME, text, path))
    if local.tzinfo is not None:
        return str(read(Kind.DATE_TIME, text, path))
    if zone and zone not in zones():
        raise InvalidValue(path, f"{shown(zone)} is no time zone; give one such as Europe/Berlin, or UTC")
    there = ZoneInfo(zone or ELSEWHERE)
    early, late = (local.replace(tzinfo=there, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return wire_moment(early)
    if early.astimezone(UTC).astimezone(there).replace(tzinfo=None) != local:
        raise InvalidValue(path, f"clocks in {zone} were put forward over {shown(text)}, which they never showed; give another time")
    offsets = " or ".join(each.isoformat(timespec="minutes") for each in (early, late))
    raise InvalidValue(path, f"clocks in {zone} showed {shown(text)} twice; say which is meant: {offsets}")


def local(wire: str, zone: str) -> str:
    """A moment in wire form as a box has it: the time of day in the zone, to what the moment is exact to."""
    at = datetime.fromisoformat(wire).astimezone(ZoneInfo(zone_named(zone))).replace(tzinfo=None)
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds" if at.second else "minutes")

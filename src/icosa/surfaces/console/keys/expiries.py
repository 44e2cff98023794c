"""When a new key expires, as a form says it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icosa.catalogue.kinds import wire_moment
from icosa.errors import InvalidValue

AFTER: Final = {"30": "in 30 days", "90": "in 90 days", "365": "in a year"}
"""By the number of days that the form sends."""
DEFAULT: Final = "90"


def expiry(after: str, day: str, now: datetime) -> str:
    """The moment in wire form: the end of a day in UTC, or so many days from now where none is named.  Raises InvalidValue for what is
    neither."""
    if not day and after in AFTER:
        return wire_moment(now + timedelta(days=int(after)))
    try:
        end = datetime.combine(date.fromisoformat(day), time(23, 59, 59, 999000), UTC)
    except ValueError:
        raise InvalidValue("day", "Choose the last day on which the key is good, such as 2027-02-03") from None
    if end <= now:
        raise InvalidValue("day", "This day has passed; a key needs one that lies ahead")
    return wire_moment(end)

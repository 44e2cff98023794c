"""How somebody looks at values: in which zone, at which moment, and at a table or at one record."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request

ZONE_COOKIE: Final = "icosa_zone"
_LONGEST_ZONE: Final = 64


@dataclass(frozen=True, slots=True)
class Looking:
    """`zone` is the one in which moments are told, and `now` what "two minutes ago" counts from.  `brief` is for one cell among others."""

    zone: tzinfo = UTC
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    brief: bool = False

    @property
    def briefly(self) -> "Looking":
        return replace(self, brief=True)


def looking(request: Request) -> Looking:
    """How the browser that asks looks: in the zone that its script told, which is UTC before it has."""
    return Looking(_zone(request.cookies.get(ZONE_COOKIE, "")))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name) if 0 < len(name) <= _LONGEST_ZONE else UTC
    except (KeyError, ValueError, OSError):  # a zone that this system does not know, or no name of one
        return UTC

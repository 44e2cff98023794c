"""How many records were made in each of the last weeks."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final

from starlette.requests import Request

from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import Object
from icosa.surfaces.console.navigation import navigation

WEEKS: Final = 8
_OBJECTS: Final = 5
_KEPT_SECONDS: Final = 300.0
"""How old the counts may be: each costs a request."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """`starts` are Mondays; `made` has for each object how many of its records that are there now were made in each week."""

    starts: Sequence[datetime]
    made: Sequence[tuple[Object, Sequence[int]]]

    def totals(self) -> list[int]:
        return [sum(counts[at] for _, counts in self.made) for at in range(len(self.starts))]


class _Kept:
    def __init__(self) -> None:
        self.lock = Lock()
        self.found: Weeks | None = None
        self.until = 0.0


def weeks(request: Request) -> Weeks:
    """Those of the objects that are shown at the side, as they were counted a few minutes ago at most."""
    state = request.app.state
    if not hasattr(state, "weeks"):
        state.weeks = _Kept()
    kept: _Kept = state.weeks
    with kept.lock:
        if kept.found is None or time.monotonic() > kept.until:
            kept.found, kept.until = _counted(state, request.state.visitor), time.monotonic() + _KEPT_SECONDS
        return kept.found


def _counted(state: Any, visitor: Any) -> Weeks:
    now = datetime.now(UTC)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [monday - timedelta(weeks=WEEKS - 1 - at) for at in range(WEEKS)]
    objects = [each.object for each in navigation(state, visitor).objects][:_OBJECTS]
    with state.site.client(visitor) as crm:
        made = [(of, [_made(crm, of, start) for start in starts]) for of in objects]
    return Weeks(starts, made)


def _made(crm: Any, of: Object, start: datetime) -> int:
    first, last = wire_moment(start), wire_moment(start + timedelta(weeks=1))
    found: int = crm[of.plural].find_many(filter=f"createdAt[gte]:{first},createdAt[lt]:{last}", limit=1, depth=0).total_count
    return found

"""The outbox, read in an order in which nothing is missed, and forgotten when it is old."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from icosa.catalogue.kinds import wire_moment
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import FIRST_EVENT, LAST_EVENT
from icosa.workspace.store.statement import Row, Statement, Statements

KEPT_DAYS = 7.0
KEPT_AT_MOST = 1_000_000
"""How long events are kept, and how many of them."""

FORGOTTEN_AT_ONCE = 100
"""How many one transaction forgets; others write between two."""

_FORGET = (
    "DELETE FROM icosa_outbox WHERE sequence IN (SELECT sequence FROM "
    "(SELECT sequence, at FROM icosa_outbox ORDER BY sequence LIMIT ?) AS oldest "
    f"WHERE sequence < {LAST_EVENT} AND (at < ? OR sequence <= {LAST_EVENT} - ?)) RETURNING sequence"
)
"""Looks at the oldest alone, which `due` has found: to look for others would read the whole outbox while others wait to write.
The newest one stays: the next one gets a higher number only because it is there."""


class Event(NamedTuple):
    """What happened to records of one object in one write; `records` are their JSON before and after."""

    sequence: int
    at: str
    object: str
    action: str
    actor: dict[str, Any]
    updated_fields: list[str] | None
    records: list[dict[str, dict[str, Any] | None]]


def after(dialect: Dialect, cursor: str, limit: int) -> Statements[tuple[list[Event], str]]:
    """Up to so many events that a reader has not seen yet, none where there are none, and the cursor that says it has
    seen these; "" begins with the oldest that is kept.

    Every event is read once, also one whose transaction took a number early and ended late.  Those of one record come in
    the order in which they happened; those of different records may not.  Raises InvalidInput for a cursor of another kind of
    store.
    """
    while True:
        rows = yield Statement(*dialect.events_after(cursor, limit))
        before, cursor = cursor, dialect.events_cursor(cursor, limit, rows)
        if rows or cursor == before:  # else what was seen before is read to its end, and what came since is next
            return [_event(row) for row in rows], cursor


def forget(now: str, days: float = KEPT_DAYS, at_most: int = KEPT_AT_MOST) -> Statements[int]:
    """Forgets some of the events that are older than so many days, or more than so many; how many it forgot."""
    rows = yield Statement(_FORGET, (FORGOTTEN_AT_ONCE, days_before(now, days), at_most))
    return len(rows)


def due(now: str, days: float = KEPT_DAYS, at_most: int = KEPT_AT_MOST) -> Statements[bool]:
    """Whether there is any to forget."""
    rows = yield Statement(f"SELECT {FIRST_EVENT}, {LAST_EVENT}")
    first, last = rows[0]
    if first is None or first == last:
        return False
    oldest = yield Statement("SELECT at FROM icosa_outbox WHERE sequence = ?", (first,))
    return bool(first <= last - at_most or (oldest and str(oldest[0][0]) < days_before(now, days)))


def fact() -> Statements[tuple[str, str, float]]:
    """How many there are, by the first and the last of their numbers, of which few between are missing: counting takes long."""
    rows = yield Statement(f"SELECT {LAST_EVENT} - {FIRST_EVENT} + 1")
    return "icosa_outbox_events", "Events in the outbox, about.", float(rows[0][0] or 0)


def days_before(now: str, days: float) -> str:
    """A moment so many days before another, in wire form."""
    return wire_moment(datetime.fromisoformat(now) - timedelta(days=days))


def _event(row: Row) -> Event:
    sequence, at, of, action, actor, fields, records = row[:7]
    return Event(sequence, str(at), of, action, orjson.loads(actor), orjson.loads(fields) if fields else None, orjson.loads(records))

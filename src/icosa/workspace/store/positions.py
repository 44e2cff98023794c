"""Positions: a new record goes first; "first" and "last" are computed when it is written."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import Object
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import literal
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Statement, Statements

_EVERY_WHOLE_ONE: Final = 2**53


def fill(of: Object, records: Sequence[Columns], *, descends: bool = False) -> Statements[None]:
    """Sets `position` on records that have none or name an end.  Several new ones keep their order and stand at whole
    numbers, unless each goes exactly one before the one before it (`descends`)."""
    ends = _ends(of)
    if ends is None or not any(isinstance(each.get("position", "first"), str) for each in records):
        return
    rows = yield ends
    if len(records) == 1 and records[0].get("position", "first") == "first":  # as below
        first = rows[0][0]
        records[0]["position"] = _position((1 if first is None else first if descends else int(first)) - 1)
        return
    first, last = (end if end is None or descends else int(end) for end in rows[0])
    leading = [each for each in records if each.get("position", "first") == "first"]
    trailing = [each for each in records if each.get("position") == "last"]
    before = (1 if first is None else first) - len(leading)
    for at, each in enumerate(reversed(leading) if descends else leading):
        each["position"] = _position(before + at)
    for at, each in enumerate(trailing):
        each["position"] = _position((-1 if last is None else last) + 1 + at)


@lru_cache(maxsize=1024)
def _ends(of: Object) -> Statement | None:
    """What asks for the first and the last place of an object; None where it has no places."""
    text = f"SELECT first, last FROM icosa_tally WHERE object = {literal(of.singular)}"
    return Statement(text) if "position" in column_by_name(of) else None


def next_first(of: Object, dialect: Dialect) -> str:
    """The position of a new record that goes exactly one before all others, as an expression, for who inserts one by one."""
    return f"(SELECT {dialect.number('coalesce(first, 1) - 1')} FROM icosa_tally WHERE object = {literal(of.singular)})"


def next_of_one(of: Object, *, descends: bool) -> str:
    """The position that `fill` gives a new record which is alone, as an expression of SQLite's."""
    place = "coalesce(first, 1) - 1"
    if descends:
        whole, fits = f"CAST({place} AS INTEGER)", f"abs({place}) < {_EVERY_WHOLE_ONE} AND {place} = CAST({place} AS INTEGER)"
    else:
        whole = "CAST(coalesce(first, 1) AS INTEGER) - 1"
        fits = f"coalesce(first, 1) > 1 - {_EVERY_WHOLE_ONE} AND coalesce(first, 1) <= {_EVERY_WHOLE_ONE}"
    return f"(SELECT CASE WHEN {fits} THEN {whole} ELSE {place} END FROM icosa_tally WHERE object = {literal(of.singular)})"


def _position(place: int | float) -> int | float:
    """The nearest number that can be stored: beyond 2^53 not every whole one can, and who goes first may stand
    beside who was."""
    if -_EVERY_WHOLE_ONE < place < _EVERY_WHOLE_ONE and place == (whole := int(place)):
        return whole
    found: int | float = coerce(Kind.NUMBER, place, "position")
    return found

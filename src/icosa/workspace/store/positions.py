"""Positions: a new record goes first; "first" and "last" are computed when it is written."""

from collections.abc import Sequence

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import Object
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Statement, Statements


def fill(of: Object, records: Sequence[Columns]) -> Statements[None]:
    """Sets `position` on records that have none or name an end.  Several new ones keep their order."""
    if "position" not in column_by_name(of) or not any(isinstance(each.get("position", "first"), str) for each in records):
        return
    rows = yield Statement("SELECT first, last FROM icosa_tally WHERE object = ?", (of.singular,))
    first, last = (int(end) if end is not None else None for end in rows[0])
    leading = [each for each in records if each.get("position", "first") == "first"]
    trailing = [each for each in records if each.get("position") == "last"]
    before = (first if first is not None else 1) - len(leading)
    for at, each in enumerate(leading):
        each["position"] = _position(before + at)
    for at, each in enumerate(trailing):
        each["position"] = _position((last if last is not None else -1) + 1 + at)


def _position(whole: int) -> int | float:
    """The nearest number that can be stored: beyond 2^53 not every whole one can, and who goes first may stand
    beside who was."""
    found: int | float = coerce(Kind.NUMBER, whole, "position")
    return found

"""What the cursors of real servers cannot do, and how pages are asked for all the same.

A cursor of Twenty 1.0.3 or 2.19 that holds a null leads nowhere, and one over an order with nulls passes them over;
1.0.3 swaps the two cursors of a page that was asked for backwards, and knows moments to the millisecond alone.
An Icosa server has none of this.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from icosa.call.paths import value_at
from icosa.call.querying import goes_along, order_keys
from icosa.call.where import F, Where, both
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.language.cursor import contents
from icosa.wire.language.filter import parse
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter
from icosa.wire.language.order import OrderKey, write
from icosa.wire.openapi.reading import Offers
from icosa.wire.rest.query import Params

_NEVER_NULL: Final = ("id", "createdAt", "updatedAt")
_RELATED: Final = (
    "ordered by {path}, a field of a related record, a server of 2.19 loses records after the first page. Ask for one page with a limit, "
    "order by a field of the records themselves, such as {key}, or leave the order out and sort what came by its {hop}"
)
_MOMENTS: Final = ("createdAt", "updatedAt")


class Segment(NamedTuple):
    """A part of all records, and its order, as text and as keys; cursors hold over each part by itself."""

    where: Where | str | None
    order_by: str | None
    keys: tuple[OrderKey, ...]


def hold(offers: Offers) -> bool:
    """Whether the cursors of a server hold over any order: those of an Icosa server do."""
    return bool(offers.icosa)


def segments(of: Object, catalogue: Catalogue, where: Where | str | None, order_by: str | None, offers: Offers) -> list[Segment]:
    """The records in parts, one after the other, none of whose first keys has both values and nulls in it.  Raises
    InvalidQuery where this server's cursors go on in no part of such an order."""
    keys = order_keys(order_by, of, catalogue, related=offers.related or goes_along(order_by or "", of))  # whose first page came
    for each in keys:
        if each.hop is not None:
            raise InvalidQuery(f"Order By: {_RELATED.format(path=each.path, hop=each.hop.name, key=each.hop.key.path)}")
    return _parted(where, keys, offers)


def _parted(where: Where | str | None, keys: tuple[OrderKey, ...], offers: Offers) -> list[Segment]:
    first = keys[0]
    if first.column.path == "deletedAt" and (where is None or "deletedAt" not in str(where)):
        return _parted(where, keys[1:], offers)  # nothing in it: only live records are asked for, and to name it shows others too
    if not may_be_null(first, offers):
        return [Segment(where, write(keys), keys)]
    field = F[first.column.path]
    nulls = _parted(both(where, field.is_null()), keys[1:], offers)
    values = [Segment(both(where, field.is_not_null()), write(keys), keys)]
    return [*nulls, *values] if first.nulls_first else [*values, *nulls]


def may_be_null(key: OrderKey, offers: Offers) -> bool:
    """Whether a cursor over this key might have to do with nulls.  A newer Twenty keeps an empty text as one."""
    if hold(offers) or key.column.path in _NEVER_NULL:
        return False
    return key.column.nullable or offers.soft_delete


def lost_after(record: dict[str, Any], keys: Sequence[OrderKey], offers: Offers) -> OrderKey | None:
    """The key whose null in the last record of a page makes its cursor lead nowhere."""
    return next((key for key in keys if may_be_null(key, offers) and value_at(record, key.column.path) in _nothing(offers)), None)


def set_upright(of: Object, payload: Any) -> None:
    """Puts the cursors of a page that was asked for backwards the right way round: the first record's and the last
    one's."""
    records, info = payload["data"][of.plural], payload["pageInfo"]
    if len(records) < 2 or not info["startCursor"] or not info["endCursor"]:
        return
    start, end = (_entries(info[each]).get("id") for each in ("startCursor", "endCursor"))
    if (start, end) == (records[-1].get("id"), records[0].get("id")):
        info["startCursor"], info["endCursor"] = info["endCursor"], info["startCursor"]


def refuse_lost(of: Object, catalogue: Catalogue, asked: Params, offers: Offers, *, related: bool) -> None:
    """Raises InvalidQuery where the page after a cursor, or the one before it, would not be the right one on this
    server."""
    if hold(offers) or not asked.order_by or not (asked.starting_after or asked.ending_before):
        return
    keys = [key for key in order_keys(asked.order_by, of, catalogue, related=related) if key.column.path != "id" or key.hop]
    for each in keys:
        if each.hop is not None:
            label = "Ending Before" if asked.ending_before else "Starting After"
            raise InvalidQuery(f"{label}: {_RELATED.format(path=each.path, hop=each.hop.name, key=each.hop.key.path)}")
    if asked.ending_before:
        _refuse_backwards(keys, asked.filter, offers)
    entries = _entries(asked.starting_after or asked.ending_before or "")
    for key in keys:
        if may_be_null(key, offers) and _entry(entries, key) in _nothing(offers):
            raise InvalidQuery(
                f"Starting After: the page before this one ends with a record without {key.column.path}, and this server loses what comes "
                f"after it. Use iterate, which does not, or add {key.column.path}[is]:NOT_NULL to the filter"
            )


def _refuse_backwards(keys: Sequence[OrderKey], where: str | None, offers: Offers) -> None:
    filled = _filled(parse(where)) if where else ()
    for key in keys:
        path = key.column.path
        if may_be_null(key, offers) and path not in filled:
            raise InvalidQuery(
                f"Ending Before: ordered by {path}, this server passes over records without one on its way back. Add {path}[is]:NOT_NULL "
                "to the filter, leave Order By out, or turn the order round and go forwards"
            )
        if path in _MOMENTS and not offers.soft_delete:
            raise InvalidQuery(
                f"Ending Before: ordered by {path}, this server passes over records of the same millisecond on its way back. Leave "
                "Order By out, or turn the order round and go forwards"
            )


def _filled(tree: Filter) -> tuple[str, ...]:
    """The paths that a filter wants to have a value."""
    match tree:
        case And(children):
            return tuple(path for each in children for path in _filled(each))
        case Comparison(path, Comparator.IS, "NOT_NULL"):
            return (path,)
        case _:
            return ()


def _entry(entries: dict[str, Any], key: OrderKey) -> Any:
    """What a cursor says of a key: under its path, or the part of a whole field."""
    column = key.column
    return entries[column.path] if column.path in entries else value_at(entries, column.path) if column.field in entries else ...


def _nothing(offers: Offers) -> tuple[Any, ...]:
    return (None, "") if offers.soft_delete else (None,)


def _entries(cursor: str) -> dict[str, Any]:
    """What a cursor holds, where it is one of those that are known."""
    try:
        return contents(cursor)
    except InvalidQuery:
        return {}

"""What a filter says of a record as 2.19 has it, worked out in Python: true, false or, where a value is none, unknown.

Records are as answers have them.  An empty text and an empty list are none; what a filter asks of a related record that
is not there it asks of nothing.
"""

from collections.abc import Callable
from typing import Any

from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Not, Or
from tests import naive

Record = dict[str, Any]
ValueAt = Callable[[Record, str], Any]


def holds(tree: Filter, record: Record, value_at: ValueAt) -> bool | None:
    match tree:
        case And(children):
            return _all([holds(each, record, value_at) for each in children])
        case Or(children):
            return _not(_all([_not(holds(each, record, value_at)) for each in children]))
        case Not(child):
            return _not(holds(child, record, value_at))
        case Comparison(path, comparator, wanted):
            return _compared(value_at(record, path), comparator, wanted)


def _all(values: list[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _compared(value: Any, comparator: Comparator, wanted: Any) -> bool | None:
    """`wanted` is what the value is compared with in its own type, an option its place; None stands for the empty text."""
    if comparator is Comparator.IS:
        return (value is None) == (wanted is None)
    if wanted == ():
        return False
    if comparator is Comparator.IN:
        return _not(_all([_not(_compared(value, Comparator.EQ, each)) for each in wanted]))
    if wanted is None and comparator in (Comparator.EQ, Comparator.NEQ):
        return (value is None) == (comparator is Comparator.EQ)
    if value is None:
        return None
    wanted = "" if wanted is None else wanted
    match comparator:
        case Comparator.EQ | Comparator.NEQ:
            return bool((value == wanted) == (comparator is Comparator.EQ))
        case Comparator.GT | Comparator.GTE:
            return bool(value > wanted or (comparator is Comparator.GTE and value == wanted))
        case Comparator.LT | Comparator.LTE:
            return bool(value < wanted or (comparator is Comparator.LTE and value == wanted))
        case Comparator.CONTAINS_ANY:
            return any(each in value for each in wanted)
        case Comparator.STARTS_WITH:
            return bool(value.startswith(wanted))
        case Comparator.ENDS_WITH:
            return bool(value.endswith(wanted))
        case Comparator.LIKE:
            return naive.like(value, wanted)
        case _:
            return naive.ilike(value, wanted)

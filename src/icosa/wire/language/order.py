"""The order language: field[Direction],field.part,foreignKey, and the keys it says."""

import re
from dataclasses import dataclass

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import LISTS, Kind, brief, shown
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.wire.language.path import column_at


@dataclass(frozen=True, slots=True)
class OrderKey:
    column: Column
    descending: bool = False
    nulls_first: bool = True


DIRECTIONS: dict[str, tuple[bool, bool]] = {
    "AscNullsFirst": (False, True),
    "AscNullsLast": (False, False),
    "DescNullsFirst": (True, True),
    "DescNullsLast": (True, False),
}
"""Direction to (descending, nulls first).  The first is meant where none is written."""

MAX_KEYS = 200
"""More than any object has fields to sort by."""

_DEFAULT = "AscNullsFirst"
_NAMES = {meaning: name for name, meaning in DIRECTIONS.items()}
_KEY = re.compile(r"([^\[\]]*+)(?:\[([^\[\]]*+)\])?")
_UNSORTABLE = LISTS | {Kind.JSON}


def parse(text: str | None, of: Object) -> tuple[OrderKey, ...]:
    """The keys that a text says; None says none.  The id is appended unless it is there, so that no two
    records are equal in any order.  Of a path that is there twice the first counts: the second could not
    change the order any more.

    Raises InvalidQuery: a path that names nothing or what has no order, an unknown direction, too many keys.
    """
    by_path: dict[str, OrderKey] = {}
    items = [] if text is None else text.split(",", MAX_KEYS)
    if len(items) > MAX_KEYS:
        raise InvalidQuery(f"order_by: more than {MAX_KEYS} keys; name each field once")
    for item in items:
        key = _key(item.strip(), of)
        by_path.setdefault(key.column.path, key)
    if "id" not in by_path:
        by_path["id"] = OrderKey(column_by_path(of)["id"])
    return tuple(by_path.values())


def write(keys: tuple[OrderKey, ...]) -> str:
    """The text of an order, such that `parse(write(keys), of) == keys` for keys that `parse` gave."""
    return ",".join(key.column.path + _written(key) for key in keys)


def _written(key: OrderKey) -> str:
    name = _NAMES[key.descending, key.nulls_first]
    return "" if name == _DEFAULT else f"[{name}]"


def _key(text: str, of: Object) -> OrderKey:
    found = _KEY.fullmatch(text)
    path, direction = (found[1].strip(), found[2]) if found else (text, None)
    column = column_at(of, path, "order_by")
    if direction is not None and direction.strip() not in DIRECTIONS:
        known = ", ".join(f"'{name}'" for name in DIRECTIONS)
        raise InvalidQuery(
            f"order_by: {shown(direction)} is no direction; write one of {known}, such as {column.path}[DescNullsLast]",
            legacy=f"'order_by' direction '{brief(direction)}' invalid. Allowed values are {known}. "
            "eg: ?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3",
        )
    if column.secret or column.kind in _UNSORTABLE:
        why = "is encrypted at rest" if column.secret else f"is of kind {column.kind}, which has no order"
        raise InvalidQuery(
            f"order_by: {column.path} {why}; order by another field",
            legacy=f'Field "{column.path}" does not exist or is not sortable',
        )
    descending, nulls_first = DIRECTIONS[(direction or _DEFAULT).strip()]
    return OrderKey(column, descending, nulls_first)

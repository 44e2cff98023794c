"""The order language: field[Direction],field.part,foreignKey, and the keys it says.

Two versions of it are the same text.  Twenty 2.19 also sorts by relation.field and by lists and JSON, and has ids ascend
in any order: a direction that is written for them does not count.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import LISTS, Kind, brief, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.language.path import column_at, guess
from icosa.wire.language.place import Hop, Located, Misplaced, Why, place_at


class OrderKey(NamedTuple):
    """A column of the records that are sorted or, behind a hop, of a related one."""

    column: Column
    descending: bool = False
    nulls_first: bool = True
    hop: Hop | None = None

    @property
    def path(self) -> str:
        return self.column.path if self.hop is None else f"{self.hop.name}.{self.column.path}"

    @property
    def nullable(self) -> bool:
        """Whether it can be none: a related record can be missing."""
        return self.column.nullable or self.hop is not None


DIRECTIONS: dict[str, tuple[bool, bool]] = {
    "AscNullsFirst": (False, True),
    "AscNullsLast": (False, False),
    "DescNullsFirst": (True, True),
    "DescNullsLast": (True, False),
}
"""Direction to (descending, nulls first).  The first is meant where none is written."""

MAX_KEYS = 200
"""More than any object has fields to sort by."""

MAX_KEYS_WITH_RELATED = 20
"""Each key that stands behind one of a related record looks that record up again, for every record of a page."""

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
    return _keys(text, of, lambda path: Located(column_at(of, path, "order_by")), _UNSORTABLE)


def parse_related(text: str | None, of: Object, catalogue: Catalogue) -> tuple[OrderKey, ...]:
    """The same as Twenty 2.19 has it."""

    def find(path: str) -> Located:
        found = place_at(of, path, catalogue)
        if isinstance(found, Misplaced):
            raise _misplaced(found, path)
        return found

    keys = _keys(text, of, find, frozenset())
    return tuple(OrderKey(key.column) if key.path == "id" else key for key in keys)


def _keys(text: str | None, of: Object, find: Callable[[str], Located], unsortable: frozenset[Kind]) -> tuple[OrderKey, ...]:
    by_path: dict[str, OrderKey] = {}
    items = [] if text is None else text.split(",", MAX_KEYS)
    if len(items) > MAX_KEYS:
        raise InvalidQuery(f"order_by: more than {MAX_KEYS} keys; name each field once")
    for item in items:
        key = _key(item.strip(), find, unsortable)
        by_path.setdefault(key.path, key)
    if len(by_path) > MAX_KEYS_WITH_RELATED and any(key.hop for key in by_path.values()):
        raise InvalidQuery(f"order_by: more than {MAX_KEYS_WITH_RELATED} keys, some of related records; name fewer")
    if "id" not in by_path:
        by_path["id"] = OrderKey(column_by_path(of)["id"])
    return tuple(by_path.values())


def write(keys: tuple[OrderKey, ...]) -> str:
    """The text of an order, such that `parse(write(keys), of) == keys` for keys that `parse` gave."""
    return ",".join(key.path + _written(key) for key in keys)


def _written(key: OrderKey) -> str:
    name = _NAMES[key.descending, key.nulls_first]
    return "" if name == _DEFAULT else f"[{name}]"


def _key(text: str, find: Callable[[str], Located], unsortable: frozenset[Kind]) -> OrderKey:
    found = _KEY.fullmatch(text)
    path, direction = (found[1].strip(), found[2]) if found else (text, None)
    place = find(path)
    column = place.column
    if direction is not None and direction.strip() not in DIRECTIONS:
        known = ", ".join(f"'{name}'" for name in DIRECTIONS)
        raise InvalidQuery(
            f"order_by: {shown(direction)} is no direction; write one of {known}, such as {place.path}[DescNullsLast]",
            legacy=f"'order_by' direction '{brief(direction)}' invalid. Allowed values are {known}. "
            "eg: ?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3",
        )
    if column.secret or column.kind in unsortable:
        why = "is encrypted at rest" if column.secret else f"is of kind {column.kind}, which has no order"
        raise InvalidQuery(
            f"order_by: {place.path} {why}; order by another field",
            legacy=f'Field "{place.path}" does not exist or is not sortable',
            fault=_NOT_FOUND,
        )
    descending, nulls_first = DIRECTIONS[(direction or _DEFAULT).strip()]
    return OrderKey(column, descending, nulls_first, place.hop)


def _misplaced(found: Misplaced, path: str) -> InvalidQuery:
    of, name = found.of, found.name
    legacy, fault = f'Field "{brief(path)}" does not exist or is not sortable', _NOT_FOUND
    match found.why:
        case Why.WHOLE_COMPOSITE | Why.NO_PART:
            parts = ", ".join(f"{name}.{each.name}" for each in of.field_by_name[name].type.parts)
            problem = f"{shown(path)} names no value, because '{name}' has several parts; order by one of {parts}"
            if found.why is Why.WHOLE_COMPOSITE:
                legacy = f"Composite field \"{name}\" requires subfield ordering (e.g., {{ {name}: {{ subFieldName: 'AscNullsFirst' }} }})"
                fault = _INVALID
        case Why.WHOLE_RELATION:
            key = of.relation_by_name[name].foreign_key
            problem = f"'{name}' is a related record; order by a field of it, such as {name}.createdAt, or by its id, {key}"
            legacy = f"Relation field \"{name}\" requires nested field ordering (e.g., {{ {name}: {{ fieldName: 'AscNullsFirst' }} }})"
            fault = _INVALID
        case Why.UNKNOWN:
            problem = f"'{of.singular}' has no field {shown(name)}; {guess(name, list(column_by_path(of)))}"
            if path.partition(".")[0] != name:
                legacy = f'Nested field "{brief(name)}" not found in target object "{of.singular}"'
        case Why.NO_PARTS | Why.COLLECTION | Why.TOO_FAR:
            problem = (
                f"{shown(path)} is nothing that has an order; order by a field of '{of.singular}', or of one record that it belongs to"
            )
    return InvalidQuery(f"order_by: {problem}", legacy=legacy, fault=fault)


_NOT_FOUND: Final = "FIELD_NOT_FOUND"
_INVALID: Final = "INVALID_QUERY_INPUT"

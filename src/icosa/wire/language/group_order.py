"""In which order groups are told: `order_by` of a group by, JSON as Twenty 2.19 has it.

[{"kind": "AscNullsLast"}, {"place": {"addressCity": "AscNullsLast"}}, {"aggregate": {"totalCount": "DescNullsLast"}},
{"closeDate": {"orderBy": "AscNullsLast", "granularity": "MONTH"}}]
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from icosa.catalogue.kinds import brief, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.language.aggregate import Aggregate, aggregates
from icosa.wire.language.group_by import Dimension, granularity_of, listed, only, spelled
from icosa.wire.language.order import DIRECTIONS, MAX_KEYS
from icosa.wire.language.path import guess


class GroupKey(NamedTuple):
    """A dimension, or an aggregate, that need not be asked for."""

    by: Dimension | Aggregate
    descending: bool = False
    nulls_first: bool = True


def parse(text: str | None, dimensions: Sequence[Dimension], of: Object, catalogue: Catalogue) -> tuple[GroupKey, ...]:
    """The keys that a text says; None says none.  Raises InvalidQuery naming what groups cannot be sorted by."""
    if text is None:
        return ()
    found = listed(text, "order_by", _EXAMPLE, _LEGACY)
    if len(found) > MAX_KEYS:
        raise InvalidQuery(f"order_by: more than {MAX_KEYS} keys; name each field once")
    return tuple(_key(each, dimensions, of, catalogue) for each in found)


def _key(found: dict[str, Any], dimensions: Sequence[Dimension], of: Object, catalogue: Catalogue) -> GroupKey:
    name, value = only(found, "order_by", _LEGACY)
    if name == _AGGREGATE and name not in of.field_by_name:
        asked, direction = only(value, f"order_by: {_AGGREGATE}", _LEGACY)
        if asked not in aggregates(of):
            raise InvalidQuery(
                f"order_by: nothing of {of.plural} is called {shown(asked)}; {guess(asked, list(aggregates(of)))}",
                legacy=f"Unknown aggregate field(s): {brief(asked)}",
            )
        return GroupKey(aggregates(of)[asked], *_direction(direction, asked))
    path, value = spelled(name, value, of, catalogue, "order_by")
    if path in of.relation_by_key:
        relation = of.relation_by_key[path]
        raise InvalidQuery(
            f"order_by: '{path}' is an id, and groups are not sorted by it; sort by a field of the record that it names, such as "
            f'{{"{relation.name}": {{"createdAt": "AscNullsLast"}}}}, and group by that too',
            legacy=f"Cannot orderBy unknown field: {path}.",
        )
    matching = [each for each in dimensions if each.path == path]
    if isinstance(value, dict):
        if not value.keys() <= {"orderBy", "granularity"} or "orderBy" not in value:
            raise InvalidQuery(
                f'order_by: {shown(path)} cannot be {shown(value)}; send a direction, or "orderBy" and "granularity"', legacy=_LEGACY
            )
        if "granularity" in value:
            granularity = granularity_of(value["granularity"], f"order_by: {path}", _LEGACY)
            matching = [each for each in matching if each.granularity is granularity]
        value = value["orderBy"]
    if not matching:
        raise InvalidQuery(
            f"order_by: records are not grouped by {shown(path)} in this way; sort by {', '.join(each.path for each in dimensions)}, "
            f'or by what is asked of each group, such as {{"{_AGGREGATE}": {{"totalCount": "DescNullsLast"}}}}',
            legacy=f"Cannot order by a field that is not an aggregate nor in groupBy criteria: {brief(path)}.",
        )
    return GroupKey(matching[0], *_direction(value, path))


def _direction(value: Any, path: str) -> tuple[bool, bool]:
    if not isinstance(value, str) or value not in DIRECTIONS:
        known = ", ".join(DIRECTIONS)
        raise InvalidQuery(f"order_by: {path}: {shown(value)} is no direction; send one of {known}", legacy=_LEGACY)
    return DIRECTIONS[value]


_AGGREGATE: Final = "aggregate"
_EXAMPLE: Final = '[{"field": "AscNullsLast"}] or [{"aggregate": {"totalCount": "DescNullsLast"}}]'
_LEGACY: Final = (
    'Invalid order_by query parameter - should be a valid array of objects - ex: [{"firstField": "AscNullsFirst"}, '
    '{"secondField": {"subField": "DescNullsLast"}}, {"aggregate": {"aggregateField": "DescNullsLast"}}, '
    '{dateField: {"orderBy": "AscNullsFirst", "granularity": "DAY"}}]'
)

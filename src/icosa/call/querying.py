"""Filters and orders as the server reads them that they go to: one can look at related records, another cannot."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.actions import Action
from icosa.wire.language.condition import bind
from icosa.wire.language.filter_tree import And, Comparison, Filter, Not, Or
from icosa.wire.language.order import OrderKey, parse_related
from icosa.wire.language.order import parse as parse_order


def check_filter(text: str, of: Object, catalogue: Catalogue, *, related: bool) -> None:
    """Raises InvalidQuery, naming the field, for a filter that cannot be asked of an object.  `related` is whether the
    server follows a path into the record that one belongs to."""
    from icosa.wire.language.filter import parse  # here: most reads have no filter

    for each in comparisons(parse(text)):
        check_comparison(each, of, catalogue, related=related)


def check_comparison(comparison: Comparison, of: Object, catalogue: Catalogue, *, related: bool) -> None:
    """The same for one comparison."""
    at, path = end_of(comparison.path, of, catalogue, related=related)
    bind(replace(comparison, path=path), at)


def order_keys(text: str | None, of: Object, catalogue: Catalogue, *, related: bool) -> tuple[OrderKey, ...]:
    """The keys of an order.  Raises InvalidQuery as `check_filter` does."""
    if related:
        return parse_related(text, of, catalogue)
    for each in (text or "").split(","):
        end_of(each.partition("[")[0].strip(), of, catalogue, related=related, parameter="order_by")
    return parse_order(text, of)


def names_related(action: Action, given: Mapping[str, Any]) -> bool:
    """Whether a filter or an order among what an action is given may name a field of a related record, and
    nobody knows yet whether its server goes there."""
    texts = [str(value) for name, value in given.items() if "".join(filter(str.isalnum, name)).lower() in ("filter", "orderby")]
    return not action.related and action.object is not None and any(goes_along(each, action.object) for each in texts)


def goes_along(text: str, of: Object) -> bool:
    """Whether a filter or an order may name a field of a related record."""
    return any(re.search(rf"(?<![\w.]){name}\.", text) for name in of.relation_by_name)


def comparisons(tree: Filter) -> Iterator[Comparison]:
    """The comparisons of a filter, from left to right."""
    match tree:
        case Comparison():
            yield tree
        case Not(child):
            yield from comparisons(child)
        case And(children) | Or(children):
            for each in children:
                yield from comparisons(each)


def end_of(path: str, of: Object, catalogue: Catalogue, *, related: bool, parameter: str = "filter") -> tuple[Object, str]:
    """The object that a path leads to, by one relation at most, and the rest of the path.  Raises InvalidQuery where it
    leads further than the server goes."""
    head, dot, rest = path.partition(".")
    relation = of.relation_by_name.get(head)
    if relation is None or not dot:
        return of, path
    if not related:
        found = naming.snake_case(relation.foreign_key)
        instead = f"compare their ids, as in F.{found}.in_(ids)" if parameter == "filter" else "sort by them"
        target = naming.label(catalogue.by_singular[relation.target].plural).lower()
        raise InvalidQuery(
            f"{parameter}: {shown(path)} is a field of a related record, and this workspace looks at its own fields alone, as Twenty "
            f"1.0.3 does. Read the {target} first, and {instead}"
        )
    to = catalogue.by_singular[relation.target]
    further = rest.partition(".")[0]
    if further in to.relation_by_name:
        raise InvalidQuery(f"{parameter}: {shown(path)} leads further than to a related record; compare a field of '{head}' itself")
    return to, rest

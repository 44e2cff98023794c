"""A group by, made a plan."""

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.language import aggregate, group_by, group_order
from icosa.wire.language.grammar import grammar_of
from icosa.wire.rest import query
from icosa.wire.version import Version
from icosa.workspace.store.plan import GroupBy


def plan_groups(catalogue: Catalogue, of: Object, params: query.Params, version: Version) -> GroupBy:
    """What a group by asks for.  Raises InvalidInput of some kind."""
    grammar = grammar_of(version.spelling)
    dimensions = group_by.parse(params.group_by, of, catalogue)
    shows = query.flag(params.include_records_sample, "include_records_sample", version)
    sample = grammar.order(params.order_by_for_records, of, catalogue)
    return GroupBy(
        of,
        None if params.filter is None else grammar.condition(params.filter, of, catalogue),
        dimensions,
        aggregate.parse(params.aggregate, of),
        group_order.parse(params.order_by, dimensions, of, catalogue),
        query.group_limit(params.limit),
        sample if shows else None,
        params.view_id or "",
    )

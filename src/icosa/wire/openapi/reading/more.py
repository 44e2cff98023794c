"""The actions of what a server's document lists beyond the seven operations on each object.

What changes many records takes the fields of a record, and what groups them takes names for groups, rather than the text
that the document has for both.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from icosa.catalogue.model import Object
from icosa.wire.actions import Action, Operation, Property
from icosa.wire.actions import properties as a
from icosa.wire.openapi.reading.offers import More, Offers


def more_actions(of: Object, offers: Offers) -> Mapping[str, Action]:
    """The actions that a server has for an object beyond its seven, by the name of the method."""
    traits = offers.related, bool(offers.icosa), offers.depths
    return MappingProxyType({each.name: _action(of, each, *traits) for each in offers.more if each.plural == of.plural})


@lru_cache(maxsize=512)
def _action(of: Object, more: More, related: bool, lenient: bool, depths: tuple[int, ...]) -> Action:
    action = Action(of, Operation.OTHER, of.resource, more.label, more.method, more.path, more.properties, more.name, lenient, related)
    known = _OF_GROUPS if more.name == Operation.GROUP_BY else {}
    properties: list[Property] = []
    for each in more.properties:
        if each.place == "whole body" and action.takes_fields:
            properties += a.body_properties(of, creating=False)
        else:
            properties.append(a.depth(depths) if each.name == "depth" else known.get(each.name, each))
    return action._replace(properties=tuple(properties))


def _of_groups(name: str, label: str, description: str, *, required: bool = False) -> Property:
    return Property(label, name, "query", "json", description, required=required)


_OF_GROUPS: Final = {
    each.name: each
    for each in (
        _of_groups(
            "group_by", "Group By",
            "What groups are made by: fields and parts of fields, as in stage,address.addressCity, or a JSON list such as "
            '[{"createdAt": {"granularity": "MONTH", "timeZone": "UTC"}}].',
            required=True,
        ),
        _of_groups("aggregate", "Aggregate", "What is asked of each group, as in totalCount,sumAmountAmountMicros,maxCreatedAt."),
        _of_groups(
            "order_by", "Order By",
            'What the groups are sorted by, as a JSON list such as [{"stage": "AscNullsLast"}] or [{"aggregate": {"totalCount": '
            '"DescNullsLast"}}].',
        ),
        Property("Limit", "limit", "query", "number", "How many groups come at most. Left out, 50."),
    )
}  # fmt: skip

"""What the methods of a resource offer: its seven actions, and what Icosa and newer servers do beyond them.

No form of Twenty 1.0.3 has these, so they are none of the 253 actions, and nothing of them is sent unless
it is asked for: restoring a record, `upsert` on creating, `permanent` on deleting; and, where the server's own
document lists them, `soft_delete`, `fields` and further operations.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from icosa.catalogue.actions import Action, Operation, Property, actions_of
from icosa.catalogue.actions.operation import label_of, method_of, template_of
from icosa.catalogue.actions.properties import DEPTH, RECORD_ID
from icosa.catalogue.model import Object
from icosa.wire.openapi.reading import Offers, more_actions

UPSERT: Final = Property(
    "Upsert",
    "upsert",
    "query",
    "boolean",
    "Update the record that has the same id, or the same unique value, where there is one. Twenty 1.0.3 does not know it.",
)
PERMANENT: Final = Property(
    "Permanent",
    "permanent",
    "query",
    "boolean",
    "Destroy the record for good, deleted before or not, instead of putting it out of sight. Twenty 1.0.3 always does.",
)
SOFT_DELETE: Final = Property(
    "Soft Delete",
    "soft_delete",
    "query",
    "boolean",
    "Put the record out of sight, to be restored, instead of destroying it.",
)
FIELDS: Final = Property(
    "Fields",
    "fields",
    "query",
    "string",
    "The properties that are answered, separated by commas, such as id,name. Left out, all of them.",
)
EXTENSIONS: Final = (UPSERT, PERMANENT, SOFT_DELETE, FIELDS)
"""Properties that no form has."""

PLAIN: Final = Offers()
RESTORE_ONE: Final = "restore_one"

_MORE: Final = {Operation.CREATE_ONE: UPSERT, Operation.CREATE_MANY: UPSERT, Operation.DELETE_ONE: PERMANENT}


def offered(of: Object, offers: Offers = PLAIN) -> Mapping[str, Action]:
    """What can be done with the records of an object, by the name of the method that does it; `offers` are what
    the server's own document adds."""
    known = _known(of)
    if offers.soft_delete:
        known = {**known, Operation.DELETE_ONE: _with(known[Operation.DELETE_ONE], SOFT_DELETE)}
    if offers.fields:
        known = {**known, **{each: _with(known[each], FIELDS) for each in (Operation.FIND_MANY, Operation.FIND_ONE)}}
    return {**known, **more_actions(of, offers)} if offers.more else known


@lru_cache(maxsize=256)
def _known(of: Object) -> Mapping[str, Action]:
    found = {str(each.operation): _with_more(each) for each in actions_of(of)}
    found[RESTORE_ONE] = Action(
        of,
        Operation.RESTORE,
        of.resource,
        label_of(Operation.RESTORE, of),
        method_of(Operation.RESTORE),
        template_of(Operation.RESTORE, of),
        (RECORD_ID, DEPTH),
    )
    return MappingProxyType(found)


def _with_more(action: Action) -> Action:
    more = _MORE.get(action.operation)
    return action if more is None else _with(action, more)


def _with(action: Action, more: Property) -> Action:
    """The action with one more property, before those of its record."""
    own = [each for each in action.properties if each.place != "body"]
    return replace(action, properties=(*own, more, *action.properties[len(own) :]))

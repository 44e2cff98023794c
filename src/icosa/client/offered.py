"""What the methods of a resource offer: its seven actions, and what an Icosa server does beyond them.

No form of Twenty 1.0.3 has these, so they are none of the 253 actions, and nothing of them is sent unless
it is asked for: restoring a record, `upsert` on creating, `permanent` on deleting.
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
EXTENSIONS: Final = (UPSERT, PERMANENT)
"""Properties that no form has."""

RESTORE_ONE: Final = "restore_one"

_MORE: Final = {Operation.CREATE_ONE: UPSERT, Operation.CREATE_MANY: UPSERT, Operation.DELETE_ONE: PERMANENT}


@lru_cache(maxsize=256)
def offered(of: Object) -> Mapping[str, Action]:
    """What can be done with the records of an object, by the name of the method that does it."""
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
    if more is None:
        return action
    own = [each for each in action.properties if each.place != "body"]
    return replace(action, properties=(*own, more, *action.properties[len(own) :]))

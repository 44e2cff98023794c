"""Actions, made from the objects of a catalogue."""

from functools import lru_cache
from typing import Any, NamedTuple

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.actions import properties as a
from icosa.wire.actions.operation import OPERATIONS, Operation, label_of, method_of, template_of
from icosa.wire.actions.properties import Property
from icosa.wire.version import TWENTY_1_0_3

ACTION_DEFAULT_DEPTH = 1
"""What an action sends where no depth was given, as the form has it; the wire itself takes none for 0."""

GENERAL = "General"
"""The resource of the actions that belong to no object."""


class Action(NamedTuple):
    """A resource and an operation, with everything that is needed to run it or to show it.

    `resource` and `label` are the names in forms ("Connected Accounts", "Update One Connected Account");
    `path` has `{id}` where the record's id goes; `object` is None for the actions of "General".  `called` is the
    name of an operation that is OTHER.  `lenient` where the server reads every spelling that Icosa reads, `related` where
    filters and orders may name a field of the record that one belongs to.
    """

    object: Object | None
    operation: Operation
    resource: str
    label: str
    method: str
    path: str
    properties: tuple[Property, ...] = ()
    called: str = ""
    lenient: bool = True
    related: bool = False

    @property
    def takes_fields(self) -> bool:
        """Whether the fields of a record are its properties, beside its own."""
        changes_many = self.called == Operation.UPDATE_MANY and self.method == "PATCH"
        return changes_many or self.operation in (Operation.CREATE_ONE, Operation.UPDATE_ONE)

    @property
    def verb(self) -> str:
        """What Python and the shell call the operation: find_many, merge_many."""
        return self.called or str(self.operation)


OPEN_API_SCHEMA = Action(
    None,
    Operation.GET_OPEN_API_SCHEMA,
    GENERAL,
    label_of(Operation.GET_OPEN_API_SCHEMA),
    method_of(Operation.GET_OPEN_API_SCHEMA),
    template_of(Operation.GET_OPEN_API_SCHEMA),
)


def actions(catalogue: Catalogue) -> tuple[Action, ...]:
    """All actions: the one of the workspace, then seven for each object, in the catalogue's order."""
    return (OPEN_API_SCHEMA, *(action for each in catalogue for action in actions_of(each)))


@lru_cache(maxsize=1024)
def actions_of(of: Object, prefix: str = TWENTY_1_0_3.prefix, depths: tuple[int, ...] = TWENTY_1_0_3.depths) -> tuple[Action, ...]:
    """The seven actions of an object, in the order of OPERATIONS, where a server has them behind `prefix` and follows
    relations to any of `depths`."""
    depth = a.DEPTH if depths == TWENTY_1_0_3.depths else a.depth(depths)
    return tuple(
        Action(of, each, of.resource, label_of(each, of), method_of(each), template_of(each, of, prefix), _properties(each, of, depth))
        for each in OPERATIONS
    )


def _properties(operation: Operation, of: Object, depth: Property) -> tuple[Property, ...]:
    match operation:
        case Operation.FIND_MANY:
            return (a.ORDER_BY, a.FILTER, a.LIMIT, depth, a.STARTING_AFTER, a.ENDING_BEFORE)
        case Operation.CREATE_ONE:
            return (depth, *a.body_properties(of, creating=True))
        case Operation.CREATE_MANY:
            return (depth, a.BODY)
        case Operation.FIND_ONE:
            return (a.RECORD_ID, depth)
        case Operation.UPDATE_ONE:
            return (a.RECORD_ID, depth, *a.body_properties(of, creating=False))
        case Operation.FIND_DUPLICATES:
            return (depth, a.DATA, a.IDS)
        case _:
            return (a.RECORD_ID,)


def as_json(action: Action) -> dict[str, Any]:
    """The action as `icosa actions --json` lists it; `choices` and `required` stand only where there are any."""
    return {
        "resource": action.resource,
        "operation": action.label,
        "method": action.method,
        "path": action.path,
        "parameters": [_as_json(each) for each in action.properties],
    }


def _as_json(each: Property) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": each.label, "name": each.name, "in": each.place, "type": each.type}
    if each.choices:
        shown["choices"] = list(each.choices)
    if each.required:
        shown["required"] = True
    return shown

"""What can be done with a catalogue: an action is a resource and an operation, "Companies" -> "Create One Company".

Actions are made object by object when they are first asked for, so that 253 of them cost nothing at start.
"""

from icosa.wire.actions.action import ACTION_DEFAULT_DEPTH, OPEN_API_SCHEMA, Action, actions, actions_of, as_json
from icosa.wire.actions.find import find_action, find_object, find_property
from icosa.wire.actions.operation import OPERATIONS, Operation, method_of, template_of
from icosa.wire.actions.properties import Property

__all__ = [
    "ACTION_DEFAULT_DEPTH",
    "OPEN_API_SCHEMA",
    "OPERATIONS",
    "Action",
    "Operation",
    "Property",
    "actions",
    "actions_of",
    "as_json",
    "find_action",
    "find_object",
    "find_property",
    "method_of",
    "template_of",
]

"""The forms of a call: Python, a command line of curl or of icosa, and JSON; written from a call, and read into one.

    call = call_of(STANDARD, action, {"name": "Analytical Engines"})
    print(written("curl", STANDARD, call, "https://crm.example.com"))
    read_call("icosa companies create-one --name 'Analytical Engines'", STANDARD) == call

It is the same request whichever form it goes through.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icosa.forms.call import Call, action_named, call_in, call_of, request_of
    from icosa.forms.names import FORMS, Form
    from icosa.forms.reading import AddressedCall, read_addressed_call, read_call
    from icosa.forms.writing import command_line, written

__all__ = [
    "FORMS",
    "AddressedCall",
    "Call",
    "Form",
    "action_named",
    "call_in",
    "call_of",
    "command_line",
    "read_addressed_call",
    "read_call",
    "request_of",
    "written",
]

_MODULES = {
    "call": ("Call", "call_in", "call_of", "action_named", "request_of"),
    "names": ("FORMS", "Form"),
    "reading": ("AddressedCall", "read_call", "read_addressed_call"),
    "writing": ("written", "command_line"),
}


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first used: help texts need the forms' names, and none of the rest."""
    module = next((module for module, names in _MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module 'icosa.forms' has no attribute '{name}'", name=name, obj=None)
    return getattr(import_module(f"icosa.forms.{module}"), name)

"""A call that was pasted, in any of its forms, to the form that makes it."""

import icosa
from icosa.forms import action_named, read_call
from icosa.surfaces.console.form_address import form_address


def pasted_call(crm: icosa.Client, text: str) -> tuple[str, str]:
    """What the action is called, and the address of its form, filled in.  Raises what reading the call raises.

    Secrets are in no address: one that stands in the call, or in a variable there, is typed anew.
    """
    catalogue, offers = crm.ready()
    call = read_call(text, catalogue, offers=offers, environ=_AnyVariable())
    return call.operation, form_address(action_named(catalogue, call.resource, call.operation, offers), call.properties)


class _AnyVariable(dict[str, str]):
    """Variables that all are set, and never to what they would hold: only secrets stand in variables."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return name

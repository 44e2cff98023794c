"""From a call in any of its forms to the call."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from icosa.call.extensions import PLAIN
from icosa.call.json_text import parsed
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidBody, InvalidInput, UnknownAction, UnknownObject
from icosa.forms.call import Call, action_named, call_of
from icosa.forms.curl import read_curl
from icosa.forms.json_form import EXAMPLE, from_json, read_json
from icosa.forms.names import SEVERAL
from icosa.forms.scripts import CallSite, addresses, parsed_script, sites
from icosa.forms.shell import read_shell
from icosa.forms.text import filled
from icosa.forms.words import split
from icosa.wire.actions import Action
from icosa.wire.openapi.reading import Offers

_FORMS: Final = (
    'Python such as crm.companies.find_one("…"), a command line of curl or of icosa, or JSON with a resource, an operation and properties'
)


@dataclass(frozen=True, slots=True)
class AddressedCall:
    """A call, and the address that was written with it; None where there was none."""

    call: Call
    address: str | None = None


def read_call(
    call: str | Mapping[str, Any] | Call, catalogue: Catalogue, *, offers: Offers = PLAIN, environ: Mapping[str, str] | None = None
) -> Call:
    """The call that a text says: Python, a command line of curl or of icosa, or JSON.

    Python is read and never run, so that its values have to be literals.  A secret that stands in a
    variable ICOSA_… gets its value from `environ`, which is that of the process where none is given.

    Raises InvalidInput for what is none of these, and for a call that no workspace would take: UnknownObject,
    UnknownAction, UnknownField, InvalidValue and so on.
    """
    return read_addressed_call(call, catalogue, offers=offers, environ=environ).call


def read_addressed_call(
    call: str | Mapping[str, Any] | Call, catalogue: Catalogue, *, offers: Offers = PLAIN, environ: Mapping[str, str] | None = None
) -> AddressedCall:
    """The same, with the address that the text names."""
    action, given, address = _parsed(call, catalogue, offers)
    given = filled(action.object, given, os.environ if environ is None else environ)
    return AddressedCall(call_of(catalogue, action, given, offers), address)


def _parsed(call: str | Mapping[str, Any] | Call, catalogue: Catalogue, offers: Offers) -> tuple[Action, Mapping[str, Any], str | None]:
    match call:
        case Call(resource=resource, operation=operation, properties=properties):
            return action_named(catalogue, resource, operation, offers), properties, None
        case Mapping():
            return *_of_json(call, catalogue, offers), None
        case str() if call.strip():
            return _of_text(call.strip(), catalogue, offers)
        case _:
            raise InvalidInput(f"{shown(call)} is no call; give {_FORMS}")


def _of_text(text: str, catalogue: Catalogue, offers: Offers) -> tuple[Action, Mapping[str, Any], str | None]:
    text = re.sub(r"\A\$ ", "", text)  # as documentation writes a command
    if text.startswith("{"):
        found = parsed(text, "the call", EXAMPLE)
        return *_of_json(found, catalogue, offers), None
    begins = re.match(r"\S*", text)
    match begins[0] if begins else "":
        case "curl":
            call, address = read_curl(catalogue, split(text), offers)
            return action_named(catalogue, call.resource, call.operation, offers), call.properties, address
        case "icosa":
            words = split(text)
            several = next((each for each in words if each in SEVERAL), None)
            if several:
                raise InvalidInput(f"{several} is more than the one call that stands there; run the command itself, or leave it out")
            return read_shell(catalogue, words, offers)
        case _:
            return _of_python(text, catalogue, offers)


def _of_json(form: Mapping[str, Any], catalogue: Catalogue, offers: Offers) -> tuple[Action, Mapping[str, Any]]:
    resource, operation, properties = read_json(form)
    action = action_named(catalogue, resource, operation, offers)
    return action, from_json(action.object, properties)


def _of_python(text: str, catalogue: Catalogue, offers: Offers) -> tuple[Action, Mapping[str, Any], str | None]:
    try:
        tree = parsed_script(text)
    except InvalidInput as error:
        raise InvalidInput(f"this is no call: {error.message}. Give {_FORMS}") from None
    found = list(sites(tree))
    known: list[tuple[CallSite, Action]] = []
    unknown: InvalidInput | None = None
    for site in found:
        try:
            known.append((site, action_named(catalogue, site.resource, site.operation, offers)))
        except (UnknownObject, UnknownAction) as error:
            unknown = unknown or error
    if len(known) != 1:
        if not known and unknown:
            raise unknown
        raise InvalidBody(f"this holds {len(known) or 'no'} calls; give one: {_FORMS}")
    named_there = addresses(tree)
    site, action = known[0]
    if site.problem:
        raise InvalidInput(f"line {site.line}: {site.problem}")
    return action, site.given, named_there[0] if len(named_there) == 1 else None

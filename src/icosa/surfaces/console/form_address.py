"""The address of an action's form, filled in: what a link to a form, a pasted call and a find lead to."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from icosa.catalogue.model import Field
from icosa.catalogue.naming import kebab_case
from icosa.forms.text import json_text
from icosa.wire.actions import Action

GENERAL: Final = "general"
LONGEST: Final = 6_000
"""Characters of an address that servers and browsers on the way take for sure."""


def form_address(action: Action, properties: Mapping[str, Any] | None = None) -> str:
    """`/run/companies/update-one?id=…&employees=13&city~=null`: what is not null stands as text, or as JSON where it is none.

    Secrets are left out, and the longest values too where the whole would be longer than `LONGEST`: an address is kept in histories.
    """
    at = f"/run/{kebab_case(action.object.plural) if action.object else GENERAL}/{quote(kebab_case(action.verb))}"
    said = [pair for name, value in (properties or {}).items() if not _is_secret(action, name) for pair in _pairs(name, value)]
    while sum(len(name) + len(value) for name, value in said) > LONGEST:
        said.remove(max(said, key=lambda pair: len(pair[1])))
    return f"{at}?{urlencode(said)}" if said else at


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    if value is None:
        return [(f"{name}~", "null")]
    if value == "":
        return [(f"{name}~", "empty")]
    return [(name, value if isinstance(value, str) else json_text(value))]


def _is_secret(action: Action, name: str) -> bool:
    field = action.object.field_by_name.get(name) if action.object else None
    return isinstance(field, Field) and field.secret

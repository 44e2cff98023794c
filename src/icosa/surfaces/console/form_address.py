"""The address of an action's form, filled in: what a link to a form, a pasted call and a find lead to."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from icosa.catalogue.naming import kebab_case
from icosa.forms.text import json_text, veiled
from icosa.wire.actions import Action

GENERAL: Final = "general"
LONGEST: Final = 6_000
"""Characters of an address that servers and browsers on the way take for sure."""


def form_address(action: Action, properties: Mapping[str, Any] | None = None) -> str:
    """`/run/companies/update-one?id=…&employees=13&city~=null`: what is not null stands as text, or as JSON where it is none.

    Secrets are left out, and the longest values too where the whole would be longer than `LONGEST`: an address is kept in histories.
    """
    at = f"/run/{kebab_case(action.object.plural) if action.object else GENERAL}/{quote(kebab_case(action.verb))}"
    pairs = [pair for name, value in (properties or {}).items() if not _is_secret(action, name, value) for pair in _pairs(name, value)]
    while sum(len(name) + len(value) for name, value in pairs) > LONGEST:
        pairs.remove(max(pairs, key=lambda pair: len(pair[1])))
    return f"{at}?{urlencode(pairs)}" if pairs else at


def is_whole(action: Action, properties: Mapping[str, Any]) -> bool:
    """Whether the address of the form says all of the properties."""
    pairs = [pair for name, value in properties.items() for pair in _pairs(name, value)]
    return sum(len(name) + len(value) for name, value in pairs) <= LONGEST and not any(
        _is_secret(action, *each) for each in properties.items()
    )


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    if value is None:
        return [(f"{name}~", "null")]
    if value == "":
        return [(f"{name}~", "empty")]
    return [(name, value if isinstance(value, str) else json_text(value))]


def _is_secret(action: Action, name: str, value: Any) -> bool:
    """Whether a secret is in a value: its own, or that of a record in a list of them, which may be JSON text still."""
    if action.object is None:
        return False
    if isinstance(value, str) and name in ("body", "data"):
        return any(each.secret and each.name in value for each in action.object.fields)
    given = {name: value}
    return bool(veiled(action.object, given) != given)

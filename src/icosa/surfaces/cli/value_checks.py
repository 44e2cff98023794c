"""What options say, held against what imports refuse too: texts that are no e-mail address, and addresses where a web
address is wanted.  A server takes any text there, so that what --data holds is sent as it is."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from icosa.catalogue.field_types.type import as_list
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue
from icosa.imports.values.emails import read_email
from icosa.imports.values.links import read_link
from icosa.wire.actions import Action, Property

Read = Callable[[Any, str], Any]


def checked(action: Action, given: Mapping[str, Any]) -> dict[str, Any]:
    """Properties with their addresses as an import reads them: "Ada <Ada@Example.com>" is ada@example.com.  Raises
    InvalidValue, which names the part."""
    found = dict(given)
    for each in action.properties:
        reads = _READS.get(each.field.type_name) if isinstance(each.field, Field) and each.place == "body" else None
        if reads and each.name in found:
            found[each.name] = _read(each, found[each.name], reads)
    return found


def _read(of: Property, value: Any, reads: Mapping[str, Read]) -> Any:
    whole = _object(value)
    if whole is None:  # which the action layer says better
        return value
    try:
        return {part: reads[part](each, f"{of.label}.{part}") if part in reads and each else each for part, each in whole.items()}
    except InvalidValue as error:
        raise InvalidValue(error.path, f"{error.problem}. What --data holds is sent as it is") from None


def _object(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, Mapping) else None


def _email(value: Any, path: str) -> Any:
    return read_email(value, path) if isinstance(value, str) else value


def _emails(value: Any, path: str) -> Any:
    listed = as_list(value)
    return [_email(each, path) if each else each for each in listed] if isinstance(listed, list) else value


def _link(value: Any, path: str) -> Any:
    if isinstance(value, str):
        read_link(value, path)
    return value


_READS: Final[Mapping[str, Mapping[str, Read]]] = {
    "EMAILS": {"primaryEmail": _email, "additionalEmails": _emails},
    "LINKS": {"primaryLinkUrl": _link},
}

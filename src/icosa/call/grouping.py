"""What groups are made by, and what is asked of each, in the JSON that a server reads: both may be given as names."""

import re
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.call.record import member
from icosa.call.values import plain
from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.errors import UnknownField
from icosa.wire.actions import Property

BY: Final = "group_by"
OF_EACH: Final = "aggregate"
_NAMES: Final = re.compile(r"[\w.,\s]+")


def groups(of: Object, given: Property, value: Any) -> Any:
    """The JSON values of a property of a grouping, which goes by names, by JSON values or by the text of such.

    Raises UnknownField for a field that is none, MalformedJson for a text that is neither names nor JSON.
    """
    value = plain(value, given.label)
    if isinstance(value, str):
        value = _listed(value) if _NAMES.fullmatch(value) else parsed(value, given.label, '[{"stage": true}]')
    wanted = [value] if isinstance(value, dict | str) else value
    if given.name == BY and isinstance(wanted, list):
        return [_grouping(of, each) if isinstance(each, str) else each for each in wanted]
    return wanted


def _listed(text: str) -> list[str]:
    return [name for each in text.split(",") if (name := each.strip())]


def _grouping(of: Object, path: str) -> dict[str, Any]:
    """A field, a part of one or a field of a related record, as the server wants it: {"address": {"addressCity": true}}."""
    first, *inside = path.split(".")
    made: Any = True
    for each in reversed([_named(of, first), *inside]):
        made = {each: made}
    found: dict[str, Any] = made
    return found


def _named(of: Object, name: str) -> str:
    if name in of.relation_by_name:
        return name
    try:
        return member(of, name, of.resource)
    except UnknownField:
        relation = "".join(naming.words(name)).lower()
        found = next((each for each in of.relation_by_name if each.lower() == relation), None)
        if found is None:
            raise
        return found

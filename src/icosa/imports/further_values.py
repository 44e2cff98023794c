"""Several columns that say one field: the first e-mail, number or address is the one it is known by, the others are further ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from icosa.call.keys import comparable
from icosa.call.record import JsonRecord
from icosa.catalogue.model import Object
from icosa.imports.values.phones import CALLING, COUNTRY, NUMBER


@dataclass(frozen=True, slots=True)
class Further:
    """Values that are added to the field of that name, as its list of further ones has them; `beside` is what the row
    says of the field beside them, by part."""

    name: str
    beside: Mapping[str, Any]
    values: tuple[Any, ...]


def added(of: Object, further: Further, there: Mapping[str, Any]) -> JsonRecord:
    """The parts of the field with every value in it once: the first where there is none, else among the further
    ones.  `there` is the field as a record has it, empty for a new one."""
    type_ = of.field_by_name[further.name].type
    first, more, kind = type_.about.primary, type_.about.further, FURTHER[type_.name]
    parts = dict(further.beside)
    listed = list((parts if more in parts else there).get(more) or ())
    path = f"{further.name}.{first}"
    known = {comparable(of, path, kind.compared(each)) for each in (kind.first({**there, **parts}), *listed)}
    for each in further.values:
        key = comparable(of, path, kind.compared(each))
        if key in known:
            continue
        known.add(key)
        if {**there, **parts}.get(first):
            listed.append(each)
        else:
            parts |= kind.parts(each)
    return {**parts, more: listed} if listed else parts


def with_further(of: Object, record: JsonRecord, further: tuple[Further, ...], there: Mapping[str, Any]) -> JsonRecord:
    """A record of a row as it is written to one that is there, or to none."""
    return {**record, **{each.name: added(of, each, there.get(each.name) or {}) for each in further}}


def _held(value: Any) -> Mapping[str, Any]:
    """A number or link that a record has, which is an object but on a server that keeps what it was sent."""
    return value if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the further values of a type are written: `compared` is the value of such a one as `comparable` takes it, `first`
    is the first value of a field as a further one, and `parts` is a further one as the first of its field."""

    compared: Callable[[Any], Any]
    first: Callable[[Mapping[str, Any]], Any]
    parts: Callable[[Any], JsonRecord]


FURTHER: Final[Mapping[str, _Kind]] = {
    "EMAILS": _Kind(
        lambda value: value,
        lambda parts: parts.get("primaryEmail"),
        lambda value: {"primaryEmail": value},
    ),
    "PHONES": _Kind(
        lambda value: {NUMBER: _held(value).get("number"), CALLING: _held(value).get("callingCode")},
        lambda parts: {"number": parts.get(NUMBER), "countryCode": parts.get(COUNTRY), "callingCode": parts.get(CALLING)},
        lambda value: {NUMBER: value.get("number"), COUNTRY: value.get("countryCode"), CALLING: value.get("callingCode")},
    ),
    "LINKS": _Kind(
        lambda value: _held(value).get("url"),
        lambda parts: {"url": parts.get("primaryLinkUrl"), "label": parts.get("primaryLinkLabel")},
        lambda value: {"primaryLinkUrl": value.get("url"), "primaryLinkLabel": value.get("label")},
    ),
}
"""By the name of the field type, for each that lists further values."""

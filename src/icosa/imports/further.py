"""Several columns that say one field: the first e-mail, number or address is the one it is known by, the others are further ones."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from icosa.call.keys import comparable
from icosa.call.record import JsonRecord
from icosa.call.targets import MORE, PRIMARY
from icosa.catalogue.model import Object
from icosa.imports.values.phones import CALLING, COUNTRY, NUMBER


@dataclass(frozen=True, slots=True)
class Further:
    """Values that are added to the field of that name, as its list of further ones has them; `said` is what the row
    says of the field beside them, by part."""

    name: str
    said: Mapping[str, Any]
    values: tuple[Any, ...]


def added(of: Object, further: Further, there: Mapping[str, Any]) -> JsonRecord:
    """The parts of the field with every value in it once: the first where there is none, else among the further
    ones.  `there` is the field as a record has it, empty for a new one."""
    type_name = of.field_by_name[further.name].type_name
    first, more = PRIMARY[type_name], MORE[type_name]
    parts = dict(further.said)
    listed = list((parts if more in parts else there).get(more) or ())
    known = {_key(of, further.name, each) for each in (_first({**there, **parts}, type_name), *listed)}
    for each in further.values:
        key = _key(of, further.name, each)
        if key in known:
            continue
        known.add(key)
        if {**there, **parts}.get(first):
            listed.append(each)
        else:
            parts |= _as_first(each, type_name)
    return {**parts, more: listed} if listed else parts


def with_further(of: Object, record: JsonRecord, further: tuple[Further, ...], there: Mapping[str, Any]) -> JsonRecord:
    """A record of a row as it is written to one that is there, or to none."""
    return {**record, **{each.name: added(of, each, there.get(each.name) or {}) for each in further}}


def _key(of: Object, name: str, value: Any) -> Hashable:
    held = value if isinstance(value, Mapping) else {}
    match of.field_by_name[name].type_name:
        case "PHONES":
            return comparable(of, f"{name}.{NUMBER}", {NUMBER: held.get("number"), CALLING: held.get("callingCode")})
        case "LINKS":
            return comparable(of, f"{name}.primaryLinkUrl", held.get("url"))
        case _:
            return comparable(of, f"{name}.primaryEmail", value)


def _first(parts: Mapping[str, Any], type_name: str) -> Any:
    """The first value of a field as a further one would be written."""
    match type_name:
        case "PHONES":
            return {"number": parts.get(NUMBER), "countryCode": parts.get(COUNTRY), "callingCode": parts.get(CALLING)}
        case "LINKS":
            return {"url": parts.get("primaryLinkUrl"), "label": parts.get("primaryLinkLabel")}
        case _:
            return parts.get("primaryEmail")


def _as_first(value: Any, type_name: str) -> JsonRecord:
    """A further value as the first of its field."""
    match type_name:
        case "PHONES":
            return {NUMBER: value.get("number"), COUNTRY: value.get("countryCode"), CALLING: value.get("callingCode")}
        case "LINKS":
            return {"primaryLinkUrl": value.get("url"), "primaryLinkLabel": value.get("label")}
        case _:
            return {"primaryEmail": value}

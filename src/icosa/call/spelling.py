"""Values in the one spelling that every server takes.

Icosa reads more spellings than another server does: numbers as texts, texts among phones, `additionalLinks`, null for
a whole composite.  What has one meaning is sent in the spelling that all of them read.
"""

import re
from collections.abc import Mapping
from typing import Any

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import Part, Values
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object

_TIME_OF_NO_ZONE = re.compile(r":\d\d(?:[.,]\d+)?\s*$")
_FIRMLY_TYPED = {Kind.TEXT: str, Kind.BOOLEAN: bool, Kind.NUMBER: int | float}


def nothing(of: Object, name: str, *, lenient: bool) -> Any:
    """What is sent to clear a field or a foreign key, as JSON.

    A text that cannot be null is cleared by "", and whatever else cannot by the value of a new record, where it
    has one.  A composite is cleared whole where the server takes null for that, else part by part.
    """
    field = of.field_by_name.get(name)
    if field is None:
        return None
    if field.type.composite:
        return None if lenient else {part.name: _no(part) for part in field.type.parts if not part.hidden}
    column = columns_of_field(of, name)[0]
    if column.kind is Kind.TEXT and not field.type.retired and not (field.nullable and lenient):
        return ""
    has_default = isinstance(column.default, bool | int | float | list) or column.default in column.options
    return None if field.nullable or not has_default or field.type.about.kept else column.default


def _no(part: Part) -> Any:
    if not part.nullable:
        return part.default
    if part.kind is Kind.TEXT and part.name != "blocknote":  # which holds JSON, and so is never ""
        return ""
    return [] if part.kind is Kind.JSON else None


def incomplete(of: Object, sent: Mapping[str, Any]) -> list[str]:
    """The composite fields of a change that a server would empty in the parts that are not sent, where Icosa leaves
    them as they are: links are written whole, and e-mails without the first one lose it."""
    return [name for name, value in sent.items() if isinstance(value, Mapping) and _wanting(of.field_by_name.get(name), value)]


def completed(of: Object, sent: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """The change with those parts as they are `there`, in the record as it stands."""
    held = {name: there[name] for name in incomplete(of, sent) if isinstance(there.get(name), Mapping)}
    parts = {name: {part: held[name].get(part) for part in _wanting(of.field_by_name[name], sent[name])} for name in held}
    return {name: {**parts[name], **value} if name in parts else value for name, value in sent.items()}


def _wanting(field: Field | None, value: Mapping[str, Any]) -> list[str]:
    needed = field.type.about.written_whole if field else ()
    return [part for part in needed if part not in value] if value else []


def spelt(field: Field, value: Any, values: Values) -> Any:
    """The value as it is sent, where `values` are its canonical parts."""
    if not field.type.composite:
        return _one(field.type.parts[0], value, values[""])
    if not isinstance(value, Mapping):
        return value
    written = {name: _part(field, name, value, each) for name, each in values.items() if _is_said(field, name, value)}
    return written | _dialled(field, written, values) if field.type.name == "PHONES" else written


def _dialled(field: Field, written: Mapping[str, Any], values: Values) -> Values:
    """The number, its country and its calling code, where the number is said without the others and tells them: a newer
    server holds a number with its calling code in front against the country that it has."""
    parts = field.type.together
    if not written.get(parts[0]) or all(written.get(each) for each in parts):
        return {}
    number, country, calling = (values[each] for each in parts)
    return dict(zip(parts, (number if country else f"{calling}{number}", country, calling), strict=True))


def _is_said(field: Field, name: str, value: Mapping[str, Any]) -> bool:
    """Whether a part was given, and not made of the others."""
    return name in value or any(field.type.alias(each) == name for each in value)


def _part(field: Field, name: str, value: Mapping[str, Any], canonical: Any) -> Any:
    given = next(each for key, each in value.items() if field.type.alias(key) == name)
    part = field.type.part(name)
    return given if part is None or given is None else _one(part, given, canonical)


def _one(part: Part, value: Any, canonical: Any) -> Any:
    wanted = _FIRMLY_TYPED.get(part.kind)
    if wanted is not None and (not isinstance(value, wanted) or isinstance(value, bool) is not (part.kind is Kind.BOOLEAN)):
        return canonical
    if part.kind is Kind.TEXT and isinstance(canonical, str) and canonical == canonical.strip():
        return value.strip()  # blanks around it count for nothing, and a newer server refuses an address with them
    if part.kind is Kind.DATE_TIME and _TIME_OF_NO_ZONE.search(value):
        return canonical  # which is UTC: another server may take it for a time of its own zone
    if isinstance(value, list) and isinstance(canonical, list) and not _are_alike(value, canonical):
        return canonical
    return value


def _are_alike(value: list[Any], canonical: list[Any]) -> bool:
    """Whether what is told in texts, or in objects, is read as such; blanks are read by nobody else."""
    return [isinstance(each, str) for each in value] == [isinstance(each, str) for each in canonical]

"""Many bodies of one object, read by the columns of its values: what one body after the other says, at less work for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import UNSENT, FieldType, Values
from icosa.catalogue.model import Field, Object
from icosa.errors import IcosaError
from icosa.wire.rest import relating
from icosa.wire.rest.body import MANAGED, value_of
from icosa.wire.rest.routes import is_record_id
from icosa.wire.version import Version

Sheet = dict[str, Sequence[Any]]
"""Canonical values of new records by column name, UNSENT where a body says nothing of a column; of a column that none of them
says anything of, none."""

_ALONE: Final = frozenset((*MANAGED, "createdBy", "updatedBy", "position"))
"""Fields whose values depend on more than what was sent of them."""


def read_sheet(of: Object, bodies: Sequence[Mapping[str, Any]], version: Version) -> Sheet | None:
    """What bodies of new records say, each of which has an id.  None where that is to be seen body by body, as it is where one is
    refused: `body.read_records` says why."""
    sheet: Sheet = {}
    try:
        for name in dict.fromkeys(chain.from_iterable(bodies)):
            found = _of_name(of, name, [each.get(name, UNSENT) for each in bodies], version)
            if found is None:
                return None
            sheet |= found
    except IcosaError:
        return None
    return sheet if "id" in sheet else None


def _of_name(of: Object, name: str, values: Sequence[Any], version: Version) -> Sheet | None:
    field = of.field_by_name.get(name)
    if field is None:
        if name not in of.relation_by_key:
            return None
        read = partial(relating.of_key, name, connects=version.connects)
        return {name: values if _are_ids(values) else _of_one(values, read)}
    if name == "id":
        return {name: values} if _are_ids(values) else None
    if field.secret or field.type.retired or name in _ALONE:
        return None
    if field.type.composite:
        return _of_texts(of, field, values) or _of_parts(of, field, values, version)
    if _are_texts(field.type, "", values):
        return {name: values}
    return {name: _of_one(values, lambda value: value_of(of, field, value, version))}


def _are_ids(values: Sequence[Any]) -> bool:
    """Whether all of these are ids of records, as they are stored."""
    return {*map(type, values)} == {str} and all(map(is_record_id, values)) and (text := "".join(values)) == text.lower()


def _are_texts(type_: FieldType, part: str, values: Sequence[Any]) -> bool:
    """Whether all of these are texts that stay as they are."""
    check = type_.as_they_stand.get(part)
    return check is not None and {*map(type, values)} == {str} and "" not in values and check(values)


def _of_one(values: Sequence[Any], read: Callable[[Any], Values]) -> list[Any]:
    """Values of one part; each text is read once."""
    known = {text: read(text).get("", UNSENT) for text in {value for value in values if value.__class__ is str}}
    return [known[value] if value.__class__ is str else UNSENT if value is UNSENT else read(value).get("", UNSENT) for value in values]


def _of_texts(of: Object, field: Field, values: Sequence[Any]) -> Sheet | None:
    """Values of several parts, all of them texts that stay as they are."""
    sent = [value for value in values if value is not UNSENT]
    if {*map(type, sent)} != {dict} or not all(sent):
        return None
    blank = field.type.created({})
    sheet: Sheet = {column.name: [UNSENT if value is UNSENT else blank[column.part] for value in values] for column in _columns(of, field)}
    names = {column.part: column.name for column in _columns(of, field)}
    for part in dict.fromkeys(chain.from_iterable(sent)):
        texts = [value[part] for value in sent if part in value]
        if not _are_texts(field.type, part, texts):
            return None
        omitted = blank[part]
        sheet[names[part]] = [UNSENT if value is UNSENT else value.get(part, omitted) for value in values]
    return sheet


def _of_parts(of: Object, field: Field, values: Sequence[Any], version: Version) -> Sheet:
    """Values of several parts, of any kind."""
    nothing: Values = {}
    read = [nothing if value is UNSENT else value_of(of, field, value, version) for value in values]
    made = [field.type.created(parts) if parts else nothing for parts in read]
    return {column.name: [parts.get(column.part, UNSENT) for parts in made] for column in _columns(of, field)}


def _columns(of: Object, field: Field) -> Sequence[Any]:
    return columns_of_field(of, field.name)

"""Request bodies, checked field by field against an object.

What a body says about a field is kept as canonical values by part: {"emails": {"primaryEmail": "…"}},
{"name": {"": "Acme"}}, {"companyId": {"": "…"}}.  Only what was sent is there: a box that was left
empty, `{}` for a composite and blanks inside lists say nothing; null clears.  See "Bodies" in
docs/compatibility.md.
"""

from functools import lru_cache
from typing import Any

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import Values
from icosa.catalogue.field_types.type import free_texts
from icosa.catalogue.kinds import brief, shown
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.errors import InvalidBody, InvalidId, InvalidValue, UnknownField
from icosa.wire.language.path import guess
from icosa.wire.language.synonyms import own_name
from icosa.wire.rest import relating
from icosa.wire.rest.routes import is_record_id
from icosa.wire.version import TWENTY_1_0_3, Version

Sent = dict[str, Values]
"""Canonical values by field or foreign key, then by part ("" for a field of one value)."""


MANAGED = ("deletedAt",)

_BAD_ID = "INVALID_QUERY_INPUT"


def read_record(catalogue: Catalogue, of: Object, body: Any, version: Version = TWENTY_1_0_3, *, retired: bool = False) -> Sent:
    """What a JSON body says about a record of this object.

    `retired` lets fields through that nobody may write any more.  Raises InvalidBody where it is no
    object, UnknownField, and InvalidValue naming the field.
    """
    if not isinstance(body, dict):
        what = (
            f"a list; send one object, or post to {version.prefix}/batch for several"
            if isinstance(body, list)
            else f"{shown(body)}; send an object"
        )
        raise InvalidBody(f"the body is {what}", legacy=version.unknown_field.format(object=of.singular, name="0"))
    sent: Sent = {}
    texts, composites = _ordinary(of)
    for name, value in body.items():
        if value.__class__ is str and name in texts and value and value.isprintable():
            sent[name] = {"": value}  # as all that follows would find it
            continue
        field = composites.get(name)
        if field is not None and value is not None:
            values = field.type.check(field, value, name)
        elif (field := of.field_by_name.get(name)) is not None:
            values = value_of(of, field, value, version, retired=retired)
        elif name in of.relation_by_key:
            values = relating.of_key(name, value, connects=version.connects)
        elif name in of.relation_by_name:
            relation = of.relation_by_name[name]
            values, name = relating.of_relation(catalogue, relation, value, connects=version.connects), relation.foreign_key
        elif (key := own_name(of, name)) != name:
            values = relating.of_key(name, value, connects=version.connects)
            if key in body and body[key] != value:
                raise InvalidValue(name, f"is another name of {key}, and the two differ; send one of them")
            name = key
        else:
            raise _unknown(catalogue, of, name, version)
        if values:
            sent[name] = values
    return sent


@lru_cache(maxsize=1024)
def _ordinary(of: Object) -> tuple[frozenset[str], dict[str, Field]]:
    """The fields that are only checked by their type, whoever sends them: those of one text that is kept as it is sent where it can be
    printed, and those of several parts, of which all that is not null is a value."""
    fields = [each for each in of.field_by_name.values() if not each.secret and not each.type.retired and each.name not in (*MANAGED, "id")]
    texts = frozenset(each.name for each in fields if each.type.as_they_stand.get("") is free_texts)
    return texts, {each.name: each for each in fields if each.type.composite}


def read_records(catalogue: Catalogue, of: Object, body: Any, version: Version = TWENTY_1_0_3, *, retired: bool = False) -> list[Sent]:
    """What the body of a create many says; one object is a batch of one.  Raises as read_record, naming
    the record by its place in the list."""
    if body is None:
        raise InvalidBody("the body is empty; send a list of records, such as [{}, {}]", legacy="Body must be an array")
    if isinstance(body, dict):
        return [read_record(catalogue, of, body, version, retired=retired)]
    if not isinstance(body, list):
        raise InvalidBody(f"the body is {shown(body)}; send a list of records", legacy="Body must be an array")
    if not body:
        raise InvalidBody("the list is empty; send at least one record", legacy="Input must not be empty")
    if len(body) > version.batch:
        text = f"the list holds {len(body)} records; send at most {version.batch} a batch"
        raise InvalidBody(text, legacy=f"Maximum number of records to upsert is {version.batch}")
    records = []
    for at, each in enumerate(body):
        try:
            records.append(read_record(catalogue, of, each, version, retired=retired))
        except InvalidValue as error:
            raise error.named(f"[{at}].{error.path}") from None
        except (InvalidBody, UnknownField) as error:
            raise type(error)(f"[{at}]: {error.message}", legacy=error.legacy, fault=error.fault) from None
    return records


def value_of(of: Object, field: Field, value: Any, version: Version, *, retired: bool = False) -> Values:
    """What a body says of one field, by part; nothing where that is nothing.  Raises InvalidValue."""
    if value is None:
        return {"": None} if field.name in MANAGED and version.writes.moves_deleted_at else _cleared(of, field, version)
    if field.type.retired and not retired and value != "":
        raise InvalidValue(field.name, f"takes no value any more; write to {field.name}V2 instead", legacy=field.type.retired)
    if field.name in MANAGED and value != "" and not version.writes.moves_deleted_at:
        restore = f"{version.root}{version.restores[0].partition('/{plural}')[0]}"
        raise InvalidValue(field.name, f"cannot be written; use DELETE to delete a record and PATCH {restore} to bring it back")
    values = _of_id(field, value) if field.name == "id" else field.type.check(field, value, field.name)
    return _cleared(of, field, version) if values == {"": None} else values


def _of_id(field: Field, value: Any) -> Values:
    try:
        values = field.type.check(field, value, field.name)
    except InvalidValue as error:
        raise InvalidValue("id", error.problem, legacy=error.legacy, fault=_BAD_ID) from None
    if values and not is_record_id(values[""]):
        problem = f"{shown(value)} is a UUID that no path accepts; send one of version 1 to 5, or none and get one"
        raise InvalidId("id", problem, fault=_BAD_ID)
    return values


def _cleared(of: Object, field: Field, version: Version) -> Values:
    """What null means: no value for a field of one value, the parts of a new record for a composite."""
    if field.type.composite and not version.writes.null_clears_parts:
        if field.type.about.prose:
            raise InvalidValue(field.name, f'cannot be null; send {{"{field.type.about.primary}": ""}} to clear it')
        return {}
    if field.type.composite:
        return {column.part: column.default for column in columns_of_field(of, field.name)}
    if field.name in (*MANAGED, "id"):
        return {}
    if not field.nullable:
        raise InvalidValue(
            field.name,
            "cannot be null; send a value, or leave it out",
            legacy=f'null value in column "{field.name}" of relation "{of.table}" violates not-null constraint',
        )
    return {"": None}


def _unknown(catalogue: Catalogue, of: Object, name: str, version: Version) -> UnknownField:
    legacy = version.unknown_field.format(object=of.singular, name=brief(name))
    many = next((each for each in catalogue.has_many(of) if each.name == name), None)
    if many:
        source = catalogue.by_singular[many.source].plural
        return UnknownField(f"{name} is a collection; set {many.foreign_key} on {source} instead", legacy=legacy)
    hint = guess(name, [*of.field_by_name, *of.relation_by_key])
    return UnknownField(f"'{of.singular}' has no field '{brief(name)}'; {hint}", legacy=legacy)

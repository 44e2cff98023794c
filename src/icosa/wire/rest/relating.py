"""Relations in bodies: a foreign key by its own name, or, by the name of the relation, what finds the record that is meant.

Which of the two ways a version has for the latter, it says itself (`Version.connects`): the record with its id,
{"company": {"id": "…"}}, or {"company": {"connect": {"where": {…}}}} and {"company": {"disconnect": true}}.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import UNSENT, Values
from icosa.catalogue.kinds import Kind, brief, coerce, shown
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.errors import InvalidValue


class LinkedBy(NamedTuple):
    """In the place of a foreign key: the one record of `target` that has these canonical values, by column.  `relation` is
    what errors call it."""

    relation: str
    target: Object
    where: Mapping[str, Any]


def of_key(name: str, value: Any, *, connects: bool) -> Values:
    """A foreign key by its own name: an id or null; "" says nothing where relations are not connected."""
    if value is None:
        return {"": None}
    if not connects:
        return {} if value in ("", UNSENT) else {"": coerce(Kind.UUID, value, name)}
    try:
        return {"": coerce(Kind.UUID, value, name)}
    except InvalidValue as error:
        raise InvalidValue(name, error.problem, legacy=f"Invalid UUID value '{brief(value)}' for field \"{name}\"") from None


def of_relation(catalogue: Catalogue, relation: BelongsTo, value: Any, *, connects: bool) -> Values:
    """A relation by its name.  Raises InvalidValue."""
    if not connects:
        return of_key(relation.foreign_key, _linked(relation, value), connects=False)
    match value:
        case {"disconnect": True, **others} if not others:
            return {"": None}
        case {"connect": {"where": dict(where), **beside}, **others} if where and not (beside or others):
            return {"": _connection(catalogue, relation, where)}
    raise InvalidValue(
        relation.name,
        f'{shown(value)} names no record; send {{"connect": {{"where": {{"id": "…"}}}}}}, {{"disconnect": true}}, '
        f"or use {relation.foreign_key}",
        legacy=f'Relation "{relation.name}" requires connect or disconnect operation',
    )


def _connection(catalogue: Catalogue, relation: BelongsTo, where: Mapping[str, Any]) -> LinkedBy:
    target = catalogue.by_singular[relation.target]
    found: dict[str, Any] = {}
    for name, value in where.items():
        path = f"{relation.name}.connect.where.{brief(name)}"
        field = target.field_by_name.get(name)
        if field is not None and value is not None:
            values = field.type.check(field, value, path)
        elif field is None and name in target.relation_by_key:
            values = of_key(name, value, connects=True)
        else:
            raise InvalidValue(path, f"{shown(value)} finds no {target.singular}; send its id, or values of its that are unique")
        found |= {column.name: values[column.part] for column in columns_of_field(target, name) if values.get(column.part)}
    return LinkedBy(relation.name, target, found)


def _linked(relation: BelongsTo, value: Any) -> Any:
    """The id of a related record that was sent as an object: {"company": {"id": "…"}}."""
    if value is None or value == "" or value == {}:
        return UNSENT if value is not None else None
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    raise InvalidValue(relation.name, f'{shown(value)} is no related record; send {{"id": "…"}} or use {relation.foreign_key}')

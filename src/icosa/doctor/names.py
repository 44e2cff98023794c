"""Which field or relation a path means: "emails.primaryEmail", "job_title", "companyId", "company.name"."""

from functools import lru_cache

from icosa.call.record import member
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.catalogue.naming import snake_case
from icosa.errors import UnknownField, UnknownObject
from icosa.wire.actions import find_object

Resolved = tuple[Object, str]
"""An object, and the name of a field or a relation of it."""


@lru_cache(maxsize=512)
def object_called(catalogue: Catalogue, name: str) -> Object | None:
    try:
        return find_object(catalogue, name)
    except UnknownObject:
        return None


@lru_cache(maxsize=4096)  # a plan asks for the same few, a million times
def member_meant(catalogue: Catalogue, of: Object, path: str) -> Resolved | None:
    """What a path means, in whichever spelling; a foreign key means its relation, and a collection the relation
    that it is the other end of.  None where the object has nothing of that name."""
    head, _, rest = path.partition(".")
    many = next((each for each in catalogue.has_many(of) if head in (each.name, snake_case(each.name))), None)
    if many is not None:
        source = catalogue.by_singular[many.source]
        return member_meant(catalogue, source, rest) if rest else (source, source.relation_by_key[many.foreign_key].name)
    try:
        name = member(of, head)
    except UnknownField:
        return None
    relation = of.relation_by_key.get(name) or of.relation_by_name.get(name)
    if relation is not None:
        return member_meant(catalogue, catalogue.by_singular[relation.target], rest) if rest else (of, relation.name)
    return (of, name) if not rest or _has_part(of.field_by_name[name], rest) else None


def is_spelt_so(catalogue: Catalogue, of: Object, path: str) -> bool:
    """Whether the object has the first name of a path letter for letter: iCalUID is none of what has iCalUid."""
    head = path.partition(".")[0]
    many = (name for each in catalogue.has_many(of) for name in (each.name, snake_case(each.name)))
    return head in (*of.field_by_name, *of.relation_by_name, *of.relation_by_key, *many)


def _has_part(field: Field, part: str) -> bool:
    first = part.partition(".")[0]
    if not field.type.composite:
        return field.type.control == "json"
    return any(first in (each.name, snake_case(each.name)) for each in field.type.parts)

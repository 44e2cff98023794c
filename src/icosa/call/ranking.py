"""Which properties of records are worth a column, the most telling first: by what the catalogue says of them and by what
the records hold, so that custom objects are shown as well as others."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from icosa.call.paths import says
from icosa.catalogue.field_types.about import Look
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Catalogue, Object

Record = Mapping[str, Any]

_NO_FIELD: Final = Look()
_SAYS_LITTLE: Final = 4
_LITTLE: Final = 7
_NOT_SHOWN: Final = 10


def candidates(catalogue: Catalogue, of: Object, records: Sequence[Record]) -> dict[str, bool]:
    """The properties that are worth a column, and whether each tells more than that a record is there."""
    there = [name for name in (*members(of, records), "createdAt") if any(_worth(of, name, each) for each in records)]
    ranks = {name: _rank(catalogue, of, name, [each.get(name) for each in records]) for name in there}
    return {name: ranks[name] < _LITTLE for name in sorted(there, key=lambda name: ranks[name]) if ranks[name] < _NOT_SHOWN}


@lru_cache(maxsize=256)
def telling(catalogue: Catalogue, of: Object, count: int) -> tuple[str, ...]:
    """At most so many properties, the most telling first, whatever the records hold: what they are called, then the others; a
    relation by its name.  A table of many pages has the same columns on each."""
    found = ("createdAt", *(each.name for each in of.members))
    worth = [name for name in found if not _is_never_shown(of, name)]
    ranks = {name: _rank_of_kind(catalogue, of, name) for name in worth}
    best = sorted((name for name in worth if ranks[name] < _LITTLE or name == "createdAt"), key=lambda name: ranks[name])
    return tuple(best[:count]) or ("id",)


def members(of: Object, records: Sequence[Record]) -> list[str]:
    """The object's own properties in the order of its form; a relation that came along stands for its key."""
    names = []
    for member in of.members:
        key = member.foreign_key if isinstance(member, BelongsTo) else member.name
        names.append(member.name if any(says(record.get(member.name)) for record in records) else key)
    return names


def look_of(of: Object, name: str) -> Look:
    """How a property is shown, by its type; a relation as a plain text is."""
    field = of.field_by_name.get(name)
    return field.type.about.look if field else _NO_FIELD


def _worth(of: Object, name: str, record: Record) -> bool:
    return not _is_never_shown(of, name) and says(record.get(name)) and record.get(name) is not False


def _is_never_shown(of: Object, name: str) -> bool:
    field = of.field_by_name.get(name)
    return name == "id" or (field is not None and (field.secret or field.type.about.look.worth == "never"))


def _rank(catalogue: Catalogue, of: Object, name: str, values: Sequence[Any]) -> int:
    """Smaller is more telling.  What all records share or few of them have means little."""
    all_alike = len(values) > 1 and all(value == values[0] for value in values)
    return _rank_of_kind(catalogue, of, name) + (_SAYS_LITTLE if all_alike or 2 * sum(map(says, values)) < len(values) else 0)


def _rank_of_kind(catalogue: Catalogue, of: Object, name: str) -> int:
    """What a record is called, how it is reached or told from all others, what people look for and sort by, whom it
    belongs to, what else they search, the rest in the order of its form.  Keys mean nothing to a reader."""
    field = of.field_by_name.get(name)
    if name == of.label_identifier:
        return 0
    worth = look_of(of, name).worth
    by_itself = field is not None and field.unique and field.type.parts[0].kind is not Kind.UUID
    if worth == "reach" or by_itself or (field is not None and name == "userEmail"):
        return 1
    relation = of.relation_by_name.get(name)
    if relation is not None:
        return 3 if catalogue.by_singular[relation.target].label_identifier != "id" else _LITTLE
    if field is None or name == "createdAt" or name.endswith(("Id", "Url")) or (worth == "seldom" and name not in of.searchable):
        return _LITTLE
    if worth == "sought" or (worth == "moment" and name in of.indexed):
        return 2
    if worth == "moment":
        return 4
    return 3 if name in of.searchable or worth == "key" else 5

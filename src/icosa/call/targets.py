"""Where the values of a column can go: the fields of an object, their parts, and records it is related to."""

from collections.abc import Iterator
from difflib import get_close_matches
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from icosa.call.paths import KEPT_BY_THE_SERVER
from icosa.catalogue import naming
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.folding import folded
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.errors import UnknownField

KNOWN_BY = ("id", "domainName", "userEmail")
"""Fields that are taken for unique though a workspace may not say so."""


class Certainty(IntEnum):
    """How surely a value says which record is meant."""

    UNIQUE = 1
    NAME = 2
    OTHER = 3


class Target(NamedTuple):
    """A value of an object, or, where `relation` is there, of the record that it points at.

    `path` is how a mapping writes it.  `field` is None for a foreign key.  `part` is "" for a field of one
    value, and for a composite as a whole, which is then read out of one text or one JSON object.  `adds` is the
    target of values that are added to a field, "phones+": the first where there is none, else a further one.
    """

    path: str
    field: Field | None
    part: str = ""
    relation: BelongsTo | None = None
    adds: bool = False

    @property
    def name(self) -> str:
        """The member of the record that is written: a field, or a foreign key."""
        if self.relation is not None:
            return self.relation.foreign_key
        assert self.field is not None
        return self.field.name

    @property
    def value_path(self) -> str:
        """The path of the value in the object that has it."""
        if self.field is None:
            return "id"
        return f"{self.field.name}.{self.part}" if self.part else self.field.name

    @property
    def is_primary(self) -> bool:
        """Whether it is the part that a field of several is known by."""
        return self.field is not None and self.part != "" and self.part == self.field.type.about.primary


@lru_cache(maxsize=256)
def targets(catalogue: Catalogue, of: Object) -> MappingProxyType[str, Target]:
    """Every target of an object by its path, in the order of its form: those of itself, then its relations."""
    fields = [field for field in of.field_by_name.values() if field.name not in KEPT_BY_THE_SERVER]
    own = [each for field in fields for each in _of_field(field, "", None)]
    own += [Target(f"{field.name}+", field, field.type.about.further, adds=True) for field in fields if field.type.about.further]
    linked: list[Target] = []
    for relation in of.belongs_to:
        linked.append(Target(relation.foreign_key, None, relation=relation))
        for field in catalogue.by_singular[relation.target].field_by_name.values():
            if field.name != "id" and not field.secret:
                linked += _to_look_up(field, f"{relation.name}.", relation)
    return MappingProxyType({each.path: each for each in (*own, *linked)})


def find_target(catalogue: Catalogue, of: Object, path: str) -> Target:
    """The target that somebody named, in any spelling: "emails.primaryEmail", "Job Title", "company.domainName".

    "company" is short for what a company is called, "company.id" for `companyId`; of a relation's field the
    part that it is known by is meant.  Raises UnknownField with the nearest paths.
    """
    found = target_named(catalogue, of, path)
    if found is None:
        known = targets(catalogue, of)
        near = get_close_matches(path, known, 3, 0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(list(known)[:8])} and more"
        raise UnknownField(f"{naming.label(of.singular)} has nothing at {path!r} that a column can go to; {hint}")
    return found


def target_named(catalogue: Catalogue, of: Object, path: str) -> Target | None:
    """The same, None where there is none of that name."""
    return targets(catalogue, of).get(path) or (_by_folded_path(catalogue, of).get(folded(path)) if "+" not in path else None)


@lru_cache(maxsize=1024)
def certainty(of: Object, path: str) -> Certainty:
    """How surely the value at a path of an object says which of its records is meant."""
    column = column_by_path(of).get(path)
    if (column is not None and column.unique) or path.partition(".")[0] in KNOWN_BY:
        return Certainty.UNIQUE
    return Certainty.NAME if path.partition(".")[0] == of.label_identifier else Certainty.OTHER


def known_by(catalogue: Catalogue, relation: BelongsTo) -> Target:
    """What the record that a relation points at is called; its id where it has no name."""
    other = catalogue.by_singular[relation.target]
    if other.label_identifier == "id":
        return Target(relation.foreign_key, None, relation=relation)
    return _primary(other.field_by_name[other.label_identifier], f"{relation.name}.", relation)


def _of_field(field: Field, before: str, relation: BelongsTo | None) -> Iterator[Target]:
    if field.type.retired:
        return
    yield Target(before + field.name, field, relation=relation)
    if field.type.composite:
        for part in field.type.parts:
            if not part.hidden:
                yield Target(f"{before}{field.name}.{part.name}", field, part.name, relation)


def _to_look_up(field: Field, before: str, relation: BelongsTo) -> Iterator[Target]:
    """What a related record can be found by: single values, and a name as a whole."""
    whole = not field.type.composite or field.type.about.name
    yield from (each for each in _of_field(field, before, relation) if each.part or whole)


def _primary(field: Field, before: str, relation: BelongsTo) -> Target:
    part = field.type.about.primary
    return Target(f"{before}{field.name}" + (f".{part}" if part else ""), field, part, relation)


@lru_cache(maxsize=256)
def _by_folded_path(catalogue: Catalogue, of: Object) -> MappingProxyType[str, Target]:
    """Targets by other spellings of their paths, the shorter ones of relations among them."""
    found: dict[str, Target] = {}
    for relation in of.belongs_to:
        found[folded(relation.name)] = known_by(catalogue, relation)
        found[folded(f"{relation.name}.id")] = Target(relation.foreign_key, None, relation=relation)
        for field in catalogue.by_singular[relation.target].field_by_name.values():
            if field.type.about.primary and not field.secret:
                found[folded(f"{relation.name}.{field.name}")] = _primary(field, f"{relation.name}.", relation)
    for path, target in targets(catalogue, of).items():
        if not target.adds:
            found.setdefault(folded(path), target)
    return MappingProxyType(found)

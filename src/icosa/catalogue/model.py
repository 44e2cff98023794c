"""What a catalogue is made of: objects, fields, relations.  Plain frozen data.

An object is written once, in `catalogue/standard/`; tables, routes, checks, the OpenAPI document,
actions, the shell's commands and the Python client are all made from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from icosa.catalogue import naming
from icosa.catalogue.field_types import FIELD_TYPES, FieldType
from icosa.catalogue.kinds import Kind
from icosa.errors import UnknownObject


class OnDelete(StrEnum):
    """What becomes of a record when the one its relation points at is destroyed."""

    CASCADE = "CASCADE"
    SET_NULL = "SET_NULL"


CASCADE = OnDelete.CASCADE
SET_NULL = OnDelete.SET_NULL


class _Now:
    """The default of a moment that is not known before a record is made."""

    def __repr__(self) -> str:
        return "NOW"


NOW: Final = _Now()
"""As the default of a DATE_TIME field: the moment of creation, which the workspace fills in."""


@dataclass(frozen=True, slots=True)
class Field:
    """A named value of an object.

    `default` replaces the type's own default; `required` means that there is none and a record cannot
    be created without a value; `secret` values are encrypted at rest and masked in output.
    """

    name: str
    type_name: str
    description: str
    label: str = ""
    default: Any = None
    nullable: bool = False
    required: bool = False
    unique: bool = False
    system: bool = False
    secret: bool = False
    options: tuple[str, ...] = ()

    @property
    def type(self) -> FieldType:
        return FIELD_TYPES[self.type_name]


@dataclass(frozen=True, slots=True)
class BelongsTo:
    """A many-to-one relation.  It is stored as a foreign key, `<name>Id`; the target sees the records
    that point at it as a collection named `inverse`."""

    name: str
    target: str
    inverse: str
    description: str
    on_delete: OnDelete = SET_NULL
    label: str = ""

    @property
    def foreign_key(self) -> str:
        return f"{self.name}Id"


@dataclass(frozen=True, slots=True)
class HasMany:
    """The other end of a BelongsTo: all records of `source` whose `foreign_key` is this record."""

    name: str
    source: str
    foreign_key: str
    description: str


@dataclass(frozen=True)
class Object:
    """A kind of record.

    `members` are its fields and many-to-one relations in the order in which forms show them.  The four
    fields that every object has (id, createdAt, updatedAt, deletedAt) are not listed.
    `duplicate_criteria` are sets of columns: two records are duplicates where all columns of one set
    are equal and long enough.  `unique_together` are sets of columns that no two live records share.
    `indexed` are columns that people filter and sort by; each costs a little on every write.
    """

    singular: str
    plural: str
    description: str
    members: tuple[Field | BelongsTo, ...] = ()
    label: str = ""
    label_plural: str = ""
    label_identifier: str = "id"
    system: bool = False
    audit_logged: bool = True
    custom: bool = False
    searchable: tuple[str, ...] = ()
    duplicate_criteria: tuple[tuple[str, ...], ...] = ()
    unique_together: tuple[tuple[str, ...], ...] = ()
    indexed: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By name: defaults may be lists, and what is derived from an object is looked up by it on every request."""
        return hash(self.singular)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its own fields, without the four base fields."""
        return tuple(member for member in self.members if isinstance(member, Field))

    @cached_property
    def belongs_to(self) -> tuple[BelongsTo, ...]:
        return tuple(member for member in self.members if isinstance(member, BelongsTo))

    @cached_property
    def field_by_name(self) -> dict[str, Field]:
        """Every field, the base fields included."""
        return {each.name: each for each in (*BASE_FIELDS, *self.fields)}

    @cached_property
    def relation_by_key(self) -> dict[str, BelongsTo]:
        """Foreign key to relation."""
        return {each.foreign_key: each for each in self.belongs_to}

    @cached_property
    def relation_by_name(self) -> dict[str, BelongsTo]:
        return {each.name: each for each in self.belongs_to}

    @property
    def table(self) -> str:
        """Its name in a database and in error messages; custom objects begin with an underscore."""
        return f"_{self.singular}" if self.custom else self.singular

    @property
    def resource(self) -> str:
        """Its name as forms and menus show it: "Connected Accounts"."""
        return naming.label(self.plural)


BASE_FIELDS = (
    Field("id", "UUID", "The record's own id; given on creation or made by the workspace.", "Id", system=True),
    Field("createdAt", "DATE_TIME", "When the record was created.", "Creation date"),
    Field("updatedAt", "DATE_TIME", "When the record was last changed.", "Last update"),
    Field("deletedAt", "DATE_TIME", "When the record was deleted; null while it is alive.", "Deleted at", nullable=True),
)


@dataclass(frozen=True)
class Catalogue:
    """All objects of a workspace.  A value: the standard one is `icosa.catalogue.standard.STANDARD`."""

    objects: tuple[Object, ...]
    _inverse: dict[str, tuple[HasMany, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check(self.objects)
        inverse: dict[str, list[HasMany]] = {each.singular: [] for each in self.objects}
        for source in self.objects:
            for relation in source.belongs_to:
                inverse[relation.target].append(
                    HasMany(
                        relation.inverse,
                        source.singular,
                        relation.foreign_key,
                        f"{source.resource} whose {naming.label(relation.name)} is this record.",
                    )
                )
        object.__setattr__(self, "_inverse", {name: tuple(many) for name, many in inverse.items()})

    def __hash__(self) -> int:
        return hash(self.objects)

    def __iter__(self) -> Iterator[Object]:
        return iter(self.objects)

    @cached_property
    def by_singular(self) -> dict[str, Object]:
        return {each.singular: each for each in self.objects}

    @cached_property
    def by_plural(self) -> dict[str, Object]:
        return {each.plural: each for each in self.objects}

    def has_many(self, owner: Object) -> tuple[HasMany, ...]:
        """The collections of an object: every relation of the catalogue that points at it."""
        return self._inverse[owner.singular]

    def named(self, plural: str) -> Object:
        """The object that a path names.  Raises UnknownObject with the nearest name it knows."""
        if plural in self.by_plural:
            return self.by_plural[plural]
        if plural in self.by_singular:
            raise UnknownObject(f"object '{plural}' not found. Did you mean '{self.by_singular[plural].plural}'?")
        folded = {each.plural.lower(): each.plural for each in self.objects}
        near = folded.get(plural.lower())
        example = f"Did you mean '{near}'?" if near else "eg: companies"
        raise UnknownObject(f"object '{plural}' not found. {example}")

    def with_objects(self, *objects: Object) -> "Catalogue":
        """A catalogue with more objects; one of the same singular name replaces the one that is there."""
        new = {each.singular: each for each in objects}
        kept = tuple(each for each in self.objects if each.singular not in new)
        return Catalogue(kept + objects)


def _check(objects: Sequence[Object]) -> None:
    """A catalogue that contradicts itself is refused when it is made, not when it is used."""
    for group in ([each.singular for each in objects], [each.plural for each in objects]):
        twice = {name for name in group if group.count(name) > 1}
        if twice:
            raise ValueError(f"objects named twice: {', '.join(sorted(twice))}")
    taken: dict[str, set[str]] = {}
    for each in objects:
        taken[each.singular] = _names(each)
        _check_settings(each)
    for each in objects:
        for relation in each.belongs_to:
            if relation.target not in taken:
                raise ValueError(f"{each.singular}.{relation.name} points at {relation.target}, which is no object")
            if relation.inverse in taken[relation.target]:
                raise ValueError(f"{relation.target}.{relation.inverse} is there twice")
            taken[relation.target].add(relation.inverse)


def _names(of: Object) -> set[str]:
    """Every name that a body or an answer of this object can hold, collections left out."""
    names = {field.name for field in BASE_FIELDS}
    for member in of.members:
        for name in [member.name] if isinstance(member, Field) else [member.name, member.foreign_key]:
            if name in names:
                raise ValueError(f"{of.singular}.{name} is there twice")
            names.add(name)
    return names


def _check_settings(of: Object) -> None:
    for each in of.fields:
        if each.type_name not in FIELD_TYPES:
            raise ValueError(f"{of.singular}.{each.name} has the unknown type {each.type_name}")
        if not each.type.composite and each.type.parts[0].kind in (Kind.OPTION, Kind.OPTIONS):
            defaults = each.default if isinstance(each.default, list) else [] if each.default is None else [each.default]
            if not each.options or not set(defaults) <= set(each.options):
                raise ValueError(f"{of.singular}.{each.name} has the options {each.options} and the default {each.default!r}")
    for name in (of.label_identifier, *of.searchable):
        if name not in of.field_by_name:
            raise ValueError(f"{of.singular} names the field {name}, which it does not have")
    stored = {each.name + naming.capitalised(part.name) for each in of.field_by_name.values() for part in each.type.parts}
    for name in (name for columns in (*of.duplicate_criteria, *of.unique_together, of.indexed) for name in columns):
        if name not in stored | of.relation_by_key.keys():
            raise ValueError(f"{of.singular} names the column {name}, which it does not have")

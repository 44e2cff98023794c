"""What a catalogue is made of: objects, fields, relations.  Plain frozen data.

An object is written once, in `catalogue/standard/`; tables, routes, checks, the OpenAPI document,
actions, the shell's commands and the Python client are all made from it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import InitVar, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, NamedTuple

from icosa.catalogue import naming
from icosa.catalogue.field_types import GENERATIONS, TYPES, FieldType
from icosa.catalogue.kinds import Kind, brief, coerce, shown
from icosa.errors import InvalidValue, UnknownObject


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

    def __reduce__(self) -> str:
        return "NOW"  # the one there is, in a copy and in another process too


NOW: Final = _Now()
"""As the default of a DATE_TIME field: the moment of creation, which the workspace fills in."""


@dataclass(frozen=True, slots=True)
class Field:
    """A named value of an object.

    `default` replaces the type's own default; `required` means that there is none and a record cannot
    be created without a value; `secret` values are encrypted at rest and masked in output.  A `unique` value is that of
    one live record; where it is `unique_for_good`, of one record, also among the deleted.  `most` is how many values a
    list of files holds, 0 for any number.  `generation` says what its type takes and stores (`field_types.GENERATIONS`).
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
    unique_for_good: bool = False
    most: int = 0
    generation: int = 1

    @property
    def type(self) -> FieldType:
        return TYPES[self.generation][self.type_name]


@dataclass(frozen=True, slots=True)
class BelongsTo:
    """A many-to-one relation.  It is stored as a foreign key, `<name>Id`; the target sees the records
    that point at it as a collection named `inverse`.  Relations of one `morph` are one to people: of what a note is
    about, each leads to one kind of record."""

    name: str
    target: str
    inverse: str
    description: str
    on_delete: OnDelete = SET_NULL
    label: str = ""
    morph: str = ""

    @property
    def foreign_key(self) -> str:
        return f"{self.name}Id"


class HasMany(NamedTuple):
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
    `indexed` are columns that people filter and sort by; each costs a little on every write.  `generation` is that of
    the four fields that every object has.  `listed_by` names a collection: lists leave a record out that has none of it,
    though they count it.
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
    generation: int = 1
    listed_by: str = ""

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
        return {each.name: each for each in (*self.base_fields, *self.fields)}

    @property
    def base_fields(self) -> tuple[Field, ...]:
        """The four that every object has."""
        return _BASE_FIELDS[self.generation]

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

_BASE_FIELDS = {1: BASE_FIELDS, 2: tuple(replace(field, generation=2, system=True) for field in BASE_FIELDS)}


@dataclass(frozen=True)
class Catalogue:
    """All objects of a workspace.  A value: the standard one is `icosa.catalogue.standard.STANDARD`.  Raises ValueError for one that
    contradicts itself, unless it is `checked`: tests look at those that come with Icosa, and spare each start a millisecond."""

    objects: tuple[Object, ...]
    checked: InitVar[bool] = False
    _inverse: dict[str, tuple[HasMany, ...]] = field(init=False, repr=False, compare=False)
    _names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self, checked: bool) -> None:
        if not checked:
            _check(self.objects)
        object.__setattr__(self, "_names", tuple(each.singular for each in self.objects))
        inverse: dict[str, list[HasMany]] = {each.singular: [] for each in self.objects}
        for source in self.objects:
            for relation in source.belongs_to:
                words = f"{source.resource} whose {naming.label(relation.name)} is this record."
                inverse[relation.target].append(HasMany(relation.inverse, source.singular, relation.foreign_key, words))
        object.__setattr__(self, "_inverse", {name: tuple(many) for name, many in inverse.items()})
        for each in self.objects:
            if each.listed_by and each.listed_by not in (many.name for many in self._inverse[each.singular]):
                raise ValueError(f"{each.singular} is listed by {_shown(each.listed_by)}, which is no collection of it")

    def __hash__(self) -> int:
        """By the names of its objects: what is derived from a catalogue is looked up by it for each record."""
        return hash(self._names)

    def __iter__(self) -> Iterator[Object]:
        return iter(self.objects)

    @cached_property
    def by_singular(self) -> dict[str, Object]:
        return {each.singular: each for each in self.objects}

    @cached_property
    def by_plural(self) -> dict[str, Object]:
        return {each.plural: each for each in self.objects}

    def has_many(self, owner: Object) -> tuple[HasMany, ...]:
        """The collections of an object: every relation of the catalogue that points at it; none at one that is not in it."""
        return self._inverse.get(owner.singular, ())

    def named(self, plural: str) -> Object:
        """The object that a path names.  Raises UnknownObject with the nearest name it knows."""
        if plural in self.by_plural:
            return self.by_plural[plural]
        if plural in self.by_singular:
            raise UnknownObject(f"object '{plural}' not found. Did you mean '{self.by_singular[plural].plural}'?")
        folded = {each.plural.lower(): each.plural for each in self.objects}
        near = folded.get(plural.lower())
        example = f"Did you mean '{near}'?" if near else "eg: companies"
        raise UnknownObject(f"object '{brief(plural)}' not found. {example}")

    def with_objects(self, *objects: Object) -> "Catalogue":
        """A catalogue with more objects; one of the same singular name replaces the one that is there."""
        new = {each.singular: each for each in objects}
        kept = tuple(each for each in self.objects if each.singular not in new)
        return Catalogue(kept + objects)

    def without(self, *objects: Object) -> "Catalogue":
        """A catalogue with fewer objects; what points at them keeps its foreign key, as a field of its own."""
        gone = {each.singular for each in objects}
        lost = {each: {many.name for many in self.has_many(each) if many.source in gone} for each in self.objects}
        return Catalogue(tuple(_unlinked(each, gone, lost[each]) for each in self.objects if each.singular not in gone))


_TEXTS = (Kind.TEXT, Kind.OPTION)
_SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
"""What every table of PostgreSQL has already."""


def _unlinked(of: Object, gone: Collection[str], lost: Collection[str]) -> Object:
    """An object without relations to those that are gone; `lost` are its collections that went with them."""
    members = (_plain(each) if isinstance(each, BelongsTo) and each.target in gone else each for each in of.members)
    return replace(of, members=tuple(members), listed_by="" if of.listed_by in lost else of.listed_by)


def _plain(relation: BelongsTo) -> Field:
    return Field(relation.foreign_key, "UUID", relation.description, nullable=True)


def stored_names(member: Field | BelongsTo) -> tuple[str, ...]:
    """The names of a member's columns."""
    if isinstance(member, BelongsTo):
        return (member.foreign_key,)
    return tuple(member.name + naming.capitalised(part.name) for part in member.type.parts)


def misnamed(member: Field | BelongsTo, taken: Collection[str]) -> str:
    """What is wrong with the name of a member; "" where nothing is.  `taken` are the names of columns that its object
    has already, in lower case: databases do not tell `Name` from `name`."""
    names = stored_names(member)
    if not naming.is_name(member.name) or not all(map(naming.is_name, names)):
        return f"is no name; one is a letter, then letters and digits of ASCII, at most {naming.LONGEST} with the names of its parts"
    clash = next((name for name in names if name.lower() in taken or name in _SYSTEM_COLUMNS), None)
    return f"is stored as {clash}, which is taken; names have to differ in more than capital letters" if clash else ""


def misnamed_object(of: Object, taken: Collection[str]) -> str:
    """The same of an object's own names; `taken` are names of tables, in lower case."""
    if not (naming.is_name(of.singular) and naming.is_name(of.plural) and len(of.table) <= naming.LONGEST):
        return f"is no name; one is a letter, then letters and digits of ASCII, fewer than {naming.LONGEST}"
    return "is there twice; names have to differ in more than capital letters" if of.table.lower() in taken else ""


def _check(objects: Sequence[Object]) -> None:
    """A catalogue that contradicts itself, or that no database should be made from, is refused when it is made, not
    when it is used: it may be anybody's."""
    for group in ([each.singular for each in objects], [each.plural for each in objects]):
        twice = {name for name in group if group.count(name) > 1}
        if twice:
            raise ValueError(f"objects named twice: {', '.join(sorted(twice))}")
    taken: dict[str, set[str]] = {}
    tables: set[str] = set()
    for each in objects:
        wrong = misnamed_object(each, tables)
        if wrong:
            raise ValueError(f"the object {shown(each.singular)} ({shown(each.plural)}): {wrong}")
        tables.add(each.table.lower())
        taken[each.singular] = _names(each)
        _check_settings(each)
    for each in objects:
        for relation in each.belongs_to:
            if relation.target not in taken:
                raise ValueError(f"{each.singular}.{relation.name} points at {_shown(relation.target)}, which is no object")
            if not naming.is_name(relation.inverse):
                raise ValueError(f"{each.singular}.{relation.name}: its other end {shown(relation.inverse)} is no name")
            if relation.inverse in taken[relation.target]:
                raise ValueError(f"{relation.target}.{relation.inverse} is there twice")
            taken[relation.target].add(relation.inverse)


def _names(of: Object) -> set[str]:
    """Every name that a body or an answer of this object can hold, collections left out."""
    if of.generation not in GENERATIONS:
        raise ValueError(f"{of.singular} is of the unknown generation {shown(of.generation)}")
    names = {field.name for field in BASE_FIELDS}
    columns = {name.lower() for name in names}
    for member in of.members:
        if isinstance(member, Field) and member.type_name not in GENERATIONS.get(member.generation, ()):
            raise ValueError(f"{of.singular}.{member.name} has the unknown type {_shown(member.type_name)}")
        for name in [member.name] if isinstance(member, Field) else [member.name, member.foreign_key]:
            if name in names:
                raise ValueError(f"{of.singular}.{name} is there twice")
            names.add(name)
        wrong = misnamed(member, columns)
        if wrong:
            raise ValueError(f"the field {shown(member.name)} of {of.singular}: {wrong}")
        columns.update(name.lower() for name in stored_names(member))
    return names


def _shown(name: object) -> str:
    """What is perhaps a name, as an error shows it."""
    return str(name) if naming.is_name(name) else shown(name)


def _check_settings(of: Object) -> None:
    for each in of.fields:
        _check_field(of, each)
    for relation in of.belongs_to:
        if not isinstance(relation.on_delete, OnDelete):
            raise ValueError(f"{of.singular}.{relation.name} has the rule {shown(relation.on_delete)}; it may be CASCADE or SET_NULL")
    for name in (of.label_identifier, *of.searchable):
        if name not in of.field_by_name:
            raise ValueError(f"{of.singular} names the field {_shown(name)}, which it does not have")
    parts = ((each, part) for each in of.field_by_name.values() for part in each.type.parts)
    kinds = {each.name + naming.capitalised(part.name): part.kind for each, part in parts} | dict.fromkeys(of.relation_by_key, Kind.UUID)
    for name in (name for columns in (*of.duplicate_criteria, *of.unique_together, of.indexed) for name in columns):
        if name not in kinds:
            raise ValueError(f"{of.singular} names the column {_shown(name)}, which it does not have")
        if kinds[name] is Kind.JSON:
            raise ValueError(f"{of.singular} names the column {name} for an index, and JSON has none")
    for name in (name for columns in of.duplicate_criteria for name in columns):
        if kinds[name] not in _TEXTS:
            raise ValueError(f"{of.singular} names the column {name} to find duplicates by, and it is no text")


def _check_field(of: Object, each: Field) -> None:
    """Its options and its default, which are values: any text but what no database holds."""
    path, kinds = f"{of.singular}.{each.name}", {part.kind for part in each.type.parts}
    try:
        for option in each.options:
            _check_value(Kind.TEXT, option, path)
        if each.default is NOW:
            if each.type.composite or not kinds <= {Kind.DATE_TIME, Kind.TEXT, Kind.JSON}:
                raise ValueError("it cannot hold the moment of creation")
        elif each.type.composite:
            for name, value in dict(each.default or {}).items():
                part = each.type.part(name)
                if part is None:
                    raise ValueError(f"{shown(name)} is no part of {each.type_name}")
                _check_value(part.kind, value, f"{path}.{name}", part.options)
        else:
            _check_value(each.type.parts[0].kind, each.default, path, each.options)
    except (InvalidValue, TypeError, ValueError) as error:
        raise ValueError(f"{path} has the options {shown(each.options)} and the default {shown(each.default)}: {error}") from None
    if kinds & {Kind.OPTION, Kind.OPTIONS} and not each.type.composite and not each.options:
        raise ValueError(f"{path} has no options")
    if each.secret and (each.type.composite or kinds != {Kind.TEXT}):
        raise ValueError(f"{path} is a secret, and no text; only texts can be sealed")
    if each.unique and not each.type.composite and Kind.JSON in kinds:
        raise ValueError(f"{path} is unique, and JSON cannot be")


def _check_value(kind: Kind, value: Any, path: str, options: Sequence[str] = ()) -> None:
    """Raises InvalidValue, or ValueError for what is another value once it is stored."""
    if value is not None:
        canonical = coerce(kind, value, path, options)
        if canonical != value or type(canonical) is not type(value):
            raise ValueError(f"{shown(value)} is {shown(canonical)} where it is stored")

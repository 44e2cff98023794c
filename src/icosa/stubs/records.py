"""The typed dicts of an object: a record as it is read, and what one is created from and changed by."""

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.naming import snake_case
from icosa.client.resource import Resource
from icosa.stubs.layout import TypedKey, literal, typed_dict
from icosa.stubs.names import Names, sayable
from icosa.stubs.values import read, written_type

Block = list[str]
"""The lines of a statement."""

_ID, *_MOMENTS = BASE_FIELDS
_MANAGED = "deletedAt"
_OWN_WORDS = frozenset(
    name
    for method in (Resource.create_one, Resource.update_one)
    for name, parameter in inspect.signature(method).parameters.items()
    if parameter.kind is inspect.Parameter.KEYWORD_ONLY
)
"""Keywords that the methods have for themselves; a field of that name goes by the record alone."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that is written: its name on the wire, its keyword, its type."""

    name: str
    word: str
    type: str
    required: bool


def records(catalogue: Catalogue, of: Object, names: Names) -> Iterator[Block]:
    """The typed dicts of an object, and the paths by which its records can be told from each other."""
    types = names.objects[of.singular]
    each = f"a record of {of.resource}"
    yield list(typed_dict(types.record, of.description, _as_read(of, names), total=True))
    # Each depth is a type of its own: types that hold each other in a circle are more exact, and mypy spells out one
    # of 36 such for minutes.
    for depth, name in ((1, types.near), (2, types.far)):
        about = f"{each[0].upper()}{each[1:]}, with its relations as depth {depth} gives them."
        related = _related(catalogue, of, names, depth)
        yield list(typed_dict(name, about, related, total=True, base=types.record, inherited=_as_read(of, names)))
    wire = list(_as_given(of, names))
    yield list(typed_dict(types.input, f"What {each} is created from, by names of the wire.", _by_name(wire, True), total=False))
    if types.part != types.input:
        yield list(typed_dict(types.part, f"Any fields of {each}, by names of the wire.", _by_name(wire, False), total=False))
    words = [one for one in wire if sayable(one.word) and one.word not in _OWN_WORDS]
    changes = [one for one in words if one.name != _ID.name]
    yield list(typed_dict(types.update, f"What can be changed of {each}, as keywords.", _by_word(changes, False), total=False))
    about = f"What {each} is created from, as keywords."
    if types.part == types.input:
        own = [one for one in words if one.name == _ID.name]
        yield list(typed_dict(types.create, about, _by_word(own, False), total=False, base=types.update))
    else:
        yield list(typed_dict(types.create, about, _by_word(words, True), total=False))
    yield list(literal(types.key, (column.path for column in columns(of) if _tells(column))))


def _as_read(of: Object, names: Names) -> Iterator[TypedKey]:
    """A record alone: its fields, and the ids of the records that it points at."""
    for member in (_ID, *of.members, *_MOMENTS):
        if isinstance(member, Field):
            yield TypedKey(member.name, read(of, member, names), "" if member in BASE_FIELDS else member.description)
        else:
            yield TypedKey(member.foreign_key, "str | None")


def _related(catalogue: Catalogue, of: Object, names: Names, depth: int) -> Iterator[TypedKey]:
    """The records that it points at, and the lists of those that point at it, each with one depth less."""

    def other(singular: str) -> str:
        return names.objects[singular].record if depth == 1 else names.objects[singular].near

    for relation in of.belongs_to:
        yield TypedKey(relation.name, f"{other(relation.target)} | None", relation.description if depth == 1 else "")
    for many in catalogue.has_many(of):
        yield TypedKey(many.name, f"list[{other(many.source)}]")


def _as_given(of: Object, names: Names) -> Iterator[_Given]:
    for member in (_ID, *of.members, *_MOMENTS):
        if isinstance(member, BelongsTo):
            yield _Given(member.foreign_key, snake_case(member.foreign_key), "str | UUID | None", False)
        elif not member.type.retired and member.name != _MANAGED:
            yield _Given(member.name, snake_case(member.name), written_type(of, member, names), member.required)


def _by_name(values: Iterable[_Given], creating: bool) -> list[TypedKey]:
    return [TypedKey(each.name, _needed(each, creating)) for each in values]


def _by_word(values: Iterable[_Given], creating: bool) -> list[TypedKey]:
    return [TypedKey(word, _needed(each, creating)) for word, each in {each.word: each for each in values}.items()]


def _needed(value: _Given, creating: bool) -> str:
    return f"Required[{value.type}]" if creating and value.required else value.type


def _tells(column: Column) -> bool:
    """Whether records can be told from each other by this value: a secret, a list and free JSON cannot be asked for."""
    return not (column.secret or column.kind in LISTS or column.kind in (Kind.JSON, Kind.BOOLEAN))

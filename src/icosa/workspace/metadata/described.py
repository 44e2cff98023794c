"""The objects and fields of a catalogue, each with the id that it is known by and what is kept of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from icosa.catalogue.model import BelongsTo, Catalogue, Field, HasMany, Object
from icosa.workspace.metadata import identity, kept
from icosa.workspace.metadata.identity import derived
from icosa.workspace.metadata.kept import Json
from icosa.workspace.store.statement import Statements

SEARCH_VECTOR = Field("searchVector", "TS_VECTOR", "What texts of the record are found by.", "Search vector", nullable=True, system=True)
"""A field of every object of the second generation to whoever asks for metadata; here an index stands behind it, and no
record has it."""

Member = Field | BelongsTo | HasMany


class KnownField(NamedTuple):
    """A field or one end of a relation, of an object; `notes` is what is kept of it, empty where nothing is."""

    id: str
    of: Object
    member: Member
    notes: Json

    @property
    def custom(self) -> bool:
        """Whether it was made for this workspace: it can be taken away again."""
        made = self.of.custom and not isinstance(self.member, HasMany) and self.member.name not in _GIVEN
        return made or bool(self.notes.get("custom"))


_GIVEN = frozenset(("id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector", "name"))
"""What every object that is made in a workspace has from the beginning."""


class KnownObject(NamedTuple):
    id: str
    of: Object
    notes: Json
    fields: tuple[KnownField, ...]

    def field(self, name: str) -> KnownField | None:
        return next((each for each in self.fields if each.member.name == name), None)


class Described(NamedTuple):
    """All objects in the order of the catalogue, and both by id; `workspace` is that of the workspace."""

    workspace: str
    catalogue: Catalogue
    objects: Mapping[str, KnownObject]
    fields: Mapping[str, KnownField]

    def of(self, singular: str) -> KnownObject:
        return next(each for each in self.objects.values() if each.of.singular == singular)


def describe(catalogue: Catalogue) -> Statements[Described]:
    """What a catalogue has, with what the database keeps of it."""
    kept_of_objects = {str(each["name"]): (id_, each) for id_, each in (yield from kept.read(kept.OBJECT)).items()}
    kept_of_fields = {(str(each["object"]), str(each["name"])): (id_, each) for id_, each in (yield from kept.read(kept.FIELD)).items()}
    objects = {}
    for of in catalogue:
        id_, notes = kept_of_objects.get(of.singular) or (derived("object", of.singular), {})
        since: Json = {name: notes[name] for name in ("createdAt", "updatedAt") if name in notes}
        fields = []
        for member in members(catalogue, of):
            name = member.name
            field_id, field_notes = kept_of_fields.get((of.singular, name)) or (derived("field", id_, name), since)
            fields.append(KnownField(field_id, of, member, field_notes))
        objects[id_] = KnownObject(id_, of, notes, tuple(fields))
    return Described(
        (yield from identity.workspace()), catalogue, objects, {each.id: each for known in objects.values() for each in known.fields}
    )


def members(catalogue: Catalogue, of: Object) -> Iterator[Member]:
    """All that metadata calls a field."""
    yield from of.base_fields
    yield from of.members
    if of.generation > 1:
        yield SEARCH_VECTOR
    yield from catalogue.has_many(of)


def forget_gone(catalogue: Catalogue) -> Statements[None]:
    """Forgets what is kept of fields and views that a catalogue has not."""
    described = yield from describe(catalogue)
    fields, views = (yield from kept.read(kept.FIELD)), (yield from kept.read(kept.VIEW))
    gone = [id_ for id_ in fields if id_ not in described.fields]
    if gone:
        yield kept.forget(kept.FIELD, gone)
    gone = [id_ for id_, notes in views.items() if notes["objectMetadataId"] not in described.objects]
    if gone:
        yield kept.forget(kept.VIEW, gone)


def replaced(catalogue: Catalogue, of: Object) -> Catalogue:
    """A catalogue in which an object is otherwise, in its place."""
    return Catalogue(tuple(of if each.singular == of.singular else each for each in catalogue))


def without(objects: Sequence[Object], gone: Callable[[Object, Field | BelongsTo], bool]) -> tuple[Object, ...]:
    """Objects without some of their members."""
    left = ((each, tuple(member for member in each.members if not gone(each, member))) for each in objects)
    return tuple(each if len(members) == len(each.members) else replace(each, members=members) for each, members in left)

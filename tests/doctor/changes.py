"""Catalogues with one thing changed."""

from dataclasses import replace

from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD


def changed(of: str, name: str, member: Field | BelongsTo | None, catalogue: Catalogue = STANDARD) -> Catalogue:
    """The catalogue with another member in the place of one; without it where that is None."""
    members = tuple(each for old in catalogue.by_plural[of].members if (each := member if old.name == name else old) is not None)
    return with_members(of, members, catalogue)


def added(of: str, *members: Field | BelongsTo, catalogue: Catalogue = STANDARD) -> Catalogue:
    return with_members(of, (*catalogue.by_plural[of].members, *members), catalogue)


def with_members(of: str, members: tuple[Field | BelongsTo, ...], catalogue: Catalogue = STANDARD) -> Catalogue:
    bare = replace(bared(catalogue.by_plural[of]), members=members)
    return Catalogue(tuple(bare if each.plural == of else each for each in catalogue))


def bared(of: Object) -> Object:
    """An object without the settings that name its members."""
    return replace(of, label_identifier="id", searchable=(), duplicate_criteria=(), unique_together=(), indexed=())


def without(plural: str, catalogue: Catalogue = STANDARD) -> Catalogue:
    """The catalogue without an object, and without the relations that pointed at it."""
    gone = catalogue.by_plural[plural].singular
    kept = [each for each in catalogue if each.plural != plural]
    return Catalogue(
        tuple(
            replace(bared(each), members=tuple(one for one in each.members if not (isinstance(one, BelongsTo) and one.target == gone)))
            if any(one.target == gone for one in each.belongs_to)
            else each
            for each in kept
        )
    )


ROCKET = Object("rocket", "rockets", "Something that goes up.", (Text("name", "What is painted on it."),), custom=True)

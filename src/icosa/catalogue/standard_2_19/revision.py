"""How objects of the first generation become such of the second: members that both have are written once."""

from dataclasses import replace
from typing import Any

from icosa.catalogue.fields import CreatedBy, Position
from icosa.catalogue.kinds import Kind
from icosa.catalogue.making import MadeObjects
from icosa.catalogue.model import BelongsTo, Field, Object

GENERATION = 2

POSITION = Position("Where the record stands in lists that are sorted by hand; the smaller number comes first.")
CREATED_BY = replace(CreatedBy(), system=True)
UPDATED_BY = Field("updatedBy", "ACTOR", "Who or what changed the record last; the workspace fills it in.", "Updated by", system=True)

SYSTEM = (CREATED_BY, UPDATED_BY, POSITION)
"""The fields that every object of this generation has beside the base fields."""


def kept(of: Object, *names: str) -> tuple[Field | BelongsTo, ...]:
    """Members of an object as they are, in this order."""
    by_name = {member.name: member for member in of.members}
    return tuple(by_name[name] for name in names)


def kept_but(of: Object, name: str, /, **changes: Any) -> Field | BelongsTo:
    """A member of an object in which something is otherwise."""
    (member,) = kept(of, name)
    return replace(member, **changes)


def revised(of: Object, *members: Field | BelongsTo | tuple[Field | BelongsTo, ...], **changes: Any) -> Object:
    """An object with these members, all of the second generation; `changes` are those of the object itself."""
    listed = [each for member in members for each in (member if isinstance(member, tuple) else (member,))]
    return replace(of, members=tuple(map(second, listed)), generation=GENERATION, **changes)


def second(member: Field | BelongsTo) -> Field | BelongsTo:
    """A member of the second generation.  A text has no default but one that says something, and nothing is stored where it is
    empty; so it is with the parts of composite fields.  A unique value is never given to a second record, not even once
    the first is deleted."""
    if isinstance(member, BelongsTo):
        return member
    again = replace(member, generation=GENERATION, unique_for_good=member.unique)
    if member.type_name == "ACTOR":
        return again
    if again.type.composite:
        return replace(again, nullable=not member.required)
    if again.type.parts[0].kind is Kind.TEXT and not member.default:
        return replace(again, default=None, nullable=True)
    return again


def morph(id_: str, inverse: str, *targets: tuple[str, str, Any]) -> tuple[BelongsTo, ...]:
    """Relations that are one to people: each leads to one kind of record; (singular name, description, on_delete)."""
    return tuple(
        BelongsTo(f"target{target[:1].upper()}{target[1:]}", target, inverse, description, on_delete, label="Target", morph=id_)
        for target, description, on_delete in targets
    )


MADE = MadeObjects(GENERATION, SYSTEM, second)

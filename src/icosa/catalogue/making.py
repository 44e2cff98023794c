"""What objects and fields have that a workspace makes when it is asked to: those of one generation, as its standard ones are."""

from collections.abc import Callable
from typing import NamedTuple

from icosa.catalogue.fields import CreatedBy, Position
from icosa.catalogue.model import BelongsTo, Field


class MadeObjects(NamedTuple):
    """`system` are the fields that an object has beside the base fields and its name, and `revised` makes a member one of the
    generation."""

    generation: int
    system: tuple[Field, ...]
    revised: Callable[[Field | BelongsTo], Field | BelongsTo]


def _as_it_is(member: Field | BelongsTo) -> Field | BelongsTo:
    return member


FIRST = MadeObjects(
    generation=1, system=(Position("Where the record stands in lists that are sorted by hand."), CreatedBy()), revised=_as_it_is
)

"""The types a field can have.  A new type is a new file here and one name in this list.

A type is known by one name, and there are generations of it: what a later one takes, stores and answers differs, and so may
what the wire calls it (`FieldType.name`).  The first is that of Twenty 1.0.3, the second that of Twenty 2.19.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from icosa.catalogue.field_types.choice import MULTI_SELECT, RATING, SELECT
from icosa.catalogue.field_types.emails import EMAILS
from icosa.catalogue.field_types.links import LINKS
from icosa.catalogue.field_types.parts import ACTOR, ADDRESS, CURRENCY, FULL_NAME
from icosa.catalogue.field_types.phones import PHONES
from icosa.catalogue.field_types.position import POSITION
from icosa.catalogue.field_types.rich_text import RICH_TEXT, RICH_TEXT_V2
from icosa.catalogue.field_types.simple import SIMPLE
from icosa.catalogue.field_types.type import UNSENT, FieldType, Part, Values

__all__ = ["FIELD_TYPES", "GENERATIONS", "TYPES", "UNSENT", "FieldType", "Part", "Values"]

FIELD_TYPES: dict[str, FieldType] = {
    each.name: each
    for each in (
        *SIMPLE,
        SELECT, MULTI_SELECT, RATING, POSITION, RICH_TEXT,
        FULL_NAME, EMAILS, PHONES, LINKS, ADDRESS, CURRENCY, ACTOR, RICH_TEXT_V2,
    )
}  # fmt: skip


class _Needed(dict[int, Mapping[str, FieldType]]):
    """The generations that were needed so far: most workspaces are of one."""

    def __missing__(self, generation: int) -> Mapping[str, FieldType]:
        if generation != 2:
            raise KeyError(generation)
        types: Mapping[str, FieldType] = import_module("icosa.catalogue.field_types.generation_2").GENERATION_2
        self[2] = types
        return types


class _Generations(Mapping[int, Mapping[str, FieldType]]):
    def __getitem__(self, generation: int) -> Mapping[str, FieldType]:
        return TYPES[generation]

    def __iter__(self) -> Iterator[int]:
        return iter((1, 2))

    def __len__(self) -> int:
        return 2


TYPES: Final[dict[int, Mapping[str, FieldType]]] = _Needed({1: FIELD_TYPES})
"""The types by generation, then by the name that a field has of its type; to be asked for a generation that there is."""

GENERATIONS: Final[Mapping[int, Mapping[str, FieldType]]] = _Generations()
"""The same, to be asked which there are."""

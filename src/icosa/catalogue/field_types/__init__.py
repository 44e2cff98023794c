"""The types a field can have.  A new type is a new file here and one name in this list.

A type is known by one name, and there are generations of it: what a later one takes, stores and answers differs, and so may
what the wire calls it (`FieldType.name`).  The first is that of Twenty 1.0.3, the second that of Twenty 2.19.
"""

from collections.abc import Mapping
from types import MappingProxyType

from icosa.catalogue.field_types.choice import MULTI_SELECT, RATING, SELECT
from icosa.catalogue.field_types.emails import EMAILS
from icosa.catalogue.field_types.generation_2 import GENERATION_2
from icosa.catalogue.field_types.links import LINKS
from icosa.catalogue.field_types.parts import ACTOR, ADDRESS, CURRENCY, FULL_NAME
from icosa.catalogue.field_types.phones import PHONES
from icosa.catalogue.field_types.position import POSITION
from icosa.catalogue.field_types.rich_text import RICH_TEXT, RICH_TEXT_V2
from icosa.catalogue.field_types.simple import SIMPLE
from icosa.catalogue.field_types.type import UNSENT, FieldType, Part, Values

__all__ = ["FIELD_TYPES", "GENERATIONS", "UNSENT", "FieldType", "Part", "Values"]

FIELD_TYPES: dict[str, FieldType] = {
    each.name: each
    for each in (
        *SIMPLE,
        SELECT, MULTI_SELECT, RATING, POSITION, RICH_TEXT,
        FULL_NAME, EMAILS, PHONES, LINKS, ADDRESS, CURRENCY, ACTOR, RICH_TEXT_V2,
    )
}  # fmt: skip

GENERATIONS: Mapping[int, Mapping[str, FieldType]] = MappingProxyType({1: FIELD_TYPES, 2: GENERATION_2})
"""The types by generation, then by the name that a field has of its type."""

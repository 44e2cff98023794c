"""The second generation of field types, as Twenty 2.19 has them: nothing is stored where a text is empty or a list holds
nothing, decimals are numbers, and every value is of its own JSON type or refused.

A file a kind of type; what people call a type and its parts, and how it looks, stands in the first generation.
"""

from collections.abc import Mapping
from types import MappingProxyType

from icosa.catalogue.field_types.generation_2.emails import EMAILS
from icosa.catalogue.field_types.generation_2.files import FILES
from icosa.catalogue.field_types.generation_2.links import LINKS
from icosa.catalogue.field_types.generation_2.parts import ACTOR, ADDRESS, CURRENCY, FULL_NAME
from icosa.catalogue.field_types.generation_2.phones import PHONES
from icosa.catalogue.field_types.generation_2.rich_text import RICH_TEXT
from icosa.catalogue.field_types.generation_2.simple import POSITION, SIMPLE
from icosa.catalogue.field_types.type import FieldType

GENERATION_2: Mapping[str, FieldType] = MappingProxyType(
    {each.name: each for each in (*SIMPLE, POSITION, FULL_NAME, EMAILS, PHONES, LINKS, ADDRESS, CURRENCY, ACTOR, FILES)}
    | {"RICH_TEXT_V2": RICH_TEXT}
)
"""By the name that a field has of its type.  RICH_TEXT_V2 is what the first generation calls the text of two parts; on the wire
it is RICH_TEXT now."""

"""Short names of the parts of composite values, as people say them: `name.first`, `emails.primary`, `address.city`."""

from icosa.catalogue.field_types.type import FieldType
from icosa.catalogue.folding import folded


def short(of: FieldType, part: str) -> str:
    """The short name of a part; the part's own name where it has none."""
    found = of.part(part)
    return found.short[0] if found and found.short else part


def part_named(of: FieldType, name: str) -> str | None:
    """The part of a type that a name means: its own, in any spelling, or a short one.  None where it means none."""
    wanted = folded(name)
    full = (each.name for each in of.parts if each.name and folded(each.name) == wanted and not each.hidden)
    return next(full, next((each.name for each in of.parts if wanted in each.short), None))

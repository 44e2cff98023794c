"""Short names of the parts of composite values, as people say them: `name.first`, `emails.primary`, `address.city`."""

from icosa.catalogue.field_types.type import FieldType


def short(of: FieldType, part: str) -> str:
    """The short name of a part; the part's own name where it has none."""
    found = of.part(part)
    return found.short[0] if found and found.short else part


def part_named(of: FieldType, name: str) -> str | None:
    """The part of a type that a name means: its own, in any spelling, or a short one.  None where it means none."""
    wanted = _folded(name)
    full = (each.name for each in of.parts if each.name and _folded(each.name) == wanted and not each.hidden)
    return next(full, next((each.name for each in of.parts if wanted in each.short), None))


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()

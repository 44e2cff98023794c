"""What templates ask about an entry to draw it."""

from collections.abc import Sequence

from icosa.catalogue import naming
from icosa.catalogue.field_types import Part
from icosa.catalogue.model import BelongsTo, Field
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.values import parts_shown
from icosa.surfaces.console.showing.simple import option_label

MONEY = "Amount, in whole units"
_DRAWN_AS_IT_IS = (
    Control.PARTS,
    Control.RICH,
    Control.MOMENT,
    Control.DATE,
    Control.FLAG,
    Control.CHOICE,
    Control.CHOICES,
    Control.LINES,
    Control.SHOWN,
)
"""Controls that show by themselves what a value has to look like."""


def meaning_of(entry: Entry) -> str:
    """What a property is, and what is to be typed where the control does not say it."""
    match entry.control:
        case Control.RECORD:
            return "The record that is meant: type its name, or paste its id."
        case Control.RELATION if isinstance(entry.of.field, BelongsTo):
            return f"{entry.of.field.description} Type a name, or paste an id."
        case control if control in _DRAWN_AS_IT_IS and isinstance(entry.of.field, Field):
            return entry.of.field.description
    return entry.of.description


def choices_of(entry: Entry) -> Sequence[tuple[str, str]]:
    """All values that may be picked, each with its words."""
    if entry.control is Control.FLAG:
        return (("true", "yes"), ("false", "no"))
    field = entry.of.field
    of_field = field.options if isinstance(field, Field) else ()
    return [(str(each), option_label(str(each)) if each in of_field else str(each)) for each in entry.of.choices or of_field]


def parts_of(entry: Entry) -> Sequence[Part]:
    """The parts that have a box."""
    return parts_shown(entry.of.field) if isinstance(entry.of.field, Field) else ()


def part_label(part: Part) -> str:
    return MONEY if part.in_units else naming.label(part.name)

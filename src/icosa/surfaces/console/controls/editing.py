"""One value of a record in boxes, and what is saved of them: there a box that was emptied clears what stood in it."""

from dataclasses import replace
from typing import Any, Final

from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.reading import is_filled_in
from icosa.surfaces.console.controls.values import parts_shown, picked, typed_name, value
from icosa.surfaces.console.controls.writing import written
from icosa.wire.actions.properties import Property

_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_LISTS: Final = (Control.CHOICES, Control.LINES)
_TEXTS: Final = (Control.TEXT, Control.SECRET)


def boxed(property_: Property, held: Any, zone: str = "UTC", called: str = "") -> Entry:
    """The entry of a value that a record has: parts that say nothing are empty boxes.  A secret's box is always empty."""
    blank = Entry(property_, "sent")
    if blank.control is Control.SECRET or held in _EMPTY:
        return blank
    if isinstance(held, dict) and isinstance(property_.field, Field) and blank.control in (Control.PARTS, Control.RICH):
        held = _telling(property_.field, blank.control, held)
    return written(property_, held, zone, called) if held not in _EMPTY else blank


def saved(entry: Entry) -> Any:
    """What a record gets for what stands in the boxes: nothing clears it, but for a secret, which then stays (UNSENT).
    The name of a record has to be looked up before.  Raises InvalidValue, naming the property by its label."""
    if not _says_anything(entry):
        return UNSENT if entry.control is Control.SECRET else cleared(entry)
    return value(replace(entry, state="sent"), whole=True)


def _says_anything(entry: Entry) -> bool:
    if entry.as_json:
        return bool(entry.box(".json").strip())
    if entry.control in (Control.RELATION, Control.RECORD):
        return bool(picked(entry) or typed_name(entry))
    return is_filled_in({suffix: texts for suffix, texts in entry.boxes.items() if suffix != ".json"})


def cleared(entry: Entry) -> Any:
    """What is sent so that nothing stands there: an empty text or list, else null."""
    if entry.control in _LISTS:
        return []
    field = entry.of.field
    is_text = isinstance(field, Field) and entry.control in _TEXTS and field.type.parts[0].kind is Kind.TEXT
    return "" if is_text else None


def _telling(field: Field, control: Control, held: dict[str, Any]) -> dict[str, Any]:
    """The parts that have a box, and something to stand in it."""
    names = {field.type.about.primary} if control is Control.RICH else {each.name for each in parts_shown(field)}
    return {name: each for name, each in held.items() if name in names and each not in _EMPTY}

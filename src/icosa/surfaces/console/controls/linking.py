"""The address of a form to entries: the other way round than `form_address`."""

from icosa.call.json_text import parsed
from icosa.errors import InvalidInput
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry, is_state
from icosa.surfaces.console.controls.reading import Sent, entry
from icosa.surfaces.console.controls.values import is_uuid
from icosa.surfaces.console.controls.writing import written
from icosa.wire.actions import Action
from icosa.wire.actions.properties import Property

_RECORDS = (Control.RELATION, Control.RECORD)
_FROM_JSON = (Control.PARTS, Control.RICH, Control.LINES, Control.CHOICES)
"""Controls whose values are no texts, and stand in an address as JSON."""


def linked(action: Action, query: Sent, zone: str = "UTC") -> tuple[Entry, ...]:
    """One entry for each property of the action, as the address says it; moments are shown in the zone.  Where a name stands
    several times, the last counts.  What cannot be read stands in the form as it is, for the form to say what is wrong."""
    texts = {name: text.replace("\r\n", "\n") for name, text in query.multi_items() if isinstance(text, str)}
    return tuple(_entry(each, texts.get(each.name), texts.get(f"{each.name}~", ""), zone) for each in action.properties)


def _entry(property_: Property, text: str | None, state: str, zone: str) -> Entry:
    if state in ("null", "empty", "unsent"):
        return entry(property_, {"~": [state]})
    if text is None or not text:
        return Entry(property_, "unsent")
    if is_state(state) and state == "item":
        return Entry(property_, "item", {"": [text]})
    if control_of(property_) in _RECORDS and not is_uuid(text):
        return Entry(property_, "sent", {"?": [text]})
    return written(property_, _value(property_, text), zone)


def _value(property_: Property, text: str) -> object:
    if control_of(property_) not in _FROM_JSON:
        return text
    try:
        return parsed(text, property_.label, "[]")
    except InvalidInput:
        return text

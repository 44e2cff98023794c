"""What a form sent, or a link says, to entries."""

from collections.abc import Iterator, Mapping, Sequence
from re import compile as pattern
from typing import Final, Protocol, cast

from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry, State, is_state
from icosa.wire.actions import Action
from icosa.wire.actions.properties import Property

_TYPED: Final = (".as", ".zone")
"""Boxes that always have something in them, and so tell nothing of whether the property was filled in."""


_ENDS: Final = "~.?"
"""What stands after the name of a property, where its boxes are several; before it, in boxes of the form's own."""

_NAME: Final = pattern(r"[^~.?]*")


class Sent(Protocol):
    """The fields of a form or of a query: names may stand several times."""

    def multi_items(self) -> Sequence[tuple[str, object]]: ...


def entries(action: Action, sent: Sent) -> tuple[Entry, ...]:
    """One entry for each property of the action, in its order."""
    boxes = _by_property(action, sent)
    return tuple(entry(each, boxes.get(each.name, {})) for each in action.properties)


def entry(property_: Property, boxes: Mapping[str, Sequence[str]]) -> Entry:
    """What the boxes of a property say.  Where nobody said a state, it is sent as soon as anything stands in a box."""
    sent_state = next(iter(boxes.get("~", ())), "")  # "" from a page without script
    found = {suffix: texts for suffix, texts in boxes.items() if suffix != "~"}
    state = cast(State, sent_state) if is_state(sent_state) else "sent" if is_filled_in(found) else "unsent"
    made = Entry(property_, state, found)
    if state == "sent" and made.control in (Control.FLAG, Control.CHOICE) and not made.as_json and not made.box():
        return Entry(property_, "unsent", found)  # the button "not sent" among those of the values
    return made


def is_filled_in(boxes: Mapping[str, Sequence[str]]) -> bool:
    return any(text for suffix, texts in boxes.items() if suffix not in _TYPED for text in texts)


def of_no_property(action: Action, sent: Sent) -> tuple[str, ...]:
    """The names of properties that were filled in and that the action does not have: a field may be taken away while its form is
    open."""
    names = {each.name for each in action.properties}
    filled = (name for name, boxes in _by_property(action, sent).items() if name not in names and _says_something(boxes))
    return tuple(filled)


def _says_something(boxes: Mapping[str, Sequence[str]]) -> bool:
    state = next(iter(boxes.get("~", ())), "")
    return state != "unsent" if is_state(state) else is_filled_in(boxes)


def _by_property(action: Action, sent: Sent) -> dict[str, dict[str, list[str]]]:
    """What stands in the boxes of each property, also of one that the action does not have."""
    names = {each.name for each in action.properties}
    found: dict[str, dict[str, list[str]]] = {}
    for key, text in _texts(sent):
        name = max((each for each in names if key == each or (key.startswith(each) and key[len(each)] in _ENDS)), key=len, default=None)
        name = name or _NAME.match(key)[0]  # type: ignore[index]  # it matches any text
        if name:
            found.setdefault(name, {}).setdefault(key[len(name) :], []).append(text)
    return found


def _texts(sent: Sent) -> Iterator[tuple[str, str]]:
    """Line breaks are sent as two characters, whatever was typed."""
    return ((key, text.replace("\r\n", "\n")) for key, text in sent.multi_items() if isinstance(text, str))

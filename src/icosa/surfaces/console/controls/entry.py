"""A property as somebody filled it in, and how forms send it.

The boxes of the property `city` are named

    city        what was typed, picked or ticked
    city~       its state, where somebody said it
    city.part   a part of a composite value; `city.zone` the time zone of a moment
    city?       the name of a record that was typed, where `city` has the id of the one that was picked
    city.json   the value as JSON, which counts where `city.as` is "json"
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Field
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.wire.actions import Action, Operation
from icosa.wire.actions.properties import Property

State = Literal["unsent", "sent", "empty", "null", "item"]
"""Whether a property is sent, and as what: as it was typed, as an empty text or list, as null, or as each item has it."""

WORDS: Final[Mapping[State, str]] = {"unsent": "not sent", "sent": "sent", "empty": "empty text", "null": "null", "item": "from item"}
_STATES: Final = get_args(State)
_WITH_JSON: Final = (Control.PARTS, Control.LINES, Control.CHOICES)
_EMPTY: Final = (Control.TEXT, Control.LINES, Control.CHOICES)


@dataclass(frozen=True, slots=True)
class Entry:
    """`boxes` has what stands in each box, by what follows the property's name in the box's ("", ".zone", "?"); a box that is
    not there was left out or not ticked.  `problem` is what is wrong with it, "" for nothing."""

    of: Property
    state: State
    boxes: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)  # they may hold secrets
    problem: str = ""

    @property
    def name(self) -> str:
        return self.of.name

    @property
    def control(self) -> Control:
        return control_of(self.of)

    @property
    def as_json(self) -> bool:
        """Whether the value is written as JSON, where it could be written in boxes."""
        return self.box(".as") == "json"

    def box(self, suffix: str = "") -> str:
        """What stands in a box, "" where it is not there."""
        return next(iter(self.boxes.get(suffix, ())), "")

    def ticked(self, suffix: str = "") -> Sequence[str]:
        """All that was ticked or picked of several."""
        return self.boxes.get(suffix, ())


def may_be_json(control: Control) -> bool:
    """Whether a control has boxes, and can be filled in as JSON all the same."""
    return control in _WITH_JSON


def states(action: Action, property_: Property, *, items: bool = False) -> tuple[State, ...]:
    """The states that a property of an action may have; `items` is whether there are items to take values from."""
    found: list[State] = [] if property_.place == "path" else ["unsent"]
    control = control_of(property_)
    if control is Control.SHOWN:
        return ("unsent",)
    found.append("sent")
    if property_.place == "body" and property_.field is not None:
        if control in _EMPTY and not _is_id(property_.field):
            found.append("empty")
        if _takes_null(property_.field) and not (property_.required and action.operation is Operation.CREATE_ONE):
            found.append("null")
    if items:
        found.append("item")
    return tuple(found)


def _takes_null(field: Field | BelongsTo) -> bool:
    """Whether null says something: a composite value is cleared by it in all of its parts."""
    return not isinstance(field, Field) or field.type.composite or field.nullable


def _is_id(field: Field | BelongsTo) -> bool:
    return isinstance(field, Field) and field.type.parts[0].kind is Kind.UUID


def state_words(action: Action, entry: Entry, *, items: bool = False) -> list[tuple[str, str]]:
    """The states of an entry as its form offers them.  The first is for pages without script: what is filled in is sent.  One
    that a link set and that cannot be is among them as long as it is set, so that the form shows what it is about to send."""
    offered = states(action, entry.of, items=items)
    own = () if entry.state in (*offered, "unsent") else (entry.state,)
    found = [(str(each), unsent_word(entry) if each == "unsent" else word(each, entry.control)) for each in (*offered, *own)]
    return [("", "as filled in"), *found] if len(found) > 1 else []


def unsent_word(entry: Entry) -> str:
    """What it is called that nothing was filled in.  Every request says its depth, which is 1 where nobody chose."""
    return "left at 1" if entry.of.place == "query" and entry.name == "depth" else WORDS["unsent"]


def word(state: State, control: Control) -> str:
    """What a state is called."""
    return "empty list" if state == "empty" and control is not Control.TEXT else WORDS[state]


def is_state(text: str) -> bool:
    return text in _STATES

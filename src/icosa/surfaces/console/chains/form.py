"""A chain as one form: all of its steps, each with the boxes of its action.

The boxes of the second step are named `s1.title`, `s1.title~` and so on for its properties, and `s1/name`, `s1/for` for itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.folding import folded
from icosa.catalogue.model import Catalogue
from icosa.chains import Chain, Fault, Step
from icosa.chains.checking import action_of
from icosa.errors import InvalidInput, InvalidValue
from icosa.forms.text import json_text
from icosa.surfaces.console.chains.boxes import ITEM_BOX, entry_of, given_by, read
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.reading import Sent
from icosa.wire.actions import Action, Operation, Property
from icosa.wire.openapi.reading import Offers

_MOST_STEPS: Final = 100
_BOX: Final = re.compile(r"s(\d{1,2})([./])(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as it was filled in.  `over` is "" for the step before; `more` has, as JSON text, what stands in the step and in
    no box of its action: all of it where there is no such `action`."""

    name: str
    run: str
    action: Action | None
    entries: Sequence[Entry] = field(default=(), repr=False)
    over: str = ""
    all: bool = False
    stops: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class ChainForm:
    """A chain as it was filled in, and the `version` of the file that it was made of, "" for none."""

    name: str
    description: str
    steps: tuple[StepForm, ...]
    version: str = ""


def form_of(chain: Chain, catalogue: Catalogue, offers: Offers, zone: str, version: str = "") -> ChainForm:
    """The form that says the chain."""
    return ChainForm(chain.name, chain.description, tuple(_form_of(each, catalogue, offers, zone) for each in chain.steps), version)


def form_in(sent: Sent, catalogue: Catalogue, offers: Offers) -> ChainForm:
    """The form that was sent."""
    boxes = [(name, text) for name, text in sent.multi_items() if isinstance(text, str)]
    own = {name: text.replace("\r\n", "\n") for name, text in boxes}
    by_step: dict[int, list[tuple[str, object]]] = {}
    about: dict[int, dict[str, str]] = {}
    for name, text in boxes:
        if (box := _BOX.fullmatch(name)) and box[2] == ".":
            by_step.setdefault(int(box[1]), []).append((box[3], text))
        elif box:
            about.setdefault(int(box[1]), {})[box[3]] = text
    steps = tuple(_form_in(about[at], by_step.get(at, []), catalogue, offers) for at in sorted(about)[:_MOST_STEPS])
    return ChainForm(own.get("name", "").strip(), own.get("description", "").strip(), steps, own.get("version", ""))


def chain_in_form(form: ChainForm) -> tuple[Chain, tuple[Fault, ...]]:
    """The chain that a form says, and what in it can be no value."""
    faults: list[Fault] = []
    steps = []
    for each in form.steps:
        properties = _properties(each, faults)
        steps.append(Step(each.name, each.run, properties, each.over or None, each.all, "stop" if each.stops else "keep"))
    return Chain(form.name, tuple(steps), form.description), tuple(faults)


def action_for(run: str, catalogue: Catalogue, offers: Offers) -> Action | None:
    """The action of that name; None where there is none."""
    try:
        return action_of(Step("", run), catalogue, offers)
    except InvalidInput:
        return None


def with_step(form: ChainForm, step: StepForm) -> ChainForm:
    """The form with one more step, under a name that no other has.  Where it acts on one record of the object that the step
    before gives, it is that record."""
    taken = {each.name for each in form.steps}
    name = next(each for each in (step.name, *(f"{step.name}_{at}" for at in range(2, len(taken) + 3))) if each not in taken)
    return replace(form, steps=(*form.steps, _of_each(replace(step, name=name), form.steps[-1:])))


def _of_each(step: StepForm, before: Sequence[StepForm]) -> StepForm:
    given = next((each.action for each in before), None)
    if given is None or step.action is None or given.object is not step.action.object or given.operation is Operation.FIND_DUPLICATES:
        return step
    entries = [
        Entry(each.of, "item", {ITEM_BOX: ["{{item.id}}"]}) if (each.of.place, each.state) == ("path", "unsent") else each
        for each in step.entries
    ]
    return replace(step, entries=entries)


def without_step(form: ChainForm, at: int) -> ChainForm:
    return replace(form, steps=(*form.steps[:at], *form.steps[at + 1 :]))


def moved(form: ChainForm, at: int, to: int) -> ChainForm:
    """The form with a step in another place."""
    if not (0 <= at < len(form.steps) and 0 <= to < len(form.steps)):
        return form
    steps = list(form.steps)
    steps.insert(to, steps.pop(at))
    return replace(form, steps=tuple(steps))


def _form_of(step: Step, catalogue: Catalogue, offers: Offers, zone: str) -> StepForm:
    action = action_for(step.run, catalogue, offers)
    held, more = _by_property(action, step.properties)
    entries = [entry_of(each, held[each.name], zone) if each.name in held else Entry(each, "unsent") for each in _boxed(action)]
    rest = json_text(more) if more else ""
    return StepForm(step.name, step.run, action, tuple(entries), step.over or "", step.all, step.on_error == "stop", rest)


def _form_in(about: Mapping[str, str], pairs: Sequence[tuple[str, object]], catalogue: Catalogue, offers: Offers) -> StepForm:
    action = action_for(about.get("run", ""), catalogue, offers)
    entries = [each for each in read(action, pairs) if each.control is not Control.SHOWN] if action else ()
    name, run, over = (about.get(each, "").strip() for each in ("name", "run", "for"))
    return StepForm(name, run, action, entries, over, "all" in about, "stop" in about, about.get("more", "").strip())


def _boxed(action: Action | None) -> Sequence[Property]:
    """The properties that have boxes; what the workspace itself says stands among what has none."""
    return [each for each in action.properties if control_of(each) is not Control.SHOWN] if action else []


def _by_property(action: Action | None, held: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a step has by the names of the action's properties, and what is none of them."""
    names = {folded(each.name): each.name for each in _boxed(action)}
    found: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, value in held.items():
        own = names.get(folded(name))
        if own is None or own in found:
            more[name] = value
        else:
            found[own] = value
    return found, more


def _properties(step: StepForm, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in step.entries:
        try:
            sent = given_by(entry)
        except InvalidInput as error:
            problem = error.problem if isinstance(error, InvalidValue) else error.message
            faults.append(Fault(step.name, "with", entry.name, problem))
        else:
            if sent is not UNSENT:
                found[entry.name] = sent
    if step.more:
        try:
            more = parsed(step.more, "More properties", '{"companyId": "{{item.id}}"}')
            if not isinstance(more, dict):
                raise InvalidValue("More properties", 'is to be an object, such as {"companyId": "{{item.id}}"}')
            found.update(more)
        except InvalidValue as error:
            faults.append(Fault(step.name, "more", "", error.problem))
    return found

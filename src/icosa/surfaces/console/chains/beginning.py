"""A chain that is not there yet: made of a call that a form was filled in with, or of the records that a table shows."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request

import icosa
from icosa.call.json_text import parsed
from icosa.catalogue import naming
from icosa.chains.references import escaped
from icosa.errors import InvalidValue
from icosa.forms.call import method_name
from icosa.surfaces.console.chains.boxes import entry_of, read
from icosa.surfaces.console.chains.form import ChainForm, StepForm, action_for
from icosa.surfaces.console.chains.shelf import free_name
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.showing import looking
from icosa.wire.actions import Action, Property

_AS_JSON = (Control.PARTS, Control.RICH, Control.LINES, Control.CHOICES, Control.JSON)


def begun(request: Request, crm: icosa.Client) -> ChainForm:
    """The form of a new chain: empty, or with a first step as the address says it.

    `?resource=companies&operation=create-one&name=…` is a call as the address of its form has it, `?items=people&filter=…` finds
    all records that a table shows.
    """
    query = request.query_params
    resource = query.get("resource", "")
    run = f"{resource}.{query.get('operation', '')}" if resource else f"{query['items']}.find_many" if "items" in query else ""
    action = action_for(run, crm.catalogue, crm.offers) if run else None
    if action is None:
        return ChainForm(free_name(crm, "New chain"), "", ())
    pairs = [(name, text) for name, text in query.multi_items() if name not in ("resource", "operation", "items", "input")]
    name = action.label if resource else f"For each of {action.resource}"
    step = step_of(action, _entries(action, pairs, str(looking(request).zone)))
    every = "items" in query and "limit" not in query and not resource
    return ChainForm(free_name(crm, name), "", (replace(step, all=every),))


def step_of(action: Action, entries: Sequence[Entry] = ()) -> StepForm:
    """A step that runs an action, called after its resource."""
    resource = naming.snake_case(action.object.plural) if action.object else naming.snake_case(action.resource.lower())
    held = [each for each in entries or (Entry(each, "unsent") for each in action.properties) if each.control is not Control.SHOWN]
    return StepForm(resource, f"{resource}.{method_name(action)}", action, tuple(held))


def _entries(action: Action, pairs: Sequence[tuple[str, str]], zone: str) -> list[Entry]:
    """The call's values as they stand: what is in braces there is no reference."""
    literal = [(name, escaped(text)) for name, text in pairs]
    found = []
    for each, (of, texts) in zip(read(action, list(literal)), _alone(action, pairs), strict=True):
        if len(texts) != 1 or each.state != "sent":
            found.append(each)
            continue
        text = texts[0]
        control = each.control
        found.append(entry_of(of, _value(text, of.label) if control in _AS_JSON else escaped(text), zone))
    return found


def _alone(action: Action, pairs: Sequence[tuple[str, str]]) -> list[tuple[Property, list[str]]]:
    """Each property with what stands under its very name, where nothing stands in another box of it."""
    found = []
    for each in action.properties:
        own = [text for name, text in pairs if name == each.name]
        others = [text for name, text in pairs if name.startswith((f"{each.name}.", f"{each.name}?")) and text]
        found.append((each, [] if others else own))
    return found


def _value(text: str, label: str) -> object:
    try:
        return _escaped(parsed(text, label, "[]"))
    except InvalidValue:
        return escaped(text)


def _escaped(value: object) -> object:
    match value:
        case str():
            return escaped(value)
        case dict():
            return {name: _escaped(each) for name, each in value.items()}
        case list():
            return [_escaped(each) for each in value]
        case _:
            return value

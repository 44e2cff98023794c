"""What is wrong with what was filled in, property by property: the checks are the client's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from icosa.call.record import record
from icosa.call.request import build
from icosa.catalogue.examples import ID
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError, InvalidInput, InvalidValue
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.values import typed_name, value
from icosa.wire.actions import Action


def checked(catalogue: Catalogue, action: Action, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, each with what is wrong with it by itself.  What comes from items, or is the name of a record that is
    to be looked up, is not looked at."""
    return tuple(replace(each, problem=_problem(catalogue, action, each)) for each in entries)


def sent_values(entries: Sequence[Entry]) -> Mapping[str, Any]:
    """What is sent, by the properties' names.  Raises InvalidValue for the first entry that says nothing that could be."""
    found = ((each.name, value(each)) for each in entries)
    return {name: sent for name, sent in found if sent is not UNSENT}


def placed(entries: Sequence[Entry], error: IcosaError) -> tuple[Entry, ...]:
    """The entries, with an error at the property that it names, if it names one."""
    text = str(error)
    at = max((each for each in entries if _is_about(each, text)), key=lambda each: len(each.of.label), default=None)
    return tuple(replace(each, problem=_without_label(each, error)) if each is at else each for each in entries)


def _problem(catalogue: Catalogue, action: Action, entry: Entry) -> str:
    if entry.state == "unsent":
        return "is missing; the action cannot do without it" if entry.of.required else ""
    if entry.state == "item" or (entry.state == "sent" and typed_name(entry)):
        return ""
    try:
        _check(catalogue, action, entry, value(entry))
    except InvalidInput as error:
        return _without_label(entry, error)
    return ""


def _check(catalogue: Catalogue, action: Action, entry: Entry, sent: Any) -> None:
    if entry.of.place == "body" and entry.of.field is not None and action.object is not None:
        record(catalogue, action.object, {entry.name: sent}, creating=False, owner=action.label, lenient=action.lenient)
    elif entry.of.place in ("path", "query"):  # by itself, without what else the action requires
        build(catalogue, action._replace(properties=(entry.of,), method="GET"), {entry.name: sent})
    else:
        id_ = {each.name: ID for each in action.properties if each.place == "path"}
        alone = tuple(each for each in action.properties if not (each.place == "query" and each.required))
        build(catalogue, action._replace(properties=alone), {**id_, entry.name: sent})


def _is_about(entry: Entry, text: str) -> bool:
    label = entry.of.label
    return text.startswith(label) and (len(text) == len(label) or text[len(label)] in " ,:.[")


def _without_label(entry: Entry, error: IcosaError) -> str:
    """The error without the label of the property that it stands beside."""
    if isinstance(error, InvalidValue) and error.path == entry.of.label:
        return error.problem
    text, label = str(error.message), entry.of.label
    after = next((label + mark for mark in (": ", ", ", ".") if text.startswith(label + mark)), "")  # ".primaryEmail: …" is a part of it
    return text.removeprefix(after)

"""A value to what stands in the boxes of its property: the other way round than `values`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from icosa.catalogue.field_types import Part
from icosa.catalogue.model import Field
from icosa.forms.text import json_text
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.moments import local
from icosa.surfaces.console.controls.values import MICROS, is_list, parts_shown
from icosa.wire.actions.properties import Property

Boxes = Mapping[str, Sequence[str]]


def written(property_: Property, value: Any, zone: str = "UTC", called: str = "") -> Entry:
    """An entry that sends the value.  What the boxes of its control cannot say stands there as JSON; `called` is the name of
    the record that a relation points at."""
    if value is None:
        return Entry(property_, "null")
    control = control_of(property_)
    if (value == "" and control is Control.TEXT) or (value == [] and control in (Control.LINES, Control.CHOICES)):
        return Entry(property_, "empty")
    boxes = _boxes(property_, control, value, zone, called)
    if boxes is None:
        boxes = {".as": ["json"], ".json": [value if isinstance(value, str) else json_text(value)]}
    return Entry(property_, "sent", boxes)


def _boxes(property_: Property, control: Control, value: Any, zone: str, called: str) -> Boxes | None:
    match control:
        case Control.FLAG:
            return {"": ["true" if value in (True, "true") else "false"]}
        case Control.JSON:
            return {"": [value if isinstance(value, str) else json_text(value)]}
        case Control.CHOICES | Control.LINES if not isinstance(value, list) or not all(_on_one_line(each) for each in value):
            return None
        case Control.CHOICES:
            return {"": value}
        case Control.LINES:
            text = "\n".join(value)
            return None if is_list(text) else {"": [text]}
        case Control.MOMENT:
            return _moment(str(value), zone)
        case Control.RELATION | Control.RECORD:
            return {"": [f"{value} {called}".strip()], "?": [called or str(value)]}
        case Control.PARTS | Control.RICH:
            return _parts(property_, control, value)
        case _:
            return {"": [str(value)]}


def _moment(wire: str, zone: str) -> Boxes:
    try:
        return {"": [local(wire, zone)], ".zone": [zone]}
    except OverflowError:  # the zone has no such year, before 1 or after 9999
        return {"": [local(wire, "UTC")], ".zone": ["UTC"]}
    except ValueError:  # in a spelling that the server takes and Python does not
        return {"": [wire], ".zone": [zone]}


def _on_one_line(each: Any) -> bool:
    return isinstance(each, str) and each.strip() == each and each != "" and "\n" not in each and "\r" not in each


def _parts(property_: Property, control: Control, value: Any) -> Boxes | None:
    field = property_.field
    if not isinstance(value, dict) or not isinstance(field, Field):
        return None
    shown = {each.name: each for each in parts_shown(field)}
    if control is Control.RICH:
        shown = {field.type.about.primary: shown[field.type.about.primary]}
    found = {}
    for name, each in value.items():
        part = shown.get(name)
        text = None if part is None else _part(part, each)
        if not text or not text.strip():
            return None  # an empty box would not send it
        found[f".{name}"] = [text]
    return found or None


def _part(part: Part, value: Any) -> str | None:
    """What stands in the box of a part; None for what no box can say."""
    if part.in_units and isinstance(value, int | float | str):
        return units(value)
    if part.lists:
        if not isinstance(value, list) or not value:
            return None
        return "\n".join(value) if all(_on_one_line(each) and each[0] not in "[{" for each in value) else json_text(value)
    return None if value is None or isinstance(value, dict | list) else str(value)


def units(micros: int | float | str) -> str:
    """An amount in whole units, with as many digits behind the point as it has."""
    text = f"{Decimal(str(micros)) / MICROS:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""A property of a step: what its boxes say, and what stands in them.

It is a property of the run form, whose boxes may hold references; `title.item` is the box for what comes out of an item.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field
from icosa.chains.references import references
from icosa.errors import InvalidInput, InvalidValue
from icosa.forms.text import PREFIX, json_text
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.reading import entries
from icosa.surfaces.console.controls.values import value
from icosa.surfaces.console.controls.writing import written
from icosa.wire.actions import Action, Property

ITEM_BOX: Final = ".item"
_WHOLE: Final = re.compile(r"\s*\{\{(?:(?!\}\}).)*\}\}\s*")
_LONG: Final = (Control.TEXT, Control.PARTS, Control.RICH, Control.LINES)
"""Controls that hold references in the midst of what is typed."""


class Pairs:
    """Boxes as a form sent them, without what stands before the names of their step."""

    def __init__(self, pairs: Sequence[tuple[str, object]]) -> None:
        self._pairs = pairs

    def multi_items(self) -> Sequence[tuple[str, object]]:
        return self._pairs


def read(action: Action, pairs: Sequence[tuple[str, object]]) -> tuple[Entry, ...]:
    """One entry for each property of the action, by what its boxes say."""
    explicit = {name.removesuffix("~"): text for name, text in pairs if name.endswith("~")}
    return tuple(_read(each, explicit.get(each.name, "")) for each in entries(action, Pairs(pairs)))


def _read(entry: Entry, state: object) -> Entry:
    path = entry.box(ITEM_BOX).strip()
    if entry.control is Control.SECRET:  # what is typed there is shown again only where it says where the secret is
        text = path or entry.box().strip()
        if "{{" not in text:
            return Entry(entry.of, "sent" if text else entry.state, {"": [text]})
        return Entry(entry.of, "item", {ITEM_BOX: [text]})
    if (state == "" and path) or entry.state == "item":
        return Entry(entry.of, "item", {**entry.boxes, ITEM_BOX: [path or entry.box() or entry.box("?")]})
    return entry


def given_by(entry: Entry) -> Any:
    """What a step has for the property: JSON with references in its texts, or UNSENT.  Raises InvalidInput as `value` does."""
    if entry.state == "item":
        path = entry.box(ITEM_BOX)
        if not path.strip():
            raise InvalidValue(entry.of.label, "is to come from an item, and no path is there; write one such as {{item.id}}")
        return path
    if entry.state != "sent":
        return value(entry)
    if entry.control is Control.SECRET:
        how = f"write {{{{env.{PREFIX}…}}}} for a variable of the environment, or a path into an item"
        raise InvalidValue(entry.of.label, f"is secret, and stands in no chain; {how}")
    if entry.as_json or entry.control is Control.JSON:
        return _json(entry)
    whole = next((text for text in (entry.box(), entry.box("?")) if "{{" in text), "")
    if whole and entry.control not in _LONG:
        return whole.strip()
    if entry.control in (Control.PARTS, Control.RICH):
        return _parts(entry)
    return _number(entry.of, value(entry))


def entry_of(of: Property, held: Any, zone: str) -> Entry:
    """The entry that has a step's value for its property."""
    control = control_of(of)
    if isinstance(held, str) and "{{" in held and (control not in (Control.JSON, Control.RICH) or _WHOLE.fullmatch(held)):
        return Entry(of, "item", {ITEM_BOX: [held]})
    if held is not None and _has_reference(held) and not _in_text_boxes(of, control, held):
        boxes = {"": [_spelt(held)]} if control is Control.JSON else {".as": ["json"], ".json": [_spelt(held)]}
        return Entry(of, "sent", boxes)
    return written(of, held, zone)


def prefixed(entry: Entry, prefix: str) -> Entry:
    """The entry with boxes of a step's own names, for a page with several forms in one."""
    return replace(entry, of=entry.of._replace(name=prefix + entry.name))


def _has_reference(held: Any) -> bool:
    try:
        return next(references(held), None) is not None
    except InvalidInput:  # braces that are none: they stand where they were written
        return True


def _in_text_boxes(of: Property, control: Control, held: Any) -> bool:
    """Whether the references stand in parts that are texts, or in lines, and so in boxes as they are."""
    if control is Control.LINES:
        return isinstance(held, list)
    if not (isinstance(held, Mapping) and isinstance(of.field, Field) and control in (Control.PARTS, Control.RICH)):
        return False
    parts = {each.name: each for each in of.field.type.parts}
    for name, each in held.items():
        part = parts.get(name)
        if _has_reference(each) and (part is None or part.kind is not Kind.TEXT or part.lists):
            return False
    return True


def _parts(entry: Entry) -> Any:
    """A composite value: parts with references as they stand, the others as they are checked."""
    own = {suffix: texts for suffix, texts in entry.boxes.items() if suffix.startswith(".") and "{{" in "".join(texts)}
    rest = replace(entry, boxes={suffix: texts for suffix, texts in entry.boxes.items() if suffix not in own})
    is_more = any(text for suffix, texts in rest.boxes.items() if suffix != ".as" for text in texts)
    others = value(rest) if is_more or not own else {}
    found = {**others, **{suffix[1:]: texts[0] for suffix, texts in own.items()}}
    return {name: parsed(each, entry.of.label, "[]") if _is_list(entry, name, each) else each for name, each in found.items()}


def _is_list(entry: Entry, name: str, text: Any) -> bool:
    """Whether it is a part that lists, as JSON text."""
    part = entry.of.field.type.part(name) if isinstance(entry.of.field, Field) else None
    return part is not None and part.lists and isinstance(text, str) and not _WHOLE.fullmatch(text)


def _json(entry: Entry) -> Any:
    text = entry.box(".json") if entry.as_json else entry.box()
    if _WHOLE.fullmatch(text):
        return text.strip()
    if not text.strip():
        return value(entry)  # which says that nothing stands there
    return parsed(text, entry.of.label, '{"name": "{{item.name}}"}')


def _number(of: Property, held: Any) -> Any:
    """Numbers of the query as numbers, which is how a file has them."""
    number = isinstance(held, str) and held.isascii() and held.isdigit() and len(held) < 10
    return int(held) if number and of.place == "query" and of.name in ("limit", "depth") else held


def _spelt(held: Any) -> str:
    return json_text(held)

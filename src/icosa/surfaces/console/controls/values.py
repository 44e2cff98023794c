"""What an entry sends."""

import re
from decimal import Decimal
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.catalogue.field_types import UNSENT, Part
from icosa.catalogue.kinds import Kind, read, shown
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.moments import moment

MICROS: Final = 1_000_000
_AMOUNT: Final = re.compile(r"[+-]?(\d{1,15}(\.\d{0,12})?|\.\d{1,12})", re.ASCII)  # with 28 digits, which Decimal counts exactly
_UUID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_LIST: Final = re.compile(r"""\s*\[\s*(["']|\]\s*\Z)""")
_LISTS: Final = (Control.LINES, Control.CHOICES)


def value(entry: Entry, *, whole: bool = False) -> Any:
    """What is sent for a property: a JSON value, JSON text where any JSON is taken, or UNSENT.

    Parts whose boxes are empty are not sent, unless the boxes held the `whole` value before: then they are cleared.  What
    comes from an item is the text of its reference.  A record is sent by its id; a name that was typed for it has to be
    looked up before.  Raises InvalidValue, naming the property by its label.
    """
    match entry.state:
        case "unsent":
            return UNSENT
        case "null":
            return None
        case "empty":
            return [] if entry.control in _LISTS else ""
        case "item":
            return entry.box()
        case "sent":
            return _sent(entry, whole)


def picked(entry: Entry) -> str:
    """The id of the record that was picked, "" where there is only the name of one, as `named` has it.

    A page without script leaves an id that it was made with in its box, whatever is typed beside it; so the box has the
    name too, and the id counts as long as that is there.
    """
    id_, _, of = entry.box().strip().partition(" ")
    typed = entry.box("?").strip()
    if "?" not in entry.boxes or not of:
        return id_
    return id_ if typed == of.strip() else ""


def typed_name(entry: Entry) -> str:
    """The name, or the id, that was typed for a record of which none was picked."""
    return "" if picked(entry) else entry.box("?").strip()


def is_uuid(text: object) -> bool:
    """Whether a text is the id of a record, in any of its spellings."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def is_list(text: str) -> bool:
    """Whether a text in a box of lines is meant as a JSON list of texts, right or wrong: ["mail.read"], but not [draft]."""
    return _LIST.match(text) is not None


def _list(text: str, label: str) -> Any:
    found = parsed(text, label, '["mail.read"]')
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise InvalidValue(label, 'is to be texts; write one on each line, or a JSON list such as ["mail.read"]')
    return found


def _sent(entry: Entry, whole: bool) -> Any:
    label = entry.of.label
    if entry.as_json:
        return _typed(entry, ".json")
    match entry.control:
        case Control.TEXT | Control.SECRET | Control.JSON:
            return _typed(entry)
        case Control.NUMBER | Control.CHOICE | Control.DATE:
            return _single(entry)
        case Control.POSITION:
            text = _typed(entry).strip()
            return text if text in ("first", "last") else read(Kind.NUMBER, text, label)
        case Control.FLAG:
            return _typed(entry) == "true"
        case Control.CHOICES:
            return list(entry.ticked())
        case Control.LINES:
            text = _typed(entry)
            return _list(text, label) if is_list(text) else [each for each in text.split("\n") if each.strip()]
        case Control.MOMENT:
            return moment(_typed(entry), entry.box(".zone"), label)
        case Control.RELATION | Control.RECORD:
            return picked(entry) or _typed(entry, "?")
        case Control.PARTS | Control.RICH:
            return _parts(entry, whole)
        case Control.SHOWN:
            raise InvalidValue(label, "is said by the workspace itself, and cannot be sent")


def _typed(entry: Entry, suffix: str = "") -> str:
    text = entry.box(suffix)
    if not text.strip() and entry.control is not Control.TEXT:
        raise InvalidValue(entry.of.label, "is to be sent, and nothing stands there; fill it in, or choose not to send it")
    if not text:
        raise InvalidValue(entry.of.label, "is to be sent, and nothing stands there; fill it in, or send it as an empty text")
    return text


def _single(entry: Entry) -> Any:
    text, of = _typed(entry).strip(), entry.of
    if entry.control is Control.NUMBER and isinstance(of.field, Field):
        return read(of.field.type.parts[0].kind, text, of.label)
    return text


def _parts(entry: Entry, whole: bool) -> dict[str, Any]:
    field = entry.of.field
    assert isinstance(field, Field), "what has parts is a field"
    names = (field.type.about.primary,) if entry.control is Control.RICH else tuple(each.name for each in parts_shown(field))
    found = {}
    for name in names:
        part = field.type.part(name)
        assert part is not None, f"{name} is a part"
        sent = _part(entry, part, whole)
        if sent is not UNSENT:
            found[name] = sent
    if not found:
        raise InvalidValue(entry.of.label, "is to be sent, and nothing stands there; fill a part in, or choose not to send it")
    return found


def parts_shown(field: Field) -> tuple[Part, ...]:
    """The parts that somebody can say."""
    return tuple(each for each in field.type.parts if not (each.hidden or each.response_only))


def _part(entry: Entry, part: Part, whole: bool) -> Any:
    text = entry.box(f".{part.name}")
    path = f"{entry.of.label}.{part.name}"
    if not text.strip():
        if not whole:
            return UNSENT
        return [] if part.lists else "" if part.kind is Kind.TEXT else None
    if part.in_units:
        return micros(text, path)
    if part.lists:
        return parsed(text, path, "[]") if text.lstrip()[:1] in "[{" else [each.strip() for each in text.split("\n") if each.strip()]
    return text if part.kind is Kind.TEXT else read(part.kind, text.strip(), path)


def micros(text: str, path: str) -> int:
    """Millionths of an amount that is typed in whole units.  Raises InvalidValue where they are no whole number."""
    if not _AMOUNT.fullmatch(text.strip()):
        how = "write digits and a point, without a sign for the currency or between thousands: 1250.50"
        raise InvalidValue(path, f"{shown(text)} is no amount; {how}")
    amount = Decimal(text.strip()) * MICROS
    if amount != amount.to_integral_value():
        raise InvalidValue(path, f"{shown(text)} has more than six digits behind the point, which is all that is kept")
    return int(amount)

"""How a value of each field type is shown.  A field type that is not here is a failing test (tests/catalogue/test_complete.py)."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing import contacts, moments, simple
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.shown import ShownPiece

Show = Callable[[Field | None, Any, Looking], Iterable[ShownPiece]]
"""Takes the field, a value that is not None, and how it is looked at; gives no pieces where the value says nothing."""

SHOWN: Final[dict[str, Show]] = {
    "ACTOR": simple.actor,
    "ADDRESS": contacts.address,
    "ARRAY": simple.texts,
    "BOOLEAN": simple.yes_or_no,
    "CURRENCY": simple.money,
    "DATE": moments.day,
    "DATE_TIME": moments.moment,
    "EMAILS": contacts.emails,
    "FULL_NAME": contacts.full_name,
    "LINKS": contacts.links,
    "MULTI_SELECT": simple.choices,
    "NUMBER": simple.number,
    "NUMERIC": simple.number,
    "PHONES": contacts.phones,
    "POSITION": simple.number,
    "RATING": simple.rating,
    "RAW_JSON": simple.free_json,
    "FILES": simple.free_json,
    "RICH_TEXT": simple.rich_text,
    "RICH_TEXT_V2": simple.rich_text,
    "SELECT": simple.choice,
    "TEXT": simple.text,
    "UUID": simple.identifier,
}

LINES: Final = frozenset({"EMAILS", "LINKS", "PHONES"})
"""Types whose pieces stand on lines of their own, where there is room."""

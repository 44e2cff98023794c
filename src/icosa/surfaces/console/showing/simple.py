"""Texts, numbers, choices, money and all else that is one value."""

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from icosa.catalogue.model import Field
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.shown import CUT, CUT_BRIEF, ShownPiece, tags

HUES: Final = 8
LONGEST_RICH: Final = 20_000
"""Characters that are read as Markdown.  A longer text is shown as it was typed: few are, and some would keep a page waiting."""
MICROS: Final = 1_000_000
SIGNS: Final = {"EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "KRW": "₩", "USD": "$"}
"""Signs that mean one currency to nearly everybody; the others go by their code."""

_BY: Final = {
    "API": "by the API", "CALENDAR": "from a calendar", "EMAIL": "from an e-mail", "IMPORT": "by an import", "MANUAL": "by hand",
    "SYSTEM": "by the system", "WEBHOOK": "by a webhook", "WORKFLOW": "by a workflow",
}  # fmt: skip


def text(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    if value != "":
        yield ShownPiece(str(value))


def identifier(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    yield ShownPiece(str(value)[:8] if look.brief else str(value), "id")


def number(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    yield ShownPiece(grouped(value), "number")


def yes_or_no(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    yield ShownPiece("Yes", "yes") if value is True else ShownPiece("No", "no") if value is False else ShownPiece(str(value))


def texts(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    return tags((str(each), -1) for each in (value if isinstance(value, list) else [value]))


def free_json(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    if value in ({}, [], ""):
        return
    json_text = json.dumps(value, ensure_ascii=False)
    room = CUT_BRIEF if look.brief else CUT
    yield ShownPiece(json_text if len(json_text) <= room else f"{json_text[:room]} … {len(json_text):,} characters", "json")


def choice(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    return tags([(option_label(str(value)), hue(field, value))])


def choices(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    return tags((option_label(str(each)), hue(field, each)) for each in (value if isinstance(value, list) else [value]))


def rating(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    options = field.options if field else ()
    if value not in options:
        return tags([(option_label(str(value)), -1)])
    at, of = options.index(value) + 1, len(options)
    return [ShownPiece(f"{at} of {of}", "stars", more="★" * at + "☆" * (of - at))]


def money(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    amount, code = (value.get("amountMicros"), value.get("currencyCode")) if isinstance(value, dict) else (value, "")
    if amount is None or amount == "":
        return
    try:
        exact = Decimal(str(amount)) / MICROS
        figure = grouped(exact if exact % 1 == 0 else exact.quantize(Decimal("0.01")) if exact * 100 % 1 == 0 else exact)
    except InvalidOperation:  # no number, or one of more figures than any amount has
        yield ShownPiece(str(amount))
        return
    sign = SIGNS.get(str(code), str(code or ""))
    yield ShownPiece(f"{sign} {figure}".strip(), "number")


def actor(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    name, source = (value.get("name"), value.get("source")) if isinstance(value, dict) else (value, None)
    if name or source:
        yield ShownPiece(str(name or option_label(str(source))))
    if name and source and not look.brief:
        yield ShownPiece(_BY.get(source, f"by {option_label(str(source))}"), "faint")


def rich_text(field: Field | None, value: Any, look: Looking) -> Iterable[ShownPiece]:
    """What was written in Markdown; in a cell as it was typed."""
    found = str((value.get("markdown") or "") if isinstance(value, dict) else value).strip()
    if not found:
        return
    if look.brief or len(found) > LONGEST_RICH:
        yield ShownPiece(found)
        return
    # Here, because reading Markdown takes as long to import as the rest of a page, and most pages show none.
    from icosa.surfaces.console.showing.markdown import markdown

    yield ShownPiece(found, "rich", more=markdown(found))


def grouped(value: Any) -> str:
    """A number with its thousands apart: 1250000 -> "1,250,000"."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    return f"{exact:,f}"


def option_label(option: str) -> str:
    """A choice as people read it: "IN_PROGRESS" -> "In progress"."""
    words = option.replace("_", " ").strip() if option.isupper() else option
    return words[:1] + words[1:].lower() if option.isupper() else words or option


def hue(field: Field | None, option: Any) -> int:
    """The number of a choice's colour: its place among the choices of its field."""
    return field.options.index(option) % HUES if field and option in field.options else -1

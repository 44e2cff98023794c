"""What can be chosen of how rows are read and matched: the options of the shell's `icosa plan`, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from starlette.datastructures import FormData

from icosa.errors import InvalidValue
from icosa.imports.settings import ImportSettings
from icosa.imports.values.conventions import Conventions

Kind = Literal["text", "select", "tick", "number"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option.  `options` are the values of a select and their words; the first is what counts where nothing is chosen."""

    name: str
    label: str
    meaning: str
    kind: Kind = "text"
    options: Sequence[tuple[str, str]] = ()
    placeholder: str = ""


VALUES: Final = (
    Choice(
        "date_order", "Order of dates", "How dates such as 03/04/2026 are meant.", "select",
        [("", "as the column shows"), ("dmy", "day, month, year"), ("mdy", "month, day, year"), ("ymd", "year, month, day")],
    ),
    Choice(
        "decimal", "Decimal mark", "Whether 1.234 is a thousand or one and a bit.", "select",
        [("", "as the column shows"), (",", "comma: 1.234,56"), (".", "point: 1,234.56")],
    ),
    Choice("locale", "Locale", "How numbers, months and countries are written.", placeholder="de_DE"),
    Choice("region", "Country of phone numbers", "Of which country numbers without + are, in two letters.", placeholder="DE"),
    Choice("currency", "Currency", "Of amounts that do not say theirs.", placeholder="EUR"),
    Choice("zone", "Time zone", "Of moments that do not say theirs; else UTC.", placeholder="Europe/Berlin"),
    Choice("separator", "Between the items of a list", "In one cell; else ;", placeholder=";"),
    Choice("unknown", "Words for “not known”", "One on each line, beside n/a, - and their like.", placeholder="keine Angabe"),
    Choice("clear", "Text that clears a value", "An empty cell leaves the value as it is; a cell with this text empties it."),
    Choice("exact", "Take values as they are", "Nothing is made of them: they are as the API has them.", "tick"),
)  # fmt: skip
READING: Final = (
    Choice("sheet", "Sheet", "Which one of the workbook.", "select"),
    Choice("head", "Row of the headings", "The row that names the columns; else it is found.", "number", placeholder="1"),
    Choice("delimiter", "Between cells", "What stands between two cells; else it is found. “tab” for a tab.", placeholder=";"),
    Choice("encoding", "Encoding", "Of the text; else it is found.", placeholder="utf-8"),
    Choice("errors_as_empty", "Take cells with an error for empty", "Such as #REF! of a spreadsheet.", "tick"),
    Choice("keep_totals", "Take a row of totals for a record", "One at the end that sums up those above it.", "tick"),
)
LINKS: Final = Choice("create_links", "Create what rows are linked to where it is not there", "Such as the company of a person.", "tick")
CHOICES: Final = (*VALUES, *READING, LINKS)
KEY: Final = "key"
"""The name of what rows and records are matched by."""
READS: Final = frozenset(each.name for each in READING)
"""Those that change which columns there are."""

_LONGEST: Final = 2_000

_SPOKEN: Final = frozenset(each.name for each in fields(Conventions))


def chosen(form: FormData) -> dict[str, Any]:
    """What a form chose: those that say something, by their names, right or wrong."""
    found: dict[str, Any] = {}
    for each in CHOICES:
        text = _text(form, each.name)
        if each.kind == "tick":
            found |= {each.name: True} if text else {}
        elif each.kind == "number" and text:
            found[each.name] = int(text) if text.isdecimal() else text
        elif each.name == "unknown":
            words = [line.strip() for line in text.splitlines() if line.strip()]
            found |= {each.name: words} if words else {}
        elif text:
            found[each.name] = "\t" if each.name == "delimiter" and text.strip().lower() in ("tab", "\\t") else text
    key = _text(form, KEY)
    return {**found, **({KEY: key} if key else {})}


def import_settings(settings: Mapping[str, Any], columns: Mapping[str, str]) -> ImportSettings:
    """The same as the options of an import."""
    found = {**settings, "columns": dict(columns)}
    if "unknown" in found:
        found["unknown"] = tuple(found["unknown"])
    return found  # type: ignore[return-value]


def check(settings: Mapping[str, Any]) -> None:
    """Raises InvalidValue, about the name of a choice, for what does not exist."""
    head = settings.get("head", 1)
    if not isinstance(head, int) or head < 1:
        raise InvalidValue("head", f"{str(head)[:40]!r} is no row; rows count from 1")
    held: dict[str, Any] = {name: tuple(value) if name == "unknown" else value for name, value in settings.items() if name in _SPOKEN}
    Conventions(**held)


def _text(form: FormData, name: str) -> str:
    found = form.get(name, "")
    return found[:_LONGEST].strip("\r\n") if isinstance(found, str) else ""

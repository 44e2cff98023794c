"""The options of a choice as a text, one on each line: "In progress", or "IN_PROGRESS: In progress" where a program's word for it
is to be another than the label makes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

_LINE: Final = re.compile(r"([A-Z][A-Z0-9_]*)\s*:\s*(.+)").fullmatch
_VALUE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*").fullmatch
_COLOURS: Final = ("green", "turquoise", "sky", "blue", "purple", "pink", "red", "orange", "yellow", "gray")
MOST: Final = 200


def options_of(text: str, before: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """The options of a text, as metadata has them; those that were there `before` stay what they were, with another label or place.

    Raises ValueError, with what to do, where there are none, one has no word for programs, or two have one.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValueError("Say at least one option, each on a line of its own")
    if len(lines) > MOST:
        raise ValueError(f"These are {len(lines)} options; a choice has at most {MOST}")
    was = {each["value"]: each for each in before}
    by_label = {str(each.get("label")): each["value"] for each in before}
    made: dict[str, dict[str, Any]] = {}
    for at, line in enumerate(lines):
        value, label = _read(line, by_label)
        if value in made:
            raise ValueError(f"Two options are {value}, “{made[value]['label']}” and “{label}”: write one as OTHER_WORD: {label}")
        made[value] = {"color": _COLOURS[at % len(_COLOURS)]} | dict(was.get(value, {})) | {"value": value, "label": label, "position": at}
    return list(made.values())


def as_text(options: Sequence[Mapping[str, Any]]) -> str:
    """The same the other way: each with its word for programs, which records have."""
    return "\n".join(f"{each['value']}: {each.get('label') or each['value']}" for each in options)


def _read(line: str, by_label: Mapping[str, str]) -> tuple[str, str]:
    found = _LINE(line)
    value, label = (found[1], found[2]) if found else (by_label.get(line) or _value_of(line), line)
    if not _VALUE(value):
        raise ValueError(
            f"“{line}” makes no word for programs, which is of A to Z, 0 to 9 and _, a letter first: write it as WORD: {label}"
        )
    return value, label


def _value_of(label: str) -> str:
    """ "In progress" -> "IN_PROGRESS"."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return "_".join(re.findall("[A-Za-z0-9]+", plain)).upper()

"""The options of a choice, and the default of a field, as the metadata API has them."""

import re
from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.field_types.choice import RATINGS
from icosa.catalogue.model import NOW
from icosa.wire.identifiers import new_id
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.refusal import Flaw

CODE = "INVALID_FIELD_INPUT"
CHOICES = ("SELECT", "MULTI_SELECT")

_VALUE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_FIRST_COLOR = "green"


def option_problems(options: Any) -> list[Flaw]:
    """What is wrong with the options that a choice is to have."""
    if not isinstance(options, list) or not options:
        return [Flaw(CODE, "Options are required for enum fields", [])]
    if not all(isinstance(each, dict) and isinstance(each.get("value"), str) for each in options):
        return [Flaw(CODE, 'Options are objects such as {"value": "NEW", "label": "New", "position": 0, "color": "green"}', options)]
    values = [each["value"] for each in options]
    problems = [
        Flaw(CODE, f'Value must be in UPPER_CASE and follow snake_case "{each}"', each) for each in values if not _VALUE.fullmatch(each)
    ]
    problems += [Flaw(CODE, f'Duplicated option value "{each}"', each) for each in dict.fromkeys(values) if values.count(each) > 1]
    return problems


def kept_options(type_name: str, options: Any) -> list[Json] | None:
    """Options as they are kept, each with an id; None where the type has none."""
    if type_name == "RATING":
        return [
            {"id": new_id(), "label": str(position + 1), "value": value, "position": position} for position, value in enumerate(RATINGS)
        ]
    if type_name not in CHOICES:
        return None
    return [
        {
            "id": each.get("id") or new_id(),
            "color": each.get("color") or _FIRST_COLOR,
            "label": each.get("label") or naming.capitalised(each["value"].lower()),
            "value": each["value"],
            "position": each.get("position", position),
        }
        for position, each in enumerate(options)
    ]


def default_problems(type_name: str, default: Any, values: tuple[str, ...]) -> list[Flaw]:
    """What is wrong with the default of a choice; that of other types is checked with the catalogue."""
    if type_name not in CHOICES or default is None:
        return []
    wanted = default if isinstance(default, list) else [default]
    wrong = [each for each in wanted if not isinstance(each, str) or unquoted(each) not in values]
    return [Flaw(CODE, f'Default value "{each}" must be one of the option values', each) for each in wrong]


def unquoted(value: Any) -> Any:
    """A default as a catalogue has it: metadata writes a text in quotes, and "now" for the moment of creation."""
    match value:
        case "now":
            return NOW
        case str():
            return value[1:-1] if len(value) > 1 and value[0] == value[-1] == "'" else value
        case dict():
            return {name: unquoted(each) for name, each in value.items()}
        case list():
            return [unquoted(each) for each in value]
        case _:
            return value

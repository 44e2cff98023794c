"""The default of a field as somebody types it, and as metadata writes it: a text in quotes, the options of a choice by their words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from icosa.surfaces.console.objects.kinds import RATINGS, FieldKind

_FLAGS: Final = {"true": True, "false": False}
_EXACT: Final = 2**53
"""As far as programs read each whole number as it is."""
_LARGEST: Final = 307
"""Figures of a number behind its first one, at most."""


def default_of(kind: FieldKind, text: str, options: Sequence[Mapping[str, Any]] = ()) -> Any:
    """The default that a text says; None for none.  Raises ValueError, with what to do, for what this type has not."""
    if not text or not kind.default:
        return None
    match kind.default:
        case "number":
            return _number(text)
        case "flag":
            return _FLAGS.get(text)
        case "option":
            return f"'{_option(text, options)}'"
        case "options":
            return [f"'{_option(line.strip(), options)}'" for line in text.splitlines() if line.strip()]
        case "rating":
            if text not in RATINGS:
                raise ValueError("Say one to five stars")
            return f"'{text}'"
        case _:
            return f"'{text}'"


def as_text(default: Any) -> str:
    """The same the other way."""
    match default:
        case None:
            return ""
        case bool():
            return "true" if default else "false"
        case list():
            return "\n".join(map(as_text, default))
        case str():
            return default[1:-1] if len(default) > 1 and default[0] == default[-1] == "'" else default
        case _:
            return str(default)


def _number(text: str) -> int | float:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite():
        raise ValueError(f"“{text}” is no number; write one such as 12 or 0.5")
    if found.adjusted() > _LARGEST:  # before anything is made of it, which would have as many figures as it says
        raise ValueError(f"“{text}” is more than a number can be")
    return int(found) if abs(found) <= _EXACT and found == found.to_integral_value() else float(found)


def _option(text: str, options: Sequence[Mapping[str, Any]]) -> str:
    """The word of an option, which is said by it or by its label."""
    found = next((str(each["value"]) for each in options if text in (each["value"], each.get("label"))), None)
    if found is None:
        raise ValueError(f"“{text}” is none of the options; they are {', '.join(str(each.get('label')) for each in options)}")
    return found

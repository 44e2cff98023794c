"""Composite types whose parts are independent of each other."""

from icosa.catalogue.field_types import parts as first
from icosa.catalogue.field_types.generation_2.checking import second_composite
from icosa.catalogue.field_types.type import Values

FULL_NAME = second_composite(first.FULL_NAME)

ADDRESS = second_composite(first.ADDRESS)


def _micros(values: Values, path: str) -> Values:
    """Micros are the least there is of an amount: a fraction of one is cut."""
    if values.get("amountMicros") is None:
        return values
    whole = values["amountMicros"].partition(".")[0]
    return {**values, "amountMicros": "0" if whole == "-0" else whole}


CURRENCY = second_composite(first.CURRENCY, read=_micros, parts={"currencyCode": {"absent": None}})

SOURCES = ("EMAIL", "CALENDAR", "WORKFLOW", "AGENT", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK", "APPLICATION")


def _actor(values: Values, path: str) -> Values:
    """A record always has a source and a name, so that null says nothing about them."""
    return {name: value for name, value in values.items() if value is not None or name in ("workspaceMemberId", "context")}


ACTOR = second_composite(first.ACTOR, read=_actor, parts={"source": {"options": SOURCES}})

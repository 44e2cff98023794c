"""Composite types whose parts are independent of each other."""

from icosa.catalogue.field_types.type import Part, Values, composite
from icosa.catalogue.kinds import Kind

FULL_NAME = composite(
    "FULL_NAME",
    Part("firstName", Kind.TEXT, default="", unique=True),
    Part("lastName", Kind.TEXT, default="", unique=True),
)

ADDRESS = composite(
    "ADDRESS",
    Part("addressStreet1", Kind.TEXT, default=""),
    Part("addressStreet2", Kind.TEXT, default=""),
    Part("addressCity", Kind.TEXT, default=""),
    Part("addressPostcode", Kind.TEXT, default=""),
    Part("addressState", Kind.TEXT, default=""),
    Part("addressCountry", Kind.TEXT, default=""),
    Part("addressLat", Kind.NUMERIC),
    Part("addressLng", Kind.NUMERIC),
)

CURRENCY = composite(
    "CURRENCY",
    Part("amountMicros", Kind.NUMERIC),
    Part("currencyCode", Kind.TEXT, default=""),
    together=("amountMicros", "currencyCode"),
)

SOURCES = ("EMAIL", "CALENDAR", "WORKFLOW", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK")


def _actor(values: Values, path: str) -> Values:
    """A record always has a source and a name, so that null says nothing about them."""
    return {name: value for name, value in values.items() if value is not None or name in ("workspaceMemberId", "context")}


ACTOR = composite(
    "ACTOR",
    Part("source", Kind.OPTION, default="MANUAL", options=SOURCES, nullable=False),
    Part("workspaceMemberId", Kind.UUID, response_only=True),
    Part("name", Kind.TEXT, default="System", nullable=False, response_only=True),
    Part("context", Kind.JSON, default={}, hidden=True),
    read=_actor,
)

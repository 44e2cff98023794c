"""A small catalogue with a field of every kind, and values for them."""

from typing import Any

from hypothesis import strategies as st

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.fields import (
    Address,
    Array,
    Boolean,
    Currency,
    Date,
    DateTime,
    FullName,
    MultiSelect,
    Number,
    RawJson,
    Select,
    Text,
    Uuid,
)
from icosa.catalogue.kinds import Kind, moment, read
from icosa.catalogue.model import BelongsTo, Catalogue, Object

PORT = Object("port", "ports", "A harbour.", (Text("name", "Its name."),))
SHIP = Object(
    "ship",
    "ships",
    "A vessel of every kind.",
    (
        Text("name", "Its name."),
        Text("password", "What opens the bridge.", secret=True),
        Uuid("callSign", "Its id at sea.", nullable=True),
        Number("masts", "How many masts.", nullable=True),
        Boolean("afloat", "Whether it floats.", default=True),
        DateTime("sailedAt", "When it left.", nullable=True),
        Date("builtOn", "When it was built.", nullable=True),
        Select("rig", "Its rig.", ["SLOOP", "KETCH", "BARQUE"], nullable=True),
        MultiSelect("flags", "What it flies.", ["RED", "WHITE"], nullable=True),
        Array("crew", "Who sails it.", nullable=True),
        RawJson("log", "What happened.", nullable=True),
        Currency("worth", "What it is worth."),
        Address("yard", "Where it was built."),
        FullName("master", "Who commands it."),
        BelongsTo("homePort", "port", "ships", "Where it belongs."),
        BelongsTo("noteworthy", "port", "wonders", "A foreign key that begins with not."),
    ),
    custom=True,
)
CATALOGUE = Catalogue((PORT, SHIP))

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"

_MOMENTS = st.datetimes().map(lambda when: moment(when.isoformat(), "at"))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text().filter(lambda text: "\0" not in text),
    Kind.UUID: st.uuids().map(str),
    Kind.NUMBER: st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda n: read(Kind.NUMBER, repr(n), "n")),
    Kind.NUMERIC: st.decimals(-(10**9), 10**9, places=4).map(lambda n: read(Kind.NUMERIC, f"{n:f}", "n")),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE_TIME: _MOMENTS,
    Kind.DATE: st.dates().map(str),
}
"""Canonical values by kind."""


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """The canonical values that a sortable column can have, null among them where it can be."""
    found = st.sampled_from(column.options) if column.kind is Kind.OPTION else VALUES[column.kind]
    return found | st.none() if column.nullable else found


SORTABLE = tuple(c for c in columns(SHIP) if not c.secret and c.kind not in (Kind.JSON, Kind.OPTIONS, Kind.TEXTS))

"""Whatever a field of the second generation takes, a record reads it back, on each store."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icosa.catalogue.field_types import GENERATIONS, FieldType
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import InvalidValue
from icosa.wire.version import TWENTY_2_19
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

OPTIONS = ("RED", "Green", "it's")
KEPT = {"POSITION", "ACTOR", "FILES"}
TYPES = {name: each for name, each in GENERATIONS[2].items() if name not in KEPT}
NAMES = {name: f"as{name.title().replace('_', '')}" for name in TYPES}


def field_of(name: str) -> Field:
    listed = OPTIONS if any(part.kind in (Kind.OPTION, Kind.OPTIONS) for part in TYPES[name].parts) else ()
    return Field(NAMES[name], name, "Anything.", options=listed, nullable=True, generation=2)


FIELDS = {name: field_of(name) for name in TYPES}
THING = Object("thing", "things", "A record of everything.", tuple(FIELDS.values()), custom=True, generation=2)


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19.with_objects(THING), TWENTY_2_19)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15, allow_nan=False) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)
LIKELY: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.UUID: st.uuids().map(str),
    Kind.NUMBER: NUMBERS,
    Kind.NUMERIC: st.integers(-(10**18), 10**18) | st.decimals(-1000, 1000, places=4).map(str),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE_TIME: st.datetimes().map(lambda when: when.isoformat(timespec="milliseconds") + "Z").filter(lambda text: text > "0002"),
    Kind.DATE: st.dates().map(str),
    Kind.OPTION: st.sampled_from(OPTIONS),
    Kind.OPTIONS: st.lists(st.sampled_from(OPTIONS), max_size=4),
    Kind.TEXTS: st.lists(TEXTS, max_size=4),
    Kind.JSON: JSON,
}


def values_of(of: FieldType) -> st.SearchStrategy[Any]:
    parts = {part.name: st.none() | LIKELY[part.kind] for part in of.parts}
    return st.fixed_dictionaries({}, optional=parts) if of.composite else parts[""]


SENT = st.fixed_dictionaries({}, optional={NAMES[name]: values_of(of) | JSON for name, of in TYPES.items()})


def taken(body: dict[str, Any]) -> dict[str, Any]:
    """What of a body each field takes by itself."""
    found = {}
    for name, field in FIELDS.items():
        value = body.get(NAMES[name])
        if value is not None:
            try:
                field.type.check(field, value, "it")
            except InvalidValue:
                continue
            found[NAMES[name]] = value
    return found


def shown(of: FieldType, field: Field, value: Any, before: Any) -> Any:
    """What an answer has of a field after a value was sent."""
    values = {part.name: None for part in of.parts} if value is None else field.type.check(field, value, "it")
    found = {part.name: _shown(part.absent, values[part.name], bare=part.bare) for part in of.parts if part.name in values}
    return {**before, **found} if of.composite else found[""]


def seen(sent: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What an answer has of the fields that were sent."""
    return {name: shown(TYPES[of], FIELDS[of], sent[name], before[name]) for of, name in NAMES.items() if name in sent}


def _shown(absent: Any, value: Any, *, bare: bool) -> Any:
    return absent if value is None else json.loads(value) if bare else value


def test_what_is_taken_is_read_back(crm: Caller) -> None:
    @settings(ON_A_STORE)
    @given(st.data())
    def read_back(data: st.DataObject) -> None:
        body = taken(data.draw(SENT))
        made = crm.good("POST", "/rest/things", body)
        blank = {NAMES[name]: empty(of) for name, of in TYPES.items()}
        expected = {
            name: shown(TYPES[of], FIELDS[of], body[name], blank[name]) if name in body else blank[name] for of, name in NAMES.items()
        }
        assert {name: made[name] for name in NAMES.values()} == expected
        path = f"/rest/things/{made['id']}"
        assert crm.good("GET", path) == made
        change = taken(data.draw(SENT))
        changed = crm.good("PATCH", path, change)
        after = {
            name: shown(TYPES[of], FIELDS[of], change[name], made[name]) if name in change else made[name] for of, name in NAMES.items()
        }
        assert {name: changed[name] for name in NAMES.values()} == after
        whole = {NAMES[name]: None for name, of in TYPES.items() if not of.about.prose}
        left = crm.good("PATCH", path, whole)
        kept = {name for name in NAMES if TYPES[name].composite}
        assert {name: left[name] for name in NAMES.values()} == {
            NAMES[name]: changed[NAMES[name]] if name in kept else blank[NAMES[name]] for name in NAMES
        }
        cleared = crm.good("PATCH", path, {NAMES[name]: cleared_by(TYPES[name]) for name in kept})
        assert {name: cleared[name] for name in NAMES.values()} == blank

    read_back()


def cleared_by(of: FieldType) -> Any:
    """What the notice of a null that was ignored says to send."""
    return {part.name: "" if of.about.prose else None for part in of.parts if not part.hidden and part.name != "blocknote"}


def empty(of: FieldType) -> Any:
    parts = {part.name: part.absent for part in of.parts}
    return parts if of.composite else parts[""]

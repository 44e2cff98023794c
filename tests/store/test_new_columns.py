"""A new record has of each field of several parts what its type makes of those that were sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import NOW, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.store import positions
from icosa.workspace.store.records import Columns, new_columns, parts_of
from icosa.workspace.store.statement import Statements
from tests.searched import AT_LENGTH

NOON = "2026-02-03T12:00:00.000Z"
WITH_DEFAULTS = Object(
    "thing",
    "things",
    "A thing.",
    (
        Field("price", "CURRENCY", "Its price.", default={"currencyCode": "EUR"}, nullable=True),
        Field("site", "LINKS", "Its site.", default={"primaryLinkUrl": "example.com"}, nullable=True),
        Field("told", "RICH_TEXT_V2", "What is told.", default={"markdown": "Nothing."}, nullable=True),
    ),
)
COMPOSITES = [
    (of, field)
    for of in (*STANDARD, *TWENTY_2_19.standard, WITH_DEFAULTS)
    for field in of.fields
    if field.type.composite and not any(each.required for each in of.fields)
]


@AT_LENGTH
@given(st.sampled_from(COMPOSITES), st.data())
def test_a_field_of_several_parts_is_what_its_type_makes_of_it(which: tuple[Object, Field], data: st.DataObject) -> None:
    of, field = which
    values: st.SearchStrategy[Any] = st.one_of(
        st.none(), st.just([]), st.just("x"), st.just(""), st.just([{"url": "example.com", "label": "x"}])
    )
    sent = data.draw(st.fixed_dictionaries({}, optional={part.name: values for part in field.type.parts}))
    if not isinstance(sent.get("secondaryLinks") or [], list):
        sent["secondaryLinks"] = []
    made = new_columns(of, {field.name: sent}, "one", NOON)
    assert parts_of(of, field.name, made) == field.type.created(sent)
    others = new_columns(of, {}, "one", NOON)
    assert {name: value for name, value in made.items() if name not in names(of, field)} == {
        name: value for name, value in others.items() if name not in names(of, field)
    }


def names(of: Object, field: Field) -> set[str]:
    return {column.name for column in columns(of) if column.field == field.name}


@pytest.mark.parametrize("of", [WITH_DEFAULTS, *STANDARD, *TWENTY_2_19.standard], ids=lambda of: of.singular)
def test_what_was_not_sent_is_as_the_catalogue_has_it(of: Object) -> None:
    required = {each.name: {"": "x"} for each in of.fields if each.required}
    made = new_columns(of, required, "one", NOON)
    for column in columns(of):
        if column.name in ("id", "createdAt", "updatedAt", "position") or column.field in required:
            continue
        assert made[column.name] == (NOON if column.default is NOW else column.default)


def place(first: float) -> Any:
    record: Columns = {}
    steps: Statements[None] = positions.fill(STANDARD.by_singular["person"], [record], descends=True)
    next(steps)
    with pytest.raises(StopIteration):
        steps.send([(first, first)])
    return record["position"]


@AT_LENGTH
@given(st.one_of(st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_new_record_goes_before_the_first_by_a_number_as_any_other(first: float) -> None:
    expected = coerce(Kind.NUMBER, first - 1, "position")
    assert place(first) == expected
    assert type(place(first)) is type(expected)

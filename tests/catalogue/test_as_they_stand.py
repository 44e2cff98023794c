"""Texts that a type says to leave as they are come out of its check as they went in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.field_types import GENERATIONS, FieldType
from icosa.catalogue.model import Field
from tests.searched import AT_LENGTH

TYPES = [(number, each) for number in (1, 2) for each in GENERATIONS[number].values() if each.as_they_stand]
TEXTS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text("aB.@-_ \u200b\0\nÉéßİΣς", min_size=1, max_size=12),
    st.sampled_from(("ada@example.com", "Ada@Example.com", "[1]", "{}", "null", "\ud800")),
)


@pytest.mark.parametrize(("generation", "type_"), TYPES, ids=[f"{each.name} of {number}" for number, each in TYPES])
@AT_LENGTH
@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_texts_that_are_left_as_they_are_stay_so(generation: int, type_: FieldType, texts: list[str], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(type_.as_they_stand)))
    if not type_.as_they_stand[part](texts):
        return
    for each in texts:
        value: Any = {part: each} if part else each
        assert type_.check(FIELD, value, "field") == {part: each}


FIELD = Field("field", "TEXT", "Any text.")


def test_names_addresses_and_titles_are_seen_to_be_so() -> None:
    of = GENERATIONS[1]
    assert of["TEXT"].as_they_stand[""](["Zoë", "van der Berg", "李"])
    assert of["FULL_NAME"].as_they_stand["firstName"](["Ada"])
    assert of["EMAILS"].as_they_stand["primaryEmail"](["ada@example.com"])
    assert not of["EMAILS"].as_they_stand["primaryEmail"](["ada@example.com", "Ada@example.com"])

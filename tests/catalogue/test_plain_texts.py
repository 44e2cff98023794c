"""A text that is plainly what a field takes is seen to be so quickly, and comes out as from the whole check."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.field_types import GENERATIONS, FieldType, Values
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue
from tests.searched import AT_LENGTH

TYPES = [
    (number, each)
    for number in GENERATIONS
    for each in GENERATIONS[number].values()
    if any(part.kind is Kind.TEXT and not part.lists for part in each.parts)
]
_OF_JSON = "blocknote"
"""A part whose text is read as JSON, by who takes no text but a plain one."""

_LABEL = st.text("aZ0-_é", max_size=5)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("aB.@-_ \u200b\0\nÉéßİΣς", max_size=12),
    st.builds(lambda name, labels: f"{name}@{'.'.join(labels)}", st.text("aZ0.+_-é ", max_size=8), st.lists(_LABEL, max_size=4)),
    st.sampled_from(("ada@example.com", "Ada@Example.com", "a@" + "b" * 400 + ".com", "a@b-.com", "a@b-c.d", "a@b.com\n", "[1]", "\ud800")),
)


class Unplain(str):
    """A text that is not plainly one."""


def outcome(type_: FieldType, generation: int, value: Any, *, nullable: bool) -> Values | tuple[str, str | None]:
    field = Field("it", type_.name, "It.", generation=generation, nullable=nullable)
    try:
        return type_.check(field, value, "it")
    except InvalidValue as error:
        return error.message, error.legacy


@pytest.mark.parametrize(("generation", "type_"), TYPES, ids=[f"{each.name} of {number}" for number, each in TYPES])
@AT_LENGTH
@given(st.data(), st.booleans())
def test_a_plain_text_is_taken_or_refused_as_any_other(generation: int, type_: FieldType, data: st.DataObject, nullable: bool) -> None:
    names = [part.name for part in type_.parts if part.kind is Kind.TEXT and not part.lists and part.name != _OF_JSON]
    texts = data.draw(st.dictionaries(st.sampled_from(names), TEXTS, min_size=1))
    plain: Any = texts if type_.composite else texts[""]
    unplain: Any = {name: Unplain(text) for name, text in texts.items()} if type_.composite else Unplain(plain)
    found = outcome(type_, generation, plain, nullable=nullable)
    assert found == outcome(type_, generation, unplain, nullable=nullable)

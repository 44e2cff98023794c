"""JSON that a pattern is compared with is spelt as PostgreSQL spells what it keeps as jsonb."""

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.store.jsonb import jsonb_text
from tests.postgres import Cluster
from tests.searched import ON_A_STORE

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0$"), max_size=10)
FRACTIONS = st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda each: not each.is_integer())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FRACTIONS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


@ON_A_STORE
@given(values=st.lists(VALUES, min_size=1, max_size=10))
def test_it_is_spelt_as_postgresql_spells_it(postgres: Cluster, values: list[Any]) -> None:
    texts = [orjson.dumps(each).decode() for each in values]
    given_texts = ", ".join(f"({at}, $q${each}$q$)" for at, each in enumerate(texts))
    spelt = postgres.sql(f"SELECT text::jsonb::text FROM (VALUES {given_texts}) AS given (at, text) ORDER BY at")
    assert [jsonb_text(each) for each in texts] == [each[0] for each in spelt]


def test_a_whole_number_is_written_without_a_point_as_javascript_sends_it() -> None:
    assert jsonb_text('{"bb":1.0,"a":[1e22,2.50]}') == '{"a": [10000000000000000000000, 2.5], "bb": 1}'

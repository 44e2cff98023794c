"""What a long run remembers is what a dict would hold, wherever it is kept by now."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.imports import index
from icosa.imports.index import Index

keys = st.one_of(st.integers(0, 20), st.sampled_from(["a", "b", "", "ü"]), st.tuples(st.integers(0, 3), st.booleans()).map(list))
steps = st.lists(
    st.tuples(st.sampled_from(["put", "first", "get"]), st.sampled_from(["one", "other"]), keys, st.integers(0, 9)), max_size=60
)


@pytest.fixture(autouse=True, scope="module")
def soon_on_the_disk() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_TOGETHER", 5)
        yield


@given(steps)
def test_it_answers_as_a_dict_does(script: list[tuple[str, str, Any, int]]) -> None:
    held: dict[tuple[str, str], int] = {}
    with Index() as remembered:
        for do, space, key, value in script:
            place = space, repr(key)
            if do == "put":
                remembered.put(space, key, value)
                held[place] = value
            elif do == "first":
                assert remembered.first(space, key, value) == held.get(place)
                held.setdefault(place, value)
            else:
                assert remembered.get(space, key) == held.get(place)


def test_more_than_is_written_together_is_all_there() -> None:
    with Index() as remembered:
        for at in range(1000):
            assert remembered.first("emails", [f"person{at}@example.com"], at) is None
        assert [remembered.get("emails", [f"person{at}@example.com"]) for at in range(1000)] == list(range(1000))
        assert remembered.get("emails", ["nobody@example.com"]) is None
        assert remembered.get("phones", ["person1@example.com"]) is None

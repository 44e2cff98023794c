"""Ids of new records: any path takes them, and their order is that of creation."""

import time

from hypothesis import given
from hypothesis import strategies as st

from icosa.wire.identifiers import id_of_key, new_id
from icosa.wire.routes import is_record_id


def test_new_ids_are_taken_by_paths_differ_and_stand_in_the_order_of_creation() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000
    assert all(map(is_record_id, made))
    assert len(set(made)) == 1000
    clocks = [int(each.replace("-", "")[:12], 16) for each in made]
    assert clocks == sorted(clocks)
    assert before <= clocks[0] <= clocks[-1] <= after


@given(st.text(), st.text())
def test_the_id_of_a_key_is_always_the_same_and_of_another_key_another(one: str, other: str) -> None:
    made = id_of_key("people", "emails.primaryEmail", one)
    assert is_record_id(made)
    assert made == id_of_key("people", "emails.primaryEmail", one)
    assert (made == id_of_key("people", "emails.primaryEmail", other)) == (one == other)
    assert made != id_of_key("companies", "emails.primaryEmail", one)

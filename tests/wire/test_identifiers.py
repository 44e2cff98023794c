"""Ids of new records: any path takes them, and their order is that of creation."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.wire.identifiers import id_of_key, new_id
from icosa.wire.rest.routes import is_record_id


def test_new_ids_are_taken_by_paths_differ_and_stand_in_the_order_of_creation() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000
    assert all(map(is_record_id, made))
    assert len(set(made)) == 1000
    clocks = [int(each.replace("-", "")[:12], 16) for each in made]
    assert clocks == sorted(clocks)
    assert before <= clocks[0] <= clocks[-1] <= after


def test_they_stay_in_order_when_a_millisecond_is_full_and_when_the_clock_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    made = []
    for moment, count in ((now, 10_000), (now - 3_600_000_000_000, 10_000), (now + 60_000_000_000, 100)):
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made += [new_id() for _ in range(count)]
    assert made == sorted(set(made))


def test_so_do_those_that_several_threads_make() -> None:
    with ThreadPoolExecutor(8) as threads:
        each = list(threads.map(lambda _: [new_id() for _ in range(2000)], range(8)))
    assert all(some == sorted(some) for some in each)
    assert len({id_ for some in each for id_ in some}) == 16_000


@given(st.text(), st.text())
def test_the_id_of_a_key_is_always_the_same_and_of_another_key_another(one: str, other: str) -> None:
    made = id_of_key("people", "emails.primaryEmail", one)
    assert is_record_id(made)
    assert made == id_of_key("people", "emails.primaryEmail", one)
    assert (made == id_of_key("people", "emails.primaryEmail", other)) == (one == other)
    assert made != id_of_key("companies", "emails.primaryEmail", one)

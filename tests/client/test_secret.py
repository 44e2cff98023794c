"""A Secret is a text that nobody sees by accident."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.secret import MASK, Secret

TEXTS = st.text(min_size=4).filter(lambda text: text not in MASK and text not in f"Secret('{MASK}')")


@given(TEXTS)
def test_however_it_is_printed_it_shows_asterisks(text: str) -> None:
    secret = Secret(text)
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r:>60}", "%s" % secret, repr([secret]), repr({"key": secret})):  # noqa: UP031
        assert text not in shown
        assert MASK in shown


@given(st.text())
def test_reveal_opens_it(text: str) -> None:
    assert Secret(text).reveal() == text
    assert Secret(Secret(text)).reveal() == text


@given(TEXTS, st.text(), st.text())
def test_scrub_takes_it_out_of_other_texts(text: str, before: str, after: str) -> None:
    assert text not in Secret(text).scrub(f"{before}{text}{after}").replace(MASK, "\0")


def test_it_is_not_serialised() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret("abcd"))
    with pytest.raises(TypeError):
        json.dumps(Secret("abcd"))


def test_two_of_the_same_text_are_equal_and_no_text_equals_one() -> None:
    assert Secret("abcd") == Secret("abcd")
    assert len({Secret("abcd"), Secret("abcd")}) == 1
    assert Secret("abcd") != Secret("abce")
    assert Secret("abcd") != "abcd"

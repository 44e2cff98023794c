"""The JSON of a body: long and short ones are read the same, and what is too much is refused."""

import json
from codecs import BOM_UTF8
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import InvalidBody, MalformedJson
from icosa.wire.json_text import MANY_VALUES, MOST_VALUES, read_json

numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)
PADDING = b"," + b",".join([b"[]"] * MANY_VALUES)
"""Enough to have a body read by the scanner that lets others go first."""


def spelled(value: Any) -> bytes:
    return json.dumps(value).encode()


@given(value=values)
def test_a_body_of_many_values_is_read_as_one_of_few(value: Any) -> None:
    few = read_json(b"[%s]" % spelled(value))
    many = read_json(b"[%s%s]" % (spelled(value), PADDING))
    assert repr(many[0]) == repr(few[0])


@pytest.mark.parametrize("text", ["tru", '"a', "01", "1.", '{"a" 1}', "[1 2]", "NaN", "Infinity", '"\\x"', '"\n"', "'a'", "{1: 2}"])
def test_what_is_no_json_is_refused_in_either(text: str) -> None:
    for body in (f"[{text}]".encode(), f"[{text}".encode() + PADDING + b"]"):
        with pytest.raises(MalformedJson, match="body: not JSON: line 1, column "):
            read_json(body)


def test_bytes_that_are_no_text_are_refused_in_either() -> None:
    for body in (b'["\xff"]', b'["\xff"' + PADDING + b"]"):
        with pytest.raises(MalformedJson, match="body: not UTF-8 at byte 2; send JSON as UTF-8"):
            read_json(body)


@pytest.mark.parametrize("item", [b"[]", b"{}", b"1", b"1.5", b'""', b"null", b'{"a":1}'])
def test_more_values_than_one_body_may_hold_are_refused(item: bytes) -> None:
    body = b"[%s]" % b",".join([item] * (MOST_VALUES + 1))
    with pytest.raises(InvalidBody, match="holds more than 500,000 values"):
        read_json(body)


def test_commas_within_a_text_are_no_values() -> None:
    assert read_json(orjson.dumps(["," * (MOST_VALUES + 1)])) == ["," * (MOST_VALUES + 1)]


def test_what_is_nested_too_deeply_is_refused_in_either() -> None:
    for body in (b"[" * 5000 + b"]" * 5000, b"[" * 50_000 + b"]" * 50_000):
        with pytest.raises(MalformedJson):
            read_json(body)


def test_a_byte_order_mark_is_passed_over_in_either() -> None:
    for text in (b'{"name":"Ada"}', b'["Ada"' + PADDING + b"]"):
        assert read_json(BOM_UTF8 + text) == read_json(text)
    assert read_json(BOM_UTF8, empty={}) == {}

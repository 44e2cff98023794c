"""Cursors: what is put in comes out, and nothing else is taken for a cursor."""

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery
from icosa.wire.language.cursor import UNKNOWN, decode, decode_loosely, encode
from icosa.wire.language.order import OrderKey, parse
from tests.wire.every_kind import ID, SHIP, values_of
from tests.wire.test_order import orders

BY_ID = parse(None, SHIP)
BY_NAME = parse("master.lastName[DescNullsLast],masts", SHIP)


def cursor_of(value: Any) -> str:
    return b64encode(json.dumps(value).encode()).decode()


@given(orders, st.data())
def test_what_is_encoded_is_decoded(keys: tuple[OrderKey, ...], data: st.DataObject) -> None:
    values = tuple(data.draw(values_of(key.column)) for key in keys)
    text = encode(keys, values)
    assert decode(text, keys) == values
    # however it came through a URL: base64url, without padding, "+" as a blank
    assert decode(urlsafe_b64encode(b64decode(text)).decode(), keys) == values
    assert decode(text.rstrip("=").replace("+", " "), keys) == values


@given(st.text() | st.binary().map(lambda some: b64encode(some).decode()), orders)
def test_any_text_is_a_cursor_or_is_refused(text: str, keys: tuple[OrderKey, ...]) -> None:
    try:
        decode(text, keys)
    except InvalidQuery as error:
        refused = error
    else:
        return
    assert (refused.legacy or "").startswith("Invalid cursor")
    assert f"{refused.legacy} {refused.message}".encode()


@given(orders, orders, st.data())
def test_a_cursor_serves_the_order_it_was_made_under_and_no_other(one: Any, other: Any, data: st.DataObject) -> None:
    values = tuple(data.draw(values_of(key.column)) for key in one)
    text = encode(one, values)
    if [key.column for key in one] == [key.column for key in other]:
        assert decode(text, other) == values
    else:
        with pytest.raises(InvalidQuery, match="it was made for the order"):
            decode(text, other)


def test_the_cursor_of_the_default_order_is_that_of_1_0_3() -> None:
    assert b64decode(encode(BY_ID, (ID,))) == f'{{"id":"{ID}"}}'.encode()
    assert decode(cursor_of({"id": ID.upper()}), BY_ID) == (ID,)


def test_a_cursor_holds_one_value_a_key_by_its_path() -> None:
    assert json.loads(b64decode(encode(BY_NAME, ("Drake", None, ID)))) == {"master.lastName": "Drake", "masts": None, "id": ID}


@pytest.mark.parametrize("value", [None, 5, True, "x", [], [{"id": ID}]])
def test_json_that_is_no_object_is_no_cursor(value: Any) -> None:
    text = cursor_of(value)
    with pytest.raises(InvalidQuery) as refused:
        decode(text, BY_ID)
    assert refused.value.legacy == f"Invalid cursor: {text}"


def test_rubbish_is_refused_in_the_words_of_1_0_3() -> None:
    with pytest.raises(InvalidQuery) as refused:
        decode("rubbish", BY_ID)
    assert refused.value.legacy == "Invalid cursor: rubbish"
    assert "send startCursor or endCursor of a page" in refused.value.message


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({}, "made for the order of nothing"),
        ({"id": ID}, "made for the order id, and the page is ordered by master.lastName,masts,id"),
        ({"masts": 1, "master.lastName": "x", "id": ID}, "made for the order masts,master.lastName,id"),
        ({"master.lastName": "x", "masts": 1, "id": ID, "more": 1}, "made for the order"),
        ({"master": {"lastName": "x"}, "masts": 1, "id": ID}, "made for the order master,masts,id"),
        ({"master.lastName": "x", "masts": 1, "id": None}, "id is never null"),
        ({"master.lastName": "x", "masts": 1, "id": "5"}, 'id: "5" is not a UUID'),
        ({"master.lastName": "x", "masts": "many", "id": ID}, 'masts: "many" is not a number'),
        ({"master.lastName": {}, "masts": 1, "id": ID}, "master.lastName: "),
    ],
)
def test_a_cursor_of_another_order_or_with_other_values_is_refused(entries: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        decode(cursor_of(entries), BY_NAME)
    assert says in refused.value.message
    assert "same order_by" in refused.value.message
    assert refused.value.legacy == "Invalid cursor"


def test_2_19_takes_a_cursor_that_lacks_parts_of_fields_and_no_other() -> None:
    assert decode_loosely(cursor_of({"maker.name": "x", "id": ID}), parse("master.lastName", SHIP)) == (UNKNOWN, ID)
    whole = {"master.lastName": "x", "masts": 1, "id": ID}
    assert decode_loosely(cursor_of(whole), BY_NAME) == ("x", 1, ID)
    for other in ({"id": ID}, {"masts": 1}, {**whole, "more": 1}):
        with pytest.raises(InvalidQuery) as refused:
            decode_loosely(cursor_of(other), BY_NAME)
        assert (refused.value.legacy, refused.value.fault) == ("Invalid cursor", "INVALID_CURSOR")


def test_a_very_long_cursor_is_refused_without_being_repeated() -> None:
    with pytest.raises(InvalidQuery) as refused:
        decode("[" * 1_000_000, BY_ID)
    assert len(refused.value.message) < 300
    with pytest.raises(InvalidQuery):
        decode(b64encode(b"[" * 1_000_000).decode(), BY_ID)

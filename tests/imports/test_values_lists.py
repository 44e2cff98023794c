"""Several values in one cell."""

from typing import Any

import pytest

from icosa.errors import InvalidValue
from icosa.imports.values.lists import is_object, read_items, read_json, read_texts


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("a; b;;c", ["a", "b", "c"]),
        ("a\nb ::: c", ["a", "b", "c"]),
        ('["a;b", "", null, 2]', ["a;b", 2]),
        (["a", None, ""], ["a"]),
        (("a", "b"), ["a", "b"]),
        (7, [7]),
        (None, []),
        ("", []),
    ],
)
def test_values_are_apart_by_the_separator_or_as_json_has_them(value: Any, items: list[Any]) -> None:
    assert read_items(value, "tags", ";") == items
    assert read_texts(value, "tags", ";") == [str(each) for each in items]


def test_what_only_begins_like_json_is_refused() -> None:
    with pytest.raises(InvalidValue, match="tags"):
        read_items("[a", "tags", ";")


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ({}, True),
        ('{"a": 1}', True),
        (' {"a": 1} ', True),
        ([], False),
        ("{a}", False),
        ('["a"]', False),
        ("{", False),
        (7, False),
        (None, False),
    ],
)
def test_an_object_is_known_as_a_value_and_as_its_text(value: Any, known: bool) -> None:
    assert is_object(value) is known


def test_a_text_is_json_itself_and_other_values_stay_what_they_are() -> None:
    assert read_json('{"a": [1]}', "facts") == {"a": [1]}
    assert read_json({"a": [1]}, "facts") == {"a": [1]}

"""References: what a text with some of them says, and what they stand for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.chains.references import Reference, at_path, escaped, filled, pieces, references
from icosa.errors import InvalidValue, NoValue

NAMES = st.text(min_size=1, max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=12,
)


def within(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every value in a value, with its path."""
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(found for name, each in held for found in within(each, (*path, str(name))))]


@given(VALUES)
def test_a_reference_to_any_path_there_is_gives_the_value_there_with_its_type(item: Any) -> None:
    for path, value in within(item):
        text = str(Reference("item", path))
        assert pieces(text) == (Reference("item", path),)
        found = filled(text, lambda reference: at_path(item, reference))
        assert found == value
        assert type(found) is type(value)


@given(st.text(st.sampled_from('{}" .a\\\n')) | st.text())
def test_an_escaped_text_says_itself(text: str) -> None:
    assert list(references(escaped(text))) == []
    assert filled(escaped(text), lambda _: pytest.fail("nothing is asked")) == text


@given(st.text(st.sampled_from('{}"a')), NAMES, st.text(st.sampled_from('{}"a')))
def test_a_reference_between_any_two_texts_is_read(before: str, name: str, after: str) -> None:
    text = f"{escaped(before)}{Reference('item', (name,))}{escaped(after)}"
    assert filled(text, lambda reference: f"<{reference.path[0]}>") == f"{before}<{name}>{after}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{item.count}}", 3),
        ("{{ item.count }}", 3),
        ("{{item.count}}.", "3."),
        ("{{item.nothing}}", None),
        ("{{item.nothing.id}}", None),
        ("<{{item.nothing}}>", "<>"),
        ("{{item.list.1.name}}", "second"),
        ('{{item."First name"}} {{item.yes}}', "Ada true"),
        ("{{item.list}}", [{"name": "first"}, {"name": "second"}]),
        ('at {{item.list.0}}"', 'at {"name": "first"}"'),
        ("{{null}}", None),
        ('{{"{{"}}item}}', "{{item}}"),
        ("{item.count}", "{item.count}"),
        ({"a": ["{{item.count}}", 1, None]}, {"a": [3, 1, None]}),
    ],
)
def test_what_a_text_says(text: Any, value: Any) -> None:
    item = {"count": 3, "nothing": None, "yes": True, "First name": "Ada", "list": [{"name": "first"}, {"name": "second"}]}
    assert filled(text, lambda reference: at_path(item, reference)) == value


@pytest.mark.parametrize("path", ["nmae", "name.first", "list.2", "list.first", "list.-1"])
def test_a_path_at_which_there_is_nothing_is_said(path: str) -> None:
    (reference,) = references(f"{{{{item.{path}}}}}")
    with pytest.raises(NoValue, match="there is no '") as raised:
        at_path({"name": "Ada", "list": [1, 2]}, reference)
    assert raised.value.path == f"{{{{item.{path}}}}}"
    assert "Ada" not in str(raised.value)


@pytest.mark.parametrize(
    "text", ["{{item.id", "{{}}", "{{item..id}}", "{{item.id}", "{{item id}}", "{{ {{item}} }}", "{{null.x}}", "{{env}}", "{{env.A.b}}"]
)
def test_braces_that_begin_no_reference_are_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="reference"):
        pieces(text)

"""The query string: what counts as given, and what each parameter may say."""

from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery, UnsupportedDepth
from icosa.wire.rest.query import Params, cursor, depth, flag, limit, parse
from icosa.wire.version import TWENTY_1_0_3

NAMES = list(Params._fields)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(min_size=1).filter(str.strip)), st.sampled_from([quote, quote_plus]))
def test_what_was_sent_is_read_however_it_was_escaped(given_: dict[str, str], escape: Callable[..., str]) -> None:
    assert parse(urlencode(given_, quote_via=escape)) == Params(**given_)


@given(st.text())
def test_any_query_string_is_read(raw: str) -> None:
    assert isinstance(parse(raw), Params)


def test_without_parameters_nothing_is_given() -> None:
    assert parse("") == Params()
    assert set(Params()) == {None}


def test_what_nobody_knows_is_passed_over() -> None:
    assert parse("filter=a&colour=red&&=&limit=5") == Params(filter="a", limit="5")


@pytest.mark.parametrize("name", ["filter", "order_by", "starting_after", "limit"])
def test_a_parameter_that_is_repeated_or_bracketed_counts_as_not_given(name: str) -> None:
    for raw in (f"{name}=a&{name}=b", f"{name}=a&{name}=b&{name}=c", f"{name}[]=a", f"{name}[0]=a", f"{name}%5B0%5D=a&{name}%5B1%5D=b"):
        assert parse(raw) == Params(), raw
    assert parse(f"{name}=a&{name}[0]=b") == parse(f"{name}[0]=b&{name}=a") == Params()


def test_a_plus_is_a_blank_and_an_escaped_plus_is_a_plus() -> None:
    assert parse("filter=name[eq]:Atlas+Labs%2B%C3%A9").filter == "name[eq]:Atlas Labs+é"


def test_a_name_may_be_escaped_too() -> None:
    assert parse("order%5Fby=name") == Params(order_by="name")


def test_blank_cursors_count_as_not_given_and_other_blanks_stand() -> None:
    sent = parse("order_by=&filter=&limit=&depth=&starting_after=&ending_before=+")
    assert sent == Params(order_by="", filter="", limit="", depth="")


def test_an_equals_sign_may_stand_in_a_value_or_be_missing() -> None:
    assert parse("starting_after=eyJ9==&filter") == Params(starting_after="eyJ9==", filter="")


def test_a_token_is_never_shown() -> None:
    assert "hunter2" not in repr(parse("token=hunter2"))


# depth


@pytest.mark.parametrize(
    ("text", "meant"),
    [(None, 0), ("", 0), (" ", 0), ("0", 0), ("1", 1), ("2", 2), ("1.0", 1), ("02", 2), (" 1 ", 1), ("1e0", 1), ("-0", 0)],
)
def test_a_depth_is_0_1_or_2_and_0_unless_given(text: str | None, meant: int) -> None:
    assert depth(text) == meant


@pytest.mark.parametrize("text", ["3", "-1", "two", "1.5", "1_0", "٢", "nan", "Infinity", "1e999", "9" * 5000])
def test_another_depth_is_refused_in_the_words_of_1_0_3(text: str) -> None:
    with pytest.raises(UnsupportedDepth) as refused:
        depth(text)
    assert refused.value.path == "depth"
    assert "send 0" in refused.value.message
    assert refused.value.legacy is not None
    assert refused.value.legacy.startswith(f"'depth={text[:20]}")
    assert refused.value.legacy.endswith("' parameter invalid. Allowed values are 0, 1, 2")


# limit


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (None, 60),
        ("", 60),
        (" ", 60),
        ("1", 1),
        ("61", 61),
        ("10000", 10_000),
        ("0", TWENTY_1_0_3.max_page),
        ("-0", TWENTY_1_0_3.max_page),
        ("5.0", 5),
        ("1e2", 100),
    ],
)
def test_a_limit_is_60_unless_given_and_0_asks_for_the_most_there_is(text: str | None, meant: int) -> None:
    assert limit(text) == meant


@pytest.mark.parametrize("text", ["-1", "ten", "1.5", "10001", "NaN", "Infinity", "1e999", "1_000", "٣", "9" * 5000])
def test_another_limit_is_refused_in_the_words_of_1_0_3(text: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        limit(text)
    assert "send a whole number from 1 to 10000" in refused.value.message
    assert refused.value.legacy is not None
    assert refused.value.legacy.startswith(f"limit '{text[:20]}")
    assert refused.value.legacy.endswith("' is invalid. Should be an integer")


@given(st.text())
@example("0\x1f")
def test_any_depth_limit_and_flag_is_read_or_refused(text: str) -> None:
    for read in (depth, limit, lambda text: flag(text, "upsert")):
        try:
            assert read(text) in range(TWENTY_1_0_3.max_page + 1)
        except (UnsupportedDepth, InvalidQuery) as error:
            (error.message + (error.legacy or "")).encode()


# flags and cursors


@pytest.mark.parametrize(("text", "on"), [(None, False), ("", False), ("false", False), ("0", False), ("true", True), ("1", True)])
def test_a_switch_is_off_unless_it_is_on(text: str | None, on: bool) -> None:
    assert flag(text, "upsert") is on


def test_another_switch_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidQuery, match='permanent: "yes" is neither true nor false; send permanent=true'):
        flag("yes", "permanent")


def test_a_page_lies_after_one_cursor_or_before_one() -> None:
    assert cursor(Params()) == (None, False)
    assert cursor(Params(starting_after="a")) == ("a", False)
    assert cursor(Params(ending_before="b")) == ("b", True)
    with pytest.raises(InvalidQuery, match="both given") as refused:
        cursor(Params(starting_after="a", ending_before="b"))
    assert refused.value.legacy == "Invalid cursor"

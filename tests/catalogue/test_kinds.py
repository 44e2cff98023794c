"""What counts as a value of each kind, and how what does not is refused."""

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.kinds import Kind, coerce, read, shown, wire_moment
from icosa.errors import InvalidValue

OPTIONS = ("NEW", "WON")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text("aé🙂 \n"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)
zones = st.integers(-15 * 60, 15 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=zones)
finite = st.floats(allow_nan=False, allow_infinity=False)
decimals = st.decimals(-(10**7), 10**7, places=9).map(str) | st.floats(-180, 180).map(lambda degrees: round(degrees, 12))
values_of = {
    Kind.TEXT: st.text("aé🙂 \n\t") | st.booleans() | st.integers() | finite,
    Kind.UUID: st.uuids().map(str) | st.uuids().map(lambda each: f" {str(each).upper()} "),
    Kind.NUMBER: st.integers(-(10**300), 10**300) | finite | st.integers().map(str),
    Kind.NUMERIC: st.integers(-(10**18) + 1, 10**18 - 1) | decimals,
    Kind.BOOLEAN: st.sampled_from([True, False, 0, 1, 1.0, "true", "False", "TRUE"]),
    Kind.DATE_TIME: moments.map(datetime.isoformat),
    Kind.DATE: st.dates().map(str) | moments.map(datetime.isoformat),
    Kind.OPTION: st.sampled_from(OPTIONS),
    Kind.OPTIONS: st.lists(st.sampled_from(OPTIONS)),
    Kind.TEXTS: st.lists(st.text("aé🙂") | st.integers()),
    Kind.JSON: json_values,
}
values = st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), values_of[kind]))


def complaint(attempt: Callable[[], object]) -> InvalidValue | None:
    try:
        attempt()
    except InvalidValue as error:
        return error
    return None


# ---- laws


@given(values)
def test_a_canonical_value_stays_as_it_is(drawn: tuple[Kind, Any]) -> None:
    kind, value = drawn
    canonical = coerce(kind, value, "it", OPTIONS)
    again = coerce(kind, canonical, "it", OPTIONS)
    assert again == canonical
    assert type(again) is type(canonical)


@given(values)
def test_a_canonical_value_can_be_sent_as_json(drawn: tuple[Kind, Any]) -> None:
    kind, value = drawn
    canonical = coerce(kind, value, "it", OPTIONS)
    assert json.loads(json.dumps(canonical, allow_nan=False)) == canonical


@given(values.filter(lambda drawn: drawn[0] not in (Kind.TEXTS, Kind.OPTIONS, Kind.JSON)))
def test_a_canonical_value_written_as_text_is_read_as_itself(drawn: tuple[Kind, Any]) -> None:
    kind, value = drawn
    canonical = coerce(kind, value, "it", OPTIONS)
    assert read(kind, str(canonical), "it", OPTIONS) == canonical


@given(moments)
def test_a_moment_is_the_same_moment_in_utc_cut_to_milliseconds(when: datetime) -> None:
    canonical = coerce(Kind.DATE_TIME, when.isoformat(), "it")
    assert datetime.fromisoformat(canonical) == when.replace(microsecond=when.microsecond // 1000 * 1000)
    assert canonical.endswith("Z")
    assert canonical == wire_moment(when)


@given(moments, moments)
def test_moments_sort_as_texts(one: datetime, other: datetime) -> None:
    a, b = wire_moment(one), wire_moment(other)
    if abs(one - other) > timedelta(milliseconds=1):
        assert (a < b) == (one < other)


@given(st.sampled_from(list(Kind)), json_values)
def test_any_json_is_taken_or_refused_with_what_to_send(kind: Kind, value: Any) -> None:
    error = complaint(lambda: coerce(kind, value, "the.path", OPTIONS))
    assert error is None or (error.path.startswith("the.path") and "; " in error.problem)


@given(st.sampled_from(list(Kind)), st.text())
def test_any_text_is_read_or_refused_with_what_to_send(kind: Kind, text: str) -> None:
    error = complaint(lambda: read(kind, text, "the.path", OPTIONS))
    assert error is None or (error.path == "the.path" and "; " in error.problem)


# ---- what is taken


@pytest.mark.parametrize(
    ("kind", "value", "canonical"),
    [
        (Kind.TEXT, "", ""),
        (Kind.TEXT, " as it is ", " as it is "),
        (Kind.TEXT, True, "true"),
        (Kind.TEXT, 5, "5"),
        (Kind.TEXT, 10.0, "10"),
        (Kind.TEXT, 1.5, "1.5"),
        (Kind.UUID, "20202020-1C25-4D02-BF25-6AECCF7EA419", "20202020-1c25-4d02-bf25-6aeccf7ea419"),
        (Kind.NUMBER, "12.5", 12.5),
        (Kind.NUMBER, " +3. ", 3),
        (Kind.NUMBER, "1e3", 1000),
        (Kind.NUMBER, -0.0, 0),
        (Kind.NUMBER, 2**53, float(2**53)),
        (Kind.NUMERIC, 5000000, "5000000"),
        (Kind.NUMERIC, "5e6", "5000000"),
        (Kind.NUMERIC, 12.50, "12.5"),
        (Kind.NUMERIC, "-0.0", "0"),
        (Kind.NUMERIC, 48.85661400000001, "48.85661400000001"),
        (Kind.NUMERIC, "007", "7"),
        (Kind.BOOLEAN, 1, True),
        (Kind.BOOLEAN, "False", False),
        (Kind.DATE_TIME, "2026-02-03", "2026-02-03T00:00:00.000Z"),
        (Kind.DATE_TIME, "2026-02-03 04:05", "2026-02-03T04:05:00.000Z"),
        (Kind.DATE_TIME, "2026-02-03T04:05:06.7899+02:30", "2026-02-03T01:35:06.789Z"),
        (Kind.DATE_TIME, "2026-02-03T23:30:00-01", "2026-02-04T00:30:00.000Z"),
        (Kind.DATE_TIME, "0001-01-01", "0001-01-01T00:00:00.000Z"),
        (Kind.DATE, "2026-02-03", "2026-02-03"),
        (Kind.DATE, "2026-02-03T23:30:00-01:00", "2026-02-03"),
        (Kind.OPTION, "NEW", "NEW"),
        (Kind.OPTIONS, ["WON", "NEW"], ["WON", "NEW"]),
        (Kind.OPTIONS, [], []),
        (Kind.TEXTS, ["a", 1, True], ["a", "1", "true"]),
        (Kind.JSON, {"a": [None, {"b": 1.5}]}, {"a": [None, {"b": 1.5}]}),
        (Kind.JSON, "text", "text"),
    ],
)
def test_values_in_their_canonical_form(kind: Kind, value: Any, canonical: Any) -> None:
    found = coerce(kind, value, "it", OPTIONS)
    assert found == canonical
    assert type(found) is type(canonical)


# ---- what is refused


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


REFUSED: list[tuple[Kind, Any, str]] = [
    (Kind.TEXT, {"a": 1}, '{"a": 1} is not a text; send it in quotes'),
    (Kind.TEXT, "a\0b", "holds a NUL character, which no text may; leave it out"),
    (Kind.TEXT, "a\ud800", "holds half a surrogate pair at character 1, which is not text; send whole characters"),
    (Kind.UUID, "nope", '"nope" is not a UUID; send 32 hexadecimal digits with hyphens'),
    (Kind.UUID, 5, "5 is not a UUID"),
    (Kind.UUID, "２0202020-1c25-4d02-bf25-6aeccf7ea419", "is not a UUID"),
    (Kind.NUMBER, "many", '"many" is not a number; send digits such as 12 or 12.5'),
    (Kind.NUMBER, True, "true is not a number"),
    (Kind.NUMBER, math.nan, "NaN is not a number"),
    (Kind.NUMBER, "1_000", '"1_000" is not a number'),
    (Kind.NUMBER, "٣", '"٣" is not a number'),
    (Kind.NUMBER, "1e999", '"1e999" is not a number'),
    (Kind.NUMBER, 10**400, "is not a number"),
    (Kind.NUMBER, 10**5000, "such a long int is not a number"),
    (Kind.NUMERIC, "1_000", '"1_000" is not a decimal number; send digits such as 5000000'),
    (Kind.NUMERIC, "Infinity", '"Infinity" is not a decimal number'),
    (Kind.NUMERIC, math.inf, '"inf" is not a decimal number'),
    (Kind.NUMERIC, "1e999999999", "has too many digits; send at most 18 for a whole number, 17 for one with a fraction"),
    (Kind.NUMERIC, "1e-999999999", "has too many digits"),
    (Kind.NUMERIC, "1e99999999999999999999", "is not a decimal number"),
    (Kind.NUMERIC, 10**18, "has too many digits"),
    (Kind.NUMERIC, 10**5000, "is not a decimal number"),
    (Kind.NUMERIC, "1." + "0" * 40 + "1", "has too many digits"),
    (Kind.BOOLEAN, "perhaps", '"perhaps" is not a boolean; send true or false'),
    (Kind.BOOLEAN, 2, "2 is not a boolean"),
    (Kind.DATE_TIME, "tomorrow", '"tomorrow" is not a date and time; send ISO 8601'),
    (Kind.DATE_TIME, 1770000000000, "1770000000000 is not a date and time"),
    (Kind.DATE_TIME, "2026-02-30", '"2026-02-30" is not a date and time'),
    (Kind.DATE_TIME, "2026-02-03T24:00", "is not a date and time"),
    (Kind.DATE_TIME, "2026-02-03T04:05:06+99:00", "is not a date and time"),
    (Kind.DATE_TIME, "2026-02-03T04:05:06+01:75", "is not a date and time"),
    (Kind.DATE_TIME, "0001-01-01T00:00+01:00", "is not a date and time"),
    (Kind.DATE_TIME, "２０２６-02-03", "is not a date and time"),
    (Kind.DATE, "2026-2-3", '"2026-2-3" is not a date; send year, month and day, such as 2026-02-03'),
    (Kind.DATE, "2026-02-03T99:00", "is not a date"),
    (Kind.OPTION, "new", '"new" is none of its options; send one of NEW, WON'),
    (Kind.OPTION, 5, "5 is none of its options; send one of NEW, WON"),
    (Kind.OPTIONS, "NEW", '"NEW" is not a list; send a list of texts such as ["a", "b"]'),
    (Kind.JSON, math.nan, "NaN is a number that JSON cannot carry"),
    (Kind.JSON, 2**64, "18446744073709551616 is a number that JSON cannot carry"),
    (Kind.JSON, {1: 2}, "has the key 1, which is no text"),
    (Kind.JSON, {"a\0": 2}, "holds a NUL character"),
    (Kind.JSON, datetime(2026, 2, 3, tzinfo=UTC), "is nothing that JSON can say"),
    (Kind.JSON, nested(5000), "lies more than 200 lists and objects deep; send it flatter"),
    (Kind.TEXT, nested(5000), " is not a text"),
]


@pytest.mark.parametrize(("kind", "value", "problem"), REFUSED, ids=[f"{kind}: {problem}" for kind, _, problem in REFUSED])
def test_what_is_none_is_refused_and_told_what_would_be(kind: Kind, value: Any, problem: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(problem)) as refused:
        coerce(kind, value, "the.field", OPTIONS)
    assert refused.value.path.startswith("the.field")
    refused.value.message.encode()


def test_an_error_in_a_list_names_the_place() -> None:
    with pytest.raises(InvalidValue, match=re.escape('stages[1]: "LOST" is none of its options')):
        coerce(Kind.OPTIONS, ["NEW", "LOST"], "stages", OPTIONS)
    with pytest.raises(InvalidValue, match=re.escape("settings.steps[1].name: holds a NUL")):
        coerce(Kind.JSON, {"steps": [1, {"name": "\0"}]}, "settings")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.UUID, "nope", 'invalid input syntax for type uuid: "nope"'),
        (Kind.NUMBER, "many", 'invalid input syntax for type double precision: "many"'),
        (Kind.BOOLEAN, "perhaps", 'invalid input syntax for type boolean: "perhaps"'),
        (Kind.DATE_TIME, "soon", 'invalid input syntax for type timestamp with time zone: "soon"'),
        (Kind.OPTION, "LOST", 'invalid input value for enum: "LOST"'),
        (Kind.TEXTS, "a", 'malformed array literal: "a"'),
    ],
)
def test_an_error_keeps_the_words_that_old_clients_look_for(kind: Kind, value: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        coerce(kind, value, "it", OPTIONS)
    assert refused.value.legacy == words


def test_json_may_lie_as_deep_as_it_says() -> None:
    assert coerce(Kind.JSON, nested(200), "it") == nested(200)
    with pytest.raises(InvalidValue):
        coerce(Kind.JSON, nested(201), "it")


def test_a_long_number_is_refused_in_an_instant() -> None:
    for kind in (Kind.NUMBER, Kind.NUMERIC):
        with pytest.raises(InvalidValue):
            coerce(kind, "1" * 10_000_000 + "x", "it")


def test_an_error_shows_a_value_as_json_and_cuts_what_is_long() -> None:
    assert shown({"a": [None, True, "é"]}) == '{"a": [null, true, "é"]}'
    assert shown('say "hi"\n') == '"say \\"hi\\"\\n"'
    assert shown("\ud800") == '"\\ud800"'
    assert len(shown("x" * 10_000)) == 80
    assert shown("x" * 10_000).endswith("...")

"""The filter language: every tree can be written and read again, and no text can break the parser."""

import json
import re
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery
from icosa.wire.language.filter import parse, write
from icosa.wire.language.filter_tree import MAX_COMPARISONS, MAX_DEPTH, TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or
from tests.shared import SHARED, needs_shared

_paths = st.from_regex(r"[A-Za-z_]\w{0,8}(\.\w{1,8})?", fullmatch=True) | st.text(
    st.characters(exclude_characters="[](),:\"'"), min_size=1
).filter(lambda path: not re.search(r"\s", path))
_values = st.text() | st.text(st.sampled_from("ab \\\"'(),[]:%\n"), max_size=12)
_comparisons = st.one_of(
    st.builds(Comparison, _paths, st.sampled_from([c for c in Comparator if c not in TAKES_LIST | {Comparator.IS}]), _values),
    st.builds(Comparison, _paths, st.sampled_from(sorted(TAKES_LIST)), st.lists(_values, max_size=4).map(tuple)),
    st.builds(Comparison, _paths, st.just(Comparator.IS), st.sampled_from(["NULL", "NOT_NULL"])),
)
_filters: st.SearchStrategy[Filter] = st.recursive(
    _comparisons,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)
_PIECES = ["and(", "or(", "not(", ")", "(", ",", "[", "]", ":", '"', "'", "\\", " ", "name", "[eq]:", "[in]:[", "a", "id[is]:NULL"]
_texts = st.text() | st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


def eq(path: str, value: str) -> Comparison:
    return Comparison(path, Comparator.EQ, value)


# Laws


@given(_filters)
def test_a_written_filter_reads_as_what_it_was(tree: Filter) -> None:
    assert parse(write(tree)) == tree


@given(_texts)
@example("'\\,x[eq]:'a'")
@example("x[eq]:" + "(" * 5000)
@example("not(" * 5000 + "x[eq]:1" + ")" * 5000)
def test_any_text_is_a_filter_that_can_be_written_or_is_refused_with_a_place_and_the_words_of_1_0_3(text: str) -> None:
    try:
        tree = parse(text)
    except InvalidQuery as error:
        refused = error
    else:
        assert parse(write(tree)) == tree
        return
    assert re.match(r"filter, character \d+: .", refused.message)
    assert (refused.legacy or "").startswith("'filter' invalid")
    assert f"{refused.legacy} {refused.message}".encode()


@given(st.lists(st.text(st.sampled_from("ab \\%."), min_size=1).filter(str.strip), min_size=1))
def test_a_list_reads_the_same_whether_or_not_a_quoted_item_is_in_it(items: list[str]) -> None:
    plain = parse(f"id[in]:[{','.join(items)}]")
    mixed = parse(f'id[in]:[{",".join(items)},"quoted"]')
    assert plain == Comparison("id", Comparator.IN, tuple(item.strip() for item in items))
    assert mixed == Comparison("id", Comparator.IN, (*plain.value, "quoted"))


# Structure


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("name[eq]:Acme", eq("name", "Acme")),
        ("a[eq]:1,b[eq]:2", And((eq("a", "1"), eq("b", "2")))),
        ("and(a[eq]:1,b[eq]:2)", And((eq("a", "1"), eq("b", "2")))),
        ("and(a[eq]:1)", And((eq("a", "1"),))),
        ("or(a[eq]:1,and(b[eq]:2,not(c[eq]:3)))", Or((eq("a", "1"), And((eq("b", "2"), Not(eq("c", "3"))))))),
        ("a[eq]:1,not(b[eq]:2)", And((eq("a", "1"), Not(eq("b", "2"))))),
        (" and( a[eq]: 1 , b[eq]:2 ) ", And((eq("a", "1"), eq("b", "2")))),
        ("a[in]: [ 1 , 2 ] ,b[eq]:3", And((Comparison("a", Comparator.IN, ("1", "2")), eq("b", "3")))),
        ("deletedAt[is]:NOT_NULL", Comparison("deletedAt", Comparator.IS, "NOT_NULL")),
    ],
)
def test_conditions_are_joined_as_written_and_a_comma_alone_means_and(text: str, tree: Filter) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize("path", ["noteId", "orderNumber", "android", "not", "and", "or", "nothing.part", "größe"])
def test_a_field_may_have_any_name(path: str) -> None:
    assert parse(f"{path}[eq]:x") == eq(path, "x")
    assert parse(f"not({path}[eq]:x)") == Not(eq(path, "x"))


# Values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Atlas Labs 00", "Atlas Labs 00"),
        ('"Atlas Labs 00"', "Atlas Labs 00"),
        ("'Atlas Labs 00'", "Atlas Labs 00"),
        ('"a, b) and (c"', "a, b) and (c"),
        ('""', ""),
        ('" "', " "),
        (r'"say \"hi\""', 'say "hi"'),
        (r"'it\'s'", "it's"),
        (r'"it\'s"', "it's"),
        (r'"back\\slash"', r"back\slash"),
        (r'"100\%"', r"100\%"),
        (r"100\%", r"100\%"),
        (r'"new\nline"', r"new\nline"),
        ("O'Brien", "O'Brien"),
        ("'Til Dawn", "'Til Dawn"),
        ('"Big" Bob', '"Big" Bob'),
        ('5" pipe', '5" pipe'),
        ("Acme (Paris, Lyon)", "Acme (Paris, Lyon)"),
        ("((a,b),(c))", "((a,b),(c))"),
        ("2023-01-01T00:00:00.000Z", "2023-01-01T00:00:00.000Z"),
        ("a[eq]:b", "a[eq]:b"),
        ('["a","b]"]', '["a","b]"]'),
        ("[draft", "[draft"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_value_is_what_was_meant_wherever_it_stands(written: str, value: str) -> None:
    assert parse(f"x[eq]:{written}") == eq("x", value)
    assert parse(f"or(x[eq]:{written} ,y[eq]:1)") == Or((eq("x", value), eq("y", "1")))


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("[a,b]", ("a", "b")),
        ("[ a , b ]", ("a", "b")),
        ('["Paris","Lyon"]', ("Paris", "Lyon")),
        ("""[a,"c,d",'e]']""", ("a", "c,d", "e]")),
        ('[""]', ("",)),
        ("[Acme (Paris, Lyon),b]", ("Acme (Paris, Lyon)", "b")),
        ("[O'Brien]", ("O'Brien",)),
    ],
)
def test_in_and_contains_any_take_a_list(written: str, items: tuple[str, ...]) -> None:
    for comparator in TAKES_LIST:
        assert parse(f"x[{comparator}]:{written}") == Comparison("x", comparator, items)
        assert parse(f"x[{comparator}]:{written},y[eq]:1") == And((Comparison("x", comparator, items), eq("y", "1")))


def test_values_are_written_bare_where_they_can_be_because_1_0_3_refuses_quoted_options_and_numbers() -> None:
    assert write(parse('stage[in]:["NEW","WON"],employees[gt]:"20",name[like]:"100\\%"')) == (
        "and(stage[in]:[NEW,WON],employees[gt]:20,name[like]:100\\%)"
    )


# Refusals


@pytest.mark.parametrize(
    ("text", "says", "legacy"),
    [
        ("", "character 1: it is blank", "'filter' invalid for ''. eg: price[gte]:10"),
        ("  ", "it is blank", "'filter' invalid for ''. eg: price[gte]:10"),
        ("name", '"name" is no comparison; write field[comparator]:value', "'filter' invalid for 'name'. eg: price[gte]:10"),
        ("name[eq]", "is no comparison", "'filter' invalid for 'name[eq]'. eg: price[gte]:10"),
        ("a[eq]:1,", "character 9: nothing stands", "'filter' invalid for ''. eg: price[gte]:10"),
        ("and()", "character 5: nothing stands", "'filter' invalid for ''. eg: price[gte]:10"),
        ("name[eq]:", "character 10: a value is missing", "'filter' invalid for 'name[eq]:'. eg: price[gte]:10"),
        (
            "a[eq]:1,name[nope]:x",
            'character 9: "nope" is no comparator; use one of eq, ',
            "'filter' invalid for 'name[nope]:x', comparator nope not in "
            "eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, like, ilike",
        ),
        ("or(name[eq]:a", 'the "(" of or( at character 1 is not closed', "'filter' invalid. 1 close bracket is missing in the query"),
        ("or(or(name[eq]:a", "is not closed", "'filter' invalid. 2 close brackets are missing in the query"),
        ("name[eq]:a)", 'character 11: this ")" closes nothing', "'filter' invalid. 1 open bracket is missing in the query"),
        ("name[eq]::-(", 'character 12: this "(" is never closed', "'filter' invalid. 1 close bracket is missing in the query"),
        (
            "not(a[eq]:1,b[eq]:2)",
            "not() takes one condition",
            "'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)",
        ),
        (
            "city[in]:Paris",
            "in takes a list",
            "'filter' invalid for 'in' operator. Received 'Paris' but array value expected eg: 'field[in]:[value_1,value_2]'",
        ),
        ("id[in]:[a,,b]", "a value is missing", "'filter' invalid for 'id[in]:[a,,b]'. eg: price[gte]:10"),
        ("or(id[in]:[a)", "the list is not closed", "'filter' invalid for 'in' operator. Received '[a' but"),
        ("x[is]:null", "write NULL or NOT_NULL", "'filter' invalid for 'x[is]:null'. eg: price[gte]:10"),
        ("AND(a[eq]:1)", "must be in lower case", "'filter' invalid for 'AND(a[eq]:1)'. eg: price[gte]:10"),
        ("and (a[eq]:1)", "write and(", "'filter' invalid for 'and (a[eq]:1)'. eg: price[gte]:10"),
        ("and(a[eq]:1)b[eq]:2", 'character 13: expected "," or ")" before "b[eq]:2"', "'filter' invalid for"),
    ],
)
def test_what_is_no_filter_is_refused_with_the_place_the_mending_and_the_words_of_1_0_3(text: str, says: str, legacy: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(text)
    assert says in refused.value.message
    assert refused.value.legacy is not None
    assert refused.value.legacy.startswith(legacy)


def test_conditions_may_nest_to_a_stated_depth() -> None:
    deepest = "not(" * MAX_DEPTH + "x[eq]:1" + ")" * MAX_DEPTH
    assert parse(write(parse(deepest))) == parse(deepest)
    with pytest.raises(InvalidQuery, match="more than 32 conditions lie within each other"):
        parse(f"not({deepest})")
    with pytest.raises(InvalidQuery, match="more than 32"):
        parse(f"{deepest},y[eq]:1")


def test_a_filter_holds_at_most_a_stated_number_of_comparisons() -> None:
    parse(",".join(["x[eq]:1"] * MAX_COMPARISONS))
    with pytest.raises(InvalidQuery, match="more than 500 comparisons"):
        parse(",".join(["x[eq]:1"] * (MAX_COMPARISONS + 1)))


@pytest.mark.parametrize(
    "piece", ["x[eq]:'a,", 'x[eq]:["a,', "x[in]:[a,'b,", '"\\', "(", "x[eq]:(a),", ' "', "[[", "x[eq]:[''],", "\\'", "a\t "]
)
def test_a_very_long_text_is_read_or_refused_all_the_same(piece: str) -> None:
    for text in (piece * 100_000, "x[eq]:" + piece * 100_000, "x[in]:[" + piece * 100_000, "x[eq]:'" + piece * 100_000):
        with suppress(InvalidQuery):
            parse(text)


# The recording


@needs_shared
def test_every_filter_of_the_recording_is_read_or_refused_as_1_0_3_did() -> None:
    lines = (SHARED / "conformance" / "recording.jsonl").read_text(encoding="utf-8").splitlines()
    steps = [step for step in map(json.loads, lines) if "filter" in (step.get("query") or {})]
    assert len(steps) > 50
    for step in steps:
        text, words = step["query"]["filter"], str(step["answer"].get("messages", ""))
        if "'filter' invalid" not in words:
            assert parse(write(parse(text))) == parse(text)
            continue
        with pytest.raises(InvalidQuery) as refused:
            parse(text)
        assert step["answer"]["messages"] == [refused.value.legacy]

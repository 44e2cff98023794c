"""The filter language of 2.19: read as 2.19 reads it, but where that is not what can be meant; and no text breaks the reader."""

import re
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery
from icosa.wire.language import naive
from icosa.wire.language.filter_tree import MAX_COMPARISONS, MAX_DEPTH, And, Comparator, Comparison, Filter, Not, Or
from icosa.wire.language.unescaped import parse
from tests.wire.test_naive import TREES, Refused, understood

_PIECES = ["and(", "or(", "not(", ")", "(", ",", "[", "]", "]:", ":", '"', "'", "\\", " ", "name", "[eq]:", "[in]:[", "a", "id[is]:NULL"]
_texts = st.text() | st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


def eq(path: str, value: str) -> Comparison:
    return Comparison(path, Comparator.EQ, value)


def _nested(text: str) -> bool:
    """Whether every parenthesis has its partner."""
    while (inner := re.sub(r"\([^()]*\)", "", text)) != text:
        text = inner
    return not {*"()"} & {*text}


def _paths_can_be_fields(tree: Filter) -> bool:
    match tree:
        case And(children) | Or(children):
            return all(map(_paths_can_be_fields, children))
        case Not(child):
            return _paths_can_be_fields(child)
        case Comparison(path):
            return "[" not in path


@given(_texts)
@example("x[in]:[")
@example("[")
@example("]:]:")
def test_every_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidQuery):
        parse(text)


@given(TREES)
@example(Comparison("name", Comparator.EQ, """it's "both", yes"""))
def test_what_a_client_asks_of_a_twenty_is_read_as_it_was_meant(tree: Filter) -> None:
    with suppress(InvalidQuery):
        text = naive.write(tree)
        assert parse(text) == naive.read(text)


@given(_texts)
@example("""name[eq]:it's "both", yes""")
def test_what_every_twenty_reads_alike_is_read_so(text: str) -> None:
    meant = naive.read(text)
    if meant is not None:
        assert parse(text) == meant


@given(st.lists(st.sampled_from([*_PIECES, '"b, c"', "[a,b]", "(x)"]), max_size=20).map("".join))
def test_what_2_19_reads_is_read_alike_where_a_field_can_be_called_so(text: str) -> None:
    if not _nested(text) or re.search(r"\).*(and|or|not)\(|\[\s*\]", text):
        return
    try:
        read = understood(text, counting=True)
    except Refused:
        return
    if not _paths_can_be_fields(read):
        return
    with suppress(InvalidQuery):  # of which there are more: `is` takes two words
        assert parse(text) in (read, read.children[0] if isinstance(read, And) and len(read.children) == 1 else read)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("name[eq]:a", eq("name", "a")),
        ("name[eq]:a,city[eq]:b", And((eq("name", "a"), eq("city", "b")))),
        ("and(name[eq]:a)", And((eq("name", "a"),))),
        ("or(name[eq]:a,not(city[eq]:b))", Or((eq("name", "a"), Not(eq("city", "b"))))),
        ("noteId[eq]:a", eq("noteId", "a")),
        ("order[eq]:(a)", eq("order", "(a)")),
        ("not(notes[eq]:(a))", Not(eq("notes", "(a)"))),
        ('name[eq]:"a, b"', eq("name", "a, b")),
        ("name[eq]:'a'", eq("name", "a")),
        ('name[eq]:quo"te', eq("name", 'quo"te')),
        ("name[eq]: a", eq("name", " a")),
        (" name [eq]:a", eq(" name ", "a")),
        ("name[eq]:a:b", eq("name", "a:b")),
        ('name[in]:["a, b",c]', Comparison("name", Comparator.IN, ('"a', ' b"', "c"))),
        ("name[endsWith]:a", Comparison("name", Comparator.ENDS_WITH, "a")),
        ("name[is]:NULL", Comparison("name", Comparator.IS, "NULL")),
        ("AND(name[eq]:a)", eq("AND(name", "a)")),
        ("nor(name[eq]:a)", eq("nor(name", "a)")),
        ("or (name[eq]:a)", eq("or (name", "a)")),
        ("or(name[eq]:a, city[eq]:b)", Or((eq("name", "a"), eq(" city", "b")))),
    ],
)
def test_it_says_what_2_19_takes_it_for(text: str, tree: Filter) -> None:
    assert parse(text) == tree
    assert understood(text, counting=True) in (tree, And((tree,)))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("or(name[eq]:a),or(city[eq]:b)", And((Or((eq("name", "a"),)), Or((eq("city", "b"),))))),
        ("name[eq]:O'Brien,city[eq]:b", And((eq("name", "O'Brien"), eq("city", "b")))),
        ("""or(name[eq]:"it's, so",city[eq]:b)""", Or((eq("name", "it's, so"), eq("city", "b")))),
        ('and(name[eq]:"a) or (b",city[eq]:b)', And((eq("name", "a) or (b"), eq("city", "b")))),
        ("name[eq]:two\nlines", eq("name", "two\nlines")),
        ("name[in]:[]", Comparison("name", Comparator.IN, ())),
    ],
)
def test_what_can_be_meant_in_one_way_only_is_read_in_it(text: str, tree: Filter) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "legacy"),
    [
        ("", "'filter' invalid for 'and()'. eg: price[gte]:10"),
        ("name", "'filter' invalid for 'name'. eg: price[gte]:10"),
        ("name[eq]:", "'filter' invalid for 'name[eq]:'. eg: price[gte]:10"),
        ("[eq]:1", "'filter' invalid for '[eq]:1'. eg: price[gte]:10"),
        ("and()", "'filter' invalid for 'and()'. eg: price[gte]:10"),
        ("not()", "'filter' invalid for 'not()'. eg: price[gte]:10"),
        ("count[eq]:7,", "'filter' invalid for 'and()'. eg: price[gte]:10"),
        ("count[eq]:7)", "'filter' invalid. 1 open bracket is missing in the query"),
        ("or(or(count[eq]:7", "'filter' invalid. 2 close brackets are missing in the query"),
        ("not(a[eq]:1,b[eq]:2)", "'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)"),
        ("city[in]:a", "'filter' invalid for 'in' operator. Received 'a' but array value expected eg: 'field[in]:[value_1,value_2]'"),
        (
            "name[EQ]:x",
            "'filter' invalid for 'name[EQ]:x', comparator EQ not in "
            "eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, endsWith, like, ilike",
        ),
        ("name[is]:null", 'Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"'),
    ],
)
def test_what_is_no_filter_is_refused_in_the_words_of_2_19(text: str, legacy: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(text)
    assert refused.value.legacy == legacy
    assert "; " in refused.value.message


@pytest.mark.parametrize("piece", [",", "'", '",', "()", "[", "'," * 2])
def test_a_long_text_is_looked_through_once_however_deep_it_lies(piece: str) -> None:
    text = "and(" * MAX_DEPTH + "a[eq]:'" + piece * 20_000 + "'" + ")" * MAX_DEPTH
    with suppress(InvalidQuery):
        parse(text)


def test_it_is_as_deep_and_as_long_as_any_filter() -> None:
    deepest = "not(" * MAX_DEPTH + "a[eq]:1" + ")" * MAX_DEPTH
    assert isinstance(parse(deepest), Not)
    for more in (f"not({deepest})", ",".join(["a[eq]:1"] * (MAX_COMPARISONS + 1))):
        with pytest.raises(InvalidQuery, match="more than"):
            parse(more)

"""Filters for servers without escapes: what is sent is read as it was meant, or is not sent."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery
from icosa.wire.language import naive
from icosa.wire.language.filter import parse
from icosa.wire.language.filter import write as written
from icosa.wire.language.filter_tree import TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or

AWKWARD = st.text(st.sampled_from("ab ,,\"'()[]:%_\\\n"), max_size=12)
PLAIN = st.text("abc 1", min_size=1, max_size=5).map(str.strip).filter(bool)
VALUES = st.one_of(AWKWARD, PLAIN)
COMPARISONS = st.one_of(
    st.builds(Comparison, st.just("name"), st.sampled_from([Comparator.EQ, Comparator.NEQ, Comparator.LIKE]), VALUES),
    st.builds(Comparison, st.just("name"), st.just(Comparator.IN), st.lists(VALUES, max_size=5).map(tuple)),
    st.just(Comparison("city", Comparator.IS, "NULL")),
)
TREES = st.recursive(
    COMPARISONS,
    lambda each: st.one_of(
        st.builds(And, st.lists(each, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(each, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, each),
    ),
    max_leaves=6,
)


class Refused(Exception):
    pass


def cut(text: str, *, counting: bool) -> Iterator[str]:
    """At commas as the two versions cut: within a pair of parentheses that stands around all, character by character."""
    level = brackets = 0
    quotes = {'"': False, "'": False}
    item = ""
    for each in f"({text})":
        level -= each == ")"
        brackets += (each == "[") - (each == "]") if counting else each in "[]"
        if each in quotes:
            quotes[each] = not quotes[each]
        if each == "," and level == 1 and not (brackets if counting else brackets % 2) and not any(quotes.values()):
            yield item
            item = ""
        elif level >= 1:
            item += each
        level += each == "("
    yield item


def understood(text: str, *, counting: bool, whole: bool = True) -> Filter:
    """What a server makes of a text; the two differ in brackets, and in what they join without being told to."""
    if text.count("(") != text.count(")"):
        raise Refused
    found = re.fullmatch(r"(and|or|not)\((.+)\)", text)
    if found is None and whole and (counting or "(" not in text):
        found = re.fullmatch(r"(and|or|not)\((.+)\)", f"and({text})")
    if found is None:
        return comparison(text)
    parts = tuple(understood(each, counting=counting, whole=False) for each in cut(found[2], counting=counting))
    if found[1] == "not":
        if len(parts) > 1:
            raise Refused
        return Not(parts[0])
    return And(parts) if found[1] == "and" else Or(parts)


def comparison(text: str) -> Comparison:
    found = re.fullmatch(r"(.+)\[(.+)\]:(.+)", text)
    if found is None or found[2] not in list(Comparator):
        raise Refused
    comparator = Comparator(found[2])
    if comparator in TAKES_LIST:
        if not (found[3].startswith("[") and found[3].endswith("]")):
            raise Refused
        return Comparison(found[1], comparator, tuple(map(bare, found[3][1:-1].split(","))))
    return Comparison(found[1], comparator, found[3] if comparator is Comparator.IS else bare(found[3]))


def bare(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] in "\"'" and value[-1] in "\"'" else value


def holds(tree: Filter, record: dict[str, str]) -> bool:
    """Whether a filter of `eq`, `neq`, `in`, `is` and `like` keeps a record."""
    match tree:
        case And(children):
            return all(holds(each, record) for each in children)
        case Or(children):
            return any(holds(each, record) for each in children)
        case Not(child):
            return not holds(child, record)
        case Comparison(path, Comparator.IN, tuple(values)):
            return record.get(path) in values
        case Comparison(path, Comparator.LIKE, str(pattern)):
            parts = (re.escape(each[-1]) if len(each) > 1 else {"%": ".*", "_": "."}.get(each, re.escape(each)) for each in tokens(pattern))
            return re.fullmatch("".join(parts), record.get(path, ""), re.DOTALL) is not None
        case Comparison(path, Comparator.IS, presence):
            return (path in record) is (presence == "NOT_NULL")
        case Comparison(path, comparator, value):
            return (record.get(path) == value) is (comparator is Comparator.EQ)


def tokens(pattern: str) -> list[str]:
    return re.findall(r"\\.|.", pattern, re.DOTALL)


@given(TREES, st.lists(VALUES, max_size=4))
def test_what_is_sent_is_understood_as_it_was_meant(tree: Filter, names: list[str]) -> None:
    try:
        text = naive.write(tree)
    except InvalidQuery:
        return
    for counting in (True, False):
        read = understood(text, counting=counting)
        for name in names:
            assert holds(read, {"name": name}) == holds(tree, {"name": name}), text
    again = naive.read(text)
    assert again is not None
    assert naive.write(again) == text


@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))
def test_a_loosened_question_can_always_be_asked_and_finds_all(values: list[str], others: list[str]) -> None:
    tree: Filter = Comparison("name", Comparator.IN, tuple(values))
    loose = understood(naive.write(naive.loosened(tree)), counting=True)
    assert all(holds(loose, {"name": each}) for each in values)
    assert understood(naive.write(naive.loosened(Or((tree, Comparison("name", Comparator.EQ, "Ada"))))), counting=False) is not None
    assert all(holds(loose, {"name": each}) for each in others if each in values)


@given(TREES)
def test_a_text_goes_as_it_is_where_it_says_the_same_to_both(tree: Filter) -> None:
    text = written(tree)
    if naive.is_common(text):
        assert naive.asked(text) == text
        for counting in (True, False):
            assert understood(text, counting=counting) in (parse(text), And((parse(text),)))


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Comparison("name", Comparator.EQ, "Smith, Sons"), 'name[eq]:"Smith, Sons"'),
        (Comparison("name", Comparator.EQ, 'Say "x"'), 'name[eq]:Say "x"'),
        (Comparison("name", Comparator.EQ, '"x"'), """name[eq]:'"x"'"""),
        (Comparison("name", Comparator.EQ, 'a "b", c'), """name[eq]:'a "b", c'"""),
        (Comparison("name", Comparator.EQ, "O'Neil"), "name[eq]:O'Neil"),
        (Comparison("name", Comparator.EQ, ""), 'name[eq]:""'),
        (Comparison("name", Comparator.IN, ("A", "b, c", "D")), 'or(name[in]:[A,D],name[eq]:"b, c")'),
        (Comparison("name", Comparator.STARTS_WITH, "100%"), r"name[like]:100\%%"),
        (Comparison("name", Comparator.ENDS_WITH, "100%"), r"name[like]:%100\%"),
        (Comparison("id", Comparator.IN, ()), "and(id[is]:NULL,id[is]:NOT_NULL)"),
        (
            And((Comparison("name", Comparator.EQ, "O'Neil"), Comparison("city", Comparator.EQ, "Rome"))),
            "and(city[eq]:Rome,name[eq]:O'Neil)",
        ),
    ],
)
def test_there_is_a_way_to_ask(tree: Filter, text: str) -> None:
    assert naive.write(tree) == text


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("two\nlines", "it holds a line break"),
        ("smile :(", "its parentheses do not match"),
        ("a) and (b", "its parentheses do not match"),
        ("a[b]: c", 'it holds "]:"'),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(value: str, why: str) -> None:
    with pytest.raises(InvalidQuery, match=r"name: this server takes quotes.* cannot be asked about .*Ask by `like`") as caught:
        naive.write(Comparison("name", Comparator.EQ, value))
    assert why in str(caught.value)


def test_two_values_that_would_swallow_each_other_are_not_asked_together() -> None:
    names = [Comparison("name", Comparator.EQ, each) for each in ("O'Neil, A", "O'Brien, B")]
    with pytest.raises(InvalidQuery, match="more than one of these values"):
        naive.write(Or(tuple(names)))


TWENTY_HAS = frozenset("eq neq in containsAny is gt gte lt lte startsWith like ilike".split())  # noqa: SIM905 - as 1.0.3 lists them


@pytest.mark.parametrize("comparator", Comparator)
def test_other_servers_are_asked_with_the_comparators_that_they_have(comparator: Comparator) -> None:
    value = ("Ada",) if comparator in TAKES_LIST else "NULL" if comparator is Comparator.IS else "Ada"
    sent = parse(naive.asked(written(Comparison("name", comparator, value))))
    assert isinstance(sent, Comparison)
    assert sent.comparator in TWENTY_HAS, f"say {comparator} in other words in wire/language/naive.py"

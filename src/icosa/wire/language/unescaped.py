"""The filter language as Twenty 2.19 reads it: the same trees, said by texts that have no escapes.

    filter     = conjunction | item {"," item}                        several items: all of them hold
    item       = conjunction | path "[" comparator "]:" value
    conjunction = ("and" | "or" | "not") "(" item {"," item} ")"      with nothing around it

Items are cut at commas outside of parentheses, brackets and quotes, and every one of these counts, wherever it stands;
a quote that no other follows goes on to the end.  A path ends before the last "[…]:" of its item, and blanks
are part of it, as they are of a value.  Of a value between two quotes these are taken off.  A list is cut at every comma.

What 2.19 refuses and can only be meant in one way is read in it: and(…),or(…) are two items, a quote without a partner is
a character like any other where it would swallow a comparison, and an empty list has no items.
"""

import re
from collections.abc import Iterator
from typing import Final

from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidQuery
from icosa.wire.language.filter import MAX_COMPARISONS, MAX_DEPTH, TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or

_QUOTES: Final = "\"'"
_CONJUNCTION = re.compile(r"(and|or|not)\((.+)\)", re.DOTALL)
_MARK = re.compile(r"""[()\[\]"',]""")
_BY_NAME = {each.value: each for each in Comparator}
_LISTED = "eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, endsWith, like, ilike"


def parse(text: str) -> Filter:
    """The tree that a text says.  Raises InvalidQuery on any other text, in time that grows with its length."""
    missing = text.count("(") - text.count(")")
    if missing:
        side, several = "close" if missing > 0 else "open", abs(missing) > 1
        raise InvalidQuery(
            f"filter: it has {text.count('(')} times ( and {text.count(')')} times ); write as many of one as of the other, also in values",
            legacy=f"'filter' invalid. {abs(missing)} {side} bracket{'s are' if several else ' is'} missing in the query",
        )
    reader = _Reader()
    if _whole(text):
        return reader.item(text, 1)
    items = tuple(reader.item(each, 2) for each in _cut(text))
    return items[0] if len(items) == 1 else And(items)


class _Reader:
    """Reads items and counts comparisons."""

    def __init__(self) -> None:
        self.comparisons = 0

    def item(self, text: str, depth: int) -> Filter:
        found = _whole(text)
        if found is None:
            return self.comparison(text)
        if depth > MAX_DEPTH:
            raise _refused(text, f"more than {MAX_DEPTH} conditions lie within each other; write it flatter")
        items = tuple(self.item(each, depth + 1) for each in _cut(found[2]))
        if found[1] == "and":
            return And(items)
        if found[1] == "or":
            return Or(items)
        if len(items) > 1:
            raise InvalidQuery(
                f"filter: {shown(text)}: not() takes one condition; write not(or(…)) or not(and(…))",
                legacy="'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)",
            )
        return Not(items[0])

    def comparison(self, text: str) -> Comparison:
        self.comparisons += 1
        if self.comparisons > MAX_COMPARISONS:
            raise _refused(text, f"more than {MAX_COMPARISONS} comparisons; use [in]:[a,b] for several values of one field")
        end = text.rfind("]:", 0, -1)  # a value of one character at least stands behind it
        start = text.rfind("[", 1, max(end - 1, 0))
        if end < 0 or start < 0:
            raise _refused(text or "and()", "it is no comparison; write field[comparator]:value, such as employees[gte]:10")
        path, name, value = text[:start], text[start + 1 : end], text[end + 2 :]
        comparator = _BY_NAME.get(name)
        if comparator is None:
            raise InvalidQuery(
                f"filter: {shown(text)}: {shown(name)} is no comparator; use one of {_LISTED}",
                legacy=f"'filter' invalid for '{brief(text)}', comparator {brief(name)} not in {_LISTED}",
            )
        return Comparison(path, comparator, _value(comparator, value))


def _value(comparator: Comparator, text: str) -> str | tuple[str, ...]:
    if comparator in TAKES_LIST:
        if not (text[0] == "[" and text[-1] == "]"):
            raise InvalidQuery(
                f"filter: {shown(text)} is no list; {comparator} takes one in brackets, such as [a,b]",
                legacy=f"'filter' invalid for '{comparator}' operator. Received '{brief(text)}' "
                f"but array value expected eg: 'field[{comparator}]:[value_1,value_2]'",
            )
        return tuple(map(_bare, text[1:-1].split(","))) if text[1:-1].strip() else ()
    if comparator is not Comparator.IS:
        return _bare(text)
    if text not in ("NULL", "NOT_NULL"):
        raise InvalidQuery(
            f"filter: {shown(text)} is nothing that `is` compares with; write NULL or NOT_NULL",
            legacy='Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"',
        )
    return text


def _bare(value: str) -> str:
    """A value without the quotes around it."""
    return value[1:-1] if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES else value


def _whole(text: str) -> re.Match[str] | None:
    """A conjunction that is the whole of a text: its last parenthesis closes its first, those in quotes counted or not."""
    found = _CONJUNCTION.fullmatch(text)
    return found if found and (_closes(text, quoted=True) or _closes(text, quoted=False)) else None


def _closes(text: str, *, quoted: bool) -> bool:
    level = 0
    for mark, within in _marks(text, lone=False):
        if quoted or not within:
            level += (mark[0] == "(") - (mark[0] == ")")
            if not level and mark[0] == ")":
                return mark.end() == len(text)
    return False


def _cut(text: str) -> list[str]:
    """Items between commas."""
    items = _cut_where(text, lone=True)
    return _cut_where(text, lone=False) if any(map(_swallows, items)) else items


def _swallows(item: str) -> bool:
    """Whether a comparison stands before another one: no path has a bracket in it."""
    start = item.rfind("[", 1, max(item.rfind("]:", 0, -1) - 1, 0))
    return "[" in item[: max(start, 0)] and not _whole(item)


def _cut_where(text: str, *, lone: bool) -> list[str]:
    """Items, where a `lone` quote counts or does not."""
    items: list[str] = []
    start = level = brackets = 0
    for mark, within in _marks(text, lone=lone):
        character = mark[0]
        level += (character == "(") - (character == ")")
        brackets += (character == "[") - (character == "]")
        if character == "," and not (level or brackets or within):
            items.append(text[start : mark.start()])
            start = mark.end()
    return [*items, text[start:]]


def _marks(text: str, *, lone: bool) -> Iterator[tuple[re.Match[str], bool]]:
    """Every mark, and whether it stands in quotes, of which a `lone` one opens or does not.  The two kinds do not mind each
    other: each opens and closes by itself."""
    left = {quote: text.count(quote) for quote in _QUOTES}
    within: set[str] = set()
    for mark in _MARK.finditer(text):
        if mark[0] in left:
            left[mark[0]] -= 1
            if mark[0] in within:
                within.remove(mark[0])
            elif lone or left[mark[0]]:
                within.add(mark[0])
        yield mark, bool(within)


def _refused(text: str, problem: str) -> InvalidQuery:
    return InvalidQuery(f"filter: {shown(text)}: {problem}", legacy=f"'filter' invalid for '{brief(text)}'. eg: price[gte]:10")

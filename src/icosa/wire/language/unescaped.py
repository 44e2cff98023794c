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
from bisect import bisect_left
from typing import Final, NamedTuple

from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidQuery
from icosa.wire.language.filter_tree import MAX_COMPARISONS, MAX_DEPTH, TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or

_QUOTES: Final = "\"'"
_CONJUNCTION = re.compile(r"(and|or|not)\(")
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
    reader = _Reader(text)
    whole = _Region(0, len(text), _START)
    if reader.conjunction(whole):
        return reader.item(whole, 1)
    items = tuple(reader.item(each, 2) for each in reader.cut(whole))
    return items[0] if len(items) == 1 else And(items)


class _Counted(NamedTuple):
    """How deep a place lies in parentheses and in brackets, and how many quotes of each kind stand before it."""

    level: int
    brackets: int
    quotes: tuple[int, int]


_START: Final = _Counted(0, 0, (0, 0))


class _Region(NamedTuple):
    """A part of the text; `counted` is what is before it."""

    start: int
    end: int
    counted: _Counted


class _Reader:
    """Reads items and counts comparisons.  All marks of a text are looked at once: a comma is kept by how deep it lies, and
    lies so deep in one region alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comparisons = 0
        self.commas: dict[int, list[tuple[int, _Counted]]] = {}
        self.behind: dict[int, _Counted] = {}  # what is counted behind an opening parenthesis, by its place
        self.partner: dict[int, int] = {}  # the place of the parenthesis that closes it
        self.count()

    def count(self) -> None:
        level, brackets = 0, 0
        quotes, opened = [0, 0], list[int]()
        for mark in _MARK.finditer(self.text):
            character, at = mark[0], mark.start()
            if character == ",":
                self.commas.setdefault(level, []).append((at, _Counted(level, brackets, (quotes[0], quotes[1]))))
            elif character == "(":
                level += 1
                opened.append(at)
                self.behind[at] = _Counted(level, brackets, (quotes[0], quotes[1]))
            elif character == ")":
                level -= 1
                if opened:
                    self.partner[opened.pop()] = at
            elif character in _QUOTES:
                quotes[_QUOTES.index(character)] += 1
            else:
                brackets += 1 if character == "[" else -1

    def conjunction(self, region: _Region) -> re.Match[str] | None:
        """The beginning of a conjunction that is the whole of a region.  One that is closed before a comma is an item beside
        others; else what closes it too early stands in a value."""
        found = _CONJUNCTION.match(self.text, region.start, region.end)
        if found is None or found.end() >= region.end - 1 or self.text[region.end - 1] != ")":
            return None
        closed = self.partner.get(found.end() - 1, region.end)
        return None if closed < region.end - 1 and self.text[closed + 1] == "," else found

    def item(self, region: _Region, depth: int) -> Filter:
        found = self.conjunction(region)
        if found is None:
            return self.comparison(self.text[region.start : region.end])
        if depth > MAX_DEPTH:
            raise _refused(
                self.text[region.start : region.end], f"more than {MAX_DEPTH} conditions lie within each other; write it flatter"
            )
        inner = _Region(found.end(), region.end - 1, self.behind[found.end() - 1])
        items = tuple(self.item(each, depth + 1) for each in self.cut(inner))
        if found[1] == "and":
            return And(items)
        if found[1] == "or":
            return Or(items)
        if len(items) > 1:
            raise InvalidQuery(
                f"filter: {shown(self.text[region.start : region.end])}: not() takes one condition; write not(or(…)) or not(and(…))",
                legacy="'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)",
            )
        return Not(items[0])

    def cut(self, region: _Region) -> list[_Region]:
        """The items of a region."""
        items = self.cut_where(region, lone=True)
        return self.cut_where(region, lone=False) if any(map(self.swallows, items)) else items

    def swallows(self, item: _Region) -> bool:
        """Whether a comparison stands before another one: no path has a bracket in it."""
        start = self.text.rfind("[", item.start + 1, max(self.text.rfind("]:", item.start, item.end - 1) - 1, item.start))
        return start >= 0 and self.text.find("[", item.start, start) >= 0 and not self.conjunction(item)

    def cut_where(self, region: _Region, *, lone: bool) -> list[_Region]:
        """The regions between commas, where a quote without a partner counts or does not."""
        commas, before = self.commas.get(region.counted.level, []), region.counted
        double, single = (self.text.count(quote, region.start, region.end) for quote in _QUOTES)
        doubles, singles = before.quotes
        items, start, counted = [], region.start, before
        for at, there in commas[bisect_left(commas, (region.start,)) : bisect_left(commas, (region.end,))]:
            one, other = there.quotes[0] - doubles, there.quotes[1] - singles
            if (one % 2 and (lone or one < double)) or (other % 2 and (lone or other < single)):
                continue
            if there.brackets == before.brackets:
                items.append(_Region(start, at, counted))
                start, counted = at + 1, there
        return [*items, _Region(start, region.end, counted)]

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


def _refused(text: str, problem: str) -> InvalidQuery:
    return InvalidQuery(f"filter: {shown(text)}: {problem}", legacy=f"'filter' invalid for '{brief(text)}'. eg: price[gte]:10")

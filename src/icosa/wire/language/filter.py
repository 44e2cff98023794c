"""The filter language: a text, and the tree it says (`filter_tree`).  It knows no fields; `condition` binds a tree to an object.

    filter      = item {"," item}                                   several items: all of them hold
    item        = ("and" | "or") "(" item {"," item} ")"
                | "not" "(" item ")"
                | path "[" comparator "]" ":" value
    value       = quoted | bare | NULL or NOT_NULL after `is` | "[" [value {"," value}] "]" after `in` and `containsAny`
    quoted      = "…" or '…', where \\" \\' \\\\ stand for the character and any other backslash for itself
    bare        = all up to the next "," or ")" (in a list also "]") outside of parentheses of its own

Blanks around items and values mean nothing.  What begins with a quote but does not end with one right
before "," ")" "]" or the end is bare: 'Til Dawn.  A bare value may also be one list in brackets, whose
commas are its own.  Twenty 1.0.3 reads the same, without escapes and with surprises; see
docs/filter-language.md and docs/compatibility.md.
"""

import re

from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidQuery
from icosa.wire.language.filter_tree import MAX_COMPARISONS, MAX_DEPTH, TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or


def parse(text: str) -> Filter:
    """The tree that a text says.  Raises InvalidQuery on any other text, in time that grows with its length."""
    return _Parser(text).filter()


def write(tree: Filter) -> str:
    """The text of a tree, such that `parse(write(tree)) == tree`.

    Values are bare where they can be and "quoted" where they must: Twenty 1.0.3 refuses quoted options
    and numbers.  Several items are written as and(…), which it needs where a value holds parentheses.
    """
    match tree:
        case And(children):
            return f"and({','.join(map(write, children))})"
        case Or(children):
            return f"or({','.join(map(write, children))})"
        case Not(child):
            return f"not({write(child)})"
        case Comparison(path, comparator, value):
            written = _written(value) if isinstance(value, str) else f"[{','.join(map(_written, value))}]"
            return f"{path}[{comparator}]:{written}"


_NEEDS_QUOTES = re.compile(r"""[(),\[\]"']|\A\s|\s\Z|\A\Z""")
_NEEDS_ESCAPE = re.compile(r'"|\\(?=["\'\\]|\Z)')


def _written(value: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", value) + '"' if _NEEDS_QUOTES.search(value) else value


# Possessive repeats (`++`, `*+`) never go back, so that no text can make a pattern slow.  They are of single characters alone: of
# groups, Python before 3.11.5 takes them wrongly (python/cpython#106052).
_HEAD = re.compile(r"""\s*+(?:(and|or|not)\(|([^\[\](),:"'\s]++)\[([^\[\](),:\s]*+)\]:)""")
_BLANKS = re.compile(r"\s*+")
_END = r"\s*+(?=[,)\]]|\Z)"
_QUOTED = re.compile(rf"""(?:"([^"\\]*+(?:\\.[^"\\]*+)*)"|'([^'\\]*+(?:\\.[^'\\]*+)*)'){_END}""", re.DOTALL)
_BRACKETED = re.compile(rf"""(\[(?:"[^"\\]*+(?:\\.[^"\\]*+)*"|[^"\]])*\]){_END}""", re.DOTALL)
_PLAIN_LIST = re.compile(rf"""\[([^"'()\[\]]*+)\]{_END}""")
_EMPTY_LIST = re.compile(r"\[\s*+\]")
_ESCAPED = re.compile(r"""\\(["'\\])""")
_ITEM_MARK = re.compile(r"[(),]")
_ANY_MARK = re.compile(r"[()\[\],]")
_LIST_MARK = re.compile(r"[(),\]]")
_LOUD_CONJUNCTION = re.compile(r"(and|or|not)\s*\(", re.IGNORECASE)
_BY_NAME = {each.value: each for each in Comparator}


class _Parser:
    """Recursive descent, one method a rule of the grammar; `at` is the first character not read yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.item_at = 0
        self.comparisons = 0
        self.deepest = 0

    def filter(self) -> Filter:
        items = self.items(1)
        if self.at < len(self.text):
            raise self.refused('this ")" closes nothing that was opened; remove it, or put the value that holds it in quotes')
        if len(items) == 1:
            return items[0]
        if self.deepest == MAX_DEPTH:  # said with and(…) it would be one deeper, and every filter can be written
            raise self.too_deep()
        return And(items)

    def items(self, depth: int) -> tuple[Filter, ...]:
        """One item or more.  Ends before a ")" that it did not open, or at the end of the text."""
        items = [self.item(depth)]
        while self.at < len(self.text) and self.text[self.at] == ",":
            self.at += 1
            items.append(self.item(depth))
        if self.at < len(self.text) and self.text[self.at] != ")":
            raise self.refused(f'expected "," or ")" before {shown(self.text[self.at :])}')
        return tuple(items)

    def item(self, depth: int) -> Filter:
        head = _HEAD.match(self.text, self.at)
        if head is None:
            raise self.no_item()
        self.item_at = head.start(1 if head[1] else 2)
        self.at = head.end()
        found = self.conjunction(head[1], depth) if head[1] else self.comparison(head[2], head[3])
        self.skip_blanks()
        return found

    def conjunction(self, name: str, depth: int) -> Filter:
        opened = self.item_at
        if depth > MAX_DEPTH:
            raise self.too_deep()
        self.deepest = max(self.deepest, depth)
        items = self.items(depth + 1)
        if not self.text.startswith(")", self.at):
            raise self.refused(f'the "(" of {name}( at character {opened + 1} is not closed; add ")"')
        self.at += 1
        if name == "not" and len(items) > 1:
            legacy = "'filter' invalid. 'not' conjunction should contain only 1 condition. eg: not(field[eq]:1)"
            raise self.refused("not() takes one condition; write not(or(…)) or not(and(…))", legacy, at=opened)
        return Not(items[0]) if name == "not" else And(items) if name == "and" else Or(items)

    def comparison(self, path: str, name: str) -> Comparison:
        comparator = _BY_NAME.get(name)
        if comparator is None:
            raise self.unknown_comparator(name)
        self.comparisons += 1
        if self.comparisons > MAX_COMPARISONS:
            raise self.refused(f"more than {MAX_COMPARISONS} comparisons; use [in]:[a,b] for several values of one field")
        self.skip_blanks()
        if comparator in TAKES_LIST:
            return Comparison(path, comparator, self.list_of_values(comparator))
        start = self.at
        value = self.value(_ITEM_MARK)
        if comparator is Comparator.IS and value not in ("NULL", "NOT_NULL"):
            raise self.refused(f"{shown(value)} is nothing that `is` compares with; write NULL or NOT_NULL", at=start)
        return Comparison(path, comparator, value)

    def list_of_values(self, comparator: Comparator) -> tuple[str, ...]:
        start = self.at
        if not self.text.startswith("[", start):
            raise self.no_list(comparator, f"{comparator} takes a list in brackets, such as [a,b]", start)
        plain = _PLAIN_LIST.match(self.text, start)
        if plain and all(items := tuple(map(str.strip, plain[1].split(",")))):  # hundreds of ids are common
            self.at = plain.end()
            return items
        empty = _EMPTY_LIST.match(self.text, start)
        if empty:
            self.at = empty.end()
            return ()
        values: list[str] = []
        while not values or self.text.startswith(",", self.at):
            self.at += 1
            self.skip_blanks()
            values.append(self.value(_LIST_MARK))
        if not self.text.startswith("]", self.at):
            raise self.no_list(comparator, 'the list is not closed; add "]", or put a value that holds parentheses in quotes', start)
        self.at += 1
        return tuple(values)

    def value(self, mark: re.Pattern[str]) -> str:
        first = self.text[self.at : self.at + 1]
        if first in ('"', "'"):
            quoted = _QUOTED.match(self.text, self.at)
            if quoted:
                self.at = quoted.end()
                inner: str = quoted[quoted.lastindex or 0]
                return _ESCAPED.sub(r"\1", inner) if "\\" in inner else inner
        elif first == "[" and mark is _ITEM_MARK:
            bracketed = _BRACKETED.match(self.text, self.at)
            if bracketed:
                self.at = bracketed.end()
                return bracketed[1]
        start, self.at = self.at, self.bare_end(self.at, mark)
        value = self.text[start : self.at].rstrip()
        if not value:
            raise self.refused('a value is missing; write "" for the empty text, or [is]:NULL to find what has none', at=start)
        return value

    def bare_end(self, start: int, mark: re.Pattern[str]) -> int:
        """Where a bare value ends: at a mark outside of parentheses that were opened within it."""
        opened: list[int] = []
        for found in mark.finditer(self.text, start):
            if found[0] == "(":
                opened.append(found.start())
            elif not opened:
                return found.start()
            elif found[0] == ")":
                opened.pop()
        if opened:
            raise self.refused('this "(" is never closed; close it, or put the value in quotes', at=opened[-1])
        return len(self.text)

    def skip_blanks(self) -> None:
        blanks = _BLANKS.match(self.text, self.at)
        assert blanks is not None
        self.at = blanks.end()

    def no_item(self) -> InvalidQuery:
        self.skip_blanks()
        self.item_at = self.at
        if not self.text.strip():
            return self.refused("it is blank; leave the parameter out, or write field[comparator]:value")
        loud = _LOUD_CONJUNCTION.match(self.text, self.at)
        if loud:
            return self.refused(f'{shown(loud[0])} must be in lower case and directly before "(": write {loud[1].lower()}(')
        if not self.item_text():
            return self.refused("nothing stands where a comparison is expected; write field[comparator]:value")
        return self.refused(f"{shown(self.item_text())} is no comparison; write field[comparator]:value, such as employees[gte]:10")

    def no_list(self, comparator: Comparator, problem: str, start: int) -> InvalidQuery:
        legacy = (
            f"'filter' invalid for '{comparator}' operator. Received '{brief(self.text_from(start))}' "
            "but array value expected eg: 'field[in]:[value_1,value_2]'"
        )
        return self.refused(problem, legacy, at=start)

    def unknown_comparator(self, name: str) -> InvalidQuery:
        worded = ", ".join(each for each in Comparator if each is not Comparator.ENDS_WITH)
        return self.refused(
            f"{shown(name)} is no comparator; use one of {', '.join(Comparator)}",
            f"'filter' invalid for '{brief(self.item_text())}', comparator {brief(name)} not in {worded}",
            at=self.item_at,
        )

    def too_deep(self) -> InvalidQuery:
        return self.refused(f"more than {MAX_DEPTH} conditions lie within each other; write it flatter", at=self.item_at)

    def item_text(self) -> str:
        return self.text_from(self.item_at)

    def text_from(self, start: int) -> str:
        """The rest of the item that this is in, for messages: parentheses need not be balanced."""
        depth = dict.fromkeys("([", 0)
        for found in _ANY_MARK.finditer(self.text, start):
            mark = found[0]
            if mark in depth:
                depth[mark] += 1
            elif mark in ")]":
                depth["(" if mark == ")" else "["] -= 1
            if depth["("] < 0 or (mark == "," and not any(depth.values())):
                return self.text[start : found.start()].strip()
        return self.text[start:].strip()

    def refused(self, problem: str, legacy: str | None = None, *, at: int | None = None) -> InvalidQuery:
        """Says where.  1.0.3 counts parentheses before anything else, and so does its phrase."""
        place = (self.at if at is None else at) + 1
        missing = self.text.count("(") - self.text.count(")")
        if missing:
            side = "close" if missing > 0 else "open"
            several = abs(missing) > 1
            legacy = f"'filter' invalid. {abs(missing)} {side} bracket{'s are' if several else ' is'} missing in the query"
        elif legacy is None:
            legacy = f"'filter' invalid for '{brief(self.item_text())}'. eg: price[gte]:10"
        return InvalidQuery(f"filter, character {place}: {problem}", legacy=legacy)

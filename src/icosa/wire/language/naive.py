"""Filters for servers that read them naively: Twenty itself, which has no escapes.

Every quote there opens or closes, and so does every bracket and parenthesis, wherever it stands; a list is cut at
every comma; and of a value between two quotes those two are taken off.  A text that is read as something else finds
nothing, and nothing tells that from there being nothing.  So `read` reads as those servers do, and what it does not
read as it was meant is never sent: it is written in another way, or refused.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidQuery
from icosa.wire.language import filter as own
from icosa.wire.language.filter_tree import TAKES_LIST, And, Comparator, Comparison, Filter, Not, Or

_QUOTES: Final = "\"'"
_CONJUNCTION = re.compile(r"(and|or|not)\((.*)\)")
_COMPARISON = re.compile(r"""([^\[\](),:"'\s]+)\[([A-Za-z]+)\]:(.+)""")
_MARK = re.compile(r"""[()\[\]"',]""")
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")
_IN_THE_WAY = re.compile("[%_\\\\,\"'()\\[\\]\n\r\u2028\u2029]")
_PATTERN = re.compile(r"[%_\\]")


def asked(text: str) -> str:
    """What to send for the filter that a text says: the text itself where it is read as it was meant.

    Raises InvalidQuery for a text that is no filter, and for one that such a server cannot be asked.
    """
    tree = own.parse(text)
    return text if read(text) == tree == _sayable(tree) else write(tree)


def is_common(text: str) -> bool:
    """Whether a filter says the same to such a server and to one that reads Icosa's own grammar."""
    tree = own.parse(text)
    return read(text) == tree == _sayable(tree)


def read(text: str) -> Filter | None:
    """The filter that such a server reads; None where it refuses, or where its versions would read two things."""
    if text.count("(") != text.count(")") or _LINE_BREAK.search(text):
        return None
    if _CONJUNCTION.fullmatch(text):
        return _expression(text)
    found = _all(_split(text))
    if found is None or (len(found) > 1 and "(" in text):  # 1.0.3 joins only what holds no parentheses
        return None
    return found[0] if len(found) == 1 else And(found)


def write(tree: Filter) -> str:
    """The text by which such a server is asked what the tree says; a list that it would cut wrongly is asked value
    by value, a beginning as a pattern.  Raises InvalidQuery where there is none."""
    written = _written(_sayable(tree))
    if read(written.text) != written.tree:
        raise _refused("more than one of these values holds a quote or a bracket that has no other", written.text)
    return written.text


def loosened(tree: Filter) -> Filter:
    """A filter that such a server can be asked in any case, and that finds all that `tree` finds, and perhaps more:
    what comes has to be compared.  `tree` is made of `eq` and `in`, and of `and` and `or`."""
    match tree:
        case And(children):
            return And(tuple(map(loosened, children)))
        case Or(children):
            return Or(tuple(map(loosened, children)))
        case Comparison(path, Comparator.IN, tuple(values)) if values:
            plain = tuple(each for each in values if _is_plain(each))
            listed = (Comparison(path, Comparator.IN, plain),) if plain else ()
            return _any((*listed, *(_like(path, each) for each in values if not _is_plain(each))))
        case Comparison(path, Comparator.EQ, str(value)) if not _is_plain(value):
            return _like(path, value)
        case _:
            return tree


def _is_plain(value: str) -> bool:
    """Whether it can stand in any list and beside any other value."""
    return bool(value) and value == value.strip() and not _IN_THE_WAY.search(value)


def _like(path: str, value: str) -> Comparison:
    """Any one character in the place of each that cannot be said; a comparison as it is where all can."""
    pattern = _IN_THE_WAY.sub("_", value)
    return Comparison(path, Comparator.EQ if pattern == value else Comparator.LIKE, pattern)


def _sayable(tree: Filter) -> Filter:
    """The same in the words that mean the same to every version."""
    match tree:
        case And(children):
            return And(tuple(map(_sayable, children)))
        case Or(children):
            return Or(tuple(map(_sayable, children)))
        case Not(child):
            return Not(_sayable(child))
        case Comparison(path, _, ()):  # they look for the empty text, or refuse it: it is what is not there and is there
            return And((Comparison(path, Comparator.IS, "NULL"), Comparison(path, Comparator.IS, "NOT_NULL")))
        case Comparison(path, Comparator.IN, tuple(values)):
            listed = tuple(each for each in values if _in_list(each) is not None)
            alone = (Comparison(path, Comparator.EQ, each) for each in values if _in_list(each) is None)
            return _any((*((Comparison(path, Comparator.IN, listed),) if listed else ()), *alone))
        case Comparison(path, Comparator.STARTS_WITH, str(value)):  # 1.0.3 takes it for `like`
            return Comparison(path, Comparator.LIKE, _PATTERN.sub(r"\\\g<0>", value) + "%")
        case Comparison(path, Comparator.ENDS_WITH, str(value)):  # 1.0.3 knows no such
            return Comparison(path, Comparator.LIKE, "%" + _PATTERN.sub(r"\\\g<0>", value))
        case _:
            return tree


def _any(children: tuple[Comparison, ...]) -> Filter:
    return children[0] if len(children) == 1 else Or(children)


class _Written(NamedTuple):
    """A text and what is read from it; others may follow it only where it leaves no quote and no bracket open."""

    text: str
    tree: Filter

    @property
    def open(self) -> bool:
        return any(self.text.count(quote) % 2 for quote in _QUOTES) or self.text.count("[") != self.text.count("]")


def _written(tree: Filter) -> _Written:
    match tree:
        case And(children):
            texts, trees = _joined(children)
            return _Written(f"and({texts})", And(trees))
        case Or(children):
            texts, trees = _joined(children)
            return _Written(f"or({texts})", Or(trees))
        case Not(child):
            inner = _written(child)
            return _Written(f"not({inner.text})", Not(inner.tree))
        case Comparison(path, comparator, str(value)):
            return _compared(tree, (f"{path}[{comparator}]:{form}" for form in _forms(value)))
        case Comparison(path, comparator, values):
            items = [_in_list(each) for each in values]
            if None in items:
                raise _refused("it cannot stand in a list", values[items.index(None)], path)
            return _compared(tree, [f"{path}[{comparator}]:[{','.join(filter(None, items))}]"])


def _joined(children: Iterable[Filter]) -> tuple[str, tuple[Filter, ...]]:
    written = sorted(map(_written, children), key=lambda each: each.open)  # what leaves a quote open swallows what follows
    return ",".join(each.text for each in written), tuple(each.tree for each in written)


def _compared(tree: Comparison, texts: Iterable[str]) -> _Written:
    """The text that is read as the comparison, by Icosa's own grammar too where one is."""
    written = [_Written(each, tree) for each in texts if read(each) == tree]
    if not written:
        raise _refused(_why(tree.value), tree.value, tree.path)
    return min(written, key=lambda each: (each.open, not _is_own(each)))


def _is_own(written: _Written) -> bool:
    try:
        return own.parse(written.text) == written.tree
    except InvalidQuery:
        return False


def _forms(value: str) -> Iterable[str]:
    bare = (value,) if value else ()
    return (*bare, *(f"{quote}{value}{quote}" for quote in _QUOTES))


def _in_list(value: str) -> str | None:
    """A value as it stands in a list, None where it cannot."""
    if _split(value) != [value] or re.search(r"[\[\],]", value) or _LINE_BREAK.search(value):
        return None
    return next((each for each in _forms(value) if each == each.strip() and _unquoted(each) == value), None)


def _expression(text: str) -> Filter | None:
    found = _CONJUNCTION.fullmatch(text)
    if found is None:
        return _comparison(text)
    children = _all(_split(found[2]))
    if children is None:
        return None
    match found[1]:
        case "not":
            return Not(children[0]) if len(children) == 1 else None
        case "and":
            return And(children)
        case _:
            return Or(children)


def _all(items: Iterable[str] | None) -> tuple[Filter, ...] | None:
    if items is None:
        return None
    found = tuple(each for each in map(_expression, items) if each is not None)
    return found if len(found) == len(list(items)) else None


def _split(text: str) -> list[str] | None:
    """The items between the commas at which all versions split; None where only some do, and for ")" before "("."""
    items: list[str] = []
    start = level = brackets = 0
    within = dict.fromkeys((*_QUOTES, "[]"), False)
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in "()":
            level += 1 if mark == "(" else -1
            if level < 0:
                return None
        elif mark in "[]":  # the older count no brackets: each turns over what the one before it said
            brackets += 1 if mark == "[" else -1
            within["[]"] = not within["[]"]
        elif mark in within:
            within[mark] = not within[mark]
        elif not (level or any(within[quote] for quote in _QUOTES)):
            if within["[]"] != (brackets != 0):
                return None
            if not brackets:
                items.append(text[start : found.start()])
                start = found.end()
    return [*items, text[start:]]


def _comparison(text: str) -> Comparison | None:
    """Its path ends at the last "[…]:", so that a value with such a thing in it is refused."""
    found = _COMPARISON.fullmatch(text)
    if found is None or found[2] not in list(Comparator) or "]:" in found[3]:
        return None
    comparator, value = Comparator(found[2]), found[3]
    if comparator in TAKES_LIST:
        items = [_unquoted(each) for each in value[1:-1].split(",")] if value[0] == "[" and value[-1] == "]" else [None]
        return None if None in items else Comparison(found[1], comparator, tuple(each for each in items if each is not None))
    if comparator is Comparator.IS:
        return Comparison(found[1], comparator, value) if value in ("NULL", "NOT_NULL") else None
    unquoted = _unquoted(value)
    return None if unquoted is None else Comparison(found[1], comparator, unquoted)


def _unquoted(value: str) -> str | None:
    """A value without the quotes around it; None where it is not certain that they are around it, or nothing stands there."""
    if not value or not (value[0] in _QUOTES and value[-1] in _QUOTES):
        return value or None
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] else None


def _why(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "they cannot stand in one list"
    if _LINE_BREAK.search(value):
        return "it holds a line break"
    if "]:" in value:
        return 'it holds "]:"'
    return "its parentheses do not match" if _split(value) is None or value.count("(") != value.count(")") else "of its quotes and brackets"


def _refused(why: str, value: str | tuple[str, ...], path: str = "") -> InvalidQuery:
    text = value if isinstance(value, str) else ", ".join(value)
    return InvalidQuery(
        f"Filter: {path + ': ' if path else ''}this server takes quotes, commas, brackets and parentheses within a value for its own "
        f"and cannot be asked about {shown(text)}: {why}. Ask by `like` with _ in the place of such characters, and compare what comes"
    )

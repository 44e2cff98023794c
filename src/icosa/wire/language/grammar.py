"""Filters, orders and cursors as a version of the wire has them.  A version says which grammar it speaks by its `spelling`."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.language import condition, cursor, order
from icosa.wire.language.condition import Condition
from icosa.wire.language.filter_tree import Filter
from icosa.wire.language.order import OrderKey
from icosa.wire.version import Spelling


class Grammar(NamedTuple):
    """`condition` is what a filter asks of records of an object, `bind` the same of one that was read, `order` the keys of
    an order of them, None being the order of ids, and `place` the values that a cursor has for such keys.  All raise InvalidQuery."""

    condition: Callable[[str, Object, Catalogue], Condition]
    bind: Callable[[Filter, Object, Catalogue], Condition]
    order: Callable[[str | None, Object, Catalogue], tuple[OrderKey, ...]]
    place: Callable[[str, Sequence[OrderKey]], tuple[Any, ...]]


def _bound(text: str, of: Object, _: Catalogue) -> Condition:
    from icosa.wire.language.filter import parse  # here: most pages are asked for without a filter

    return condition.bind(parse(text), of)


_ESCAPED: Final = Grammar(
    _bound,
    lambda tree, of, _: condition.bind(tree, of),
    lambda text, of, _: order.parse(text, of),
    cursor.decode,
)


@cache
def _unescaped() -> Grammar:
    from icosa.wire.language import typed, unescaped  # here: most workspaces speak the other one

    return Grammar(
        lambda text, of, catalogue: typed.bind(unescaped.parse(text), of, catalogue),
        typed.bind,
        order.parse_related,
        cursor.decode_loosely,
    )


def grammar_of(spelling: Spelling) -> Grammar:
    """The grammar of that spelling."""
    return _ESCAPED if spelling is Spelling.ESCAPED else _unescaped()

"""How SQL databases compare, as far as they agree."""

from typing import Any, Final, Literal

from icosa.catalogue.columns import Column
from icosa.wire.language.condition import PRESENT
from icosa.wire.language.filter_tree import Comparator
from icosa.workspace.store.names import literal as quoted_text

Compares = Literal[Comparator.EQ, Comparator.NEQ, Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE]

OPERATORS: Final[dict[Compares, str]] = {
    Comparator.EQ: "=",
    Comparator.NEQ: "!=",
    Comparator.GT: ">",
    Comparator.GTE: ">=",
    Comparator.LT: "<",
    Comparator.LTE: "<=",
}


def presence(sql: str, value: Any) -> str:
    """The condition that an expression has a value, where that is PRESENT, or has none."""
    return f"{sql} IS NOT NULL" if value is PRESENT else f"{sql} IS NULL"


def rank(column: Column, sql: str) -> str:
    """The place of an option among those that its field lists."""
    places = " ".join(f"WHEN {quoted_text(option)} THEN {at}" for at, option in enumerate(column.options))
    return f"CASE {sql} {places} END"


def literal(text: str) -> str:
    """The LIKE pattern of a text itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def closed(pattern: str) -> str:
    """A LIKE pattern whose last backslash escapes something: itself, where nothing follows."""
    trailing = len(pattern) - len(pattern.rstrip("\\"))
    return pattern + "\\" if trailing % 2 else pattern

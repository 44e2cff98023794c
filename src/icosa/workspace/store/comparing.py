"""How SQL databases compare, as far as they agree."""

from icosa.wire.language.filter import Comparator

OPERATORS = {
    Comparator.EQ: "=",
    Comparator.NEQ: "!=",
    Comparator.GT: ">",
    Comparator.GTE: ">=",
    Comparator.LT: "<",
    Comparator.LTE: "<=",
}


def literal(text: str) -> str:
    """The LIKE pattern of a text itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def closed(pattern: str) -> str:
    """A LIKE pattern whose last backslash escapes something: itself, where nothing follows."""
    trailing = len(pattern) - len(pattern.rstrip("\\"))
    return pattern + "\\" if trailing % 2 else pattern

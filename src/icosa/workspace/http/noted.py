"""What is noted of an answer.  One flat list holds it for all answers of a moment, and costs a third of a tuple for each; it is
counted, and made lines, by columns."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

Entry: TypeAlias = tuple[float, float, str, str, str, str | None, int, int, tuple[tuple[str, str], ...]]
"""What is noted of one answer: when it was answered (seconds of the monotonic clock), seconds since its request had arrived,
method, path, query, token or None, status, bytes of the body, headers beside the usual ones."""

Noted: TypeAlias = list[Any]
"""For each answer in its order the values of its entry."""

Note: TypeAlias = Callable[[Entry], None]
"""Takes note of an answer.  It is called where an answer is sent, and does no more than to put the entry to the others: there
nothing is at hand for the processor, and each name that is looked up costs several times as much as in a loop."""


class NotedColumns(NamedTuple):
    """What was noted of some answers: of each value of an entry those of all of them, in their order."""

    ended: list[float]
    seconds: list[float]
    methods: list[str]
    paths: list[str]
    queries: list[str]
    tokens: list[str | None]
    statuses: list[int]
    sizes: list[int]
    headers: list[tuple[tuple[str, str], ...]]


_WIDTH = len(NotedColumns._fields)


def columns_of(noted: Noted) -> NotedColumns:
    """Both who counts and who makes lines wants most of them: they are taken out once."""
    return NotedColumns(*(noted[at::_WIDTH] for at in range(_WIDTH)))


def are_alike(values: Sequence[object]) -> bool:
    """Whether all values of a column, of which there is one at least, are the same, as most are on a busy server."""
    return values[0] == values[-1] and values.count(values[0]) == len(values)

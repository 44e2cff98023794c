"""What is noted of an answer.  One flat list holds it for all answers of a moment: it costs a third of a tuple for each to
hand it over, and what is counted is counted by columns."""

from collections.abc import Callable
from typing import Any, TypeAlias

Entry: TypeAlias = tuple[float, float, str, str, str, str | None, int, int, tuple[tuple[str, str], ...]]
"""What is noted of one answer: when it was answered (seconds of the monotonic clock), seconds since its request had arrived,
method, path, query, token or None, status, bytes of the body, headers beside the usual ones."""

Noted: TypeAlias = list[Any]
"""For each answer in its order the WIDTH values of its entry."""

Note: TypeAlias = Callable[[Entry], None]
"""Takes note of an answer.  It is called where an answer is sent, and does no more than to put the entry to the others: there
nothing is at hand for the processor, and each name that is looked up costs several times as much as in a loop."""

ENDED, SECONDS, METHOD, PATH, QUERY, TOKEN, STATUS, SIZE, HEADERS = range(9)
WIDTH = 9

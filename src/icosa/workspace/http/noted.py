"""What is noted of an answer.  One flat list holds it for all answers of a moment: it costs a third of a tuple for each to
hand it over, and what is counted is counted by columns."""

from typing import Any, TypeAlias

Noted: TypeAlias = list[Any]
"""For each answer in its order WIDTH values: when the request had arrived and when it was answered (seconds of the monotonic
clock), method, path, query, token or None, status, bytes of the body, headers beside the usual ones."""

BEGAN, ENDED, METHOD, PATH, QUERY, TOKEN, STATUS, SIZE, HEADERS = range(9)
WIDTH = 9

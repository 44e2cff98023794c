"""How long an answer may be.  It is made in memory, several times over, and whoever handles it holds up all others."""

from icosa.errors import InvalidQuery

LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes."""


def too_long() -> InvalidQuery:
    """The error where an answer would be longer."""
    return InvalidQuery(
        f"the answer would be longer than {LONGEST_ANSWER // 1024 // 1024} MB; ask for less: a smaller limit or depth, or fewer records"
    )


class Length:
    """Counts the bytes of an answer that is put together from several parts, so that it is refused before it is whole."""

    def __init__(self) -> None:
        self._bytes = 0

    def add(self, *parts: bytes | memoryview) -> None:
        """Raises InvalidQuery where all parts together are too long."""
        self._bytes += sum(map(len, parts))
        if self._bytes > LONGEST_ANSWER:
            raise too_long()

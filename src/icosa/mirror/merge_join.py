"""Two streams in the order of their ids, side by side."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def side_by_side(one: Iterable[tuple[str, A]], other: Iterable[tuple[str, B]]) -> Iterator[tuple[str, A | None, B | None]]:
    """Each id of either stream, with what each has for it; None where it has nothing."""
    left, right = iter(one), iter(other)
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a[0] < b[0]):
            assert a is not None
            yield a[0], a[1], None
            a = next(left, None)
        elif a is None or b[0] < a[0]:
            yield b[0], None, b[1]
            b = next(right, None)
        else:
            yield a[0], a[1], b[1]
            a, b = next(left, None), next(right, None)

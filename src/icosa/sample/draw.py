"""Chance and time in the sample: both are fixed by the seed."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

Record = dict[str, Any]
Sample = dict[str, list[Record]]
T = TypeVar("T")

TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The Monday morning on which the sample is looked at; never the clock, or no two runs would be alike."""


class Draw:
    """A source of ids, choices and moments.  Everything drawn from it depends on the seed and on what was
    drawn before, and on nothing else."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._made = 0

    def id(self) -> str:
        """The next id.  Like those that a workspace makes, it has the form of version 4 and begins with a
        millisecond clock, so that the order of ids is the order of creation."""
        self._made += 1
        clock = int((TODAY - timedelta(days=1)).timestamp() * 1000) + self._made
        head, tail = f"{clock:012x}", f"{self._random.getrandbits(76):019x}"
        variant = "89ab"[self._random.getrandbits(2)]
        return f"{head[:8]}-{head[8:]}-4{tail[:3]}-{variant}{tail[3:6]}-{tail[6:18]}"

    def below(self, end: int) -> int:
        return self._random.randrange(end)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def one(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """That many different ones, in an order of chance."""
        return self._random.sample(of, count)

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def moment(self, first_day: int, last_day: int) -> datetime:
        """A time in working hours on a working day, so many days from TODAY (before it where negative)."""
        day = TODAY.replace(hour=0) + timedelta(days=self.between(first_day, last_day))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day + timedelta(hours=self.between(8, 17), minutes=5 * self.below(12))


_SPELLED = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "đ": "d", "ı": "i", "'": ""})


def wire(when: datetime) -> str:
    """A moment as the API writes it."""
    return f"{when:%Y-%m-%dT%H:%M:%S}.000Z"


def slug(name: str) -> str:
    """A name as part of an address: "Løvås & Sønn" -> "lovas-sonn"."""
    spelled = name.lower().translate(_SPELLED)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

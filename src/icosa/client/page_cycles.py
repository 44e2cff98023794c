"""Whether pages go on, or round: a server that gives what it gave before would be walked for ever."""

from collections.abc import Sequence
from typing import Any

from icosa.call.page import Page
from icosa.errors import UnreadableAnswer

MOST = 100_000
"""So many records are remembered; of more than that, a sample."""

SURE = 32
"""A sample without anything new in so many times the records that it stands for is no chance any more."""


class Rounds:
    """What a walk has met so far.  It takes no more memory for a long walk than for one of MOST records, and none
    while records come in the order of their ids."""

    def __init__(self) -> None:
        self._cursors = _Cycle()
        self._seen = SampledSet()
        self._highest = ""
        self._ascending = True

    def round_again(self, records: Sequence[dict[str, Any]], cursor: str | None) -> bool:
        """Whether a page that has a next one, at this cursor, brings the walk to where it has been.

        A record that was changed since is another one: in an order by `updatedAt` it comes again by right.
        """
        ids = [each["id"] for each in records]
        if self._ascending and all(before < after for before, after in zip([self._highest, *ids], ids, strict=False)):
            self._highest = ids[-1] if ids else self._highest
            stale = False
        else:
            self._ascending = False
            stale = not self._seen.brings_news([(each["id"], each.get("updatedAt")) for each in records])
        return stale or (cursor is not None and self._cursors.closed_by(cursor))

    def next_cursor(self, page: Page, order: str = "") -> str | None:
        """Where the page after this one begins; None for the last page.  Raises UnreadableAnswer, with what is said of the
        `order`, where what follows cannot be asked for, or where it was there before."""
        if not page.has_next_page or not page.records:
            return None
        if page.end_cursor is None:
            raise UnreadableAnswer("the server says that there is another page, and gives no cursor to it")
        if self.round_again(page.records, page.end_cursor):
            raise UnreadableAnswer(f"the server gives the same page again and again {order}".rstrip())
        return page.end_cursor


class SampledSet:
    """Which of many things were there before, by a sample of them that never holds more than `most`."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: set[int] = set()
        self._mask = 0
        self._stale = 0

    def brings_news(self, things: Sequence[object]) -> bool:
        """Whether any of these may be new.  While all are kept that is exact; of a sample, it takes a long run
        without anything new until it is denied."""
        new = {each for each in map(hash, things) if not each & self._mask} - self._kept
        self._kept |= new
        self._stale = 0 if new else self._stale + len(things)
        while len(self._kept) > self._most:
            self._mask = 2 * self._mask + 1
            self._kept = {each for each in self._kept if not each & self._mask}
        return self._stale <= (SURE * (self._mask + 1) if self._mask else 0)


class _Cycle:
    """Finds that a sequence goes round, whatever its period, by one element that is kept (Brent's way)."""

    def __init__(self) -> None:
        self._kept = ""
        self._steps, self._power = 0, 1

    def closed_by(self, element: str) -> bool:
        if element == self._kept:
            return True
        self._steps += 1
        if self._steps == self._power:
            self._kept, self._steps, self._power = element, 0, 2 * self._power
        return False

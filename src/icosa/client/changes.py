"""What changed since: every change at least once, however much is written while it is read.

The records that were written to since a moment are read in the order of that moment, up to the newest that there was
before the reading began; what is written meanwhile lies beyond, and is found by the next call.  Nothing but filters is
used to go on, because the cursors of real servers know moments less well than their databases do.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, Generic

import orjson

from icosa.call.page import Page, R_co, Record
from icosa.call.values import plain
from icosa.call.where import LIVE_OR_DELETED, F, Where
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import moment, shown, wire_moment
from icosa.client.cursors import Segment
from icosa.client.operations import Operations
from icosa.client.transport.flow import Flow
from icosa.client.walk import Stream
from icosa.errors import InvalidInput, InvalidQuery, InvalidValue, UnreadableAnswer
from icosa.wire.openapi.reading import Offers

OVERLAP: Final = 60.0
"""Seconds that are read again: a long write may show later what bears an earlier moment."""

BEGINNING: Final = "1970-01-01T00:00:00.000Z"
_MILLISECOND: Final = timedelta(milliseconds=1)

_REMEMBERED: Final = 1000
"""Records of the overlap by which a reading tells what it has given already, kept in its token, which so has 11 KB at most.  Of
more than that some are given twice, which "at least once" allows."""

_BYTES: Final = 8

Since = str | date | None
"""A moment, the token of an earlier reading, or None for the beginning."""


class ChangesReading:
    """One reading, as a flow.  `token` is what the next one goes on from, once this one is over."""

    def __init__(self, operations: Operations, since: Since, depth: int | None, page_size: int | None, overlap: float) -> None:
        if page_size is not None and page_size < 1:
            raise InvalidQuery(f"page_size: {page_size!r} is no count of records; give 1 or more, or leave it to what the server takes")
        if not 0 <= overlap <= 86_400 * 366:  # NaN too
            raise InvalidValue("overlap", f"{overlap!r} is no time to go back; give seconds, 0 or more, such as {OVERLAP:g}")
        self._operations, self._depth, self._page_size = operations, depth, page_size
        self._since, self._given = _read(since)
        self._overlap = timedelta(seconds=overlap)
        self._next = self._since
        self._windows: list[_Window] | None = None
        self._kept: deque[bytes | Record] = deque(maxlen=_REMEMBERED)  # what nobody asks for is not digested before the token is
        self._fields: frozenset[str] = frozenset()  # a record is told by its own values, not by what it is related to

    def next_page(self) -> Flow[list[Record]]:
        """The records of the next page that has any; none at the end."""
        if self._windows is None:
            self._windows = yield from self._begun()
        while self._windows:
            records = yield from self._windows[0].next_page()
            if not records:
                self._windows.pop(0)
            elif fresh := [each for each in records if self._is_news(each)]:
                return fresh
        return []

    @property
    def token(self) -> str:
        """What to give as `since` the next time.  Raises InvalidInput while there is more to read."""
        if self._windows is None or self._windows:
            raise InvalidInput("not all changes have been read, and there is no token to go on with before; read them to the end first")
        kept = dict.fromkeys(each if isinstance(each, bytes) else self._digest(each) for each in self._kept)
        return self._next + ("~" + urlsafe_b64encode(b"".join(kept)).decode().rstrip("=") if kept else "")

    def _begun(self) -> Flow[list["_Window"]]:
        size = self._page_size or (yield from self._operations.page_records())
        of, offers = (yield from self._operations.of()), (yield from self._operations.offers())
        self._fields = frozenset(each.field for each in columns(of))
        # A newer Twenty may delete without a change of updatedAt.
        names = ("updatedAt", "deletedAt") if offers.soft_delete else ("updatedAt",)
        windows = [_Window(self._operations, each, self._since, self._depth, size, offers) for each in names]
        now = yield from windows[0].begin()
        clock = wire_moment(now) if now else windows[0].reached
        self._next = max(_earlier(clock, self._overlap), self._since)
        return windows

    def _is_news(self, record: Record) -> bool:
        """Whether a record is to be given; notes what the next reading would find again."""
        if self._windows and self._windows[0].field == "deletedAt" and _moment(record, "updatedAt") >= self._since:
            return False  # the other window has it, or will
        latest = max(_moment(record, "updatedAt"), str(record.get("deletedAt") or ""))
        digest = self._digest(record) if self._given else None
        if latest >= self._next:
            self._kept.append(digest or record)
        return digest not in self._given

    def _digest(self, record: Record) -> bytes:
        own = record if self._depth == 0 else {name: value for name, value in record.items() if name in self._fields}
        return blake2b(orjson.dumps(own, option=orjson.OPT_SORT_KEYS), digest_size=_BYTES).digest()


class _Window:
    """Records whose moment in a field is one from which to read on, or a later one, in the order of it.

    Where they go over several pages, they are read up to the newest that there was then: who writes all the while
    would be followed for ever.  `reached` is the latest moment that is known.
    """

    def __init__(self, operations: Operations, field: str, at: str, depth: int | None, size: int, offers: Offers) -> None:
        self._operations, self.field, self._depth, self._size, self._offers = operations, field, depth, size, offers
        self._at = self.reached = at
        self._until = ""
        self._fetched: Page | None = None
        self._seen: frozenset[str] = frozenset()
        self._one_moment: Stream | None = None
        self._over = False

    def begin(self) -> Flow[datetime | None]:
        """Asks for the first page, which `next_page` gives then; a moment of the server's clock right before."""
        self._fetched, now = yield from self._asked(self._at, "", f"{self.field},id", self._size)
        self.reached = max([self._at, *self._checked(self._fetched)])
        if self._fetched.has_next_page:
            newest, _ = yield from self._asked(self._at, "", f"{self.field}[DescNullsLast]", 1)
            self.reached = max([self.reached, *(_moment(each, self.field) for each in newest)])
            self._until = _later(self.reached)
        return now

    def next_page(self) -> Flow[list[Record]]:
        """The records of the next page that has any; none at the end."""
        while not self._over:
            page = yield from (self._of_one_moment(self._one_moment) if self._one_moment else self._from_there())
            if page:
                return page
        return []

    def _from_there(self) -> Flow[list[Record]]:
        if not self._until and self._fetched is None:
            yield from self.begin()
        page = self._fetched or (yield from self._asked(self._at, self._until, f"{self.field},id", self._size))[0]
        self._fetched = None
        moments = self._checked(page)
        fresh = [each for each in page if each["id"] not in self._seen]
        if not page.has_next_page or not page.records:
            self._over = True
        elif moments[-1] > self._at:
            self._at = moments[-1]
            self._seen = frozenset(each["id"] for each, when in zip(page, moments, strict=True) if when == self._at)
        else:  # a whole page of one moment, as after an import: these are walked by id, and then what came later
            where = self._between(self._at, _later(self._at))
            self._one_moment = Stream(self._operations, Segment(where, None, ()), self._depth, self._size, self._offers)
            return []
        return fresh

    def _of_one_moment(self, stream: Stream) -> Flow[list[Record]]:
        records = yield from stream.next_page()
        fresh = [each for each in records if each["id"] not in self._seen]
        if not records:
            self._at, self._seen, self._one_moment = _later(self._at), frozenset(), None
            self._over = self._at >= self._until
        return fresh

    def _asked(self, begin: str, end: str, order_by: str, limit: int) -> Flow[tuple[Page, datetime | None]]:
        return (yield from self._operations.dated_page(where=self._between(begin, end), order_by=order_by, limit=limit, depth=self._depth))

    def _checked(self, page: Page) -> list[str]:
        """The moments of a page.  Raises UnreadableAnswer where they are none that were asked for, in the order that was."""
        moments = [_moment(each, self.field) for each in page]
        if any(each < self._at or (self._until and each >= self._until) for each in moments) or any(a > b for a, b in pairwise(moments)):
            end = f" to {self._until}" if self._until else ""
            raise UnreadableAnswer(
                f"the server was asked for records by {self.field}, from {self._at}{end}, and gives others, or in another order. "
                "Check that the address is that of a Twenty or Icosa workspace"
            )
        return moments

    def _between(self, begin: str, end: str) -> Where:
        since = LIVE_OR_DELETED & (F[self.field] >= begin)
        return since & (F[self.field] < end) if end else since


class Changes(Iterator[R_co], Generic[R_co]):
    """Records that changed, one after the other; those with a `deletedAt` were deleted.  `token` is where the next
    reading goes on, once all have been read."""

    def __init__(self, reading: ChangesReading, drive: Callable[[Flow[Any]], Any]) -> None:
        self._reading, self._drive = reading, drive
        self._left: Iterator[R_co] = iter(())

    def __next__(self) -> R_co:
        for record in self._left:
            return record
        self._left = iter(self._drive(self._reading.next_page()))
        return next(self._left)

    @property
    def token(self) -> str:
        """Give it as `since` the next time.  Raises InvalidInput while not all changes have been read."""
        return self._reading.token


class AsyncChanges(AsyncIterator[R_co], Generic[R_co]):
    """As Changes, to be awaited."""

    def __init__(self, reading: ChangesReading, drive: Callable[[Flow[Any]], Awaitable[Any]]) -> None:
        self._reading, self._drive = reading, drive
        self._left: Iterator[R_co] = iter(())

    async def __anext__(self) -> R_co:
        for record in self._left:
            return record
        self._left = iter(await self._drive(self._reading.next_page()))
        for record in self._left:
            return record
        raise StopAsyncIteration

    @property
    def token(self) -> str:
        """As for Changes."""
        return self._reading.token


def _read(since: Since) -> tuple[str, frozenset[bytes]]:
    """The moment that is meant, and what was given from there on already."""
    if since is None:
        return BEGINNING, frozenset()
    text = plain(since, "since")
    if not isinstance(text, str):
        raise InvalidValue("since", f"{shown(since)} is neither a moment nor a token; give one such as 2026-02-03T09:00:00Z")
    when, mark, rest = text.strip().partition("~")
    try:
        held = urlsafe_b64decode(rest + "=" * (-len(rest) % 4)) if mark else b""
        found = moment(when, "since")
    except ValueError:
        held, found = b"?", ""
    if len(held) % _BYTES:
        raise InvalidValue("since", "is no whole token; give the token of an earlier reading as it was, or a moment")
    return found, frozenset(held[at : at + _BYTES] for at in range(0, len(held), _BYTES))


def _moment(record: Record, field: str) -> str:
    try:
        if not isinstance(record.get("id"), str):
            raise ValueError
        return moment(record[field], field)
    except (AttributeError, InvalidValue, KeyError, TypeError, ValueError):
        raise UnreadableAnswer(f"a record of this answer has no id, or no {field}, to tell what changed by") from None


def _later(when: str) -> str:
    return wire_moment(datetime.fromisoformat(when) + _MILLISECOND)


def _earlier(when: str, by: timedelta) -> str:
    return wire_moment(max(datetime.fromisoformat(when) - by, datetime.fromisoformat(BEGINNING)))

"""Every record of a remote object, in pages: in the order of their ids, or those that changed since a moment.

Nothing but what every server has is used: a page by cursor in the order of ids, and filters on the moments.
"""

import heapq
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

import orjson

from icosa.call.page import Page, Record
from icosa.call.where import DELETED, F, Where
from icosa.catalogue.kinds import moment, wire_moment
from icosa.catalogue.model import Object
from icosa.client.blocking import Client
from icosa.client.changes import BEGINNING, Changes
from icosa.errors import UnreadableAnswer
from icosa.wire.language.cursor import encode
from icosa.wire.language.order import parse
from icosa.wire.version import TWENTY_1_0_3

SAFE_PAGE = TWENTY_1_0_3.page
"""The size of a page that every server gives."""

FIRST_PAGE, MOST = 1000, 4000
"""No more records than these are asked for at once, even of a server that gives them: not knowing how long they are, and knowing."""

_PAGE_BYTES = 8 * 1024 * 1024
_SAMPLED = 16

T = TypeVar("T")

_IDS_AT_ONCE = 50
"""Ids in one filter: 50 of 36 letters, with commas, are 2 KB of a URL; servers and proxies take 8."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A workspace to read from, and how many records a page of it may have; `most` where they are known to be short."""

    crm: Client
    size: int = SAFE_PAGE
    most: int = 0

    def page(self, of: Object, **asked: Where | str | int | None) -> "Page":
        return self.crm[of.plural].find_many(depth=0, **{"limit": self.size, **asked})  # type: ignore[arg-type]


def remote(crm: Client) -> Remote:
    """Asks for pages as long as the server gives them, within reason."""
    given = max(SAFE_PAGE, crm.offers.max_limit)
    return Remote(crm, min(FIRST_PAGE, given), min(MOST, given))


@dataclass(frozen=True, slots=True)
class Head:
    """How many live records an object has, and when the last of them was changed."""

    total: int
    newest: str


def head(source: Remote, of: Object) -> Head:
    page = source.page(of, order_by="updatedAt[DescNullsLast]", limit=1)
    return Head(page.total_count, _when(page[0]) if page else BEGINNING)


def walk(source: Remote, of: Object, after: str = "", *, deleted: bool = True) -> Iterator[list[Record]]:
    """All records after an id, in the order of their ids, deleted ones too where the server shows them."""
    streams = [_stream(source, of, after)]
    if deleted:
        streams.append(_stream(source, of, after, DELETED))
    yield from in_pages(heapq.merge(*streams, key=_id), source.size)


def changed_since(source: Remote, of: Object, since: str, overlap: timedelta) -> Changes[Record]:
    """The records that were changed since a moment or a token, deleted ones too where the server shows them; its token
    is where to go on.  What a reading before has given is given again: who asks knows it by its own fingerprints."""
    begin = since.partition("~")[0]
    changes: Changes[Record] = source.crm[of.plural].changed(begin, depth=0, page_size=source.size, overlap=overlap.total_seconds())
    return changes


def with_ids(source: Remote, of: Object, ids: Iterable[str]) -> Iterator[Record]:
    """The records with these ids, deleted ones too where the server shows them."""
    for some in in_pages(ids, _IDS_AT_ONCE):
        among = F.id.in_(some)
        found = list(source.page(of, where=among, limit=len(some)))
        yield from found
        if len(found) < len(some):
            yield from source.page(of, where=among & DELETED, limit=len(some))


def earlier(when: str, by: timedelta) -> str:
    """A moment before another, or before now where that lies ahead: somebody may have written a moment to come."""
    known = min(datetime.fromisoformat(when), datetime.now(UTC))
    return wire_moment(max(known - by, datetime.fromisoformat(BEGINNING)))


def _stream(source: Remote, of: Object, after: str, where: Where | None = None) -> Iterator[Record]:
    """Records in the order of ids.  Raises UnreadableAnswer where they come in another, because then nothing that
    is missing could be told from what is gone."""
    size = source.size
    while True:
        cursor = encode(parse(None, of), (after,)) if after else None
        page = source.page(of, where=where, starting_after=cursor, limit=size)
        for each in page:
            if _id(each) <= after:
                raise UnreadableAnswer(
                    f"{source.crm.address} gives {of.plural} in another order than that of their ids; nothing was taken from this page"
                )
            after = _id(each)
            yield each
        if not page.has_next_page or not page:
            return
        size = _fitting(source, page)


def _fitting(source: Remote, page: Page) -> int:
    """How many records the next page may have, when they are as long as some of this one."""
    some = page.records[:: max(1, len(page) // _SAMPLED)]
    each = len(orjson.dumps(some)) // len(some)
    return max(source.size, min(source.most, _PAGE_BYTES // each))


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same; each is fetched while the one before is dealt with."""
    left, end = iter(items), object()
    with ThreadPoolExecutor(1, thread_name_prefix="icosa-ahead") as pool:
        coming = pool.submit(next, left, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, left, end)
            yield item  # type: ignore[misc]


def in_pages(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same, so many at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def _id(record: Record) -> str:
    return _text(record, "id")


def _when(record: Record) -> str:
    return moment(_text(record, "updatedAt"), "updatedAt")


def _text(record: Record, name: str) -> str:
    held = record.get(name)
    if not isinstance(held, str):
        raise UnreadableAnswer(f"a record has no {name}, so that it cannot be told from others; nothing was taken from this page")
    return held

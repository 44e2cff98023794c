"""Walking all pages of a find many, from the first record to the last."""

from collections.abc import Callable

from icosa.call.page import Page, Record
from icosa.call.querying import order_keys
from icosa.call.where import F, Where, both
from icosa.catalogue.kinds import wire_moment
from icosa.client.cursors import Segment, hold, lost_after, segments
from icosa.client.operations import Operations
from icosa.client.page_cycles import Rounds
from icosa.client.sending.settling import MARGIN
from icosa.client.transport.flow import Flow
from icosa.errors import InvalidInput, InvalidQuery, UnreadableAnswer
from icosa.wire.openapi.reading import Offers

Progress = Callable[[int, int], None]
"""Called with how many records have been read, and about how many there are in all."""


class Walk:
    """One walk.  What is written meanwhile may or may not be met; what stood all the while is met once."""

    def __init__(
        self,
        operations: Operations,
        where: Where | str | None,
        order_by: str | None,
        depth: int | None,
        page_size: int | None,
        progress: Progress | None,
        *,
        deleted: bool = False,
    ) -> None:
        if page_size is not None and page_size < 1:
            raise InvalidQuery(f"page_size: {page_size!r} is no count of records; give 1 or more, or leave it to what the server takes")
        self._operations = operations
        self._where = where
        self._deleted = deleted
        self._order_by = order_by
        self._depth = depth
        self._page_size = page_size
        self._progress = progress
        self._streams: list[Stream] | None = None
        self._done = self._total = 0
        self._reported = (-1, -1)

    def next_page(self) -> Flow[list[Record]]:
        """The records of the next page that has any; none at the end."""
        if self._streams is None:
            self._streams = yield from self._begun()
        while self._streams:
            stream = self._streams[0]
            records = yield from stream.next_page()
            self._count(len(records), stream.total, last=stream.over and len(self._streams) == 1)
            if records:
                return records
            self._streams.pop(0)
        return []

    def _begun(self) -> Flow[list["Stream"]]:
        """The records as asked for; where they go over several pages, and this server's cursors would lose some of them
        in this order, in parts over which they hold."""
        if self._deleted:
            self._where = yield from self._operations.of_the_deleted(self._where)
        size = self._page_size or (yield from self._operations.page_records())
        of = yield from self._operations.of()
        offers = yield from self._operations.offers()
        whole = Stream(self._operations, Segment(self._where, self._order_by, ()), self._depth, size, offers)
        page = yield from whole.fetch()
        self._total = page.total_count
        if self._order_by is None or hold(offers) or not page.has_next_page:
            return [whole]
        catalogue = yield from self._operations.catalogue()
        parts = segments(of, catalogue, self._where, self._order_by, offers)
        if len(parts) == 1 and parts[0].keys == order_keys(self._order_by, of, catalogue, related=offers.related):
            whole.segment = whole.segment._replace(keys=parts[0].keys)
            return [whole]
        return [Stream(self._operations, each, self._depth, size, offers) for each in parts]

    def _count(self, read: int, counted: int, *, last: bool) -> None:
        self._total = max(self._total, counted)  # 1.0.3 counts what is left from this page on
        self._done += read
        if last:
            self._total = self._done
        now = self._done, max(self._total, self._done)
        if self._progress is not None and (read or now != self._reported):
            self._reported = now
            self._progress(*now)


class Stream:
    """The records of one filter in one order, page after page, by the server's cursors."""

    def __init__(self, operations: Operations, segment: Segment, depth: int | None, size: int, offers: Offers) -> None:
        self.segment = segment
        self.over = False
        self.total = 0
        self._operations, self._depth, self._size, self._offers = operations, depth, size, offers
        self._fetched: Page | None = None
        self._cursor: str | None = None
        self._begun: str | None = None  # a moment when the walk had not begun; nothing where the server tells no time
        self._asked_beyond = False
        self._met = self._met_before = 0
        self._last: frozenset[str] = frozenset()
        self._rounds = Rounds()

    def fetch(self) -> Flow[Page]:
        """The next page, which `next_page` gives then."""
        try:
            self._fetched, date = yield from self._operations.dated_page(
                where=self.segment.where, order_by=self.segment.order_by, limit=self._size, depth=self._depth, starting_after=self._cursor
            )
        except InvalidInput as error:
            if self._cursor is None:
                raise
            raise InvalidQuery(f"{error.message}. This server cannot go on after a page {self._in_this_order()}") from None
        if self._begun is None:
            self._begun = wire_moment(date - MARGIN) if date and not hold(self._offers) else ""
            self.total = self._fetched.total_count
        return self._fetched

    def next_page(self) -> Flow[list[Record]]:
        """The records of the next page that has any; none at the end."""
        while not self.over or (yield from self._goes_on()):
            page = self._fetched if self._fetched is not None else (yield from self.fetch())
            self._fetched = None
            _check(page)
            # Ordered by a moment, 1.0.3 gives the last record of a page again as the first of the next one: its cursor
            # knows milliseconds, its database more.
            records = [each for each in page if each["id"] not in self._last]
            self._take(page, records)
            if records:
                return records
        return []

    def _take(self, page: Page, records: list[Record]) -> None:
        self._met += len(records)
        if self._begun:
            moments = [each.get("updatedAt") for each in records]
            if all(isinstance(each, str) for each in moments):
                self._met_before += sum(1 for each in moments if str(each) < self._begun)
            else:
                self._begun = ""  # nobody can say what was there before
        self._last = frozenset(each["id"] for each in page)
        self.over = self._rounds.next_cursor(page, self._in_this_order()) is None
        if not self.over:
            self._refuse_to_be_lost(page)
        self._cursor = page.end_cursor or self._cursor

    def _refuse_to_be_lost(self, page: Page) -> None:
        """Raises where the server's cursor after this page skips records."""
        key = lost_after(page[-1], self.segment.keys, self._offers)
        if key is not None:
            raise InvalidQuery(f"Order By: this server cannot go on after a record without {key.column.path} {self._in_this_order()}")

    def _in_this_order(self) -> str:
        if self.segment.order_by is None:
            return "of this object; what came so far is all that can be had of it"
        return "in this order; leave order_by out, and records come in the order of ids"

    def _goes_on(self) -> Flow[bool]:
        """Whether there is more behind a page that was to be the last.

        A server that loses count, or whose cursor skips records, ends too early: 90 were counted, 60 came.  It is asked
        once for what follows; where nothing does, the records are counted anew, and the walk fails if some are missing.
        """
        if self._met >= self.total or hold(self._offers):
            return False
        if not self._asked_beyond and self._cursor is not None:
            self._asked_beyond = True
            if len((yield from self.fetch())) > 0:
                return True
        yield from self._prove_whole()
        self.total = self._met
        return False

    def _prove_whole(self) -> Flow[None]:
        """Raises UnreadableAnswer where the server counts more records that stood there all the while than were met.
        Others may have been deleted, or moved to where the walk had been."""
        if not self._begun:
            return
        where = both(self.segment.where, F.updated_at < self._begun)
        page, _ = yield from self._operations.dated_page(where=where, limit=1, depth=0)
        if page.total_count > self._met_before:
            raise UnreadableAnswer(
                f"the server counts {page.total_count} records that were there all the while, and gave {self._met_before} of them "
                f"{self._in_this_order()}"
            )


def _check(page: Page) -> None:
    for each in page:
        if not isinstance(each.get("id"), str):
            raise UnreadableAnswer("a record on this page has no id. Check that the address is that of a Twenty or Icosa workspace.")

"""Walking all pages of a find many, from the first record to the last."""

from collections.abc import Callable

from icosa.client.operations import Operations
from icosa.client.page import Record
from icosa.client.steps import Steps
from icosa.client.where import Where
from icosa.errors import InvalidQuery, UnreadableAnswer

Progress = Callable[[int, int], None]
"""Is told how many records have been read, and about how many there are in all."""


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
    ) -> None:
        if page_size is not None and page_size < 1:
            raise InvalidQuery(f"page_size: {page_size!r} is no count of records; give 1 or more, or leave it to what the server takes")
        self._operations = operations
        self._where = where
        self._order_by = order_by
        self._depth = depth
        self._page_size = page_size
        self._progress = progress
        self._cursor: str | None = None
        self._over = False
        self._done = self._total = 0
        self._last: frozenset[str] = frozenset()

    def next_page(self) -> Steps[list[Record]]:
        """The records of the next page that has any; none at the end."""
        while not self._over:
            if self._page_size is None:
                self._page_size = yield from self._operations.page_records()
            page = yield from self._operations.find_many(
                where=self._where, order_by=self._order_by, limit=self._page_size, depth=self._depth, starting_after=self._cursor
            )
            self._over = not page.has_next_page or not page.records or page.end_cursor is None
            # Ordered by a moment, 1.0.3 gives the last record of a page again as the first of the next one: its cursor
            # knows milliseconds, its database more.
            records = [each for each in page.records if each["id"] not in self._last]
            if page.records and not records:
                raise UnreadableAnswer(
                    "the server gives the same page again and again in this order; leave order_by out, and records come in the order of ids"
                )
            self._last = frozenset(each["id"] for each in page.records)
            self._cursor = page.end_cursor
            self._count(len(records), page.total_count)
            if records:
                return records
        return []

    def _count(self, read: int, told: int) -> None:
        self._total = max(self._total, told)  # 1.0.3 counts what is left from this page on
        self._done += read
        if self._over:
            self._total = self._done
        if self._progress is not None:
            self._progress(self._done, max(self._total, self._done))

"""What an answer holds, as Python shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from icosa.wire import envelope

Record = dict[str, Any]
"""A record as JSON: wire names to values."""


@dataclass(frozen=True, slots=True)
class Page(Sequence[Record]):
    """Records, in order, and where they lie among all that were asked for.

    Give `end_cursor` as `starting_after` for the next page, and `start_cursor` as `ending_before` for
    the one before.  Both are None where the page is empty.
    """

    records: tuple[Record, ...] = field(repr=False)
    total_count: int
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None

    @classmethod
    def of(cls, page: envelope.Page) -> "Page":
        info = page.info
        return cls(
            tuple(page.records), page.total_count, info.has_next_page, info.has_previous_page, info.start_cursor, info.end_cursor
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        return self.records[at]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

"""What an answer holds, as Python shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, overload
from uuid import UUID

from icosa.wire.rest import envelope

Record = dict[str, Any]
"""A record as JSON: wire names to values."""

One = str | UUID | Mapping[str, Any]
"""A record, by its id, by what it is known by, or as itself."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar  # the typing of Python 3.11 and 3.12 knows no defaults

    R_co = TypeVar("R_co", covariant=True, default=Record)
else:
    from typing import TypeVar

    R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Sequence[R_co], Generic[R_co]):
    """Records, in order, and where they lie among all that were asked for.

    Give `end_cursor` as `starting_after` for the next page, and `start_cursor` as `ending_before` for
    the one before.  Both are None where the page is empty.
    """

    records: tuple[R_co, ...] = field(repr=False)
    total_count: int
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None

    @classmethod
    def of(cls, page: envelope.ReadPage) -> "Page[Record]":
        info = page.info
        return Page(
            tuple(page.records), page.total_count, info.has_next_page, info.has_previous_page, info.start_cursor, info.end_cursor
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> R_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R_co]: ...
    def __getitem__(self, at: int | slice) -> R_co | Sequence[R_co]:
        return self.records[at]

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.records)

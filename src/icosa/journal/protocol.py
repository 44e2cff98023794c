"""What is passed to a journal of writes, so that they can be put back: the protocol of `connect(journal=…)`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from icosa.errors import IcosaError

if TYPE_CHECKING:
    from icosa.journal.write import Write  # most calls are in no journal, and pay for the name alone

Record = dict[str, Any]


class Author(NamedTuple):
    """Who writes, as journals tell it."""

    name: str | None = None
    key_id: str | None = None


class Journal(Protocol):
    """Is called before and after every write of a client: `connect(..., journal=…)`.

    `before` is called once for a write, however often it is sent, when the records as they were have been
    read; what it raises keeps the write from being sent.  `after` is called with the records of the
    answer (with their ids alone where they are gone), or with the error; where the process ends in between, only
    `before` was called, and the write may or may not have been done.  Both may be called from several threads.
    """

    def before(self, write: "Write") -> None: ...

    def after(self, write: "Write", records: Sequence[Record], error: IcosaError | None) -> None: ...

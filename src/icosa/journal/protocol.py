"""What is passed to a journal of writes, so that they can be put back: the protocol of `connect(journal=…)`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from icosa.errors import IcosaError
from icosa.wire.actions import Action
from icosa.wire.message import Request

Record = dict[str, Any]


class Author(NamedTuple):
    """Who writes, as journals tell it."""

    name: str | None = None
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """A write that is about to be sent.

    `ids` are the records it is about: those it creates, in the order of its body, or those it changes,
    deletes or restores.  `before` are the records as they were, at depth 0: none for a creation or a restoration, and none
    for a record that is not there.  `sent` are the records of its body, that of a change of several once for each.  Any of
    them may hold secrets.  One request that writes several objects, as a merge does, is a write for each.
    """

    action: Action
    request: Request = field(repr=False)
    ids: tuple[str, ...]
    sent: tuple[Record, ...] = field(default=(), repr=False)
    before: tuple[Record, ...] = field(default=(), repr=False)


class Journal(Protocol):
    """Is called before and after every write of a client: `connect(..., journal=…)`.

    `before` is called once for a write, however often it is sent, when the records as they were have been
    read; what it raises keeps the write from being sent.  `after` is called with the records of the
    answer (with their ids alone where they are gone), or with the error; where the process ends in between, only
    `before` was called, and the write may or may not have been done.  Both may be called from several threads.
    """

    def before(self, write: Write) -> None: ...

    def after(self, write: Write, records: Sequence[Record], error: IcosaError | None) -> None: ...

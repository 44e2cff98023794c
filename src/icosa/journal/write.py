"""A write, as a journal is told of it."""

from dataclasses import dataclass, field
from typing import Any

from icosa.wire.actions import Action
from icosa.wire.message import Request

Record = dict[str, Any]


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

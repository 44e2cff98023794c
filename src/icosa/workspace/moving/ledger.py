"""What a database holds, summed up so that two can be compared: of each part how many records, and a checksum
that does not depend on their order.

The checksum is made from each record's JSON as the API answers it, deleted records and secrets included.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from icosa.catalogue.model import Catalogue
from icosa.workspace.moving.parts import METADATA, TOKENS, WorkspacePart, those_there, walk
from icosa.workspace.moving.resealing import Opener
from icosa.workspace.store.names import DELETED_WITH, doc_column
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.statement import Row

_BYTES = 16


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A part by name, how many records it has, and their checksum."""

    name: str
    records: int
    checksum: str


Ledger = tuple[LedgerLine, ...]


def ledger(snapshot: Snapshot, catalogue: Catalogue, opener: Opener, done: Callable[[int], None]) -> Ledger:
    """`done` is told of each batch how many records it had."""
    return tuple(_line(snapshot, part, opener, done) for part in those_there(snapshot, catalogue))


def differing_parts(one: Ledger, other: Ledger) -> list[str]:
    """The names of the parts in which two ledgers differ; a part that is not there is one without records."""
    lines = [{line.name: line for line in each} for each in (one, other)]
    names = dict.fromkeys([*lines[0], *lines[1]])
    return [name for name in names if lines[0].get(name, _none(name)) != lines[1].get(name, _none(name))]


def _none(name: str) -> LedgerLine:
    return LedgerLine(name, 0, bytes(_BYTES).hex())


class Summing:
    """The line of a part while its rows are read: the key, and then what `read` names."""

    def __init__(self, part: WorkspacePart, opener: Opener) -> None:
        self.read: Sequence[str] = part.names if part.of is None else (doc_column(part.of), DELETED_WITH)
        self._part, self._opener = part, opener
        self._records = self._total = 0

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            text = "\n".join(["" if value is None else str(value) for value in _opened(self._part, row, self._opener)])
            self._total += int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest())
        self._records += len(rows)

    def line(self) -> LedgerLine:
        return LedgerLine(self._part.name, self._records, (self._total % 256**_BYTES).to_bytes(_BYTES).hex())


def _line(snapshot: Snapshot, part: WorkspacePart, opener: Opener, done: Callable[[int], None]) -> LedgerLine:
    summing = Summing(part, opener)
    for rows in walk(snapshot, part, summing.read):
        summing.add(rows)
        done(len(rows))
    return summing.line()


def _opened(part: WorkspacePart, row: Row, opener: Opener) -> Row:
    """What counts of a row: without its key, which the JSON holds, and an event's number, which is not kept; of an API key
    without its last use, of which a server makes a note meanwhile."""
    if part.of is not None:
        return (opener.doc(part.of, row[1]), row[2])
    if part is TOKENS:
        return row[1:-1]
    if part is METADATA:
        return row[1:]
    *others, records = row[1:]
    return (*others, opener.events(str(row[2]), str(records)))

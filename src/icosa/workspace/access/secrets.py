"""Opens sealed values in answers.

Which answers can hold any is known from the object and the depth alone, so that all others are handed
on as they are.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.access.sealing import PREFIX, Sealing
from icosa.workspace.store.doc import RECORD_BREAK
from icosa.workspace.store.sealed_place import place

_SEALED = PREFIX.encode()
_BREAK = RECORD_BREAK.encode()


class Reach(NamedTuple):
    """Where records of an object can hold sealed values: in `secrets` themselves, and below `relations`."""

    of: Object
    secrets: tuple[Column, ...]
    relations: tuple[tuple[str, "Reach"], ...]


class Secrets:
    """The sealed values of one catalogue, under one key."""

    def __init__(self, catalogue: Catalogue, sealing: Sealing) -> None:
        self._catalogue = catalogue
        self.sealing = sealing
        self._reaches: dict[tuple[str, int], Reach | None] = {}

    def sealed_in(self, of: Object) -> bool:
        """Whether records of an object have secrets of their own."""
        return self.sealed_within(of, 0)

    def sealed_within(self, of: Object, depth: int) -> bool:
        """Whether records of an object may have secrets, of their own or in what is shown with them."""
        return self._reach(of, depth) is not None

    def open_records(self, of: Object, depth: int, records: Sequence[bytes | memoryview]) -> Sequence[bytes | memoryview]:
        """The JSON of a record, or of records joined by RECORD_BREAK, in pieces; with their secrets open.

        Records are looked at one by one, and only those that hold something sealed: an answer of many megabytes in one
        go would hold up all others.
        """
        reach = self._reach(of, depth)
        if reach is None or not records:
            return records
        joined = b"".join(records)
        if _SEALED not in joined:
            return (joined,)
        return (b",".join(self._opened(reach, each) for each in _apart(joined)),)

    def _opened(self, reach: Reach, record: bytes) -> bytes:
        if _SEALED not in record:
            return record
        opened = orjson.loads(record)
        self._open(reach, opened)
        return orjson.dumps(opened)

    def _reach(self, of: Object, depth: int) -> Reach | None:
        key = (of.singular, depth)
        if key not in self._reaches:
            self._reaches[key] = self._find(of, depth)
        return self._reaches[key]

    def _find(self, of: Object, depth: int) -> Reach | None:
        own = tuple(column for column in columns(of) if column.secret)
        below = []
        if depth:
            ends = [(each.name, each.target) for each in of.belongs_to]
            ends += [(each.name, each.source) for each in self._catalogue.has_many(of)]
            for name, singular in ends:
                found = self._reach(self._catalogue.by_singular[singular], depth - 1)
                if found:
                    below.append((name, found))
        return Reach(of, own, tuple(below)) if own or below else None

    def _open(self, reach: Reach, record: dict[str, Any]) -> None:
        for column in reach.secrets:
            if record[column.name]:
                record[column.name] = self.sealing.open(record[column.name], place(reach.of, column, record["id"]))
        for name, below in reach.relations:
            related = record[name]
            for each in related if isinstance(related, list) else [related] if related else []:
                self._open(below, each)


def _apart(joined: bytes) -> Iterator[bytes]:
    begin = 0
    while (end := joined.find(_BREAK, begin)) >= 0:
        yield joined[begin:end]
        begin = end + len(_BREAK) - 1  # the brace is the next one's
    yield joined[begin:]

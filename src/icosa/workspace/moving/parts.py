"""What a workspace consists of, in an order in which it can be written: the records of each object, the hashes
of API keys' tokens, what is kept of its metadata, and the events that wait in the outbox."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.workspace.store.keys import objects
from icosa.workspace.store.names import DELETED_WITH, quoted
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.statement import Row

ALIKE = frozenset({Kind.TEXT, Kind.UUID, Kind.NUMERIC, Kind.DATE_TIME, Kind.DATE, Kind.OPTION})
"""Kinds whose stored values are their canonical texts, in every database."""

BATCH_BYTES = 4 * 1024 * 1024
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class WorkspacePart:
    """A table that is read along its key and written column by column.

    `derived` are columns that are written too, made of the others.
    """

    name: str
    table: str
    key: str
    names: tuple[str, ...]
    of: Object | None = None
    columns: tuple[Column, ...] = ()
    derived: tuple[str, ...] = ()


TOKENS = WorkspacePart("tokens of API keys", "icosa_key", "hash", ("hash", "api_key_id", "may_write", "last_used_at"))
_OF_EVENTS = ("at", "object", "action", "actor", "updated_fields", "records")
METADATA = WorkspacePart("metadata", "icosa_metadata", "id", ("id", "kind", "notes"))
EVENTS = WorkspacePart("events", "icosa_outbox", "sequence", _OF_EVENTS, derived=("ids",))
"""Their numbers are given anew, in the same order."""


def parts(catalogue: Catalogue) -> tuple[WorkspacePart, ...]:
    """All parts; each object comes after those that it points at, as far as there is such an order."""
    found = (*order(catalogue), *objects(catalogue)[len(catalogue.objects) :])
    return (*map(_records, found), TOKENS, METADATA, EVENTS)


def order(catalogue: Catalogue) -> tuple[Object, ...]:
    """All objects, each after those that it points at, as far as there is such an order."""
    waiting, done = list(catalogue), dict[str, Object]()
    while waiting:
        free = (each for each in waiting if all(relation.target in done for relation in each.belongs_to))
        of = next(free, waiting[0])
        done[of.singular] = of
        waiting.remove(of)
    return tuple(done.values())


def _records(of: Object) -> WorkspacePart:
    listed = columns(of)
    return WorkspacePart(of.plural, of.table, "id", (*(column.name for column in listed), DELETED_WITH), of, listed)


def those_there(snapshot: Snapshot, catalogue: Catalogue) -> tuple[WorkspacePart, ...]:
    """The parts that a database has tables for; one that an older Icosa made may lack some."""
    made = {str(row[0]) for row in snapshot.rows("SELECT name FROM icosa_schema")}
    return tuple(
        part for part in parts(catalogue) if (part.of.table in made if part.of else part is not METADATA or snapshot.has(METADATA.table))
    )


def count(snapshot: Snapshot, part: WorkspacePart) -> int:
    return int(snapshot.rows(f"SELECT count(*) FROM {quoted(part.table)}")[0][0])


def walk(snapshot: Snapshot, part: WorkspacePart, read: Sequence[str], after: Any = None) -> Iterator[list[Row]]:
    """All rows in the order of their key, in batches of some megabytes at most: the key and what is read."""
    key = quoted(part.key)
    listed = ", ".join([key, *map(quoted, read)])
    source, rows_at_once = snapshot.dialect.EVENTS if part is EVENTS else quoted(part.table), 50
    while True:
        where, values = ("", ()) if after is None else (f" WHERE {key} > ?", (after,))
        rows = snapshot.rows(f"SELECT {listed} FROM {source}{where} ORDER BY {key} LIMIT ?", (*values, rows_at_once))
        if not rows:
            return
        yield rows
        after = rows[-1][0]
        size = sum([len(value) for value in chain.from_iterable(rows) if value.__class__ is str])
        rows_at_once = max(1, min(MOST_ROWS, 2 * rows_at_once, BATCH_BYTES * len(rows) // max(size, 1)))

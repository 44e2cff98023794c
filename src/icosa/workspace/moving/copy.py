"""A copy of all that a workspace holds in an empty one, of either kind of database.

It is one transaction of the target: a copy that was interrupted has left nothing there, and is begun anew.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import orjson

from icosa.catalogue.columns import Column
from icosa.errors import Conflict, InvalidInput
from icosa.workspace.access.sealing import Sealing
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.ledger import Ledger, Summing, differing_parts, ledger
from icosa.workspace.moving.parts import ALIKE, EVENTS, WorkspacePart, count, those_there, walk
from icosa.workspace.moving.resealing import Opener, Resealer
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.loading import Loading
from icosa.workspace.store.names import quoted
from icosa.workspace.store.outbox import ids_in
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.statement import Row, Violation

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many records are done, and how many there are."""


def record_counts(source: Database) -> dict[str, int]:
    """How many records each part of a workspace has."""
    snapshot = source.snapshot()
    try:
        return {part.name: count(snapshot, part) for part in those_there(snapshot, source.catalogue)}
    finally:
        snapshot.close()


def copy_workspace(source: Database, target: Database, progress: Progress) -> Ledger:
    """What both hold when the target equals the source as it was when the copy began.

    Raises InvalidInput where the target holds anything, and Conflict where it refuses a record, and then it holds nothing, or where
    the two differ at the end.
    """
    if source.name == target.name:
        raise InvalidInput(f"{source.name} is source and target; name two databases")
    snapshot = source.snapshot()
    try:
        target = _with_objects_of(source, target)
        store = target.store()
        try:
            sealing = target.sealing(store)
        finally:
            store.close()
        before = _fill(snapshot, source, target, sealing, progress)
    finally:
        snapshot.close()
    return _verified(source, before, target, sealing, progress)


def _with_objects_of(source: Database, target: Database) -> Database:
    """The target, to be opened with the objects of the source, and to speak as it does.  One that holds records of others
    is left as it is."""
    target = replace(target, speaks=source.version)
    if target.made and target.catalogue != source.catalogue:
        held = next((name for name, records in record_counts(target).items() if records), None)
        if held:
            raise _not_empty(target.name, held)
    return replace(target, objects=source.catalogue)


def _not_empty(target: str, held: str) -> InvalidInput:
    return InvalidInput(f"{target} holds {held} already; a workspace is copied into an empty database only")


def _fill(snapshot: Snapshot, source: Database, target: Database, sealing: Sealing, progress: Progress) -> Ledger:
    """Brings all parts over, and sums up what they hold at the source on the way."""
    found = [(part, count(snapshot, part)) for part in those_there(snapshot, source.catalogue)]
    opener, total, done = Opener(source.catalogue, source.known_sealing()), sum(records for _, records in found), 0
    lines = []
    progress("copied", done, total)
    with _refusing(target), target.loading([part.of for part, records in found if part.of and records]) as loading:
        _check_empty(loading, [part for part, _ in found], target.name)
        for part, _ in found:
            summing = Summing(part, opener)
            moved = _moving(part, snapshot.dialect, loading.dialect, Resealer(opener, sealing))
            own = 1 + len(summing.read)
            for rows in walk(snapshot, part, (*summing.read, *part.names)):
                summing.add([row[:own] for row in rows])
                loading.put(part.table, (*part.names, *part.derived), [moved(row[0], row[own:]) for row in rows])
                done += len(rows)
                progress("copied", min(done, total - 1), total)  # the rest is done when indexes are
            lines.append(summing.line())
    progress("copied", total, total)
    return tuple(lines)


@contextmanager
def _refusing(target: Database) -> Iterator[None]:
    try:
        yield
    except Violation as violation:
        raise Conflict(
            f"{target.name} refuses a record of the source: {violation}; nothing was copied; mend the source and copy again"
        ) from None


def _check_empty(loading: Loading, found: Iterable[WorkspacePart], target: str) -> None:
    for part in found:
        if loading.rows(f"SELECT 1 FROM {quoted(part.table)} LIMIT 1"):
            raise _not_empty(target, part.name)


def _moving(part: WorkspacePart, source: Dialect, target: Dialect, resealer: Resealer) -> Callable[[str, Row], list[Any]]:
    """Makes of the key and the values of a row what the target stores: those that are not alike in both are written anew, each by
    its column."""
    if part is EVENTS:

        def event(key: str, values: Row) -> list[Any]:
            records = resealer.events(str(values[1]), str(values[-1]))
            return [*values[:-1], records, orjson.dumps(ids_in(records)).decode()]

        return event
    unlike = [
        (at, column) for at, column in enumerate(part.columns) if column.secret or (source is not target and column.kind not in ALIKE)
    ]

    def record(key: str, values: Row) -> list[Any]:
        moved = list(values)
        for at, column in unlike:
            if moved[at] is not None:
                moved[at] = anew(column, key, moved[at])
        return moved

    def anew(column: Column, key: str, stored: Any) -> Any:
        value = source.canonical(column, stored)
        if column.secret and value and part.of:
            value = resealer.value(part.of, column, str(key), value)
        return target.value(column, value)

    return record


def _verified(source: Database, before: Ledger, target: Database, sealing: Sealing, progress: Progress) -> Ledger:
    """What the target holds.  Raises Conflict where that is not what the source held."""
    total, done = sum(line.records for line in before), 0

    def progressed(records: int) -> None:
        nonlocal done
        done += records
        progress("verified", done, total)

    made = target.snapshot()
    try:
        after = ledger(made, target.catalogue, Opener(target.catalogue, sealing), progressed)
    finally:
        made.close()
    differing = differing_parts(before, after)
    if differing:
        raise Conflict(
            f"{target.name} differs from {source.name} in {', '.join(differing)}: it was written to meanwhile; "
            "stop what writes to it and copy again into an empty database"
        )
    return after

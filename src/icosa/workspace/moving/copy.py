"""A copy of all that a workspace holds in an empty one, of either kind of database.

Each batch and the note how far it went are one transaction, so that a copy that was interrupted goes on
where it stopped: nothing twice, nothing missed.  The notes lie in a table of the target, which is dropped
when the copy was found equal.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson

from icosa.errors import Conflict, InvalidInput
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.ledger import Ledger, differing_parts, ledger
from icosa.workspace.moving.parts import EVENTS, WorkspacePart, count, those_there, walk
from icosa.workspace.moving.resealing import Opener, Resealer
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import quoted
from icosa.workspace.store.outbox import ids_in
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.statement import Row, Statement, Statements, Violation
from icosa.workspace.store.store import Store

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many records are done, and how many there are."""

_BEGUN = ""  # the note that says of which workspace this is a copy
_NOTES = "CREATE TABLE IF NOT EXISTS icosa_copy (part TEXT PRIMARY KEY, upto TEXT NOT NULL)"
_NOTE = "INSERT INTO icosa_copy (part, upto) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET upto = excluded.upto"


def record_counts(source: Database) -> dict[str, int]:
    """How many records each part of a workspace has."""
    snapshot = source.snapshot()
    try:
        return {part.name: count(snapshot, part) for part in those_there(snapshot, source.catalogue)}
    finally:
        snapshot.close()


def copy_workspace(source: Database, target: Database, progress: Progress) -> Ledger:
    """What both hold when the target equals the source as it was when the copy began.

    Raises InvalidInput where the target holds anything else than an unfinished copy of this source, and
    Conflict where the two differ at the end, because the source was written to between two runs.
    """
    if source.name == target.name:
        raise InvalidInput(f"{source.name} is source and target; name two databases")
    snapshot = source.snapshot()
    try:
        target = _with_objects_of(source, target)
        store = target.store()
        try:
            _fill(snapshot, source, store, target, progress)
            return _verify(snapshot, source, store, target, progress)
        finally:
            store.close()
    finally:
        snapshot.close()


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


def _fill(snapshot: Snapshot, source: Database, store: Store, target: Database, progress: Progress) -> None:
    found = those_there(snapshot, source.catalogue)
    notes = _begin(store, found, source.name, target.name)
    total, done = sum(count(snapshot, part) for part in found), 0
    resealer = Resealer(Opener(source.catalogue, source.known_sealing()), target.sealing(store))
    progress("copied", done, total)
    for part in found:
        upto: Any = notes.get(part.name)
        if upto is not None and part is EVENTS:
            upto = int(upto)
        if upto is not None:
            done += int(snapshot.rows(f"SELECT count(*) FROM {part.table} WHERE {quoted(part.key)} <= ?", (upto,))[0][0])
        for rows in walk(snapshot, part, part.names, upto):
            values = [_converted(part, row, snapshot.dialect, store.dialect, resealer) for row in rows]
            _insert(store, part, values, str(rows[-1][0]))
            done += len(rows)
            progress("copied", done, total)
    for part in found:
        if part.late:
            _link(snapshot, store, part)


def _begin(store: Store, found: Sequence[WorkspacePart], source: str, target: str) -> dict[str, str]:
    """How far each part went before."""

    def statements() -> Statements[dict[str, str]]:
        yield Statement(_NOTES)
        rows = yield Statement("SELECT part, upto FROM icosa_copy")
        notes = {str(part): str(upto) for part, upto in rows}
        if notes.get(_BEGUN, source) != source:
            raise InvalidInput(f"{target} holds an unfinished copy of {notes[_BEGUN]}; finish that one, or name an empty database")
        if _BEGUN not in notes:
            for part in found:
                rows = yield Statement(f"SELECT 1 FROM {part.table} LIMIT 1")
                if rows:
                    raise _not_empty(target, part.name)
            yield Statement(_NOTE, (_BEGUN, source))
        return notes

    return store.write(statements)


def _converted(part: WorkspacePart, row: Row, source: Dialect, target: Dialect, resealer: Resealer) -> list[Any]:
    """The values of a row as the target stores them; links that have to wait are left out."""
    values = list(row[1:])
    if part is EVENTS:
        values[-1] = resealer.events(str(values[1]), str(values[-1]))
        values.append(orjson.dumps(ids_in(values[-1])).decode())
    if part.of is None:
        return values
    for at, column in enumerate(part.columns):
        value = None if column in part.late else source.canonical(column, values[at])
        if column.secret and value:
            value = resealer.value(part.of, column, str(row[0]), value)
        values[at] = target.value(column, value)
    return values


def _insert(store: Store, part: WorkspacePart, rows: list[list[Any]], upto: str) -> None:
    names = [*part.names, *part.derived]
    text = f"INSERT INTO {part.table} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})"

    def statements() -> Statements[None]:
        yield Statement(text, rows, many=True)
        yield Statement(_NOTE, (part.name, upto))

    try:
        store.write(statements)
    except Violation as violation:
        raise Conflict(
            f"{part.name}: the target refuses a record: {violation}; was it written to, or the source, between two runs? "
            "Copy again into an empty database"
        ) from None


def _link(snapshot: Snapshot, store: Store, part: WorkspacePart) -> None:
    """Sets the links that had to wait.  Done again it changes nothing."""
    names = [column.name for column in part.late]
    text = f"UPDATE {part.table} SET {', '.join(f'{quoted(name)} = ?' for name in names)} WHERE {quoted(part.key)} = ?"
    for rows in walk(snapshot, part, names):
        linked = [[*row[1:], row[0]] for row in rows if any(row[1:])]

        def statements(linked: list[list[Any]] = linked) -> Statements[None]:
            yield Statement(text, linked, many=True)

        if linked:
            store.write(statements)


def _verify(snapshot: Snapshot, source: Database, store: Store, target: Database, progress: Progress) -> Ledger:
    total, done = 2 * sum(count(snapshot, part) for part in those_there(snapshot, source.catalogue)), 0

    def progressed(records: int) -> None:
        nonlocal done
        done += records
        progress("verified", done, total)

    before = ledger(snapshot, source.catalogue, Opener(source.catalogue, source.known_sealing()), progressed)
    made = target.snapshot()
    try:
        after = ledger(made, target.catalogue, Opener(target.catalogue, target.sealing(store)), progressed)
    finally:
        made.close()
    differing = differing_parts(before, after)
    if differing:
        raise Conflict(
            f"{target.name} differs from {source.name} in {', '.join(differing)}: one of them was written to meanwhile; "
            "stop what writes to them and copy again into an empty database"
        )
    store.write(_forget)
    return after


def _forget() -> Statements[None]:
    yield Statement("DROP TABLE icosa_copy")

"""What was taken from API keys since a backup was made stays taken when it is brought back over the same workspace."""

from typing import NamedTuple

from icosa.errors import InvalidInput, ServerBroken
from icosa.workspace.moving.databases import Database
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.names import quoted
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.system_clock import system_time


class RestoredKey(NamedTuple):
    """What is left of a key; moments are in wire form.  `revoked` is since when it is refused, deleted ones too."""

    id: str
    revoked: str | None
    expires: str


def keys_of(database: Database) -> list[RestoredKey]:
    """All keys of a database, before it is written over; none where it is no workspace, or cannot be read."""
    if not database.made:
        return []
    try:
        snapshot = database.snapshot()
    except (InvalidInput, ServerBroken):
        return []
    try:
        return _read(snapshot)
    finally:
        snapshot.close()


def _read(snapshot: Snapshot) -> list[RestoredKey]:
    table = key_object(snapshot.catalogue()).table
    if not snapshot.rows("SELECT 1 FROM icosa_schema WHERE name = ?", (table,)):
        return []
    rows = snapshot.rows(f'SELECT "id", coalesce("revokedAt", "deletedAt"), "expiresAt" FROM {quoted(table)}')
    return [RestoredKey(str(row[0]), None if row[1] is None else str(row[1]), str(row[2])) for row in rows]


def narrow(database: Database, before: list[RestoredKey]) -> int:
    """Takes from the keys of a restored database what had been taken from those that were there before, and how many
    that were.  One that was there no more was destroyed, if the two have any key in common."""
    now, held = keys_of(database), {each.id: each for each in before}
    if not any(each.id in held for each in now):
        return 0
    table = quoted(key_object(database.catalogue).table)
    moment = system_time()
    changes = []
    for each in now:
        was = held.get(each.id, RestoredKey(each.id, moment, each.expires))
        revoked, expires = each.revoked or was.revoked, min(each.expires, was.expires)
        if (revoked, expires) != (each.revoked, each.expires):
            changes.append((revoked, expires, each.id))

    def statements() -> Statements[None]:
        yield Statement(f'UPDATE {table} SET "revokedAt" = ?, "expiresAt" = ? WHERE "id" = ?', changes, many=True)

    if changes:
        store = database.store()
        try:
            store.write(statements)
        finally:
            store.close()
    return len(changes)

"""Backups: a workspace in one SQLite file, whatever database it lives in, and back.

A backup of a SQLite database is a copy of its pages.  One of PostgreSQL is a copy of the workspace, record
by record.  Either is of one moment, is checked before it takes its name, and holds secrets sealed as they are
in the database; the key is not in it.
"""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from icosa.errors import Conflict, InvalidInput
from icosa.workspace.access.sealing import KEY_VARIABLE, PREFIX, key_path, read_key, write_key
from icosa.workspace.moving.clearing import empty, make_room, move_aside
from icosa.workspace.moving.copy import Progress, copy_workspace
from icosa.workspace.moving.databases import Database, file_url
from icosa.workspace.moving.ledger import Ledger, differing_parts, ledger
from icosa.workspace.moving.parts import count, those_there, walk
from icosa.workspace.moving.resealing import Opener
from icosa.workspace.moving.revoked_keys import keys_of, narrow
from icosa.workspace.store.snapshot import Snapshot
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot, settle, sync


@dataclass(frozen=True, slots=True)
class Restored:
    """What a database holds now, how many of its secrets its key does not open, what was moved aside, and from how
    many API keys that was taken which had been taken from them since the backup was made."""

    ledger: Ledger
    unopened: int
    aside: tuple[Path, ...] = ()
    narrowed: int = 0


def back_up(source: Database, file: Path, progress: Progress, *, force: bool = False, with_key: bool = False) -> Ledger:
    """What the backup holds: the same as the database at the moment at which it began.

    Raises InvalidInput where the file is there already and not to be replaced, or no key is there to go with it,
    and Conflict where the copy was found to differ.
    """
    beside, key = key_path(str(file)), _key_to_go_along(source) if with_key else None
    for each in (file, beside) if with_key else (file,):
        if each.exists() and not force:
            raise InvalidInput(f"{each} is there already; name another file, or replace it with --force")
    draft = file.with_name(f"{file.name}.part")
    try:
        _remove(draft)
        held = _save(source, draft, progress)
        settle(str(draft))
        os.replace(draft, file)
        sync(str(file))
        if key is not None:
            beside.unlink(missing_ok=True)
            write_key(beside, key)
    except OSError as error:
        raise InvalidInput(f"cannot write the backup {file}: {error.strerror}; name a file in a folder that can be written to") from None
    finally:
        with suppress(OSError):  # of a folder that cannot be written to, which is told already
            _remove(draft)
    return held


def restore(file: Path, target: Database, progress: Progress, *, force: bool = False) -> Restored:
    """Brings a backup back, and compares the database with it.

    A key beside the backup becomes that of a database in a file; the one that was there is kept under another
    name.  Raises InvalidInput where the file is no backup, or the database holds anything and is not to be
    replaced, ServerBroken where the backup is damaged, and Conflict where the database was found to differ.  API keys
    that were revoked since the backup was made, in the database that is written over, stay revoked.
    """
    backup = SqliteSnapshot(str(file))
    try:
        backup.check()
        backup.catalogue()  # which may be anybody's, and is refused before anything makes room for it
        target = replace(target, speaks=backup.version())
        before = keys_of(target)
        if target.path is None:
            held = _restore_to_server(backup, file, target, progress, force=force)
            return Restored(held, 0, narrowed=narrow(replace(target), before))
        damaged = make_room(target.path, force=force)
        backup.save(target.path, lambda done, total: progress("pages restored", done, total))
        beside, target = key_path(str(file)), replace(target)  # what it knew of the database is of the one before
        opener = Opener(target.catalogue, replace(target, key_file=beside if beside.exists() else None).known_sealing())
        held = _equal(backup, target, opener, progress)
        target.store().close()  # a server that goes on with it looks for the tables of today
    finally:
        backup.close()
    return Restored(held, *_take_key(beside, target, damaged), narrow(target, before))


def _key_to_go_along(source: Database) -> bytes:
    if os.environ.get(KEY_VARIABLE) or not source.key_path.exists():
        raise InvalidInput(
            f"the key of {source.name} is not in a file, so it cannot go beside the backup; "
            f"where {KEY_VARIABLE} holds it, keep a copy of that yourself"
        )
    return read_key(source.key_path)


def _save(source: Database, draft: Path, progress: Progress) -> Ledger:
    copy = Database(file_url(draft), source.catalogue, source.key_path, "the backup", source.version)
    if source.path is None:
        held = copy_workspace(source, copy, progress)
        _check(draft)
        return held
    snapshot = SqliteSnapshot(source.path)
    try:
        snapshot.save(str(draft), lambda done, total: progress("pages copied", done, total))
        _check(draft)
        return _equal(snapshot, copy, Opener(source.catalogue, source.known_sealing()), progress)
    finally:
        snapshot.close()


def _check(file: Path) -> None:
    snapshot = SqliteSnapshot(str(file))
    try:
        snapshot.check()
    finally:
        snapshot.close()


def _equal(one: SqliteSnapshot, other: Database, opener: Opener, progress: Progress) -> Ledger:
    """What both hold.  Raises Conflict where they differ."""
    total, done = 2 * sum(count(one, part) for part in those_there(one, other.catalogue)), 0

    def progressed(records: int) -> None:
        nonlocal done
        done += records
        progress("records compared", done, total)

    made = other.snapshot()
    try:
        before, after = (ledger(each, other.catalogue, opener, progressed) for each in (one, made))
    finally:
        made.close()
    if differing_parts(before, after):
        raise Conflict(f"{other.name} differs in {', '.join(differing_parts(before, after))}; run the same command again")
    return after


def _restore_to_server(backup: SqliteSnapshot, file: Path, target: Database, progress: Progress, *, force: bool) -> Ledger:
    """By way of a copy of the backup, whose tables are brought up to date: the backup itself is never changed."""
    beside = key_path(str(file))
    with tempfile.TemporaryDirectory(prefix="icosa-") as folder:
        draft = Path(folder) / "backup.db"
        backup.save(str(draft), lambda done, total: progress("pages read", done, total))
        source = Database(file_url(draft), target.objects, beside if beside.exists() else target.key_path, f"the backup {file.absolute()}")
        source.store().close()
        if force:
            empty(target)
        return copy_workspace(source, target, progress)


def _take_key(beside: Path, target: Database, aside: tuple[Path, ...]) -> tuple[int, tuple[Path, ...]]:
    """How many secrets the database's key does not open, and what was moved aside."""
    place = target.key_path
    if beside.exists() and not os.environ.get(KEY_VARIABLE):
        key = read_key(beside)
        if place.exists() and not _holds(place, key):
            aside = (*aside, move_aside(place, "before-restore"))
        write_key(place, key)
    snapshot = target.snapshot()
    try:
        return _unopened(snapshot, Opener(target.catalogue, target.known_sealing())), aside
    finally:
        snapshot.close()


def _holds(file: Path, key: bytes) -> bool:
    with suppress(InvalidInput):
        return read_key(file) == key
    return False


def _unopened(snapshot: Snapshot, opener: Opener) -> int:
    found = 0
    for part in those_there(snapshot, opener.catalogue):
        for column in (column for column in part.columns if column.secret):
            assert part.of is not None
            for rows in walk(snapshot, part, [column.name]):
                found += sum(1 for id_, text in rows if text and opener.value(part.of, column, id_, text).startswith(PREFIX))
    return found


def _remove(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal", "-turn"):
        Path(f"{draft}{suffix}").unlink(missing_ok=True)

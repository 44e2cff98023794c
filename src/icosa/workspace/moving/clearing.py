"""Room for what is brought back: only who says so loses what is there, and a damaged file is kept."""

from pathlib import Path

from icosa.errors import InvalidInput, ServerBroken
from icosa.workspace.access.sessions import end_all
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.parts import count, parts, those_there
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot
from icosa.workspace.store.statement import Statement, Statements

_ROWS = 1000


def make_room(path: str, *, force: bool) -> tuple[Path, ...]:
    """What was moved aside: a file that is no workspace, or is damaged.  A workspace stays, to be written over.

    Raises InvalidInput or ServerBroken where anything is there and is not to be replaced.
    """
    file = Path(path)
    if not file.exists() or file.stat().st_size == 0:
        return ()
    try:
        records = _records(path)
    except (InvalidInput, ServerBroken):
        if not force:
            raise
        return tuple(move_aside(each, "damaged") for each in (file, Path(f"{path}-wal"), Path(f"{path}-shm")) if each.exists())
    if records and not force:
        raise InvalidInput(f"{path} holds {records:,} records already; name another database, or replace this one with --force")
    return ()


def empty(target: Database) -> None:
    """Deletes all that a workspace holds."""
    store = target.store()
    try:
        for part in reversed(parts(target.catalogue)):
            key = quoted(part.key)
            some = f"SELECT {key} FROM {quoted(part.table)} ORDER BY {key} LIMIT {_ROWS}"
            text = f"DELETE FROM {quoted(part.table)} WHERE {key} IN ({some}) RETURNING {key}"

            def statements(text: str = text) -> Statements[bool]:
                return bool((yield Statement(text)))

            while store.write(statements):
                pass

        store.write(end_all)
    finally:
        store.close()


def move_aside(file: Path, why: str) -> Path:
    """The name that a file has from now on; nothing is written over."""
    number, aside = 1, file.with_name(f"{file.name}.{why}")
    while aside.exists():
        number, aside = number + 1, file.with_name(f"{file.name}.{why}-{number + 1}")
    return file.rename(aside)


def _records(path: str) -> int:
    snapshot = SqliteSnapshot(path)
    try:
        return sum(count(snapshot, part) for part in those_there(snapshot, snapshot.catalogue()))
    finally:
        snapshot.close()

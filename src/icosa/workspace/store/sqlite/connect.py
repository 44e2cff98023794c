"""Connections to a SQLite file, and settings that hold on every one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from icosa.errors import InvalidInput, Overloaded, ReadOnly
from icosa.workspace.store.sqlite import functions
from icosa.workspace.store.sqlite.read_only import NO_RIGHTS, REFUSED_BY_THE_SYSTEM, OpenedFile, is_full, obstacle, open_read_only

BUSY_MILLISECONDS = 10_000
STATEMENTS_CACHED = 512
CACHE_KIB = 8000
MAPPED_BYTES = 1 << 36
CACHE_BESIDE_MAP_KIB = 2000
"""What is mapped needs no cache of its own; only what still lies in the write-ahead log goes through it."""


def connect(path: str, *, mapped: bool = False, named: bool = True) -> apsw.Connection:
    """An open connection: write-ahead log, every commit on disk before it is acknowledged, foreign keys held.

    `mapped` reads the file through the system's own cache, so that many readers share one copy and none is
    slow where it has not read before.  Raises InvalidInput where the file cannot be opened or is no database, ReadOnly
    where it cannot be written to; the file is named in them unless that may be told to callers from afar.
    """
    with _opening(path, named=named):
        return _connected(path, mapped=mapped)


def connect_to_read(path: str, *, mapped: bool = False, named: bool = True) -> OpenedFile:
    """The same, or a connection that only reads where the database cannot be written to."""
    with _opening(path, named=named):
        try:
            return OpenedFile(_connected(path, mapped=mapped))
        except (ReadOnly, *REFUSED_BY_THE_SYSTEM):
            opened = open_read_only(path, statements=STATEMENTS_CACHED)
        opened.connection.set_busy_timeout(BUSY_MILLISECONDS)
        # What others may cut while it is read is not mapped: reading beyond its end would end the process.
        settle(opened.connection, mapped=mapped and opened.state is None)
        return opened


def _connected(path: str, *, mapped: bool) -> apsw.Connection:
    connection = apsw.Connection(path, statementcachesize=STATEMENTS_CACHED)
    if connection.readonly("main"):
        raise obstacle(path) or ReadOnly(NO_RIGHTS)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is destroyed is written over, not only left out
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    settle(connection, mapped=mapped)
    return connection


def settle(connection: apsw.Connection, *, mapped: bool) -> None:
    """What holds on every connection, of one that reads too; `mapped` as for `connect`."""
    for pragma in (
        "trusted_schema = OFF",  # the file may be anybody's: what its triggers call can do no harm
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_BESIDE_MAP_KIB if mapped else CACHE_KIB}",
        f"mmap_size = {MAPPED_BYTES if mapped else 0}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    functions.register(connection)


@contextmanager
def _opening(path: str, *, named: bool) -> Iterator[None]:
    name = f" {path}" if named else ""
    try:
        yield
    except apsw.BusyError:
        raise Overloaded(f"the database{name} is locked by another program; try again when it is free") from None
    except apsw.Error as error:
        if is_full(error):
            raise Overloaded(f"the disk of the database{name} is full; nothing was written; free some space and try again") from None
        if os.path.isdir(path):
            raise InvalidInput(f"the database{name} is a folder; name a file in it, such as {os.path.join(path, 'crm.db')}") from None
        refusal = obstacle(path) if isinstance(error, REFUSED_BY_THE_SYSTEM) and os.path.isfile(path) else None
        raise refusal or InvalidInput(
            f"cannot open the database{name}: {error}; name a file of a workspace, or a new file in a folder that can be written to"
        ) from None


def create(path: str) -> None:
    """Makes an empty file, and its folder, where there is none; only its owner may read it."""
    if os.path.isfile(path):
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)
    except OSError as error:
        raise InvalidInput(f"cannot make the database {path}: {error.strerror}; name a file in a folder that can be written to") from None

"""A database that cannot be written to: what stands in the way, and how it is read all the same.

SQLite reads a file with a write-ahead log by an index that lies beside it, and opens nothing where it can make none, as
on a file system that a disk error left read-only, or that is full.  Then nobody else writes there either, so that no lock
and no shared index is needed; only what others do who come by another way has to be noticed.
"""

import errno
import os
from typing import NamedTuple
from urllib.parse import quote

import apsw

from icosa.errors import ReadOnly
from icosa.workspace.store.sqlite.file import State, file_bytes, log_bytes, state

NO_RIGHTS = "the database cannot be written to; nothing was written; give its file and its folder back their rights and try again"
READ_ONLY_DISK = (
    "the file system of the database is read-only, as a disk error leaves it; nothing was written, and reads go on; "
    "look into the system's log, and make it writable again"
)
REFUSED_BY_THE_SYSTEM = (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.PermissionsError, apsw.FullError)
"""Errors that may be of a file system which takes no writes."""

_UNLOCKED = "unix-none"
"""SQLite's access to files without locks."""


class OpenedFile(NamedTuple):
    """A connection.  `state` is that of the files which it shows, where it does not notice by itself that they change."""

    connection: apsw.Connection
    state: State | None = None


def obstacle(path: str) -> ReadOnly | None:
    """What stands in the way of writing beside a database, where its log has to lie; None where nothing does."""
    try:
        # Never the database itself: SQLite's locks on it would end as it is closed.
        os.close(os.open(f"{path}-turn", os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        if error.errno == errno.EROFS:
            return ReadOnly(READ_ONLY_DISK)
        if error.errno in (errno.EACCES, errno.EPERM):
            return ReadOnly(NO_RIGHTS)
    return None


def open_read_only(path: str, statements: int = 0) -> OpenedFile:
    """A connection that only reads.  Raises apsw.Error where the file cannot be read.

    What a log holds is shown whether or not there is an index to it: a server that was killed leaves acknowledged
    writes there.
    """
    try:
        connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY, statementcachesize=statements)
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()  # opens the log, too
        return OpenedFile(connection)
    except REFUSED_BY_THE_SYSTEM as error:
        if not _left_alone(path, error):
            raise
    seen = state(path)
    if log_bytes(path):
        connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY, vfs=_UNLOCKED, statementcachesize=statements)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()  # has the index in memory
    else:  # without a log there is nothing that this passes over
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(f"file:{quote(path)}?immutable=1", flags=flags, statementcachesize=statements)
    connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
    return OpenedFile(connection, seen)


def is_full(error: apsw.Error) -> bool:
    """Whether what failed is that the disk has no room, be it only for the index."""
    return isinstance(error, apsw.FullError) or getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE


def _left_alone(path: str, error: apsw.Error) -> bool:
    """Whether the file is there, nobody has it open (who does has a log and an index), and nothing in it is to be taken
    back first."""
    if not os.path.isfile(path) or file_bytes(f"{path}-journal") or _UNLOCKED not in apsw.vfs_names():
        return False
    if is_full(error):
        return True  # an index that is in use would be there
    return obstacle(path) is not None and not (os.path.exists(f"{path}-wal") and os.path.exists(f"{path}-shm"))

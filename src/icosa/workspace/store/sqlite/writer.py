"""The one connection that writes, on a thread of its own.

Writes that wait while another is being committed go into one transaction and share its commit; where one of
them is refused, all are begun again, each in a savepoint of its own.  So each is whole or not at all, none is
acknowledged before it is on disk, and durability costs little under load.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import apsw

from icosa.errors import IcosaError, InvalidInput, Overloaded, ReadOnly, ServerBroken
from icosa.workspace.store.answer_length import too_long
from icosa.workspace.store.sqlite import owed_lines
from icosa.workspace.store.sqlite.arrivals import Arrivals
from icosa.workspace.store.sqlite.connect import BUSY_MILLISECONDS, connect
from icosa.workspace.store.sqlite.file import Identity, identity
from icosa.workspace.store.sqlite.indexing import Lag, bring_up_to_date
from icosa.workspace.store.sqlite.owed import PAY
from icosa.workspace.store.sqlite.read_only import obstacle
from icosa.workspace.store.sqlite.run import SAVEPOINT, TooLong, execute, run
from icosa.workspace.store.sqlite.write_lock import Turn
from icosa.workspace.store.statement import Statement, Statements, T
from icosa.workspace.store.store import CLOSING

SHARED_AT_MOST = 64

LOG_BYTES = 64 * 1024 * 1024
"""Over this length the write-ahead log is cut.  SQLite begins it anew by itself only at a moment at which
nobody reads from it, and under steady reading such a moment may never come."""

LOG_PAGES = 4_000
"""How many pages the log holds before it is moved into the file, which takes as long for a page that was changed once as for one that
was changed a hundred times.  Some hundred more, and who reads would look for each page in two parts of the log's index."""

_LOG_PAGES_AT_REST = 1_000
"""The same in a pause: what lies in the log is not read through the map of the file."""

_FRAME_BYTES = 24
"""What the log has before each page."""

_CUT_MILLISECONDS = 100
"""How long a cut waits for readers, and writes with it; a log that cannot be cut is left to grow before the
next try.  One that has become very long is worth a longer wait: no request reads for more than ten seconds."""

_LONG_CUT_MILLISECONDS = 5_000

_PATIENCE_MILLISECONDS = 30
"""How long another process may be first again and again before this one takes the turn; to take turns at
every commit would cost half of what several processes write together."""


_PAY_SECONDS = 1.0
"""How long a read waits for what it is to find; then it finds that otherwise, more slowly."""


class Ending(Protocol):
    """What is told how a write ended: of a concurrent.futures.Future what the writer needs of it."""

    def set_running_or_notify_cancel(self) -> bool:
        """Whether it is to be begun."""

    def set_result(self, result: Any) -> None: ...

    def set_exception(self, exception: BaseException | None) -> None: ...


_Job = tuple[Callable[[], Statements[Any]], Ending, bool]
_Outcome = tuple[Any, BaseException | None]
_BEGIN, _COMMIT = Statement("BEGIN IMMEDIATE"), Statement("COMMIT")
_log = logging.getLogger("icosa")


class Writer:
    def __init__(self, path: str, let_readers_go: Callable[[], None]) -> None:
        """`let_readers_go` has those of this process close what they have opened to read only."""
        self._path = path
        self._let_readers_go = let_readers_go
        self._turn = Turn(path, BUSY_MILLISECONDS / 1000)
        self._connection: apsw.Connection | None = None
        self._spills = False  # whether what a savepoint keeps lies in a file
        self._logged = self._page_bytes = 0  # pages that the log held when something was last committed here, unless it was moved since
        self._identity: Identity = identity(path)
        self.refusal = ""
        """Why nothing could be written when it was last opened."""
        with suppress(ReadOnly, Overloaded):
            self._open()
        self._cut_at = LOG_BYTES
        self._lag = Lag()
        self._jobs: Arrivals[_Job] = Arrivals()
        self._expected = 1  # writes that may come next: as many as were answered just now, and those that waited by then
        self._thread = threading.Thread(target=self._work, name="icosa-writer", daemon=True)
        self._thread.start()

    def write(self, write: Callable[[], Statements[T]], *, vast: bool = False) -> T:
        """The result of a write, as `submit` tells it; waits for it."""
        done: Future[T] = Future()
        self.submit(write, done, vast=vast)
        return done.result()

    def submit(self, write: Callable[[], Statements[Any]], done: Ending, *, vast: bool = False) -> None:
        """`done` is told the result of a write once it is on disk, or its error once nothing of it is there, in the writer's thread.

        A savepoint keeps every page that is changed in it as it was: those of a `vast` write in a file without a name.
        """
        if not self._jobs.add((write, done, vast)):
            raise Overloaded(CLOSING)

    def pay(self) -> bool:
        """Makes the lines of history that are owed; whether they are made, soon enough for who waits for them."""
        done: Future[None] = Future()
        try:
            self.submit(owed_lines.pay, done)
            done.result(_PAY_SECONDS)
        except (IcosaError, TimeoutError):
            done.cancel()
            return False
        return True

    def close(self) -> None:
        """Finishes what was submitted, then closes."""
        self._jobs.close()
        self._thread.join()
        self._drop()
        self._turn.close()

    def _work(self) -> None:
        while jobs := self._arrived():
            # What nobody waits for any more is not begun; what is begun can no longer be called off.
            jobs = [each for each in jobs if each[1].set_running_or_notify_cancel()]
            if jobs:
                self._together(jobs)
                self._lag.wrote(self._connection)
                if self._lag.over():
                    self._index()
        while self._lag.written:
            self._index(ending=True)

    def _arrived(self) -> list[_Job]:
        """What is to be written next, together; nothing where nothing comes any more.  Meanwhile what was left for later is done."""
        while True:
            jobs = self._jobs.take(self._expected, SHARED_AT_MOST, self._lag.left())
            if jobs or self._jobs.closed:
                return jobs
            self._expected = 1
            self._index()
            if self._lag.left() is None:
                self._bound_log(_LOG_PAGES_AT_REST)

    def _index(self, *, ending: bool = False) -> None:
        """Adds a portion to the search indexes, or all where they have come to lack too much, and makes the lines of history that are
        owed where it is time for them.  What cannot be done now is done after another write."""
        more, lines = True, ending or self._lag.lines(self._connection)
        while more:
            done: Future[bool] = Future()
            self._together([(_catch_up if lines else bring_up_to_date, done, False)])
            if done.exception() is not None or not done.result():
                self._lag.end(self._connection, lines=lines)
                return
            more = self._lag.many(self._connection)

    def _together(self, jobs: list[_Job]) -> None:
        """One transaction for all; the futures are told only after its commit."""
        try:
            vast = any(vast for _, _, vast in jobs)
            connection = self._begin(vast=vast)
            outcomes = _unrefused(connection, jobs)
            if outcomes is None:
                self._abandon()
                connection = self._begin(vast=vast)
                outcomes = [_one(connection, write) for write, *_ in jobs]
            execute(connection, _COMMIT)
        except BaseException as error:
            self._abandon(error)
            text = error.message if isinstance(error, IcosaError) else f"the write could not be committed: {error}; nothing was written"
            kind = type(error) if isinstance(error, IcosaError) else Overloaded
            outcomes = [(None, kind(text)) for _ in jobs]
        self._expected = len(jobs) + len(self._jobs)
        for (_, future, _), (result, failed) in zip(jobs, outcomes, strict=True):
            if failed is None:
                future.set_result(result)
            else:
                future.set_exception(failed)
        self._bound_log(LOG_PAGES)

    def _begin(self, *, vast: bool = False) -> apsw.Connection:
        """A connection in a transaction that nobody else can write beside."""
        if identity(self._path) != self._identity:
            self._drop()
        connection = self._connection or self._open()
        if vast is not self._spills:
            connection.execute(f"PRAGMA temp_store = {'FILE' if vast else 'MEMORY'}").fetchall()
            self._spills = vast
        self._turn.let_others_go()
        connection.set_busy_timeout(_PATIENCE_MILLISECONDS)
        try:
            execute(connection, _BEGIN)
        except Overloaded:
            connection.set_busy_timeout(BUSY_MILLISECONDS)
            with self._turn.held():
                execute(connection, _BEGIN)
        finally:
            connection.set_busy_timeout(BUSY_MILLISECONDS)
        return connection

    def _open(self) -> apsw.Connection:
        self._identity = identity(self._path)
        if self.refusal:
            still = obstacle(self._path)
            if still is not None:
                raise still
            self._let_readers_go()  # a process has one view of the log's index, and theirs cannot be written to
        try:
            connection = connect(self._path, named=False)
        except (ReadOnly, Overloaded) as error:
            self.refusal = error.message
            raise
        except InvalidInput as error:
            raise Overloaded(f"{error.message}; nothing was written") from None
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}").fetchall()
        connection.set_wal_hook(self._note_log)  # in place of SQLite's own, which moves the log before a commit is acknowledged
        self._page_bytes = connection.pragma("page_size") + _FRAME_BYTES
        self._connection, self._spills, self.refusal = connection, False, ""
        return connection

    def _note_log(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self._logged = pages
        return apsw.SQLITE_OK

    def _abandon(self, why: BaseException | None = None) -> None:
        """Takes back the whole transaction.  A connection that cannot, or that saw a damaged file, is let go."""
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except apsw.Error:
            self._drop()  # which rolls back too
        if isinstance(why, ServerBroken):
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(apsw.Error):
                connection.close()

    def _bound_log(self, pages: int) -> None:
        """Moves the log into the file where it holds so many pages; cuts it where it has become long for all that."""
        logged, connection = self._logged, self._connection
        size = logged * self._page_bytes
        if connection is None or (logged < pages and size < self._cut_at):
            return
        self._logged = 0
        if size >= self._cut_at:
            self._cut_log(connection, size)
        else:
            with suppress(apsw.Error):  # what cannot be moved now is moved after another write
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def _cut_log(self, connection: apsw.Connection, size: int) -> None:
        long = size >= 4 * LOG_BYTES
        connection.set_busy_timeout(_LONG_CUT_MILLISECONDS if long else _CUT_MILLISECONDS)
        try:
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            self._cut_at = LOG_BYTES
        except apsw.Error:
            self._cut_at = 2 * size if long else size + LOG_BYTES // 4
            _log.warning(
                "the write-ahead log has grown to %d MiB, because somebody has been reading from the database all the while; "
                "it is cut when they end",
                size // 1024 // 1024,
            )
        finally:
            connection.set_busy_timeout(BUSY_MILLISECONDS)


def _catch_up() -> Statements[bool]:
    """Whether there may be more to do."""
    yield from owed_lines.pay()
    return (yield from bring_up_to_date())


def _unrefused(connection: apsw.Connection, jobs: Sequence[_Job]) -> list[_Outcome] | None:
    """The results of writes of which none is refused; None where any is, and then all have to be begun again.  Most often none is,
    and they need no savepoints, which keep every page that is changed as it was."""
    cursor = connection.cursor()  # one for all: each statement by itself would make one
    try:
        return [(run(cursor, write(), partial(execute, cursor, PAY)), None) for write, *_ in jobs]
    except BaseException:  # whatever it is, it is of one of them: see _one
        return None


def _one(connection: apsw.Connection, write: Callable[[], Statements[Any]]) -> _Outcome:
    """The result of a write, or its error when all it did was taken back.  Raises where SQLite has given up
    the whole transaction, which a full disk can make it do."""
    execute(connection, Statement(f"SAVEPOINT {SAVEPOINT}"))
    try:
        result = run(connection, write(), partial(execute, connection, PAY))
    except BaseException as error:
        if not connection.in_transaction:
            raise
        execute(connection, Statement(f"ROLLBACK TO {SAVEPOINT}"))
        execute(connection, Statement(f"RELEASE {SAVEPOINT}"))
        return None, too_long() if isinstance(error, TooLong) else error
    execute(connection, Statement(f"RELEASE {SAVEPOINT}"))
    return result, None

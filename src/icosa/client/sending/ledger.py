"""What this machine has sent with each key, kept in a small file that all its processes share.

It is an SQLite file whose loss costs nothing but a 429: nothing in it is waited for to be on disk.  A key
stands in it as a hash alone.  Where no file can be kept, a ledger is this process's own.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from icosa.client.sending.rate import Rate

if TYPE_CHECKING:
    import apsw

T = TypeVar("T")

WATCHED_SECONDS = 600.0
"""How long a server is watched after it last refused a request."""

LEARNT_FROM = Rate(30, 60.0)
"""What is learnt is about a minute.  A server that refuses where fewer requests were sent in it does so for another
reason than their number, and nothing is learnt."""

LEARNT_SHARE = 0.9
"""The share of what a minute held when the server refused that is sent in a minute from then on: a choice.  A tenth less keeps
clear of a limit that is counted a little otherwise there, and costs a tenth of the speed."""

LEARNT_SECONDS = 120.0
"""How long what was learnt holds; a server that refuses again then is believed again."""

BUSY_SHARE = 0.5
"""A minute is near a limit where it holds so much of the busiest one that the server stood: a choice.  With less a refusal for
another reason would be taken for a limit; with more one that shrank would not be noticed."""

_CLOCK_WENT_BACK = 100
"""A moment that lies so many times as far ahead as anything is looked back at was written before the clock of the machine was
set back, and is forgotten."""

_LOCKED_MILLISECONDS = 5000
"""How long the file is waited for while another process writes to it.  Each holds it for the time of one row, so that
five seconds are met only where a disk stands still."""

_TABLES = """
    CREATE TABLE IF NOT EXISTS account (
        key TEXT PRIMARY KEY, closed_until REAL NOT NULL, watched_since REAL NOT NULL, learnt INTEGER, learnt_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sent (key TEXT NOT NULL, at REAL NOT NULL);
    CREATE INDEX IF NOT EXISTS sent_by_key ON sent (key, at);
"""


class Ledger:
    """Times are seconds of the system's clock, which processes share.  Safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._file = file
        self._owner = 0
        self._opened: apsw.Connection | None = None

    def take(self, key: str, rate: Rate | None, now: float) -> float:
        """Take the next place that is free, and give the seconds until then.

        A place is free where no stretch of the rate's seconds before it holds more than its count, and the
        server is not closed.  Without a rate, and where the server never refused, nothing is written.
        """
        if rate is None and self._opened is None and not self._file.exists():
            return 0.0  # nobody was ever refused here
        return self._safely(lambda: self._take(key, rate, now))

    def refused(self, key: str, seconds: float, now: float) -> None:
        """The server has refused a request, and wants to be left alone for so many seconds: by all processes.

        From the second time on, more than a minute after the first, the pace it stands is learnt from what
        was sent in the minute before, where that was a busy one.
        """
        self._safely(lambda: self._refused(key, seconds, now))

    def reason(self, key: str, rate: Rate | None, now: float) -> str:
        """Why a place is not free at once, for a log."""
        closed_until, _, learnt = self._safely(lambda: self._account(key, now))
        if closed_until > now:
            return "the server refused a request, and asked to be left alone"
        if learnt is not None and (rate is None or learnt / LEARNT_FROM.seconds < rate.count / rate.seconds):
            known = f"more than about {learnt} requests a minute, which was learnt and holds for {LEARNT_SECONDS:.0f} seconds"
            return f"the server refuses {known}"
        return f"the pace is {rate}, and other requests with this key went before"

    def wait_for(self, key: str, rate: Rate | None, requests: int, now: float) -> float:
        """The seconds until so many requests more could all be under way, for a forecast."""
        return self._safely(lambda: self._wait_for(key, rate, requests, now))

    def _take(self, key: str, rate: Rate | None, now: float) -> float:
        closed_until, watched_since, learnt = self._account(key, now)
        if rate is None and learnt is None and not watched_since:
            return max(closed_until - now, 0.0)
        rates = _rates(rate, learnt)
        longest = max(WATCHED_SECONDS if watched_since else 0.0, *(each.seconds for each in (*rates, LEARNT_FROM)))
        with self._connection():  # a savepoint
            # What lies in the future beyond all reason was written before the clock was set back.
            self._run("DELETE FROM sent WHERE key = ? AND (at < ? OR at > ?)", (key, now - longest, now + _CLOCK_WENT_BACK * longest))
            at = max(now, closed_until, *(self._free_at(key, each) for each in rates))
            self._run("INSERT INTO sent VALUES (?, ?)", (key, at))
        return at - now

    def _refused(self, key: str, seconds: float, now: float) -> None:
        closed_until, watched_since, learnt = self._account(key, now)
        learnt_at = max(self._row(key)[3], watched_since or now)
        if watched_since and now - learnt_at >= LEARNT_FROM.seconds and (stood := self._stood(key, now)):
            learnt, learnt_at = max(int(stood * LEARNT_SHARE), LEARNT_FROM.count), now
        kept = (key, max(closed_until, now + seconds), watched_since or now, learnt, learnt_at)
        self._run("INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?)", kept)

    def _stood(self, key: str, now: float) -> int:
        """How many requests were sent in the last minute, where that was near a limit; else 0."""
        minutes = self._run(
            "SELECT CAST((? - at) / ? AS INTEGER), count(*) FROM sent WHERE key = ? AND at <= ? GROUP BY 1",
            (now, LEARNT_FROM.seconds, key, now),
        )
        last, busiest = dict(minutes).get(0, 0), max((count for _, count in minutes), default=0)
        return last if last >= max(LEARNT_FROM.count, busiest * BUSY_SHARE) else 0

    def _wait_for(self, key: str, rate: Rate | None, requests: int, now: float) -> float:
        closed_until, _, learnt = self._account(key, now)
        longest = max(closed_until - now, 0.0)
        for each in _rates(rate, learnt):
            sent = self._run("SELECT count(*) FROM sent WHERE key = ? AND at > ?", (key, now - each.seconds))[0][0]
            longest = max(longest, (requests + sent - each.count) * each.seconds / each.count)
        return longest

    def _free_at(self, key: str, rate: Rate) -> float:
        found = self._run("SELECT at FROM sent WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?", (key, rate.count - 1))
        return found[0][0] + rate.seconds if found else 0.0

    def _account(self, key: str, now: float) -> tuple[float, float, int | None]:
        """Until when the server is closed, since when it is watched (0 for not), and what was learnt of it."""
        closed_until, watched_since, learnt, learnt_at = self._row(key)
        last = max(closed_until, watched_since, learnt_at)
        if not now - WATCHED_SECONDS < last < now + _CLOCK_WENT_BACK * WATCHED_SECONDS:
            return 0.0, 0.0, None
        return closed_until, watched_since, learnt if now - learnt_at < LEARNT_SECONDS else None

    def _row(self, key: str) -> tuple[float, float, int | None, float]:
        found = self._run("SELECT closed_until, watched_since, learnt, learnt_at FROM account WHERE key = ?", (key,))
        return found[0] if found else (0.0, 0.0, None, 0.0)

    def _safely(self, work: Callable[[], T]) -> T:
        """Do it, and where the file fails (a full disk, a file that was damaged), without the file: to keep
        pace is no reason for a request to fail."""
        import apsw

        with self._lock:
            try:
                return work()
            except apsw.Error:
                self._opened, self._owner = _open(None), os.getpid()
                return work()

    def _run(self, text: str, values: tuple[object, ...] = ()) -> list[Any]:
        return list(self._connection().execute(text, values))

    def _connection(self) -> "apsw.Connection":
        if self._opened is None or self._owner != os.getpid():  # a connection must not be carried into a fork
            self._opened, self._owner = _open(self._file), os.getpid()
        return self._opened


def _rates(*counts: Rate | int | None) -> list[Rate]:
    return [Rate(each, LEARNT_FROM.seconds) if isinstance(each, int) else each for each in counts if each]


def _open(file: Path | None) -> "apsw.Connection":
    """The file, made anew where it is damaged, or a database in memory."""
    import apsw  # here: who only calls servers loads no database until it keeps pace

    for attempt in (0, 1):
        with suppress(OSError, apsw.Error):
            if file is None:
                break
            if attempt:  # it holds nothing that is worth mending
                file.unlink(missing_ok=True)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _prepared(apsw.Connection(str(file)))
    return _prepared(apsw.Connection(":memory:"))


def _prepared(connection: "apsw.Connection") -> "apsw.Connection":
    connection.set_busy_timeout(_LOCKED_MILLISECONDS)
    connection.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF")
    connection.execute(_TABLES)
    return connection

"""One line for each request that was answered: when, who, what kind of request, how it went.  No line holds a value:
of a query only the names of its parameters are there, of a path only the words that the workspace knows and ids, of a key
only how its id begins.

    2026-01-05T09:30:00.125Z 200 GET /rest/people ?filter&limit 1.9 ms 5120 B key 01a20a30
"""

import os
import queue
import select
import stat
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import perf_counter, time

from icosa.workspace.http.log_lines import LogLines
from icosa.workspace.http.noted import NotedColumns

_WAITING_LINES = 50_000
_LAST_SECONDS = 2.0
_AT_ONCE = getattr(select, "PIPE_BUF", 4096)
"""Bytes that a pipe takes as one.  Of more it takes a part where it is nearly full, and what another worker writes to it stands in
the middle of a line then.  A file takes any number as one, and then a line costs a fifth: each time that the thread writes, it lets
the interpreter go, and has to get it back from whoever answers."""


class AccessLog:
    """Makes lines, and has a thread write them to standard error: whoever is slow to read them holds up no request.  Lines that
    wait for too long are lost, and their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str], to: int | None = None) -> None:
        """`names` are words that paths may show, those of the objects at least; `to` is a file that is open, if not that of
        standard error."""
        self._lines_of = LogLines(as_json, names).of
        self._to = to if to is not None else sys.__stderr__.fileno() if sys.__stderr__ else os.open(os.devnull, os.O_WRONLY)
        self._at_once = sys.maxsize if stat.S_ISREG(os.fstat(self._to).st_mode) else _AT_ONCE
        self._made: list[bytes] = []
        self._held = 0  # lines that are made
        self._portions: queue.SimpleQueue[tuple[list[bytes], int] | None] = queue.SimpleQueue()
        self._taken = self._given = self._lost = 0  # lines; what was taken and not given yet waits
        self._thread = threading.Thread(target=self._write_out, name="icosa-access-log", daemon=True)
        self._thread.start()

    def take(self, noted: NotedColumns) -> None:
        """Makes the lines of some answers."""
        lines = len(noted.ended)
        if self._taken + lines - self._given > _WAITING_LINES:
            self._lost += lines
            return
        self._tell_what_was_lost()
        if lines:
            self._made.append(self._lines_of(noted, time() - perf_counter()).encode())
        self._taken += lines
        self._held += lines

    def _tell_what_was_lost(self) -> None:
        if self._lost:
            self._made.append(b"%d lines of the access log were lost: nobody read them in time\n" % self._lost)
            self._lost = 0

    def hand_over(self) -> None:
        """Has the lines written that were made."""
        if self._made:
            self._portions.put((self._made, self._held))
        self._made, self._held = [], 0

    def close(self) -> None:
        """Writes what is waiting, as far as somebody reads it soon."""
        self._tell_what_was_lost()
        self.hand_over()
        self._portions.put(None)
        self._thread.join(_LAST_SECONDS)

    def _write_out(self) -> None:
        while (portion := self._portions.get()) is not None:
            texts, lines = portion
            with suppress(OSError):  # nobody reads any more, or the disk is full: a server goes on without
                for text in texts:
                    for lines_at_once in _pieces(text, self._at_once):
                        _write_whole(self._to, lines_at_once)
            self._given += lines


def _pieces(text: bytes, most: int) -> Iterator[memoryview]:
    """Whole lines of a text that ends with one, as many together as are no more bytes than `most`; a longer line by itself."""
    whole, start = memoryview(text), 0
    while start < len(text):
        end = len(text) if len(text) - start <= most else text.rfind(b"\n", start, start + most) + 1
        end = end or text.index(b"\n", start) + 1
        yield whole[start:end]
        start = end


def _write_whole(to: int, left: memoryview) -> None:
    while left:
        try:
            left = left[os.write(to, left) :]
        except BlockingIOError:  # whoever shares it with the server has asked for that
            select.select([], [to], [])

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
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter, time
from typing import NamedTuple

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
    wait for too long are lost, and so are those for which a disk has no room; their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str], to: int | None = None) -> None:
        """`names` are words that paths may show, those of the objects at least; `to` is a file that is open, if not that of
        standard error."""
        self._lines_of = LogLines(as_json, names).of
        self._to = to if to is not None else sys.__stderr__.fileno() if sys.__stderr__ else os.open(os.devnull, os.O_WRONLY)
        self._at_once = sys.maxsize if stat.S_ISREG(os.fstat(self._to).st_mode) else _AT_ONCE
        self._made: list[bytes] = []
        self._held = 0  # lines that are made
        self._portions: queue.SimpleQueue[tuple[list[bytes], int] | None] = queue.SimpleQueue()
        self._taken = self._given = self._lost = 0  # lines
        self._thread = threading.Thread(target=self._write_out, name="icosa-access-log", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many lines wait to be written."""
        return self._taken - self._given

    def take(self, noted: NotedColumns) -> None:
        """Makes the lines of some answers."""
        lines = len(noted.ended)
        if self.waiting + lines > _WAITING_LINES:
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
        lost = _Unwritten()
        while (portion := self._portions.get()) is not None:
            texts, lines = portion
            lost = _write(self._to, lost, texts, self._at_once)
            self._given += lines


class _Unwritten(NamedTuple):
    """How many lines could not be written, because nobody reads any more or the disk is full, and whether a part of one was."""

    lines: int = 0
    is_torn: bool = False

    def notice(self) -> bytes:
        """What is written before other lines once there is room again."""
        end = b"\n" if self.is_torn else b""
        return end + b"%d lines of the access log were lost: they could not be written\n" % self.lines if self.lines else b""


def _write(to: int, before: _Unwritten, texts: Sequence[bytes], at_once: int) -> _Unwritten:
    """Writes lines, after what could not be written before is told; what cannot be now.  A server goes on without these."""
    notice, written = before.notice(), 0
    for lines in (piece for text in (notice, *texts) for piece in _pieces(text, at_once)):
        count = _written(to, lines)
        written += count
        if count < len(lines):
            break
    else:
        return _Unwritten()
    text = b"".join((notice, *texts))
    lost = text.count(b"\n", max(written, len(notice))) + (before.lines if written < len(notice) else 0)
    return _Unwritten(lost, not text.endswith(b"\n", 0, written) if written else before.is_torn)


def _pieces(text: bytes, most: int) -> Iterator[memoryview]:
    """Whole lines of a text that ends with one, as many together as are no more bytes than `most`; a longer line by itself."""
    whole, start = memoryview(text), 0
    while start < len(text):
        end = len(text) if len(text) - start <= most else text.rfind(b"\n", start, start + most) + 1
        end = end or text.index(b"\n", start) + 1
        yield whole[start:end]
        start = end


def _written(to: int, lines: memoryview) -> int:
    """How much of it could be written."""
    left = lines
    while left:
        try:
            left = left[os.write(to, left) :]
        except BlockingIOError:  # whoever shares it with the server has asked for that
            select.select([], [to], [])
        except OSError:
            break
    return len(lines) - len(left)

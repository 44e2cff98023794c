"""One line for each request that was answered: when, who, what kind of request, how it went.  No line holds a value:
of a query only the names of its parameters are there, of a path only the words that the workspace knows and ids, of a key
only how its id begins.

    2026-01-05T09:30:00.125Z 200 GET /rest/people ?filter&limit 1.9 ms 5120 B key 01a20a30
"""

import logging
import marshal
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable
from time import perf_counter, time

from icosa.workspace.http.log_writer import write_frame
from icosa.workspace.http.noted import WIDTH, Noted

_WAITING_LINES = 50_000
_LAST_SECONDS = 2.0
_PIPE_BYTES = 1024 * 1024
"""What an unprivileged process may ask of Linux.  Each time that a pipe is full the thread that fills it waits, and then for its turn
at the interpreter, which whoever answers has to give up for it."""
_log = logging.getLogger("icosa")


class AccessLog:
    """Hands what was noted to a process that writes its lines to standard error, as text or as JSON: whoever is slow to read
    them holds up no request.  Lines that wait for too long are lost, and their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str]) -> None:
        """`names` are those of the objects, as paths have them."""
        # It finds the modules that this process has, and none of the folder that the server was started in (-P).
        writer = [sys.executable, "-P", "-m", "icosa.workspace.http.log_writer"]
        where = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.writer = subprocess.Popen(writer, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=where, pipesize=_PIPE_BYTES)
        self._frames: queue.SimpleQueue[tuple[bytes, int] | None] = queue.SimpleQueue()
        self._frames.put((marshal.dumps((as_json, list(names))), 0))
        self._taken = self._given = self._lost = 0  # lines; what was taken and not given yet waits
        self._thread = threading.Thread(target=self._hand_over, name="icosa-access-log", daemon=True)
        self._thread.start()

    def write(self, noted: Noted) -> None:
        """Has the lines of some answers written."""
        lines = len(noted) // WIDTH
        if self._taken + lines - self._given > _WAITING_LINES:
            self._lost += lines
        elif noted or self._lost:
            self._taken += lines
            self._frames.put((marshal.dumps((self._lost, time() - perf_counter(), noted)), lines))
            self._lost = 0

    def close(self) -> None:
        """Writes what is waiting, as far as somebody reads it soon."""
        self.write([])  # says what was lost
        self._frames.put(None)
        self._thread.join(_LAST_SECONDS)
        try:
            self.writer.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self.writer.kill()
            self.writer.wait()

    def _hand_over(self) -> None:
        pipe = self.writer.stdin
        assert pipe is not None
        try:
            with pipe:
                while (frame := self._frames.get()) is not None:
                    data, lines = frame
                    write_frame(pipe, data)
                    self._given += lines
        except OSError:  # the server goes on without
            _log.error("the access log has ended: the process that writes it is gone; start the server again to have one")

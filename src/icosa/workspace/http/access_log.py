"""One line for each request that was answered: when, who, what kind of request, how it went.  No line holds a value:
of a query only the names of its parameters are there, of a path only the words that the workspace knows and ids, of a key
only how its id begins.

    2026-01-05T09:30:00.125Z 200 GET /rest/people ?filter&limit 1.9 ms 5120 B key 01a20a30
"""

import logging
import marshal
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from time import time
from typing import IO

from icosa.wire.message import Answer, Request
from icosa.workspace.http.log_writer import Entry

_WAITING_LINES = 50_000
_EVERY_SECONDS = 0.25
_LAST_SECONDS = 2.0
_log = logging.getLogger("icosa")


class AccessLog:
    """Hands entries to a process that writes their lines to standard error, as text or as JSON: whoever is slow to read
    them holds up no request.  Lines that wait for too long are lost, and their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str]) -> None:
        """`names` are those of the objects, as paths have them."""
        # It finds the modules that this process has, and none of the folder that the server was started in (-P).
        writer = [sys.executable, "-P", "-m", "icosa.workspace.http.log_writer"]
        where = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.writer = subprocess.Popen(writer, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=where)
        self._entries: list[Entry] = []
        self._lost = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._hand_over, args=(as_json, list(names)), name="icosa-access-log", daemon=True)
        self._thread.start()

    def answered(self, request: Request, answer: Answer, seconds: float) -> None:
        """Notes an answer."""
        if len(self._entries) >= _WAITING_LINES:
            self._lost += 1
            return
        method, path, query, _, token, _, _ = request
        status, body, headers = answer
        code = dict(headers).get("Icosa-Error", "") if headers else ""
        self._entries.append((time(), method, path, query, token or "", status, code, len(body), seconds))

    def shown(self, method: str, path: str, query: str, status: int, size: int, seconds: float) -> None:
        """Notes an answer of pages."""
        if len(self._entries) >= _WAITING_LINES:
            self._lost += 1
        else:
            self._entries.append((time(), method, path, query, "", status, "", size, seconds))

    def close(self) -> None:
        """Writes what is waiting, as far as somebody reads it soon."""
        self._stopped.set()
        self._thread.join(_LAST_SECONDS)
        try:
            self.writer.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self.writer.kill()
            self.writer.wait()

    def _hand_over(self, as_json: bool, names: list[str]) -> None:
        pipe = self.writer.stdin
        assert pipe is not None
        try:
            with pipe:
                marshal.dump((as_json, names), pipe)
                while not self._stopped.wait(_EVERY_SECONDS):
                    self._hand_over_those_here(pipe)
                self._hand_over_those_here(pipe)
        except OSError:  # the server goes on without
            _log.error("the access log has ended: the process that writes it is gone; start the server again to have one")

    def _hand_over_those_here(self, pipe: IO[bytes]) -> None:
        entries, self._entries = self._entries, []
        lost, self._lost = self._lost, 0
        if entries or lost:
            marshal.dump((lost, entries), pipe)
        pipe.flush()

"""One line for each request that was answered: when, who, what kind of request, how it went.  No line holds a value:
of a query only the names of its parameters are there, of a path only the words that the workspace knows and ids, of a key
only how its id begins.

    2026-01-05T09:30:00.125Z 200 GET /rest/people ?filter&limit 1.9 ms 5120 B key 01a20a30
"""

import marshal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from time import time

from icosa.wire.message import Answer, Request
from icosa.workspace.http.log_writer import Entry

_WAITING_LINES = 50_000
_EVERY_SECONDS = 0.25


class AccessLog:
    """Hands entries to a process that writes their lines to standard error, as text or as JSON: whoever is slow to read
    them holds up no request.  Lines that wait for too long are lost, and their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str]) -> None:
        """`names` are those of the objects, as paths have them."""
        writer = [sys.executable, "-m", "icosa.workspace.http.log_writer"]
        self._process = subprocess.Popen(writer, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
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

    def close(self) -> None:
        """Writes what is waiting."""
        self._stopped.set()
        self._thread.join()
        self._process.wait()

    def _hand_over(self, as_json: bool, names: list[str]) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(OSError), pipe:  # a writer that is gone takes its lines along, and the server goes on
            pipe.write(marshal.dumps((as_json, names)))
            pipe.flush()
            while True:
                ended = self._stopped.wait(_EVERY_SECONDS)
                entries, self._entries = self._entries, []
                lost, self._lost = self._lost, 0
                if entries or lost:
                    pipe.write(marshal.dumps((lost, entries)))
                    pipe.flush()
                if ended:
                    return

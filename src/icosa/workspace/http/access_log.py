"""One line for each request that was answered: when, who, what kind of request, how it went.  No line holds a value:
of a query only the names of its parameters are there, of a path only the words that the workspace knows and ids, of a key
only how its id begins.

    2026-01-05T09:30:00.125Z 200 GET /rest/people ?filter&limit 1.9 ms 5120 B key 01a20a30
"""

import os
import queue
import re
import sys
import threading
from collections.abc import Iterable, Set
from typing import NamedTuple
from urllib.parse import unquote_plus

import orjson

from icosa.wire.message import Answer, Request
from icosa.wire.rest.query import NAMES

_WAITING_LINES = 10_000
_TOGETHER = 1_000
_TOKEN = re.compile(r"icosa_([0-9a-f]{8})[0-9a-f]{24}_")
_WORDS = frozenset(["rest", "batch", "duplicates", "restore", "open-api", "core", "metadata", "graphql", "healthz", "readyz", "metrics"])
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ELIDED = "…"


class Entry(NamedTuple):
    """What is kept of an answer until its line is written; `at` is in wire form."""

    at: str
    request: Request
    status: int
    code: str
    size: int
    seconds: float


class AccessLog:
    """Writes lines to standard error, as text or as JSON, on a thread of its own: whoever is slow to read them holds up no
    request.  Lines that wait for too long are lost, and their number is told."""

    def __init__(self, as_json: bool, names: Iterable[str]) -> None:
        """`names` are those of the objects, as paths have them."""
        self._line = _as_json if as_json else _as_text
        self._words = _WORDS.union(names)
        self._entries: queue.Queue[Entry | None] = queue.Queue(_WAITING_LINES)
        self._lost = 0
        self._thread = threading.Thread(target=self._write, name="icosa-access-log", daemon=True)
        self._thread.start()

    def answered(self, at: str, request: Request, answer: Answer, seconds: float) -> None:
        """Notes an answer."""
        code = dict(answer.headers).get("Icosa-Error", "") if answer.headers else ""
        try:
            self._entries.put_nowait(Entry(at, request._replace(body=b""), answer.status, code, len(answer.body), seconds))
        except queue.Full:
            self._lost += 1

    def close(self) -> None:
        """Writes what is waiting."""
        self._entries.put(None)
        self._thread.join()

    def _write(self) -> None:
        ended = False
        while not ended:
            together = [self._entries.get()]
            while len(together) < _TOGETHER and not self._entries.empty():
                together.append(self._entries.get())
            ended = None in together
            lines = [self._line(each, self._words) for each in together if each is not None]
            lost, self._lost = self._lost, 0
            if lost:
                lines.append(f"{lost} lines of the access log were lost: nobody read them in time")
            if lines:
                _write_whole("".join(f"{line}\n" for line in lines).encode())


def _write_whole(data: bytes) -> None:
    descriptor = sys.stderr.fileno()
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:  # nobody reads any more: a server goes on without
        pass


def _as_text(entry: Entry, words: Set[str]) -> str:
    query = _shown_query(entry.request.query)
    parts = [
        f"{entry.at} {entry.status} {entry.request.method} {_shown_path(entry.request.path, words)}{f' ?{query}' if query else ''}",
        f"{entry.seconds * 1000:.1f} ms {entry.size} B",
    ]
    key = _shown_key(entry.request.token)
    return " ".join([*parts, *([f"key {key}"] if key else []), *([entry.code] if entry.code else [])])


def _as_json(entry: Entry, words: Set[str]) -> str:
    line = {
        "at": entry.at,
        "status": entry.status,
        "method": entry.request.method,
        "path": _shown_path(entry.request.path, words),
        "query": _shown_query(entry.request.query).split("&") if entry.request.query else [],
        "milliseconds": round(entry.seconds * 1000, 3),
        "bytes": entry.size,
        "key": _shown_key(entry.request.token) or None,
        "error": entry.code or None,
    }
    return orjson.dumps(line).decode()


def _shown_path(path: str, words: Set[str]) -> str:
    """Known words and ids stand; anything else may hold what somebody typed."""
    return "/".join(each if not each or each in words or _ID.fullmatch(each) else _ELIDED for each in path[:200].split("/"))


def _shown_query(query: str) -> str:
    """The names of the parameters that are known; others are one mark."""
    names = (unquote_plus(each.partition("=")[0]) for each in query.split("&", 20)) if query else ()
    return "&".join(dict.fromkeys(name if name in NAMES else _ELIDED for name in names))


def _shown_key(token: str | None) -> str:
    found = _TOKEN.match(token or "")
    return found[1] if found else ""

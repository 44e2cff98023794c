"""Writes the lines of the access log, in a process of its own beside the server: to put a line together takes as long as a
tenth of what answering takes, and a thread would take it from those who answer.

It is handed batches of entries on standard input, and ends when nothing more comes: a server that was killed leaves nobody
behind, and its last lines are written.
"""

import marshal
import os
import re
import signal
import sys
from functools import lru_cache
from time import gmtime, strftime
from typing import Any
from urllib.parse import unquote_plus

import orjson

from icosa.wire.rest.query import NAMES

Entry = tuple[float, str, str, str, str, int, str, int, float]
"""The moment (seconds since 1970), method, path, query, token, status, code of an error, bytes of the body, seconds."""

_TOKEN = re.compile(r"icosa_([0-9a-f]{8})[0-9a-f]{24}_")
_WORDS = frozenset(["rest", "batch", "duplicates", "restore", "open-api", "core", "metadata", "graphql", "healthz", "readyz", "metrics"])
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ELIDED = "…"


def main() -> None:
    """Writes what comes until nothing more does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # meant for the server, which tells this process by its silence
    as_json, names = marshal.load(sys.stdin.buffer)
    line, words = as_json_line if as_json else as_text_line, _WORDS.union(names)
    while True:
        try:
            lost, entries = marshal.load(sys.stdin.buffer)
        except (EOFError, ValueError):
            return
        lines = [line(each, words) for each in entries]
        if lost:
            lines.append(f"{lost} lines of the access log were lost: nobody read them in time")
        _write_whole("".join(f"{each}\n" for each in lines).encode())


def _write_whole(data: bytes) -> None:
    try:
        while data:
            data = data[os.write(sys.stderr.fileno(), data) :]
    except OSError:  # nobody reads any more: a server goes on without
        pass


def as_text_line(entry: Entry, words: frozenset[str]) -> str:
    at, method, path, query, token, status, code, size, seconds = entry
    what, who = _asked(method, path, query, token, words)
    return f"{_moment(at)} {status} {what} {seconds * 1000:.1f} ms {size} B{who}{' ' + code if code else ''}"


@lru_cache(maxsize=4096)
def _asked(method: str, path: str, query: str, token: str, words: frozenset[str]) -> tuple[str, str]:
    """What was asked for and who asked, as a line has them: the same is asked again and again."""
    names, key = _shown_query(query), _shown_key(token)
    return f"{method} {_shown_path(path, words)}{f' ?{names}' if names else ''}", f" key {key}" if key else ""


def as_json_line(entry: Entry, words: frozenset[str]) -> str:
    at, method, path, query, token, status, code, size, seconds = entry
    line: dict[str, Any] = {
        "at": _moment(at),
        "status": status,
        "method": method,
        "path": _shown_path(path, words),
        "query": _shown_query(query).split("&") if query else [],
        "milliseconds": round(seconds * 1000, 3),
        "bytes": size,
        "key": _shown_key(token) or None,
        "error": code or None,
    }
    return orjson.dumps(line).decode()


def _moment(at: float) -> str:
    """In wire form."""
    second, milliseconds = divmod(int(at * 1000), 1000)
    return f"{_second(second)}.{milliseconds:03d}Z"


@lru_cache(maxsize=2)
def _second(since: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(since))


def _shown_path(path: str, words: frozenset[str]) -> str:
    """Known words and ids stand; anything else may hold what somebody typed."""
    return "/".join(each if not each or each in words or _ID.fullmatch(each) else _ELIDED for each in path[:200].split("/"))


@lru_cache(maxsize=1024)
def _shown_query(query: str) -> str:
    """The names of the parameters that are known; others are one mark."""
    names = (unquote_plus(each.partition("=")[0]) for each in query.split("&", 20)) if query else ()
    return "&".join(dict.fromkeys(name if name in NAMES else _ELIDED for name in names))


@lru_cache(maxsize=1024)
def _shown_key(token: str) -> str:
    found = _TOKEN.match(token)
    return found[1] if found else ""


if __name__ == "__main__":
    main()

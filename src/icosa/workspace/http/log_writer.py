"""Writes the lines of the access log, in a process of its own beside the server: to put a line together takes as long as a
twentieth of what answering takes, and a thread would take it from those who answer.

It is handed frames on standard input, each as long as the eight bytes before it say: first how lines are written and the
names of the objects, then what was noted.  It ends when nothing more comes: a server that was killed leaves nobody behind,
and its last lines are written.
"""

import marshal
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache, partial
from time import gmtime, strftime
from typing import IO, Any
from urllib.parse import unquote_plus

import orjson

from icosa.wire.rest.query import NAMES
from icosa.workspace.access.jwt import key_named_by
from icosa.workspace.http.noted import WIDTH, Noted

_SHOWN_DIGITS = 8
_TOKEN = re.compile(r"icosa_([0-9a-f]{8})[0-9a-f]{24}_")
_WORDS = frozenset(
    [
        "rest",
        "batch",
        "duplicates",
        "restore",
        "open-api",
        "core",
        "metadata",
        "objects",
        "fields",
        "webhooks",
        "apiKeys",
        "views",
        "mcp",
        "graphql",
        "healthz",
        "readyz",
        "metrics",
    ]
)
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_ID = re.compile(_UUID)
_RECORD = re.compile(rf"/rest/(\w+)/{_UUID}")
_ELIDED = "…"
_NICENESS = 10


def main() -> None:
    """Writes what comes until nothing more does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # meant for the server, which tells this process by its silence
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICENESS)  # who answers goes first
    pipe = sys.stdin.buffer
    as_json, names = marshal.loads(read_frame(pipe))
    lines = lines_for(as_json, _WORDS.union(names))
    while frame := read_frame(pipe):
        lost, clock, noted = marshal.loads(frame)
        text = "".join(lines(clock, noted))
        if lost:
            text += f"{lost} lines of the access log were lost: nobody read them in time\n"
        _write_whole(text.encode())


def write_frame(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(len(frame).to_bytes(8))
    pipe.write(frame)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes:
    """The next frame; nothing where there is none, or only a part of it."""
    size = int.from_bytes(pipe.read(8))
    frame = pipe.read(size)
    return frame if len(frame) == size else b""


def lines_for(as_json: bool, words: frozenset[str]) -> Callable[[float, Noted], Iterator[str]]:
    """What makes the lines of what was noted; `clock` is what the monotonic clock lacks to seconds since 1970."""
    known = lru_cache(maxsize=1024)(partial(_shown_path, words))

    def shown(path: str) -> str:
        record = _RECORD.fullmatch(path)  # most of what is asked for, and seldom the same again
        return path if record and record[1] in words else known(path)

    return partial(_lines_of_json if as_json else _lines_of_text, shown)


def _write_whole(data: bytes) -> None:
    try:
        while data:
            data = data[os.write(sys.stderr.fileno(), data) :]
    except OSError:  # nobody reads any more: a server goes on without
        pass


def _lines_of_text(shown: Callable[[str], str], clock: float, noted: Noted) -> Iterator[str]:
    for ended, seconds, method, path, query, token, status, size, headers in _each(noted):
        second, milliseconds = divmod(int((ended + clock) * 1000), 1000)
        names = f" ?{_shown_query(query)}" if query else ""
        who = f" key {key}" if token and (key := _shown_key(token)) else ""
        what = f" {code}" if headers and (code := _code(headers)) else ""
        yield (
            f"{_second(second)}.{milliseconds:03d}Z {status} {method} {shown(path)}{names} {seconds * 1000:.1f} ms {size} B{who}{what}\n"
        )


def _lines_of_json(shown: Callable[[str], str], clock: float, noted: Noted) -> Iterator[str]:
    for ended, seconds, method, path, query, token, status, size, headers in _each(noted):
        second, milliseconds = divmod(int((ended + clock) * 1000), 1000)
        line: dict[str, Any] = {
            "at": f"{_second(second)}.{milliseconds:03d}Z",
            "status": status,
            "method": method,
            "path": shown(path),
            "query": _shown_query(query).split("&") if query else [],
            "milliseconds": round(seconds * 1000, 3),
            "bytes": size,
            "key": _shown_key(token or "") or None,
            "error": _code(headers) or None,
        }
        yield orjson.dumps(line).decode() + "\n"


def _each(noted: Noted) -> Iterator[tuple[Any, ...]]:
    values = iter(noted)
    return zip(*[values] * WIDTH, strict=True)


@lru_cache(maxsize=2)
def _second(since: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(since))


def _shown_path(words: frozenset[str], path: str) -> str:
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
    return found[1] if found else key_named_by(token)[:_SHOWN_DIGITS]


def _code(headers: tuple[tuple[str, str], ...]) -> str:
    """Which error an answer tells of."""
    return dict(headers).get("Icosa-Error", "")


if __name__ == "__main__":
    main()

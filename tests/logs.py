"""No log line holds what was written: the lines of a test run, searched for all that was sent in it.

What goes into a workspace is taken where it goes in: at the workspace itself, at the client's transports, and at the HTTP
client of the tests.  Lines are those of every logger of this process at every level, and what servers of their own process
said (`heard`).  A value counts from six characters on, unless Icosa's own source has it: names, options, examples.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, wraps
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from icosa.client.transport.awaiting import AsyncHttpTransport
from icosa.client.transport.over_http import HttpTransport
from icosa.wire.message import Request
from icosa.workspace import Workspace
from tests.logged import listening

SHORTEST, LONGEST = 6, 64
"""Bytes of a value that are looked for: of a longer one, its beginning."""

LOOKED_AT = 256 * 1024
"""Bytes of a body whose values are taken in: those behind them are of the same kind."""

_STRINGS = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_BETWEEN = re.compile(r"[\[\]:,()&='\"|?/]+")
_SAYS_LITTLE = re.compile(
    rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # an id
    rb"|\d{4}-\d\d-\d\d.*|[\d.,:+ Z-]{0,8}"  # a day, the seconds of a moment, or a number as any line may have one
    rb"|(https?://)?(localhost|127\.0\.0\.1|\[?::1\]?).*"
)
_SOURCE = Path(__file__).resolve().parents[1] / "src" / "icosa"


@dataclass(frozen=True)
class Leak:
    """A value in a line of a log: what kind of value, which logger said it, and in which test."""

    kind: str
    value: str
    logger: str
    test: str
    line: str

    def __str__(self) -> str:
        return f"{self.logger}: {self.kind}, {self.value!r}, in the line {self.line[:200]!r} ({self.test})"


@dataclass
class Seen:
    """What was written and what was logged."""

    values: dict[bytes, dict[bytes, str]] = field(default_factory=dict)  # by their first characters
    lines: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    test: str = ""

    def sent(self, query: str = "", body: bytes | str | None = None, token: str | None = None) -> None:
        """What a request brings."""
        if token:
            self._add(token.encode(), "a key")
        for each in _BETWEEN.split(unquote_plus(query, errors="replace")) if query else ():
            self._add(each.encode("utf-8", "replace"), "a filter's value, or another of a query")
        if body:
            for value in _STRINGS.findall((body.encode("utf-8", "replace") if isinstance(body, str) else body)[:LOOKED_AT]):
                self._add(_unescaped(value), "a record's value")

    def logged(self, logger: str, line: str) -> None:
        for each in {line, unquote_plus(line, errors="replace")} if "%" in line else (line,):
            self.lines.setdefault(each.encode("utf-8", "replace"), (logger, self.test))

    def leaks(self) -> Iterator[Leak]:
        """Every value that stands in a line, where the source does not have it."""
        beginnings = self.values.keys()
        for line, (logger, test) in self.lines.items():
            # Most lines hold no beginning of a value; of those that do, each is looked at from there.
            for begins in beginnings & {line[at : at + SHORTEST] for at in range(len(line) - SHORTEST + 1)}:
                for value, kind in self.values[begins].items():
                    if value in line and not in_source(value):
                        yield Leak(kind, value.decode("utf-8", "replace"), logger, test, line.decode("utf-8", "replace"))

    def _add(self, value: bytes, kind: str) -> None:
        if len(value) < SHORTEST:
            return
        held = self.values.setdefault(value[:SHORTEST], {})
        if value[:LONGEST] not in held and not _SAYS_LITTLE.fullmatch(value):
            held[value[:LONGEST]] = kind


def _unescaped(value: bytes) -> bytes:
    """A string of JSON as a line would show it."""
    with suppress(ValueError):
        return str(json.loads(b'"%b"' % value)).encode("utf-8", "replace") if b"\\" in value else value
    return value


@cache
def in_source(value: bytes) -> bool:
    """Whether Icosa's own source says it."""
    return value in source()


@cache
def source() -> bytes:
    """All that Icosa's own source says."""
    return b"\n".join(path.read_bytes() for path in sorted(_SOURCE.rglob("*.py")))


SEEN = Seen()
"""What this process saw."""


def heard(server: str, log: Path) -> None:
    """Takes in what a server of its own process said."""
    if log.is_file():
        for line in log.read_text("utf-8", "replace").splitlines():
            SEEN.logged(server, line)


class _Listener(logging.Handler):
    def __init__(self, seen: Seen) -> None:
        super().__init__(logging.DEBUG)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.logged(record.name, self.format(record))


@contextmanager
def watching(seen: Seen) -> Iterator[None]:
    """Takes in what is logged and what is sent until the end of the block."""
    with pytest.MonkeyPatch.context() as patch, listening(_Listener(seen)):
        for of, name in ((Workspace, "answer"), (Workspace, "begin"), (HttpTransport, "send"), (AsyncHttpTransport, "send")):
            patch.setattr(of, name, _noting(seen, getattr(of, name), _of_request))
        patch.setattr(HTTPConnection, "request", _noting(seen, HTTPConnection.request, _of_call))
        yield


def _noting(seen: Seen, method: Callable[..., Any], told: Callable[..., Mapping[str, Any]]) -> Callable[..., Any]:
    @wraps(method)
    def noted(self: Any, *given: Any, **more: Any) -> Any:
        seen.sent(**told(*given, **more))
        return method(self, *given, **more)

    return noted


def _of_request(request: Request, *_: Any, **__: Any) -> Mapping[str, Any]:
    return {"query": request.query, "body": _of_records(request.path, request.body), "token": request.token}


def _of_call(method: str, url: str, body: Any = None, headers: Mapping[str, str] | Iterable[Any] = (), **_: Any) -> Mapping[str, Any]:
    key = dict(headers).get("Authorization", "").removeprefix("Bearer ")
    path, __, query = url.partition("?")
    return {"query": query, "body": _of_records(path, body) if isinstance(body, bytes | str) else None, "token": key}


def _of_records(path: str, body: bytes | str | None) -> bytes | str | None:
    """A body, unless it makes objects or fields: what these are called may be said, as in "Find Many Rockets"."""
    return None if path.startswith(("/rest/metadata/objects", "/rest/metadata/fields")) else body

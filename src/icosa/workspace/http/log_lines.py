"""The lines of an access log, made of what was noted of many answers at once.

They are made by columns: what stands at one place of all lines is looked up by one call for all, and mostly is the same in
all of them.  A line by itself takes nine times as long, which is a tenth of what it takes to look up one record.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from re import compile as pattern
from time import gmtime, strftime
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import unquote_plus

import orjson

from icosa.wire.rest.query import NAMES
from icosa.workspace.access.jwt import key_named_by
from icosa.workspace.http.noted import NotedColumns, are_alike

K = TypeVar("K")
_Part: TypeAlias = str | list[str]
"""What stands at one place of some lines: in all of them the same, or in each its own."""
_SHOWN_DIGITS = 8
_SHOWN_PATH = 200
_MOST_KEPT, _LONGEST_KEPT = 1024, 200
_TOKEN = pattern(r"icosa_([0-9a-f]{8})[0-9a-f]{24}_")
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
_ID = pattern(_UUID)
_RECORD = pattern(rf"/rest/(\w+)/{_UUID}")
_ID_FORM = "00000000-0000-0000-0000-000000000000"
_DIGITS = b"0123456789abcdefABCDEF"
_DIGITS_TO_0 = bytes.maketrans(_DIGITS, b"0" * len(_DIGITS))
_ELIDED = "…"
_THOUSANDTHS = [f"{each:03}" for each in range(1000)]


class Form(NamedTuple):
    """How each part of a line is written, with what stands before it; `end` has the error, if any, and ends the line.  `second` is
    for strftime, and thousandths are put between it and `zone`.  `parts` is in how many parts of a second its length is told, and
    `seconds` is given as many of these."""

    second: str
    zone: str
    status: Callable[[int], str]
    method: Callable[[str], str]
    path: Callable[[str], str]
    query: Callable[[str], str]
    parts: int
    seconds: Callable[[int], str]
    size: Callable[[int], str]
    key: Callable[[str | None], str]
    end: Callable[[tuple[tuple[str, str], ...]], str]


class _Kept(dict[K, str]):
    """What values become in a line, made once for each of those that come often."""

    def __init__(self, make: Callable[[K], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: K) -> str:
        made = self._make(value)
        if not isinstance(value, str) or len(value) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[value] = made
        return made

    def of(self, values: Sequence[K]) -> _Part:
        """What all of them become."""
        return self[values[0]] if are_alike(values) else list(map(self.__getitem__, values))


class LogLines:
    """Makes the lines, as text or as JSON.  `names` are words beside those of the API that a path may show."""

    def __init__(self, as_json: bool, names: Iterable[str]) -> None:
        form = JSON if as_json else TEXT
        self._second, self._zone, self._parts = form.second, form.zone, form.parts
        self._words = _WORDS.union(names)
        self._statuses, self._methods, self._queries = _Kept(form.status), _Kept(form.method), _Kept(form.query)
        self._seconds, self._sizes, self._keys, self._ends = _Kept(form.seconds), _Kept(form.size), _Kept(form.key), _Kept(form.end)
        self._paths = _Kept[str](lambda path: form.path(_shown_path(self._words, path)))

    def of(self, noted: NotedColumns, clock: float) -> str:
        """The lines of some answers, in their order; `clock` is what the monotonic clock lacks to seconds since 1970."""
        if not noted.ended:
            return ""
        first, *parts = _with_alike_joined(
            self._zone,
            self._statuses.of(noted.statuses),
            self._methods.of(noted.methods),
            self._paths_of(noted.paths),
            self._queries.of(noted.queries),
            self._seconds_of(noted.seconds),
            self._sizes.of(noted.sizes),
            self._keys.of(noted.tokens),
            self._ends.of(noted.headers),
        )
        moments = self._moments_of(noted.ended, clock, str(first))
        return _put_together([moments, *parts], len(moments))

    def _moments_of(self, ended: list[float], clock: float, behind: str) -> list[str]:
        """They come in order, and many of a busy server's in one millisecond.  `behind` stands behind each."""
        moments: list[str] = []
        second, text = -1, ""
        while (at := len(moments)) < len(ended):
            since = int((ended[at] + clock) * 1000)
            if since // 1000 != second:
                second = since // 1000
                text = strftime(self._second, gmtime(second))
            end = bisect_left(ended, (since + 1) / 1000 - clock, at + 1)
            moments += [text + _THOUSANDTHS[since % 1000] + behind] * (end - at)
        return moments

    def _seconds_of(self, seconds: list[float]) -> list[str]:
        kept, parts = self._seconds, self._parts
        none, least = kept[0], 0.5 / parts
        return [none if each < least else kept[int(each * parts + 0.5)] for each in seconds]

    def _paths_of(self, paths: list[str]) -> list[str]:
        """Records of one object are most of what is asked for, and seldom the same again."""
        return paths if _are_records(self._words, paths) else list(map(self._shown, paths))

    def _shown(self, path: str) -> str:
        record = _RECORD.fullmatch(path)
        return path if record and record[1] in self._words else self._paths[path]


def _with_alike_joined(*parts: _Part) -> list[_Part]:
    """The same, with those as one that stand side by side and are the same in all lines."""
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        else:
            joined.append(part)
    return joined


def _put_together(parts: Sequence[_Part], lines: int) -> str:
    pieces = [part if isinstance(part, str) else "" for part in parts] * lines
    for at, part in enumerate(parts):
        if not isinstance(part, str):
            pieces[at :: len(parts)] = part
    return "".join(pieces)


def _are_records(words: frozenset[str], paths: list[str]) -> bool:
    """Whether they are paths of records, all of one object."""
    first = _RECORD.fullmatch(paths[0])
    if first is None or first[1] not in words:
        return False
    form = f"/rest/{first[1]}/{_ID_FORM}\n".encode()
    lines = "\n".join([*paths, ""]).encode()
    if lines.translate(_DIGITS_TO_0) != form.translate(_DIGITS_TO_0) * len(paths):
        return False
    in_names = (at for at in range(len(form) - len(_ID_FORM) - 1) if form[at] in _DIGITS)  # "people" and "paople" are one by now
    return all(lines[at :: len(form)] == form[at : at + 1] * len(paths) for at in in_names)


def _shown_path(words: frozenset[str], path: str) -> str:
    """Known words and ids stand; anything else may hold what somebody typed."""
    parts = path[:_SHOWN_PATH].split("/")
    return "/".join(each if not each or each in words or _ID.fullmatch(each) else _ELIDED for each in parts)


def _shown_query(query: str) -> list[str]:
    """The names of the parameters that are known; others are one mark."""
    names = (each.partition("=")[0] for each in query.split("&", 20)) if query else ()
    return list(dict.fromkeys(each if each in NAMES else _shown_name(each) for each in names))


def _shown_name(name: str) -> str:
    read = unquote_plus(name)
    return read if read in NAMES else _ELIDED


def _shown_key(token: str) -> str:
    found = _TOKEN.match(token)
    return found[1] if found else key_named_by(token)[:_SHOWN_DIGITS]


def _code(headers: tuple[tuple[str, str], ...]) -> str:
    """Which error an answer tells of."""
    return dict(headers).get("Icosa-Error", "")


def _as_json(value: object) -> str:
    return orjson.dumps(value).decode()


TEXT = Form(
    second="%Y-%m-%dT%H:%M:%S.",
    zone="Z ",
    status=str,
    method=" {} ".format,
    path=str,
    query=lambda query: f" ?{'&'.join(_shown_query(query))} " if query else " ",
    parts=10_000,
    seconds=lambda tenths: f"{tenths / 10:.1f} ms ",
    size="{} B".format,
    key=lambda token: f" key {key}" if token and (key := _shown_key(token)) else "",
    end=lambda headers: f" {code}\n" if (code := _code(headers)) else "\n",
)
JSON = Form(
    second='{"at":"%Y-%m-%dT%H:%M:%S.',
    zone='Z"',
    status=',"status":{}'.format,
    method=lambda method: f',"method":{_as_json(method)},"path":"',
    path=lambda path: _as_json(path)[1:-1],
    query=lambda query: f'","query":{_as_json(_shown_query(query))}',
    parts=1_000_000,
    seconds=lambda thousandths: f',"milliseconds":{thousandths / 1000}',
    size=',"bytes":{}'.format,
    key=lambda token: f',"key":{_as_json(_shown_key(token or "") or None)}',
    end=lambda headers: f',"error":{_as_json(_code(headers) or None)}}}\n',
)

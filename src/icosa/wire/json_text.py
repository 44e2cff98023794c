"""The JSON of a body, read without holding up anybody.

orjson reads a body of ten megabytes in a tenth of a second, and one of three million empty lists in a whole one, and
nothing else runs in the process meanwhile.  So what may hold many values is read by Python's own scanner, which takes
longer and lets others go first, and there is a limit to how many there may be: to let go of them takes time too.
"""

from codecs import BOM_UTF8
from json import JSONDecodeError, JSONDecoder
from json.decoder import JSONArray  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

import orjson

from icosa.errors import InvalidBody, MalformedJson

MANY_VALUES = 20_000
MOST_VALUES = 500_000
_AT_ONCE = 1000
_LONGEST_WHOLE = 20
_WHOLE = (dict, list)


def read_json(body: bytes, empty: Any = None) -> Any:
    """The JSON of a body; `empty` where there is none.  A byte order mark, which editors on Windows write, says nothing: servers
    on Node pass over it too.  Raises MalformedJson with line and column."""
    body = body.removeprefix(BOM_UTF8)
    if not body.strip():
        return empty
    try:
        value = _patiently(body) if len(body) > MANY_VALUES and _at_most(body) > MANY_VALUES else orjson.loads(body)
    except (JSONDecodeError, orjson.JSONDecodeError) as error:
        if (at := _not_utf_8(body)) is not None:
            raise MalformedJson("body", f"not UTF-8 at byte {at}; send JSON as UTF-8") from None
        raise MalformedJson(
            "body", f"not JSON: line {error.lineno}, column {error.colno}: {error.msg}; send one JSON object or list"
        ) from None
    except UnicodeDecodeError as error:
        raise MalformedJson("body", f"not UTF-8 at byte {error.start}; send JSON as UTF-8") from None
    except RecursionError:
        raise MalformedJson("body", "is nested too deeply; send flatter JSON") from None
    if not isinstance(value, _WHOLE):
        raise MalformedJson("body", "is a single value; send one JSON object or list")
    return value


def _not_utf_8(body: bytes) -> int | None:
    """The first byte, counted from 0, that is none of UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _at_most(body: bytes) -> int:
    """A number that the values of a body are no more than."""
    return sum(body.count(mark) for mark in (b",", b"[", b"{"))


def _patiently(body: bytes) -> Any:
    return _Counting().decode(body.decode())


class _Counting(JSONDecoder):
    """Python's decoder, with numbers read as orjson reads them.  It counts what is in lists and objects."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=self._object, parse_int=self._whole, parse_constant=_refused)
        self._values = 0
        self._numbers = 0
        self.parse_array = self._array
        self.scan_once = py_make_scanner(self)  # the one in C would read the whole body in one go

    def _array(self, *arguments: Any) -> Any:
        found = JSONArray(*arguments)
        self._count(len(found[0]))
        return found

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self._count(len(pairs))
        made: dict[str, Any] = {}
        for at in range(0, len(pairs), _AT_ONCE):
            made.update(pairs[at : at + _AT_ONCE])
        return made

    def _count(self, values: int) -> None:
        self._values += 1 + values
        if max(self._values, self._numbers) > MOST_VALUES:
            raise InvalidBody(f"the body holds more than {MOST_VALUES:,} values; send it in several requests")

    def _whole(self, digits: str) -> int | float:
        self._numbers += 1
        if self._numbers > MOST_VALUES:  # a list counts where it ends, which may be far away
            self._count(0)
        whole = int(digits) if len(digits) <= _LONGEST_WHOLE else None
        return whole if whole is not None and -(2**63) <= whole < 2**64 else float(digits)


def _refused(name: str) -> Any:
    raise JSONDecodeError(f"{name} is no JSON", "", 0)

"""What a long run has to remember, on disk: a million keys are held in no more memory than a thousand."""

from collections.abc import Iterable
from types import TracebackType
from typing import Any, Final, Self

import apsw
import orjson

_TOGETHER: Final = 4_000
"""Values that are written to the disk together."""

_MARKS: Final = 1 << 24
"""Bits of which one is set for each key that was put, by its hash: 2 MiB, however many keys there are.  Where it is not set
nobody has to look; of a million keys one in seventeen is looked for in vain."""

_Place = tuple[str, bytes]


class Index:
    """Values by space and key, until it is closed.  Keys and values are anything JSON can say."""

    def __init__(self) -> None:
        self._database = apsw.Connection("")  # a file of the system's temporary folder that has no name
        self._database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -8192")
        self._database.execute("CREATE TABLE held (space TEXT, key BLOB, value BLOB, PRIMARY KEY (space, key)) WITHOUT ROWID; BEGIN")
        self._waiting: dict[tuple[str, bytes], bytes] = {}
        self._marks = bytearray(_MARKS >> 3)

    def get(self, space: str, key: Any) -> Any:
        """What was put there, or None."""
        return self._get((space, orjson.dumps(key)))

    def put(self, space: str, key: Any, value: Any) -> None:
        self._put((space, orjson.dumps(key)), value)

    def first(self, space: str, key: Any, value: Any) -> Any:
        """Puts a value where there is none; what was there before, or None."""
        place = space, orjson.dumps(key)
        found = self._get(place)
        if found is None:
            self._put(place, value)
        return found

    def among(self, space: str, keys: Iterable[Any]) -> set[Any]:
        """Those of some keys, which can be members of a set, that have a value; None is no key."""
        return {key for key in keys if key is not None and self._get((space, orjson.dumps(key))) is not None}

    def put_all(self, space: str, values: Iterable[tuple[Any, Any]]) -> None:
        """Puts values, each with its key before it."""
        for key, value in values:
            self._put((space, orjson.dumps(key)), value)

    def _get(self, place: _Place) -> Any:
        mark = hash(place) % _MARKS
        if not self._marks[mark >> 3] & 1 << (mark & 7):
            return None
        held = self._waiting.get(place)
        if held is not None:
            return orjson.loads(held)
        for (value,) in self._database.execute("SELECT value FROM held WHERE space = ? AND key = ?", place):
            return orjson.loads(value)
        return None

    def _put(self, place: _Place, value: Any) -> None:
        mark = hash(place) % _MARKS
        self._marks[mark >> 3] |= 1 << (mark & 7)
        self._waiting[place] = orjson.dumps(value)
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _write(self) -> None:
        rows = [(*place, value) for place, value in sorted(self._waiting.items())]  # in order they go side by side
        self._database.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)
        self._waiting.clear()

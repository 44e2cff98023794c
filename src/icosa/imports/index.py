"""What a long run has to remember, on disk: a million keys are held in no more memory than a thousand."""

from types import TracebackType
from typing import Any, Self

import apsw
import orjson


class Index:
    """Values by space and key, until it is closed.  Keys and values are anything JSON can say."""

    def __init__(self) -> None:
        self._database = apsw.Connection("")  # a file of the system's temporary folder that has no name
        self._database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -8192")
        self._database.execute("CREATE TABLE held (space TEXT, key BLOB, value BLOB, PRIMARY KEY (space, key)) WITHOUT ROWID; BEGIN")

    def get(self, space: str, key: Any) -> Any:
        """What was put there, or None."""
        for (value,) in self._database.execute("SELECT value FROM held WHERE space = ? AND key = ?", (space, _bytes(key))):
            return orjson.loads(value)
        return None

    def put(self, space: str, key: Any, value: Any) -> None:
        self._database.execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", (space, _bytes(key), orjson.dumps(value)))

    def first(self, space: str, key: Any, value: Any) -> Any:
        """Puts a value where there is none; what was there before, or None."""
        found = self.get(space, key)
        if found is None:
            self.put(space, key, value)
        return found

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()


def _bytes(key: Any) -> bytes:
    return orjson.dumps(key)

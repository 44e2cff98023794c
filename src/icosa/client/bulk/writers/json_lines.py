"""JSON Lines: an object on each line."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

import orjson

from icosa.client.bulk.table import Column


class JsonLinesWriter:
    """Values as the API has them, by the names of columns."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        self._file = file
        self._names = [each.name for each in columns]

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        names = self._names
        self._file.writelines(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in rows)

    def close(self) -> None:
        self._file.flush()

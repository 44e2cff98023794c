"""JSON Lines: an object on each line."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import orjson

from icosa.exports.table import ExportColumn


class JsonLinesWriter:
    """Values as the API takes them, by the names of columns."""

    def __init__(self, file: IO[bytes], columns: Sequence[ExportColumn]) -> None:
        self._file = file
        self._names = [each.name for each in columns]

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        names = self._names
        self._file.writelines(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in rows)

    def write_lines(self, lines: bytes) -> None:
        """Rows that are such lines already."""
        self._file.write(lines)

    def write_object(self, values: Mapping[str, Any]) -> None:
        """An object of its own members, of values that were read from anywhere."""
        self._file.write(json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n")

    def close(self) -> None:
        self._file.flush()

    def discard(self) -> None:
        """Leaves what is written as it is."""

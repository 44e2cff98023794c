"""Lines without a quote are taken many at a time, and are the rows that they are one by one, wherever a block of the file ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from icosa.imports.rows import open_rows, text_rows
from tests.searched import AT_LENGTH

PIECES = st.sampled_from(("a", "Zoë", ",", ",,", '"', '""', '"a,b"', "\n", "\r\n", "\r", "\n\n", " ", "\0", "x" * 30, ';"'))


def _found(path: Path, block: int) -> list[Any]:
    with patch.object(text_rows, "_BLOCK", block):
        rows = text_rows.text_rows(path, "utf-8", ",", 0)
        return [(each.number, each.line, list(each.cells), each.complaint, list(each.lines)) for each in rows]


@AT_LENGTH
@given(st.lists(PIECES, max_size=40).map("".join), st.integers(1, 60))
def test_rows_are_the_same_however_many_are_taken_together(tmp_path_factory: Any, text: str, block: int) -> None:
    path = FOLDER.get(tmp_path_factory)
    path.write_bytes(text.encode())
    with patch.object(text_rows, "_are_plain", lambda lines: False):
        expected = _found(path, 1 << 16)
    assert _found(path, block) == expected
    assert _found(path, 1 << 16) == expected


@AT_LENGTH
@given(st.lists(PIECES, max_size=40).map("".join), st.integers(1, 60), st.sampled_from(",; \t|a"))
def test_rows_that_say_anything_are_counted_as_they_are_read(tmp_path_factory: Any, text: str, block: int, delimiter: str) -> None:
    path = FOLDER.get(tmp_path_factory)
    path.write_bytes(text.encode())
    with patch.object(text_rows, "_BLOCK", block):
        counted = sum(each.counts for each in text_rows.many_text_rows(path, "utf-8", delimiter, 0))
        assert counted == sum(each.counts for each in text_rows.text_rows(path, "utf-8", delimiter, 0))


class _Folder:
    """One file for all examples."""

    def __init__(self) -> None:
        self._path: Path | None = None

    def get(self, factory: Any) -> Path:
        self._path = self._path or factory.mktemp("rows") / "rows.csv"
        return self._path


FOLDER = _Folder()


def test_rows_keep_their_numbers_beside_those_that_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    lines: Iterator[str] = (f'"Ada\n{at}",London' if at % 1000 == 500 else f"Ada {at},London" for at in range(5000))
    path.write_text("name,city\n" + "\n".join(lines), encoding="utf-8")
    rows = open_rows(path)
    found = list(rows.rows)
    assert rows.count == 5000
    assert [each.number for each in found if hasattr(each, "number")] == list(range(2, 5002))

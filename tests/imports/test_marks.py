"""Marks of cells are read from workbooks that are folders of files; of any other there are none, and nothing fails."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from icosa.imports.rows.marks import marks


@pytest.mark.parametrize(
    "content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), b"Name;City\nAda;Lyon\n"], ids=["empty", "xls", "text"]
)
def test_a_workbook_of_an_old_format_has_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.xls"
    path.write_bytes(content)
    assert marks(path, "Sheet1") == {}


def test_nor_has_a_folder_of_other_files(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with ZipFile(path, "w") as book:
        book.writestr("readme.txt", "nothing")
    assert marks(path, "Sheet1") == {}

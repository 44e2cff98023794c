"""What reads a workbook may come to any end: the caller goes on, with rows or a clear error."""

import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter

import icosa
from icosa.imports.rows import BadRow, Bounds, Row, Unreadable, open_rows
from icosa.imports.rows.parquet import read_parquet
from icosa.imports.rows.separate_process import open_apart
from icosa.imports.rows.sheet import read_sheet, sheet_names
from tests.imports import standins
from tests.imports.test_rows_parquet import COLUMNS

FILE = Path("people.xlsx")
ANEW = "save it anew, or save it as CSV"


def test_rows_come_over_as_they_are() -> None:
    opened = open_apart(standins.reading, FILE, Bounds(), rows=2_000)
    first, bad, odd, *others = opened.rows
    assert (opened.columns, opened.count) == (("n", "at"), 2_000)
    assert isinstance(first, Row)
    assert first.values["at"].isoformat() == "2026-02-03T00:00:00+00:00"
    assert bad == BadRow(Row(2, {"n": 2, "at": None}), "n", "no")
    assert odd == Row(3, {"n": Unreadable("#N/A", "is an error"), "at": None})
    assert [each.number for each in others if isinstance(each, Row)] == list(range(4, 2_001))


def test_every_value_that_a_file_can_hold_comes_over_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    columns = {name: pyarrow.array(cells[:1] * 2, type_) for name, (type_, cells, _) in COLUMNS.items()}
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    assert list(open_rows(path).rows) == list(read_parquet(path).rows)
    book = workbook(tmp_path / "people.xlsx")
    assert list(open_rows(book).rows) == list(read_sheet(book, None, False).rows)
    assert sheet_names(book) == ("People",)


@pytest.mark.parametrize(
    ("reader", "reason"),
    [
        (standins.aborting, r"what reads it broke off \(SIGABRT\): it is damaged, or more than 4,096 MiB of memory"),
        (standins.greedy, r"what reads it broke off \(SIGABRT\): it is damaged, or more than"),
        (standins.leaving, "what reads it broke off"),
        (standins.panicking, "Panic: index out of bounds"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals have no names there")
def test_an_end_of_its_own_is_a_clear_error(reader: Any, reason: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=f"people.xlsx: cannot be read: {reason}.*{ANEW}") as caught:
        open_apart(reader, FILE, Bounds())
    assert "what it holds" not in str(caught.value)


def test_an_abort_in_the_middle_is_told_by_the_rows() -> None:
    opened = open_apart(standins.aborting_later, FILE, Bounds())
    with pytest.raises(icosa.InvalidValue, match=r"people\.xlsx: cannot be read: what reads it broke off"):
        list(opened.rows)


def test_an_abort_writes_no_plan(crm: icosa.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from icosa import bulk
    from icosa.imports.rows import sheet

    monkeypatch.setattr(sheet, "open_apart", lambda read, path, bounds, **_: open_apart(standins.aborting_later, path, bounds))
    (tmp_path / "people.xlsx").write_bytes(b"")
    with pytest.raises(icosa.IcosaError):
        bulk.plan_import(crm, "people", tmp_path / "people.xlsx", tmp_path / "plan.jsonl", columns={"n": "city"}, key="none")
    assert not (tmp_path / "plan.jsonl").exists()


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(icosa.InvalidValue, match="it was not done within 0 seconds"):
        open_apart(standins.endless, FILE, Bounds(seconds=0.2))


def test_memory_is_bounded() -> None:
    with pytest.raises(icosa.InvalidValue, match="more than 300 MiB of memory"):
        list(open_apart(standins.wide, FILE, Bounds(memory=300 << 20)).rows)


def test_what_a_library_prints_is_no_message() -> None:
    assert len(list(open_apart(standins.talkative, FILE, Bounds()).rows)) == 3


def test_what_is_no_value_is_not_taken() -> None:
    with pytest.raises(icosa.InvalidValue, match="what reads it broke off"):
        list(open_apart(standins.sending_what_is_run, FILE, Bounds()).rows)


def test_rows_that_are_long_go_one_by_one_and_one_too_long_is_refused() -> None:
    rows = open_apart(standins.wide, FILE, Bounds()).rows
    assert [next(rows).number, next(rows).number] == [1, 2]  # type: ignore[union-attr]
    with pytest.raises(icosa.InvalidValue, match="row 3: holds more than 64 MiB"):
        next(rows)


def test_nobody_has_to_read_to_the_end() -> None:
    opened = open_apart(standins.reading, FILE, Bounds(), rows=100_000)
    process = opened.rows._connection._process  # type: ignore[attr-defined]
    next(opened.rows)
    assert process.poll() is None
    del opened
    assert process.poll() is not None


def test_it_works_from_threads_and_from_a_script_without_a_guard(tmp_path: Path) -> None:
    file = workbook(tmp_path / "people.xlsx")
    script = tmp_path / "script.py"
    script.write_text(f"from icosa.imports.rows import open_rows\nprint(len(list(open_rows({str(file)!r}).rows)))\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    counted: list[int] = []
    threads = [threading.Thread(target=lambda: counted.append(sum(1 for _ in open_rows(file).rows))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counted == [1, 1, 1, 1]


def test_a_module_beside_the_file_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of downloads hold what they like."""
    (tmp_path / "pickle.py").write_text("open('run', 'w')")
    file = workbook(tmp_path / "people.xlsx")
    monkeypatch.chdir(tmp_path)
    assert len(list(open_rows(file).rows)) == 1
    assert not (tmp_path / "run").exists()


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("People")
    for row, cells in enumerate((("Name", "Email"), ("Ada", "ada@example.com"))):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    book.close()
    return path


def remade(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A workbook with parts changed or left out."""
    parts = {}
    with zipfile.ZipFile(workbook(path)) as book:
        for name in book.namelist():
            made = change(name, book.read(name))
            if made is not None:
                parts[name] = made
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


def other_archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        book.writestr("people.txt", "Ada")
    return held.getvalue()


def sheet_with(path: Path, old: bytes, new: bytes) -> Path:
    return remade(path, lambda name, data: data.replace(old, new) if "sheet1" in name else data)


def without(path: Path, part: str) -> Path:
    return remade(path, lambda name, data: None if part in name else data)


BROKEN: dict[str, Callable[[Path], Any]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(workbook(path).read_bytes()[:900]),
    "another archive": lambda path: path.write_bytes(other_archive()),
    "text": lambda path: path.write_text("Name,Email\nAda,ada@example.com\n"),
    "a page": lambda path: path.write_text("<html><table><tr><td>Name</td></tr></table></html>"),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 8),
    "no sheet": lambda path: without(path, "sheet1"),
    "no texts": lambda path: without(path, "sharedStrings"),
    "a text that is not there": lambda path: sheet_with(path, b"<v>0</v>", b"<v>99</v>"),
    "cut XML": lambda path: remade(path, lambda name, data: data[:-200] if "sheet1" in name else data),
    "no cell": lambda path: sheet_with(path, b'r="A2"', b'r="2A"'),
    "a wall of a password": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)),
}


@pytest.mark.parametrize(
    ("how", "suffix"), [*((how, ".xlsx") for how in BROKEN), *(("noise", each) for each in (".xls", ".xlsb", ".ods")), ("a page", ".xls")]
)
def test_a_broken_workbook_is_a_clear_error(tmp_path: Path, how: str, suffix: str) -> None:
    path = tmp_path / f"people{suffix}"
    BROKEN[how](path)
    with pytest.raises(icosa.InvalidValue, match=rf"people{suffix}: (is no workbook|cannot be read)"):
        list(open_rows(path).rows)


def test_a_cell_far_out_does_not_take_the_caller_along(tmp_path: Path) -> None:
    """A sheet of two cells says that it is as large as a sheet can be, which is more than any memory."""
    path = sheet_with(tmp_path / "people.xlsx", b'r="A2"', b'r="XFD1048576"')
    rows, refused = [], ""
    try:
        rows = list(open_rows(path).rows)
    except icosa.InvalidValue as error:
        refused = str(error)
    # Older versions of the library hold the two cells alone.
    assert refused.startswith("people.xlsx: cannot be read") or len(rows) == 1


def test_a_sheet_without_a_cell_is_a_clear_error(tmp_path: Path) -> None:
    """Of which older versions of the library make an end of their own."""
    with xlsxwriter.Workbook(tmp_path / "people.xlsx") as book:
        book.add_worksheet("People")
    with pytest.raises(icosa.InvalidValue, match=r"people\.xlsx: (has nothing in the sheet 'People'|cannot be read)"):
        open_rows(tmp_path / "people.xlsx")


@pytest.mark.parametrize("keep", [0, 7, 40, -8, -40])
def test_a_parquet_file_that_is_cut_off_is_a_clear_error(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "people.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"n": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(icosa.InvalidValue, match=r"people\.parquet: (is no Parquet file|cannot be read)"):
        list(open_rows(path).rows)


def test_a_parquet_file_that_is_damaged_further_down_is_told_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"n": [f"text {at}" * 9 for at in range(5000)]}), path, row_group_size=1000)
    whole = path.read_bytes()
    path.write_bytes(whole[:30_000] + b"\xff" * 4000 + whole[34_000:])
    opened = open_rows(path)
    assert opened.count == 5000
    with pytest.raises(icosa.InvalidValue, match=r"people\.parquet: (is no Parquet file|cannot be read)"):
        list(opened.rows)

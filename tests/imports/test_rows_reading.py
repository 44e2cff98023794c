"""Rows come out of every kind of source as they went in, and a broken one stops none of the others."""

import csv
import hashlib
import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.imports.rows import BadRow, Row, open_rows, rows_digest

HEAD = ("Email", "City", "Born")
PEOPLE = [("ada@example.com", "London", 1815), ("emilie@example.com", "Paris", 1706), ("mária@example.com", "Győr", 1900)]


def values(source: Any, **options: Any) -> list[dict[str, Any]]:
    rows = open_rows(source, **options)
    found = []
    for row in rows.rows:
        assert isinstance(row, Row), row
        found.append(dict(row.values))
    return found


def texts() -> list[dict[str, str]]:
    return [dict(zip(HEAD, map(str, each), strict=True)) for each in PEOPLE]


def csv_text(delimiter: str) -> str:
    return "".join(f"{delimiter.join(map(str, each))}\r\n" for each in (HEAD, *PEOPLE))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv_text(delimiter).encode(encoding))
    assert values(file) == texts()
    assert (open_rows(file).columns, open_rows(file).count) == (HEAD, 3)


def test_what_is_no_utf_8_is_read_as_windows_1252(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name\nJürgen – “Büro”\n".encode("cp1252"))
    assert values(file) == [{"Name": "Jürgen – “Büro”"}]


def test_what_is_in_no_known_encoding_says_how_to_tell_it(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"Name\nplain\n\x81\xff\n")
    with pytest.raises(icosa.InvalidValue, match=r"people.csv: is neither UTF-8 nor Windows-1252 \(line 3 .*--encoding"):
        open_rows(file)
    with pytest.raises(icosa.InvalidValue, match="line 3 cannot be read"):
        open_rows(file, encoding="utf-8")


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text('Title,Body\nfirst,"two\nlines"\n\nsecond,one\n')
    assert [row.number for row in open_rows(file).rows if isinstance(row, Row)] == [2, 4]


_CELL = st.text(st.sampled_from('ab;"\n \r'), max_size=6)


@given(st.lists(st.one_of(st.just([]), st.lists(_CELL, min_size=2, max_size=2)), max_size=12))
def test_a_row_has_the_number_of_its_record_whatever_its_cells_hold(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "notes.csv"
        with file.open("w", newline="") as out:
            writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
            for row in [["Title", "Body"], *rows]:
                writer.writerow(row) if row else out.write("\n")
        said = [at for at, row in enumerate(rows, 2) if any(row)]
        assert [row.number for row in open_rows(file, delimiter=";").rows if isinstance(row, Row)] == said


def test_what_a_file_says_only_to_a_spreadsheet_is_no_row(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("sep=;\nTitle;Body\nfirst;one\nsecond;two;three\n")
    assert [each.row.number for each in open_rows(file).rows if isinstance(each, BadRow)] == [3]


def test_a_broken_row_stops_none_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text('Title,Body\nfirst,one\nsecond,two,three\n"third" x,y\nfourth\nfifth,five\n')
    rows = list(open_rows(file).rows)
    assert [type(row) for row in rows] == [Row, BadRow, BadRow, Row, Row]
    assert open_rows(file).count == 5
    too_many, quoted = rows[1], rows[2]
    assert isinstance(too_many, BadRow)
    assert isinstance(quoted, BadRow)
    assert (too_many.row.number, too_many.reason) == (3, "it has 3 cells, and the heading names 2; put cells that hold a , in quotes")
    assert (quoted.row.number, quoted.reason) == (4, "text stands behind a closing quote; write a quote inside a quoted cell twice")


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text('Title,Body\nfirst,one\nsecond,"two\nthird,three\n')
    _, opened, behind = open_rows(file).rows
    assert isinstance(opened, BadRow)
    assert isinstance(behind, BadRow)
    assert (opened.row.number, opened.text) == (3, 'second,"two')
    assert (behind.row.number, behind.text) == (4, "third,three")
    assert "a quote that is opened in it is never closed" in opened.reason
    assert "it belongs to what begins on line 3" in behind.reason


def test_headings_without_a_name_or_with_one_twice_get_one_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Email,,Email\na@example.com,x,b@example.com\n")
    assert values(file) == [{"Email": "a@example.com", "Column 2": "x", "Email (2)": "b@example.com"}]


def test_a_line_that_tells_the_delimiter_to_a_spreadsheet_is_heeded(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("sep=;\na,b;c\n1,5;2\n")
    assert values(file) == [{"a,b": "1,5", "c": "2"}]
    assert [row.number for row in open_rows(file).rows if isinstance(row, Row)] == [2]


def test_json_lines_have_the_columns_of_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text('{"name": "Ada"}\n\n{"city": "Paris", "tags": ["a", 1]}\n[1]\n{"broken": \n{"name": "Émilie"}\n')
    rows = open_rows(file)
    assert (rows.columns, rows.count) == (("name", "city", "tags"), 5)
    found = list(rows.rows)
    assert [each.row.number if isinstance(each, BadRow) else each.number for each in found] == [1, 3, 4, 5, 6]
    assert [type(each) for each in found] == [Row, Row, BadRow, BadRow, Row]
    assert found[1].values == {"city": "Paris", "tags": ["a", 1]} if isinstance(found[1], Row) else False
    assert "it is no JSON" in found[3].reason if isinstance(found[3], BadRow) else False


@pytest.mark.parametrize("size", [1, 3, 2000])
def test_a_json_list_is_read_an_item_at_a_time(tmp_path: Path, size: int) -> None:
    file = tmp_path / "people.json"
    wanted = [{"n": at, "text": "é[]{},\n" * (at % 40)} for at in range(size)]
    file.write_text(json.dumps(wanted, indent=1, ensure_ascii=False), "utf-8")
    assert values(file) == wanted
    assert open_rows(file).count == size


def test_a_json_list_that_breaks_off_says_so(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text('[{"n": 1}, {"n": 2}, {"n"')
    found = list(open_rows(file).rows)
    assert [type(each) for each in found] == [Row, Row, BadRow]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    when = datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
    pyarrow.parquet.write_table(pyarrow.table({"n": [1, None], "when": [when, None], "tags": [["a"], []]}), file)
    assert values(file) == [{"n": 1, "when": when, "tags": ["a"]}, {"n": None, "when": None, "tags": []}]
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(icosa.InvalidValue, match=r"no.parquet: is no Parquet file"):
        open_rows(tmp_path / "no.parquet")


def test_a_sheet_keeps_its_types_and_the_numbers_of_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    book = xlsxwriter.Workbook(file)
    book.add_worksheet("Hidden").hide()
    sheet = book.add_worksheet("People")
    sheet.activate()
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for at, name in enumerate(("Name", "Born", "Seen")):
        sheet.write_string(2, at + 1, name)
    sheet.write_string(3, 1, "Ada")
    sheet.write_number(3, 2, 1815)
    sheet.write_datetime(3, 3, datetime(2026, 2, 3, 4, 5, 6, 789000), moment)
    sheet.write_string(5, 1, "Émilie")
    book.close()
    rows = open_rows(file)
    assert (rows.columns, rows.count) == (("Name", "Born", "Seen"), 2)
    first, second = rows.rows
    assert first == Row(4, {"Name": "Ada", "Born": 1815, "Seen": datetime(2026, 2, 3, 4, 5, 6, 789000)})
    assert isinstance(second, Row)
    assert (second.number, second.values["Name"]) == (6, "Émilie")
    with pytest.raises(icosa.InvalidValue, match="has no sheet 'Person'; its sheets are 'Hidden', 'People'"):
        open_rows(file, sheet="Person")


FRAMES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": polars.DataFrame,
    "polars, lazy": polars.LazyFrame,
    "pandas": pandas.DataFrame,
    "arrow": pyarrow.table,
    "an arrow stream": lambda data: pyarrow.table(data).to_reader(),
    "dicts": lambda data: [dict(zip(data, each, strict=True)) for each in zip(*data.values(), strict=True)],
}


@pytest.mark.parametrize("library", FRAMES)
def test_frames_of_any_library_are_rows(library: str) -> None:
    when = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    data: dict[str, list[Any]] = {"Email": ["ada@example.com", None], "Born": [1815, 1706], "Score": [1.5, 2.5], "Seen": [when, when]}
    frame = FRAMES[library](data)
    found = values(frame)
    assert found[0] == {"Email": "ada@example.com", "Born": 1815, "Score": 1.5, "Seen": when}
    assert found[1]["Email"] is None
    assert [type(each) for each in found[0].values()] == [str, int, float, datetime]


def test_what_pandas_has_for_nothing_is_nothing() -> None:
    frame = pandas.DataFrame(
        {"n": [1.0, None], "t": pandas.array(["a", None], dtype="string"), "i": pandas.array([1, None], dtype="Int64")}
    )
    frame["when"] = pandas.to_datetime(["2026-02-03", None])
    assert values(frame)[1] == dict.fromkeys(("n", "t", "i", "when"))


def test_what_is_no_source_says_what_would_be(tmp_path: Path) -> None:
    with pytest.raises(icosa.InvalidValue, match="there is no file"):
        open_rows(tmp_path / "none.csv")
    with pytest.raises(icosa.InvalidValue, match="is a folder; give one of the files in it"):
        open_rows(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    for pipe in (tmp_path / "pipe.csv", "-"):
        with pytest.raises(icosa.InvalidValue, match="is a pipe, and rows are looked through more than once; write them to a file"):
            open_rows(pipe)
    (tmp_path / "people.doc").write_text("x")
    with pytest.raises(icosa.InvalidValue, match=r"'people.doc' does not say by its suffix .* \.csv, "):
        open_rows(tmp_path / "people.doc")
    with pytest.raises(icosa.InvalidValue, match="type int is no source of rows"):
        open_rows(7)
    (tmp_path / "empty.csv").write_text("\n\n")
    with pytest.raises(icosa.InvalidValue, match=r"empty.csv: has no rows"):
        open_rows(tmp_path / "empty.csv")


def test_a_missing_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (tmp_path / "people.xlsx").write_bytes(b"x")
    with pytest.raises(icosa.InvalidInput, match=r"pip install 'icosa\[bulk\]'"):
        open_rows(tmp_path / "people.xlsx")


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n1\n")
    assert rows_digest(tmp_path / "a.csv") == hashlib.sha256(b"a\n1\n").hexdigest()


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "parquet"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, suffix: str) -> None:
    def peak(rows: int) -> int:
        file = tmp_path / f"{rows}.{suffix}"
        frame = polars.DataFrame({"email": [f"p{n}@example.com" for n in range(rows)], "note": ["x" * 200] * rows})
        match suffix:
            case "csv":
                frame.write_csv(file)
            case "jsonl":
                frame.write_ndjson(file)
            case "json":
                frame.write_json(file)
            case _:
                frame.write_parquet(file, row_group_size=1000)
        tracemalloc.start()
        assert sum(1 for _ in open_rows(file).rows) == rows
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(20_000) < peak(5_000) * 1.5 + 500_000


def test_the_mark_of_a_second_file_is_no_part_of_what_stands_behind_it(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Name,City\nAda,London\n\ufeff"Curie, Marie","Paris"\n"two\n\ufeff""lines""",Rome\n', encoding="utf-8-sig")
    assert values(file) == [
        {"Name": "Ada", "City": "London"},
        {"Name": "Curie, Marie", "City": "Paris"},
        {"Name": 'two\n\ufeff"lines"', "City": "Rome"},
    ]


@pytest.mark.parametrize("again", ["Name,City", "\ufeffName,City", '"Name","City"', '\ufeff"Name",City'])
@pytest.mark.parametrize("rest", ["Ada,London\n", 'Ada,London\n"Marie",Paris\n'], ids=["plain", "quoted"])
def test_a_heading_that_comes_once_more_is_a_bad_row(tmp_path: Path, again: str, rest: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"Name,City\n{rest}{again}\n{rest}", encoding="utf-8")
    opened = open_rows(file)
    rows = list(opened.rows)
    assert opened.count == len(rows) == 2 * rest.count("\n") + 1
    assert [at for at, each in enumerate(rows) if isinstance(each, BadRow)] == [rest.count("\n")]
    (bad,) = [each for each in rows if isinstance(each, BadRow)]
    assert bad.reason == "it is the heading once more, as where files were put together; leave it out"
    file.write_text(f"Name,City,icosa_reason\n{again},{bad.reason!r}\nAda,London,\n", encoding="utf-8")
    assert [isinstance(each, BadRow) for each in open_rows(file).rows] == [True, False]


def test_of_one_column_a_value_may_be_called_as_the_column_is(tmp_path: Path) -> None:
    file = tmp_path / "companies.csv"
    file.write_text("Name\nAcme\nName\n")
    assert values(file) == [{"Name": "Acme"}, {"Name": "Name"}]

"""A sheet that cannot be read says what is wrong and how to mend it; one that can is read to its last cell, wherever it begins."""

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

import icosa
from icosa.imports.rows import Row, open_rows
from icosa.imports.rows.sheet import sheet_names
from tests.imports.test_rows_apart import remade, without
from tests.imports.test_rows_sheets import book, values

pytestmark = pytest.mark.usefixtures("read_here")

PEOPLE = (("People of 2026",), (), ("Name", "City"), ("Ada", "London"), ("Bo",))


def sheets(path: Path, *names: str, hidden: tuple[str, ...] = (), cells: tuple[str, ...] = ("Name", "Ada")) -> Path:
    """A workbook of sheets, each with one column."""
    made = xlsxwriter.Workbook(path)
    for name in names:
        sheet = made.add_worksheet(name)
        sheet.write_column(0, 0, cells)
        if name in hidden:
            sheet.hide()
    next(each for each in made.worksheets() if each.get_name() not in hidden).activate()
    made.close()
    return path


def test_a_sheet_that_is_not_there_says_which_are(tmp_path: Path) -> None:
    file = sheets(tmp_path / "people.xlsx", "Old", "New", "More", hidden=("Old",))
    with pytest.raises(icosa.InvalidValue, match=r"people\.xlsx: has no sheet 'Mine'; its sheets are 'Old', 'New', 'More'"):
        open_rows(file, sheet="Mine")
    assert open_rows(file, sheet="Old").found["sheet"] == "'Old'"


def test_the_names_are_those_that_somebody_sees(tmp_path: Path) -> None:
    assert sheet_names(sheets(tmp_path / "people.xlsx", "Old", "New", "More", hidden=("Old",))) == ("New", "More")
    (tmp_path / "none.xlsx").write_bytes(b"")
    with pytest.raises(icosa.InvalidValue, match=r"none\.xlsx: is no workbook that can be read"):
        sheet_names(tmp_path / "none.xlsx")


def test_rows_that_did_not_go_in_are_read_from_their_only_sheet_whatever_its_source_was_called(tmp_path: Path) -> None:
    bad = sheets(tmp_path / "people.bad.xlsx", "Rows", cells=("icosa_reason", "is none"))
    assert open_rows(bad, sheet="People").columns == ("icosa_reason",)
    with pytest.raises(icosa.InvalidValue, match="has no sheet 'People'"):
        open_rows(sheets(tmp_path / "people.xlsx", "Rows"), sheet="People")


@pytest.mark.parametrize(("head", "first"), [(None, "Name"), (1, "People of 2026"), (3, "Name"), (4, "Ada")])
def test_a_heading_is_in_the_row_that_is_told(tmp_path: Path, head: int | None, first: str) -> None:
    opened = open_rows(book(tmp_path / "people.xlsx", *PEOPLE), head=head)
    assert opened.columns[0] == first
    assert opened.count == len([each for each in opened.rows if isinstance(each, Row)])


@pytest.mark.parametrize("head", [2, 6])
def test_a_row_that_names_nothing_is_no_heading(tmp_path: Path, head: int) -> None:
    file = book(tmp_path / "people.xlsx", *PEOPLE)
    with pytest.raises(icosa.InvalidValue, match=rf"people\.xlsx: has no heading in row {head}; say in which of its first rows"):
        open_rows(file, head=head)


@pytest.mark.parametrize("damage", ["no sheet", "cut off", "no marks"])
def test_a_damaged_sheet_is_told_by_its_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "people.xlsx"
    match damage:
        case "no sheet":
            without(path, "sheet1")
        case "cut off":
            remade(path, lambda name, data: data[:-200] if "sheet1" in name else data)
        case _:  # values are read, and what stands beside them is not
            remade(path, lambda name, data: data[:-60] if "styles" in name else data)
    with pytest.raises(icosa.InvalidValue, match=r"people\.xlsx: (cannot be read: its sheet 'People' is damaged|is no workbook)"):
        open_rows(path)


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".xlsb", ".ods"])
@pytest.mark.parametrize("text", ["Name,Email\nAda,ada@example.com\n", "<html><table><tr><td>Name", "Jürgen\n", '\ufeff"Name"\n', "[1]"])
def test_text_that_calls_itself_a_workbook_says_so(tmp_path: Path, suffix: str, text: str) -> None:
    (tmp_path / f"people{suffix}").write_text(text, "utf-8")
    reason = "is no workbook that can be read" if text.startswith("J") else "is no workbook: what it holds is text, whatever its name says"
    with pytest.raises(icosa.InvalidValue, match=rf"people{suffix}: {reason}"):
        open_rows(tmp_path / f"people{suffix}")


def test_errors_that_a_format_does_not_tell_are_said_to_be_empty(tmp_path: Path) -> None:
    file = book(tmp_path / "people.xls", ("Name", "Born"), ("Ada", 1815))
    assert open_rows(file).found["errors"].startswith("cells that show an error are taken for empty in this format")
    assert values(file) == [{"Name": "Ada", "Born": 1815}]


@pytest.mark.parametrize("second", range(0, 60, 7))
def test_a_moment_is_that_which_was_written_to_the_thousandth_of_a_second(tmp_path: Path, second: int) -> None:
    """A sheet keeps it as a fraction of a day, which is never quite it."""
    moments = [datetime(year, 12, 31, 23, 59, second, 789_000) for year in (1999, 2026)]
    file = book(tmp_path / "people.xlsx", ("Seen",), *((each,) for each in moments), formats={0: "yyyy-mm-dd hh:mm:ss.000"})
    assert [each["Seen"] for each in values(file)] == moments


def test_the_last_moment_that_a_sheet_has_is_read(tmp_path: Path) -> None:
    file = book(tmp_path / "people.xlsx", ("Seen",), (datetime(9999, 12, 31, 23, 59, 59),), formats={0: "yyyy-mm-dd hh:mm:ss"})
    assert [str(each["Seen"])[:16] for each in values(file)] == ["9999-12-31 23:59"]


def test_a_merged_cell_counts_for_its_rows_wherever_the_sheet_begins(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "people.xlsx")
    sheet = made.add_worksheet()
    sheet.write_row(2, 3, ("Team", "Name"))
    sheet.merge_range(3, 3, 4, 3, "Acme")
    sheet.write_column(3, 4, ("Ada", "Bo", "Cy"))
    made.close()
    found = open_rows(tmp_path / "people.xlsx")
    assert [(each.number, *each.values.values()) for each in found.rows if isinstance(each, Row)] == [
        (4, "Acme", "Ada"),
        (5, "Acme", "Bo"),
        (6, "", "Cy"),
    ]

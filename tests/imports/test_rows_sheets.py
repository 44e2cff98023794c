"""A sheet is read as somebody sees it: what is an error, what has zeros in front, where its heading is."""

import struct
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import icosa
from icosa import bulk
from icosa.imports.rows import Row, Unreadable, open_rows
from icosa.imports.rows.marks.masks import mask, masked

pytestmark = pytest.mark.usefixtures("read_here")


def book(path: Path, *rows: tuple[Any, ...], formats: dict[int, str] | None = None, **options: Any) -> Path:
    """A workbook; `formats` are the number formats of columns."""
    made = xlsxwriter.Workbook(path, options)
    sheet = made.add_worksheet("People")
    styles = {column: made.add_format({"num_format": code}) for column, code in (formats or {}).items()}
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, int | float | datetime) and column in styles:
                write = sheet.write_datetime if isinstance(cell, datetime) else sheet.write_number
                write(at, column, cell, styles[column])
            elif isinstance(cell, str) and cell.startswith("="):
                formula, _, result = cell.partition(" -> ")
                sheet.write_formula(at, column, formula, None, float(result) if result.isdigit() else result)
            elif cell is not None:
                sheet.write(at, column, cell)
    made.close()
    return path


def values(path: Path, **options: Any) -> list[dict[str, Any]]:
    return [dict(each.values) for each in open_rows(path, **options).rows if isinstance(each, Row)]


def test_a_cell_that_shows_an_error_makes_its_row_bad_and_says_where_it_is(crm: icosa.Client, tmp_path: Path) -> None:
    rows = (("Name", "Employees", "Note"), ("Ada & Co", "=NA() -> #N/A", 1), ("Acme", 5, "=1/0 -> #DIV/0!"))
    file = book(tmp_path / "companies.xlsx", *rows)
    plan = bulk.plan_import(crm, "companies", file, key="name")
    assert (plan.counts["create"], plan.counts["bad"]) == (1, 1)  # a column that goes nowhere may hold what it likes
    (problem,) = bulk.problems(plan)
    assert (problem.row, problem.column) == (2, "Employees")
    assert problem.reason.startswith("cell B2 is the error #N/A; mend it in the sheet")
    bad = bulk.write_bad_rows(plan)
    assert bad is not None
    assert values(bad)[0] | {"icosa_reason": ""} == {"Name": "Ada & Co", "Employees": "#N/A", "Note": 1.0, "icosa_reason": ""}
    plan = bulk.plan_import(crm, "companies", file, key="name", errors_as_empty=True)
    assert (plan.counts["create"], plan.counts["bad"]) == (2, 0)


def test_a_formula_whose_result_is_not_in_the_file_is_not_taken_for_empty(tmp_path: Path) -> None:
    file = book(tmp_path / "people.xlsx", ("Name", "Born"), ("Ada", "=YEAR(1815) -> "), ("Bo", "=1+1 -> 2"))
    first, second = values(file)
    assert isinstance(first["Born"], Unreadable)
    assert "cell B2 holds a formula whose result was not saved" in first["Born"].reason
    assert second["Born"] == 2
    assert values(file, errors_as_empty=True)[0]["Born"] is None


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000", 1234, "01234"),
        ("00000-0000", 12345678, "01234-5678"),
        ("000-00-0000", 12345678, "012-34-5678"),
        ("(000) 000-0000", 5551234567, "(555) 123-4567"),
        ('"+"00 000', 4930, "+04 930"),
        ("00", 12345, "12345"),
        ("00000", 12.5, 12.5),
        ("00000", -7, -7),
    ],
)
def test_a_number_is_shown_as_its_mask_shows_it(code: str, number: float, shown: Any) -> None:
    shape = mask(code)
    assert shape is not None
    assert masked(number, shape) == shown


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "0,000", "0%", "0.00E+00", "yyyy-mm-dd", "@", "# ##0", "[h]:mm", "h:mm"])
def test_other_formats_are_no_masks(code: str) -> None:
    assert mask(code) is None


def test_postcodes_keep_the_zeros_that_a_sheet_shows(crm: icosa.Client, tmp_path: Path) -> None:
    file = book(tmp_path / "companies.xlsx", ("Name", "Zip"), ("Acme", 1234), ("Beta", "SW1A"), formats={1: "00000"})
    assert [each["Zip"] for each in values(file)] == ["01234", "SW1A"]
    bulk.import_rows(crm, "companies", file, key="name", journal=False)
    assert sorted(str(each["address"]["addressPostcode"]) for each in crm.companies.find_many(depth=0)) == ["01234", "SW1A"]


def test_what_computing_leaves_behind_is_no_part_of_a_number(tmp_path: Path) -> None:
    file = book(tmp_path / "deals.xlsx", ("Net",), (11.899999999999999,), (0.30000000000000004,), (1234567890123456.0,))
    assert [each["Net"] for each in values(file)] == [11.9, 0.3, 1234567890123456.0]


def test_a_title_above_the_heading_is_left_out_and_said(tmp_path: Path) -> None:
    rows = (("Company report",), (), ("as of February",), ("Name", "Domain", "Employees"), ("Acme", "acme.example.com", 12))
    opened = open_rows(book(tmp_path / "companies.xlsx", *rows))
    assert opened.columns == ("Name", "Domain", "Employees")
    assert opened.count == 1
    assert opened.found["heading"] == "the rows above the heading are left out: 'Company report', 'as of February'"
    assert [each.number for each in opened.rows if isinstance(each, Row)] == [5]


@pytest.mark.parametrize(
    "rows",
    [
        (("Email",), ("ada@example.com",), ("bo@example.com",)),
        (("Email",), ("ada@example.com", "a note"), ("bo@example.com", "another")),
        (("Name", "Email"), ("Ada",), ("Bo", "bo@example.com")),
        (("Name",), ("Ada", "London", "Paris"), ("Bo", "Rome", "Oslo", "Bonn")),
    ],
)
def test_a_heading_is_not_taken_for_a_title(tmp_path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    assert open_rows(book(tmp_path / "people.xlsx", *rows)).columns[0] == rows[0][0]


def test_a_merged_cell_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "people.xlsx")
    sheet = made.add_worksheet()
    for at, name in enumerate(("Company", "Name")):
        sheet.write(0, at, name)
    for at, name in enumerate(("Ada", "Bo", "Cy"), 1):
        sheet.write(at, 1, name)
    sheet.merge_range(1, 0, 2, 0, "Acme")
    made.close()
    assert [(each["Company"], each["Name"]) for each in values(tmp_path / "people.xlsx")] == [("Acme", "Ada"), ("Acme", "Bo"), ("", "Cy")]


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_are_those_that_the_sheet_shows(tmp_path: Path, since_1904: bool) -> None:
    when = datetime(2026, 2, 3)
    file = book(tmp_path / "people.xlsx", ("Seen", "Count"), (when, 46056), formats={0: "dd.mm.yyyy"}, date_1904=since_1904)
    assert values(file) == [{"Seen": date(2026, 2, 3), "Count": 46056.0}]


def test_the_first_sheet_that_is_shown_is_read_and_said(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "people.xlsx")
    made.add_worksheet("Old").hide()
    for name in ("New", "More"):
        made.add_worksheet(name).write(0, 0, name)
    made.worksheets()[1].activate()
    made.close()
    opened = open_rows(tmp_path / "people.xlsx")
    assert (opened.columns, opened.found["sheet"]) == (("New",), "'New' of 'New', 'More'")
    assert open_rows(tmp_path / "people.xlsx", sheet="More").columns == ("More",)


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 ><office:body><office:spreadsheet><table:table table:name="People">{rows}</table:table></office:spreadsheet></office:body
 ></office:document-content>"""


def open_document(path: Path, *rows: str) -> Path:
    """A workbook as LibreOffice writes it, of rows that are XML."""
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        told = "".join(each if each.startswith("<table:table-row") else f"<table:table-row>{each}</table:table-row>" for each in rows)
        made.writestr("content.xml", ODS.replace("{rows}", told))
    return path


def text(shown: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'


def number(value: float, shown: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}><text:p>{shown}</text:p></table:table-cell>'


@pytest.mark.parametrize("suffix", [".ods", ".xlsx"])
def test_a_workbook_is_what_it_holds_whatever_its_name_says(tmp_path: Path, suffix: str) -> None:
    file = open_document(tmp_path / f"people{suffix}", text("Name") + text("Born"), text("Ada") + number(1815, "1815"))
    assert values(file) == [{"Name": "Ada", "Born": 1815.0}]


def test_open_document_tells_errors_and_zeros_by_what_its_cells_show(tmp_path: Path) -> None:
    lost = number(0, "#REF!", 'table:formula="of:=[.#REF!]" calcext:value-type="error"')
    none = '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
    file = open_document(
        tmp_path / "people.ods",
        text("Name") + text("Zip") + text("Born"),
        '<table:table-row table:number-rows-repeated="2">' + text("Ada") + number(1234, "01234") + lost + "</table:table-row>",
        text("Bo") + number(75001, "75001") + f"{none}><text:p>#N/A</text:p></table:table-cell>",
        text("Cy") + number(7, "007", 'table:number-columns-repeated="2"'),
    )
    ada, again, bo, cy = values(file)
    assert (again["Zip"], again["Born"].text) == ("01234", "#REF!")
    assert (ada["Zip"], ada["Born"].text, bo["Zip"], bo["Born"].text) == ("01234", "#REF!", 75001, "#N/A")
    assert bo["Born"].reason.startswith("cell C4 is the error #N/A")
    assert (cy["Zip"], cy["Born"]) == ("007", "007")
    assert values(file, errors_as_empty=True)[2]["Born"] is None


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(_encrypted())
    with pytest.raises(icosa.InvalidValue, match="is protected by a password; save it without one"):
        open_rows(tmp_path / "people.xlsx")


def test_documents_of_others_say_how_to_get_at_their_rows(tmp_path: Path) -> None:
    for name, how in (
        ("people.numbers", "export it there as Excel or CSV"),
        ("people.gsheet", "download it there"),
        ("people.zip", "unpack it"),
    ):
        (tmp_path / name).write_bytes(b"x")
        with pytest.raises(icosa.InvalidValue, match=how):
            open_rows(tmp_path / name)


def _encrypted() -> bytes:
    """The least that a workbook with a password is: a compound file with an encrypted package."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    folder = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", 2 * len(name) + 2, kind, 1, free, free, child, end, 0)
        for name, kind, child in (("Root Entry", 5, 1), ("EncryptedPackage", 2, free))
    )
    return head + table + folder.ljust(512, b"\0")

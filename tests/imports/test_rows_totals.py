"""What sums up a table stands at its end and is no record; it comes as a bad row, unless it could be a record as those above it are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import icosa
from icosa.bulk import plan_import, problems
from icosa.imports.importing import import_rows
from icosa.imports.rows import BadRow, open_rows

HEAD = "Name,Domain Name,Employees,ARR\n"
ROWS = 'Acme,acme.example.com,10,"1,200.50"\nBolt,bolt.example.com,20,300\n'
REASON = '"Total" sums up the rows above it, and is no record; if it is one, take it (keep_totals, --keep-totals)'


def table(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "companies.csv"
    file.write_text(text)
    return file


def bad(source: Any, **options: Any) -> list[int]:
    return [each.row.number for each in open_rows(source, **options).rows if isinstance(each, BadRow)]


@pytest.mark.parametrize(
    "last",
    [
        'Total,,30,"1,500.50"', "TOTAL:,,30,", 'Summe,,,"1.500,50 €"', "Gesamt,,30,EUR 1500", "Somme,,30,1 500", " Totale ,,30,",
        "Grand Total (2),,30,", ",Total,30,", "合計,,30,", "Итого:,,30,", "** Suma **,,-30,", "Total,,30",
        "Total,-,30,US$ 5", "Total,n/a,,=SUM(D2:D3)",
    ],
)  # fmt: skip
def test_a_last_row_of_totals_is_a_bad_one(tmp_path: Path, last: str) -> None:
    assert bad(table(tmp_path, f"{HEAD}{ROWS}{last}\n")) == [4]


def test_several_may_sum_up_and_blank_lines_stand_between(tmp_path: Path) -> None:
    assert bad(table(tmp_path, f"{HEAD}{ROWS}\nSubtotal,,30,\n\nAverage,,15,\nTotal,,30,\n\n")) == [5, 7, 8]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}Total,,30,\n{ROWS}",
        f"{HEAD}{ROWS}Total,total.example.com,30,5\n",
        f"{HEAD}{ROWS}Total,,,\n",
        f"{HEAD}{ROWS}Total Energies,,30,\n",
        f"{HEAD}{ROWS}Total,,many,\n",
        f"{HEAD}Total,,30,\n",
        "Name,Employees\nAcme,10\nTotal,10\n",
        "Name,Born\nAda,1815-12-10\nTotal,2024-01-02\n",
    ],
    ids=["above", "with a text", "without a number", "a longer name", "with a word", "alone", "as the others are", "a day"],
)
def test_what_could_be_a_record_is_one(tmp_path: Path, text: str) -> None:
    assert bad(table(tmp_path, text)) == []


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 9, 1000])
def test_no_row_is_lost_or_changes_its_place(tmp_path: Path, count: int) -> None:
    file = table(tmp_path, HEAD + "".join(f"Company {at},c{at}.example.com,{at},\n" for at in range(count)) + "Total,,30,\n")
    rows = list(open_rows(file).rows)
    numbers = [(each.row if isinstance(each, BadRow) else each).number for each in rows]
    assert numbers == list(range(2, count + 3))
    assert [isinstance(each, BadRow) for each in rows] == [False] * count + [count > 0]


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def test_so_it_is_in_a_workbook_and_not_in_json(tmp_path: Path) -> None:
    rows = [("Name", "Domain Name", "Employees"), ("Acme", "acme.example.com", 10), ("Total", None, 10)]
    assert bad(workbook(tmp_path / "companies.xlsx", rows)) == [3]
    (tmp_path / "companies.jsonl").write_text('{"Name":"Acme","City":"Paris","Employees":10}\n{"Name":"Total","Employees":10}\n')
    assert bad(tmp_path / "companies.jsonl") == []


def test_an_import_says_why_and_how_it_is_taken_and_its_bad_rows_say_so_again(crm: icosa.Client, tmp_path: Path) -> None:
    file = table(tmp_path, f"{HEAD}{ROWS}Total,,30,\n")
    plan = plan_import(crm, "companies", file, key="name")
    assert [(each.row, each.column, each.reason) for each in problems(plan)] == [(4, "Name", REASON)]
    done = import_rows(crm, "companies", file, key="name")
    assert (done.applied.counts["create"], done.applied.whole) == (2, False)
    assert done.bad_rows is not None
    assert done.bad_rows.read_text().splitlines()[1].startswith("Total,,30,,")
    done.bad_rows.write_text(done.bad_rows.read_text() + "Cord,cord.example.com,5,,\nSumme,,35,,\n")
    assert bad(done.bad_rows) == [4]
    assert plan_import(crm, "companies", done.bad_rows, key="name", keep_totals=True).counts["create"] == 3


@pytest.mark.parametrize("options", [{"keep_totals": True}, {"exact": True}])
def test_it_is_a_record_for_who_says_so(crm: icosa.Client, tmp_path: Path, options: dict[str, Any]) -> None:
    file = table(tmp_path, "name,domainName.primaryLinkUrl,employees\nAcme,acme.example.com,10\nTotal,,30\n")
    assert import_rows(crm, "companies", file, key="name", **options).applied.counts["create"] == 2

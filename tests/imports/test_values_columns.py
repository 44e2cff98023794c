"""A column's own values tell how it is written: the order of its dates, its decimal mark, whether NA is Namibia."""

from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.plans.plan import PlanFile
from icosa.plans.step import Bad, Creation
from tests.cli.conftest import Shell, shell
from tests.imports.importers import write_csv

__all__ = ["shell"]


def planned(crm: icosa.Client, resource: str, column: str, values: list[str], **options: Any) -> tuple[PlanFile, list[Any]]:
    """A plan for rows with a name and one column more, and what each row becomes: a value, or the reason why it is bad."""
    conventions = bulk.Conventions(**options)
    rows = [{"title" if resource == "tasks" else "name": f"{at}", column: value} for at, value in enumerate(values)]
    plan = bulk.plan_import(crm, resource, rows, key="none", conventions=conventions)
    by_row: dict[int | None, Any] = {}
    for step in plan.steps():
        if isinstance(step, Creation):
            by_row[step.row] = step.record.get(column.partition(".")[0])
        elif isinstance(step, Bad):
            by_row[step.row] = step.reason
    return plan, [by_row[each] for each in sorted(by_row, key=lambda number: number or 0)]


def note(plan: PlanFile, column: str) -> str | None:
    return next((each.get("values") for each in plan.header.settings["columns"] if each["column"] == column), None)


@pytest.mark.parametrize(
    ("values", "wanted", "said"),
    [
        (["03/04/2026", "13/04/2026"], ["2026-04-03", "2026-04-13"], 'day, month, year, as "13/04/2026" in row 2 shows'),
        (["03/04/2026", "04/13/2026"], ["2026-03-04", "2026-04-13"], 'month, day, year, as "04/13/2026" in row 2 shows'),
        (["02/01/2026", "Fri 02/01/2026", "2. 1. 2026"], ["2026-01-02"] * 3, 'as "Fri 02/01/2026" in row 2 shows'),
        (["01.02.26", "31.12.99"], ["2026-02-01", "1999-12-31"], 'as "31.12.99" in row 2 shows'),
        (["2026/02/03", "03/04/2026", "13/04/2026"], ["2026-02-03", "2026-04-03", "2026-04-13"], "day, month, year"),
        (["2026-02-03", "3 Feb 2026", "13/04/2026"], ["2026-02-03", "2026-02-03", "2026-04-13"], None),
    ],
)
def test_dates_are_in_the_only_order_that_fits_all_of_them(
    values: list[str], wanted: list[str], said: str | None, crm: icosa.Client
) -> None:
    plan, found = planned(crm, "opportunities", "closeDate", values)
    assert [each[:10] for each in found] == wanted
    told = note(plan, "closeDate")
    assert told is None if said is None else said in (told or "")


@pytest.mark.parametrize("values", [["03/04/2026", "05/06/2026"], ["03/04/2026", "13/04/2026", "04/13/2026"]])
def test_a_date_is_refused_where_both_orders_fit_or_none(values: list[str], crm: icosa.Client) -> None:
    plan, found = planned(crm, "opportunities", "closeDate", values)
    assert "tell the order of dates (date_order, --date-order, or locale, --locale)" in found[0]
    assert note(plan, "closeDate") is None


def test_what_was_told_goes_before_what_a_column_shows(crm: icosa.Client) -> None:
    _, found = planned(crm, "opportunities", "closeDate", ["03/04/2026", "13/04/2026"], date_order="mdy")
    assert found[0].startswith("2026-03-04")
    assert "is not a date in the order mdy" in found[1]
    _, found = planned(crm, "opportunities", "closeDate", ["03/04/2026", "04/13/2026"], locale="de_DE")
    assert found[0].startswith("2026-04-03")
    assert "is not a date in the order dmy" in found[1]


@pytest.mark.parametrize(
    ("values", "wanted", "said"),
    [
        (["1.234", "12,5"], ["1234000000", "12500000"], 'a decimal comma, as "12,5" in row 2 shows'),
        (["1,234 EUR", "€12.50"], ["1234000000", "12500000"], 'a decimal point, as "€12.50" in row 2 shows'),
        (["1.234", "1.234.567"], ["1234000000", "1234567000000"], "a decimal comma"),
        (["1.234", "0.125"], ["1234000", "125000"], "a decimal point"),
        (["1'234.50", "2.125", "n/a"], ["1234500000", "2125000", None], "a decimal point"),
        (["12", "1234", "12.5"], ["12000000", "1234000000", "12500000"], None),
    ],
)
def test_numbers_have_the_only_decimal_mark_that_fits_all_of_them(
    values: list[str], wanted: list[str | None], said: str | None, crm: icosa.Client
) -> None:
    plan, found = planned(crm, "opportunities", "amount", values)
    assert [each and each["amountMicros"] for each in found] == wanted
    told = note(plan, "amount")
    assert told is None if said is None else said in (told or "")


@pytest.mark.parametrize("values", [["1.234", "2.345"], ["1,234"], ["1.234", "12,5", "12.5"]])
def test_a_number_is_refused_where_both_marks_fit_or_none(values: list[str], crm: icosa.Client) -> None:
    _, found = planned(crm, "opportunities", "amount", values)
    assert "to some and" in found[0]
    assert "(locale, --locale, or decimal, --decimal)" in found[0]
    _, found = planned(crm, "companies", "employees", values)
    assert "to some and" in found[0]


def test_the_decimal_mark_can_be_told(crm: icosa.Client) -> None:
    assert planned(crm, "companies", "employees", ["1.234"], decimal=",")[1] == [1234]
    assert planned(crm, "companies", "employees", ["1,234"], decimal=".")[1] == [1234]
    assert "is not a number as this column writes it" in planned(crm, "companies", "employees", ["1234.5"], decimal=",")[1][0]


def test_a_latitude_can_be_no_more_than_ninety(crm: icosa.Client) -> None:
    found = planned(crm, "companies", "address.addressLat", ["48.856"])[1]
    assert found == [{"addressLat": "48.856"}]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["NA", "DE"], ["Namibia", "Germany"]),
        (["NA", "Germany"], ["how many write what they do not know", "Germany"]),
        (["NA"], ["how many write what they do not know"]),
        (["N/A", "n.a.", "I/O", "No", "DE?", "DE"], [None, None, "I/O", "No", "DE?", "Germany"]),
        (["U.S.A.", "UK", "FRA", "namibia"], ["United States", "United Kingdom", "France", "Namibia"]),
    ],
)
def test_a_code_of_a_country_counts_only_where_it_is_written_as_one(values: list[str], wanted: list[str | None], crm: icosa.Client) -> None:
    found = planned(crm, "companies", "address.addressCountry", values)[1]
    for each, right in zip(found, wanted, strict=True):
        said: Any = each.get("addressCountry") if isinstance(each, dict) else each
        assert said == right or (right is not None and right in said), (each, right)


def test_what_says_not_known_can_be_told(crm: icosa.Client) -> None:
    assert planned(crm, "companies", "address.addressCountry", ["NA", "Germany"], unknown=("NA",))[1] == [
        None, {"addressCountry": "Germany"},
    ]  # fmt: skip
    assert planned(crm, "companies", "employees", ["keins", "7"], unknown=("Keins",))[1] == [None, 7]
    assert "is not a number" in planned(crm, "companies", "employees", ["keins"])[1][0]


def test_the_shell_takes_the_options_and_shows_what_a_column_says(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "opportunities.csv", ["Name", "Close date", "Amount"], ["A", "03/04/2026", "1.234"], ["B", "13/04/2026", "keins"])
    ran = shell("plan", "opportunities.csv", "--key", "none", "--decimal", ",", "--unknown", "keins", "--unknown", "TBA")
    assert ran.code == 0, ran.err
    assert [each.get("values") for each in ran.json["columns"]] == [
        None,
        'dates are day, month, year, as "13/04/2026" in row 3 shows',
        None,
    ]
    assert [each["record"].get("amount") for each in ran.json["samples"]["create"]] == [{"amountMicros": "1234000000"}, None]
    seen = shell("plan", "opportunities.csv", "--key", "none", "--decimal", ",", "--unknown", "keins", terminal=True)
    assert "Its values" in seen.out
    assert "dates are day, month, year" in seen.out


def test_a_stream_that_is_read_once_is_read_value_by_value(crm: icosa.Client) -> None:
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table({"name": ["a", "b"], "closeDate": ["03/04/2026", "13/04/2026"]})
    counts = bulk.plan_import(crm, "opportunities", table.to_reader(), key="none").counts
    assert (counts["create"], counts["bad"]) == (1, 1)
    assert bulk.plan_import(crm, "opportunities", table, key="none").counts["create"] == 2

"""The small inputs that once came out wrong, each with the value that is right."""

import shutil
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.plans.step import Bad, Change, Creation, Step
from tests.shared import SHARED

CASES = SHARED / "cases" / "import"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases in ../shared/cases are not there to compare with")

BERLIN = {"primaryPhoneNumber": "301234567", "primaryPhoneCountryCode": "DE", "primaryPhoneCallingCode": "+49"}
NINE, FIFTEEN = "2026-02-03T09:00:00.000Z", "2026-02-03T15:00:00.000Z"


@pytest.fixture
def planned(crm: icosa.Client, tmp_path: Path) -> Any:
    """Plans a case, of which a copy is made so that nothing is written beside it; its steps in the order of rows."""

    def plan(name: str, resource: str = "people", key: str = "none", **options: Any) -> list[Step]:
        source = shutil.copyfile(CASES / name, tmp_path / name)
        steps = bulk.plan_import(crm, resource, source, key=key, conventions=bulk.Conventions(**options)).steps()
        return sorted(steps, key=lambda each: each.row or 0)

    return plan


def said(steps: list[Step], name: str) -> list[Any]:
    return [each.record.get(name) if isinstance(each, Creation) else type(each) for each in steps]


def test_a_phone_number_is_changed_and_put_back(crm: icosa.Client, tmp_path: Path) -> None:
    for name in ("01-phone-before.csv", "01-phone-change.csv"):
        applied = bulk.import_rows(crm, "people", shutil.copyfile(CASES / name, tmp_path / name)).applied
        assert applied.whole
    assert crm.people.find_many()[0]["phones"]["primaryPhoneNumber"] == "699999999"
    assert bulk.undo(crm, str(applied.run)).whole
    assert crm.people.find_many()[0]["phones"]["primaryPhoneNumber"] == "612345678"


def test_words_beside_phone_numbers(planned: Any) -> None:
    found = said(planned("02-phone-words.csv"), "phones")
    assert [found[0], found[1], found[4]] == [BERLIN, BERLIN, BERLIN]
    assert [each["primaryPhoneNumber"] for each in found[2:4]] == ["3012345", "12345"]
    assert found[5] is Bad


def test_what_nobody_sees(crm: icosa.Client, planned: Any) -> None:
    crm.people.create_one(emails={"primaryEmail": "zw@example.com"}, city="Rome")
    assert not any(isinstance(each, Creation) for each in planned("04-invisible-2.csv", key="emails.primaryEmail"))


def test_suffixes(planned: Any) -> None:
    names = [(each["firstName"], each["lastName"]) for each in said(planned("09-suffix-names.csv"), "name")]
    assert names == [("Ada", "Lovelace"), ("John", "Smith"), ("Ada", "Lovelace"), ("John", "Smith")]


def test_offsets(planned: Any) -> None:
    assert said(planned("21-gmt-offset-tasks.csv", "tasks"), "dueAt") == [NINE, NINE, NINE, FIFTEEN, NINE]


def test_orders_of_dates(planned: Any) -> None:
    told = said(planned("22-dmy-tasks.csv", "tasks", date_order="dmy", locale="de_DE"), "dueAt")
    assert [each[:10] for each in told] == ["2026-01-02"] * 7 + ["2026-02-01", "2026-01-02"]
    untold = said(planned("22-dmy-tasks.csv", "tasks"), "dueAt")
    assert [each is Bad or each[:10] in ("2026-01-02", "2026-02-01") for each in untold] == [True] * 9


def test_what_is_no_country(planned: Any) -> None:
    found = said(planned("23-na-is-namibia-companies.csv", "companies"), "address")
    assert [each and each["addressCountry"] for each in found] == [None, None, "I/O", "No", "DE?"]


def test_marks_of_hindi(planned: Any) -> None:
    found = said(planned("25-country-marks-hi.csv", "companies", locale="hi_IN"), "address")
    assert [each["addressCountry"] for each in found] == ["Togo", "St. Martin"]


def test_a_phone_as_a_key(crm: icosa.Client, planned: Any, tmp_path: Path) -> None:
    bulk.import_rows(crm, "people", shutil.copyfile(CASES / "26a-people.csv", tmp_path / "a.csv"), key="none")
    assert [type(each) for each in planned("26b-people.csv", key="phones.primaryPhoneNumber")] == [Creation]
    assert not any(isinstance(each, Change) for each in planned("26a-people.csv", key="phones.primaryPhoneNumber"))


def test_dots_in_times(planned: Any) -> None:
    assert said(planned("27-dot-time-tasks.csv", "tasks"), "dueAt") == ["2026-02-03T16:05:00.000Z"]


def test_computed_amounts(planned: Any) -> None:
    found = said(planned("28-computed-amount-opportunities.xlsx", "opportunities"), "amount")
    assert [each["amountMicros"] for each in found] == ["11900000"]

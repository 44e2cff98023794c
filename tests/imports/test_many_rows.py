"""Rows are planned many at a time, and come to what each of them comes to by itself."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.client.blocking import Client
from icosa.exports.export import export
from icosa.imports import clear_rows, records, shaping
from icosa.imports.importing import import_rows, plan_import
from icosa.plans.plan import read_plan
from icosa.plans.step import Change, Creation, Skip, name_of
from tests.imports.importers import described
from tests.searched import ON_A_STORE

COLUMNS = {
    "email": ("ada@example.com", "Ada@Example.com ", "eva@example.com", "max@example.com", "zoë@example.com", "nothing", "", None),
    "first name": ("Ada", "Zoë", " Eva ", "n/a", "", None),
    "last name": ("Lovelace", "van  der Berg", "-", "", None),
    "job title": ("Countess", "=1+1", "a\nb", "", None),
    "company.name": ("Acme", "Initech", "Nowhere", "Twice", "", None),
    "company.domainName": ("acme.example.com", "https://www.initech.example.com", "new.example.com", "", None),
    "linkedin": ("https://example.com/in/ada", "not an address", "", None),
    "phone": ("+33 6 12 34 56 78", "+33 6 87 65 43 21", "n/a", "", None),
    "id": ("Ada", "Max", "20202020-1c25-4d02-bf25-6aeccf7ea419", "20202020-1c25-4d02-bf25-6aeccf7ea41A", "no id", "", None),
}
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in COLUMNS.items()}), min_size=8, max_size=24)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with icosa.connect(f"sqlite:///{tmp_path_factory.mktemp('people') / 'crm.db'}", token="") as crm:
        for name in ("Acme", "Initech", "Twice", "Twice"):
            domain: dict[str, Any] = {"domainName": {"primaryLinkUrl": f"https://{name.lower()}.example.com"}} if name != "Twice" else {}
            crm["companies"].create_one(name=name, **domain)
        company = crm["companies"].look_up("Acme")["id"]
        phones = {"primaryPhoneNumber": "612345678", "primaryPhoneCallingCode": "+33", "primaryPhoneCountryCode": "FR"}
        ada = {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@example.com"}, "phones": phones}
        crm["people"].create_one(ada, companyId=company)
        crm["people"].create_one(name={"firstName": "Max"}, emails={"primaryEmail": "max@example.com"}, jobTitle="Countess")
        yield crm


@ON_A_STORE
@given(
    ROWS,
    st.sets(st.sampled_from(sorted(COLUMNS)), min_size=1),
    st.booleans(),
    st.sampled_from(("email", "name", "none", "jobTitle", "linkedinLink")),
)
def test_many_rows_come_to_what_each_comes_to_by_itself(
    people: Client, rows: list[dict[str, Any]], columns: set[str], create_links: bool, key: str
) -> None:
    needed = {"email": "email", "name": "first name", "jobTitle": "job title", "linkedinLink": "linkedin"}.get(key)
    names = columns | ({needed} if needed else {"email"})
    ids = {each["name"]["firstName"]: each["id"] for each in people["people"].find_many()}
    some = [{name: ids.get(value, value) if name == "id" else value for name, value in row.items() if name in names} for row in rows]
    settings: dict[str, Any] = {"create_links": create_links, "key": "emails.primaryEmail" if key == "email" else key}
    found = list(plan_import(people, "people", some, **settings).steps())
    with patch.object(clear_rows, "columns_by_key", lambda *_: None):  # as of a server, which gives records
        of_records = list(plan_import(people, "people", some, **settings).steps())
    with patch.object(shaping, "_FEW", len(rows) + 1), patch.object(records, "is_matched_by_one_value", lambda part: False):
        expected = list(plan_import(people, "people", some, **settings).steps())
    assert described(found) == described(of_records) == described(expected)


def test_a_plan_that_was_just_made_is_what_its_file_says(people: Client) -> None:
    rows = [{"email": each, "company.name": "Nowhere"} for each in ("ada@example.com", "new@example.com", "new@example.com", "no address")]
    plan = plan_import(people, "people", rows, create_links=True)
    assert plan == read_plan(plan.path)
    assert list(plan.by_object) == list(read_plan(plan.path).by_object)


def test_new_ids_are_in_the_order_of_the_rows(people: Client) -> None:
    """Those of rows that have to be looked at by themselves too."""
    rows = [{"email": f"{at}@example.com", "company.name": "Acme" if at % 3 else "Nowhere"} for at in range(30)]
    steps = list(plan_import(people, "people", rows, create_links=True).steps())
    ids = [step.record["id"] for step in steps if isinstance(step, Creation) and step.object == "people"]
    assert len(ids) == 30
    assert ids == sorted(ids)


def test_rows_of_one_chunk_that_mean_the_same_are_found(people: Client) -> None:
    rows = [{"email": f"{at % 20}@example.com"} for at in range(40)]
    kinds = [name_of(step) for step in plan_import(people, "people", rows).steps()]
    assert kinds == ["create"] * 20 + ["conflict"] * 20
    again = [{"email": "ada@example.com"}] * 9
    steps = list(plan_import(people, "people", again).steps())
    assert isinstance(steps[0], Skip)
    assert [name_of(step) for step in steps] == ["skip"] + ["conflict"] * 8


DEALS = {
    "name": ["Mill", "Loom", "Dam", "Kiln", "Weir", "Forge", "Lock", "Quay"],
    "stage": ["NEW", "Meeting", "", "PROPOSAL", "NEW", "Customer", "NEW", ""],
    "amount": ["1,200.50 EUR", "", "7 USD", "", "0 EUR", "12.5 EUR", "1 EUR", "2 EUR"],
    "closeDate": ["2026-02-03", "3 Feb 2026", "", "2026-12-31T10:00:00Z", "", "", "", "2026-01-01"],
    "company.name": ["Acme", "Initech", "", "Acme", "", "Acme", "", ""],
    "pointOfContact.emails": ["ada@example.com", "", "", "", "", "", "max@example.com", ""],
}


@pytest.mark.parametrize("key", ["name", "id"])
def test_rows_that_say_what_is_there_are_not_looked_at_one_by_one(people: Client, tmp_path: Path, key: str) -> None:
    """Whatever is said: choices, amounts, moments, links, and nothing; with ids beside the key too, as an export has them."""
    rows = [dict(zip(DEALS, each, strict=True)) for each in zip(*DEALS.values(), strict=True)]
    if not people["opportunities"].find_many():
        assert import_rows(people, "opportunities", rows, key="name").applied.counts == {"create": len(rows)}
    export(people, "opportunities", tmp_path / "deals.csv")
    with patch.object(records.RecordPlanner, "meant", side_effect=AssertionError("it is looked at by itself")):
        for source in (rows, tmp_path / "deals.csv") if key == "name" else (tmp_path / "deals.csv",):
            assert plan_import(people, "opportunities", source, key=key).counts["skip"] == len(rows)


def test_what_one_row_says_otherwise_is_a_change_of_that_record_alone(people: Client) -> None:
    rows = [{"name": f"Deal {at}", "stage": "NEW", "amount": f"{at} EUR"} for at in range(30)]
    import_rows(people, "opportunities", rows, key="name")
    rows[7]["stage"], rows[11]["amount"], rows[13]["amount"] = "MEETING", "11 USD", ""
    steps = sorted(plan_import(people, "opportunities", rows, key="name").steps(), key=lambda step: step.row or 0)
    assert [at for at, step in enumerate(steps) if isinstance(step, Change)] == [7, 11]
    assert all(isinstance(step, Skip) for at, step in enumerate(steps) if at not in (7, 11))

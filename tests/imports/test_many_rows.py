"""Rows are planned many at a time, and come to what each of them comes to by itself."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.client.blocking import Client
from icosa.imports import records
from icosa.imports.importing import plan_import
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.shaping import RowShape, Shaped
from icosa.plans.plan import read_plan
from icosa.plans.step import Creation, Skip, Step, fields_of, name_of
from tests.searched import ON_A_STORE

COLUMNS = {
    "email": ("ada@example.com", "Ada@Example.com ", "eva@example.com", "max@example.com", "zoë@example.com", "nothing", "", None),
    "first name": ("Ada", "Zoë", " Eva ", "n/a", "", None),
    "last name": ("Lovelace", "van  der Berg", "-", "", None),
    "job title": ("Countess", "=1+1", "a\nb", "", None),
    "company.name": ("Acme", "Initech", "Nowhere", "Twice", "", None),
    "company.domainName": ("acme.example.com", "https://www.initech.example.com", "new.example.com", "", None),
    "linkedin": ("https://example.com/in/ada", "not an address", "", None),
}
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in COLUMNS.items()}), min_size=8, max_size=24)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with icosa.connect(f"sqlite:///{tmp_path_factory.mktemp('people') / 'crm.db'}", token="") as crm:
        for name in ("Acme", "Initech", "Twice", "Twice"):
            domain: dict[str, Any] = {"domainName": {"primaryLinkUrl": f"https://{name.lower()}.example.com"}} if name != "Twice" else {}
            crm["companies"].create_one(name=name, **domain)
        crm["people"].create_one(name={"firstName": "Ada", "lastName": "Lovelace"}, emails={"primaryEmail": "ada@example.com"})
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
    some = [{name: value for name, value in row.items() if name in names} for row in rows]
    settings: dict[str, Any] = {"create_links": create_links, "key": "emails.primaryEmail" if key == "email" else key}
    found = list(plan_import(people, "people", some, **settings).steps())
    with patch.object(RowShape, "together", _one_by_one), patch.object(records, "is_known_by_one_value", lambda part: False):
        expected = list(plan_import(people, "people", some, **settings).steps())
    assert _described(found) == _described(expected)


def _one_by_one(shape: RowShape, rows: list[Row | BadRow]) -> list[Shaped | BadRow]:
    return [shape(row) for row in rows]


def _described(steps: list[Step]) -> list[Any]:
    """Steps, with new ids by the order in which they come first."""
    new = {step.record["id"]: f"new {at}" for at, step in enumerate(steps) if isinstance(step, Creation)}

    def known(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: known(each) for name, each in value.items()}
        if isinstance(value, tuple):
            return [known(each) for each in value]
        return new.get(value, value) if isinstance(value, str) else value

    return [(name_of(step), known(fields_of(step))) for step in steps]


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

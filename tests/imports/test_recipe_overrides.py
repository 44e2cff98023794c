"""Options of a call win over what its recipe says."""

from typing import Any

import pytest

from icosa import bulk
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.plans.step import Change, Creation

ONE = """\
version = 1
[people]
key = "emails.primaryEmail"
[people.columns]
"Mail" = "emails.primaryEmail"
"Job" = "jobTitle"
"""
TWO = f"""{ONE}
[companies]
key = "name"
[companies.columns]
"Firm" = "name"
"""
ROW = {"Mail": "ada@example.com", "Job": "Analyst", "Firm": "Mill"}


def planned(crm: Client, text: str, row: dict[str, Any], **options: Any) -> list[Any]:
    return list(bulk.plan_import(crm, bulk.recipe_of(text), [row], **options).steps())


def created(crm: Client, text: str, row: dict[str, Any], **options: Any) -> dict[str, dict[str, Any]]:
    return {each.object: each.record for each in planned(crm, text, row, **options) if isinstance(each, Creation)}


def test_another_key_finds_the_record(crm: Client) -> None:
    crm["people"].create_one(job_title="Analyst")
    row = {"Mail": "ada@example.com", "Job": "Analyst"}
    assert [type(each) for each in planned(crm, ONE, row)] == [Creation]
    assert [type(each) for each in planned(crm, ONE, row, key="jobTitle")] == [Change]


def test_a_column_goes_elsewhere_or_nowhere(crm: Client) -> None:
    row = {"Mail": "ada@example.com", "Job": "Analyst"}
    assert "jobTitle" in created(crm, ONE, row)["people"]
    moved = created(crm, ONE, row, columns={"Job": "city"})["people"]
    assert (moved["city"], "jobTitle" in moved) == ("Analyst", False)
    assert "jobTitle" not in created(crm, ONE, row, columns={"Job": None})["people"]


def test_where_a_recipe_has_several_tables_a_place_names_its_own_and_others_are_read_as_before(crm: Client) -> None:
    made = created(crm, TWO, ROW, columns={"Job": "companies.address.addressCity"})
    assert made["companies"]["address"]["addressCity"] == "Analyst"
    assert made["people"]["jobTitle"] == "Analyst"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"key": "name"}, "the recipe has the tables people, companies; say the keys of several tables in the recipe"),
        ({"columns": {"Job": "city"}}, "'city' names none of them; write one such as people.city"),
    ],
)
def test_what_could_be_of_either_is_refused(crm: Client, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        planned(crm, TWO, ROW, **options)


def test_of_a_recipe_without_tables_nothing_can_be_changed(crm: Client) -> None:
    with pytest.raises(InvalidValue, match="there is no table"):
        planned(crm, "version = 1\n", ROW, key="name")

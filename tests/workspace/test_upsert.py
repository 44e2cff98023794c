"""Upsert: by id, else by a unique value; what is not sent stays."""

from tests.workspace.conftest import Caller


def test_upsert_changes_the_record_with_the_same_id_or_unique_value_and_creates_the_rest(crm: Caller) -> None:
    ada = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}, "city": "London", "jobTitle": "Analyst"})
    answered = crm.good(
        "POST",
        "/rest/batch/people",
        [{"emails": {"primaryEmail": "ADA@example.com"}, "city": "Paris"}, {"emails": {"primaryEmail": "grace@example.com"}}],
        upsert="true",
    )
    assert [each["emails"]["primaryEmail"] for each in answered] == ["ada@example.com", "grace@example.com"]
    assert (answered[0]["id"], answered[0]["city"], answered[0]["jobTitle"]) == (ada["id"], "Paris", "Analyst")
    again = crm.good("POST", "/rest/people", {"id": ada["id"], "jobTitle": "Countess"}, upsert="true", depth=1)
    assert (again["city"], again["jobTitle"], again["company"]) == ("Paris", "Countess", None)
    assert crm.send("GET", "/rest/people")[1]["totalCount"] == 2


def test_without_upsert_a_taken_id_or_value_is_refused_and_nothing_of_the_batch_stays(crm: Caller) -> None:
    ada = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})
    by_id = crm.refused("POST", "/rest/batch/people", [{"city": "Rome"}, {"id": ada["id"]}])
    assert by_id.startswith("Record already exists")
    by_value = crm.refused("POST", "/rest/batch/people", [{"city": "Rome"}, {"emails": {"primaryEmail": "ada@example.com"}}])
    assert by_value.startswith('duplicate key value violates unique constraint "IDX_UNIQUE_87914cd3ce963115f8cb943e2ac"')
    assert '"ada@example.com" is taken' in by_value
    assert crm.ids("people") == [ada["id"]]

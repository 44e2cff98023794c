"""Upsert: by id, else by a unique value; what is not sent stays."""

from collections.abc import Callable

import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from tests.workspace.conftest import Caller

NEW = "20202020-1c25-4d02-bf25-6aeccf7ea419"


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


@pytest.fixture
def newer(open_caller: Callable[..., Caller]) -> Caller:
    """A workspace of a version whose upserts find deleted records too."""
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def test_an_upsert_brings_back_what_was_deleted_where_a_version_finds_it(newer: Caller) -> None:
    ada = newer.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}, "jobTitle": "Analyst"})["id"]
    target = newer.good("POST", "/rest/noteTargets", {"targetPersonId": ada})["id"]
    for sent in ({"id": ada}, {"emails": {"primaryEmail": "ADA@example.com"}}):
        newer.good("DELETE", f"/rest/people/{ada}", soft_delete="true")
        assert newer.refused("POST", "/rest/people", sent).startswith("A duplicate entry was detected")
        back = newer.good("POST", "/rest/people", sent, upsert="true")
        assert (back["id"], back["deletedAt"], back["jobTitle"]) == (ada, None, "Analyst")
        assert newer.ids("noteTargets") == [target]


def test_an_upsert_that_names_two_records_is_refused(newer: Caller) -> None:
    ada, grace = newer.good(
        "POST", "/rest/batch/people", [{"emails": {"primaryEmail": f"{name}@example.com"}} for name in ("ada", "grace")]
    )
    refusal = newer.refused("POST", "/rest/people", {"id": ada["id"], "emails": {"primaryEmail": "grace@example.com"}}, upsert="true")
    assert refusal.startswith(f"Multiple records found with the same unique field values for id: {ada['id']}, emails.primaryEmail:")
    assert newer.good("GET", f"/rest/people/{grace['id']}")["emails"]["primaryEmail"] == "grace@example.com"
    twice = [{"id": NEW, "jobTitle": each} for each in ("first", "second")]
    assert newer.refused("POST", "/rest/batch/people", twice, upsert="true").startswith("A duplicate entry was detected")


def test_an_upsert_answers_with_what_was_there_before_what_is_new(newer: Caller) -> None:
    ada = newer.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})["id"]
    sent = [{"jobTitle": "new"}, {"id": ada, "jobTitle": "old"}, {"jobTitle": "newer"}]
    assert [each["jobTitle"] for each in newer.good("POST", "/rest/batch/people", sent, upsert="true")] == ["old", "new", "newer"]


@pytest.mark.parametrize("said", ["1", "TRUE", "yes", ""])
def test_a_switch_that_a_version_would_take_for_off_is_refused(said: str, newer: Caller) -> None:
    id_ = newer.good("POST", "/rest/people", {})["id"]
    assert "is neither true nor false" in newer.refused("DELETE", f"/rest/people/{id_}", soft_delete=said)
    assert "is neither true nor false" in newer.refused("POST", "/rest/people", {"id": id_}, upsert=said)
    assert newer.ids("people") == [id_]

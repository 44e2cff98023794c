"""What is promised of how much one request may ask for: it is true up to the last, and one more is a clear 400."""

from typing import Any

import pytest

from icosa.catalogue.field_types.type import LONGEST_LIST
from icosa.wire.language.filter_tree import MAX_COMPARISONS
from icosa.wire.language.order import MAX_KEYS
from icosa.workspace.planning.rest import MOST_IDS
from tests.workspace.conftest import Caller

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


@pytest.mark.parametrize(
    "comparison",
    [
        "city[neq]:x{}",
        "not(city[eq]:x{})",
        "city[in]:[a,x{}]",
        "name.firstName[like]:%abc{}%",
        "name.firstName[ilike]:%äbc{}%",
        "emails.primaryEmail[eq]:{}@example.com",
    ],
)
@pytest.mark.parametrize("form", ["{}", "or({})", "and(" * 30 + "{}" + ")" * 30])
def test_as_many_comparisons_as_the_documentation_says(shared: Caller, comparison: str, form: str) -> None:
    several = [comparison.format(at) for at in range(MAX_COMPARISONS)]
    assert shared.ids("people", filter=form.format(",".join(several))) == []
    assert "more than 500 comparisons" in shared.refused("GET", "/rest/people", filter=form.format(",".join([*several, several[0]])))


def test_as_many_ids_of_duplicates(shared: Caller) -> None:
    assert shared.good("POST", "/rest/people/duplicates", {"ids": [ID] * MOST_IDS}) == []
    assert "send at most 1000" in shared.refused("POST", "/rest/people/duplicates", {"ids": [ID] * (MOST_IDS + 1)})


def test_as_many_keys_of_an_order(shared: Caller) -> None:
    assert shared.ids("people", order_by=",".join(["city"] * MAX_KEYS)) == []
    assert "more than 200 keys" in shared.refused("GET", "/rest/people", order_by=",".join(["city"] * (MAX_KEYS + 1)))


def test_as_many_further_addresses(crm: Caller) -> None:
    listed = [f"a{at}@example.com" for at in range(LONGEST_LIST)]
    made = crm.good("POST", "/rest/people", {"emails": {"additionalEmails": listed}})
    assert made["emails"]["additionalEmails"] == listed
    message = crm.refused("POST", "/rest/people", {"emails": {"additionalEmails": [*listed, "b@example.com"]}})
    assert message == f"emails.additionalEmails: holds {LONGEST_LIST + 1} values; send at most {LONGEST_LIST}"


@pytest.mark.parametrize(
    ("method", "path", "body", "query"),
    [
        ("POST", "/rest/people", {"x" * 100_000: 1}, {}),
        ("POST", "/rest/people", {"name": {"x" * 100_000: 1}}, {}),
        ("POST", "/rest/people", {"createdAt": ["x" * 100_000]}, {}),
        ("POST", "/rest/people", {"createdAt": {"x" * 100_000: "y" * 100_000}}, {}),
        ("POST", "/rest/workflowVersions", {"steps": {"x" * 100_000: [{"y" * 100_000: "\0"}]}}, {}),
        ("POST", "/rest/people", {"linkedinLink": {"primaryLinkUrl": "x" * 100_000}}, {}),
        ("GET", "/rest/" + "x" * 100_000, None, {}),
        ("GET", "/rest/people/" + "x" * 100_000, None, {}),
        ("POST", "/rest/" + "x/" * 50_000, None, {}),
        ("PATCH", "/rest/" + "x" * 100_000, {}, {}),
        ("GET", "/rest/people", None, {"filter": "x" * 100_000}),
        ("GET", "/rest/people", None, {"filter": "x" * 100_000 + "[eq]:1"}),
        ("GET", "/rest/people", None, {"filter": "city[" + "x" * 100_000 + "]:1"}),
        ("GET", "/rest/people", None, {"filter": "createdAt[gt]:" + "x" * 100_000}),
        ("GET", "/rest/people", None, {"order_by": "x" * 100_000}),
        ("GET", "/rest/people", None, {"order_by": "city[" + "x" * 100_000 + "]"}),
        ("GET", "/rest/people", None, {"starting_after": "x" * 100_000}),
        ("GET", "/rest/people", None, {"limit": "x" * 100_000}),
        ("GET", "/rest/people", None, {"depth": "9" * 100_000}),
        ("POST", "/rest/people", {}, {"upsert": "x" * 100_000}),
    ],
)
def test_a_refusal_shows_the_beginning_of_what_it_refuses_and_no_more(
    shared: Caller, method: str, path: str, body: Any, query: dict[str, str]
) -> None:
    message = shared.refused(method, path, body, **query)
    assert "xxxxxxxxxx" in message or "9999999999" in message or "x/x/x" in message or "is missing after" in message
    assert len(message) < 2500


def test_a_fault_deep_within_a_value_is_named_by_its_path(shared: Caller) -> None:
    message = shared.refused("POST", "/rest/workflowVersions", {"steps": {"a": [1, {"b": ["fine", "not\0fine"]}]}})
    assert message.startswith("steps.a[1].b[1]: holds a NUL character")
    deep: Any = "\0"
    for at in range(90):
        deep = {f"level{at}": [deep]}
    message = shared.refused("POST", "/rest/workflowVersions", {"steps": deep})
    assert message.startswith("steps.level89[0].level88[0]")
    assert "level0[0]: holds a NUL" in message
    assert len(message) < 500

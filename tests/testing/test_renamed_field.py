"""A field that was renamed is gone from bodies, filters, orders, answers and the document, and its values are not."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

import icosa
from icosa.testing import RenamedField, Server, Workspace

JOB = RenamedField("people", "jobTitle", "occupation")
MAIL = RenamedField("person", "emails", "mails")


def asked(server: Server, path: str, body: Any = None, method: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + path, content, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)["messages"][0]


@pytest.fixture
def ada(icosa_server: Server) -> dict[str, Any]:
    made = icosa_server.faultless.people.create_one(job_title="Countess", emails={"primaryEmail": "ada@example.com"}, depth=0)
    icosa_server.faults.use(JOB, MAIL)
    return dict(made)


def test_answers_have_the_new_name_and_the_old_value(icosa_server: Server, ada: dict[str, Any]) -> None:
    renamed = {{"jobTitle": "occupation", "emails": "mails"}.get(name, name): value for name, value in ada.items()}
    assert asked(icosa_server, f"/rest/people/{ada['id']}")["data"]["person"] == renamed
    assert asked(icosa_server, "/rest/people")["data"]["people"] == [renamed]


def test_relations_have_it_too(icosa_server: Server, ada: dict[str, Any]) -> None:
    company = icosa_server.faultless.run("companies", "create_one", {"Name": "Engines", "Depth": 0})[0].json["data"]["createCompany"]
    asked(icosa_server, f"/rest/people/{ada['id']}", {"companyId": company["id"]}, "PATCH")
    (person,) = asked(icosa_server, f"/rest/companies/{company['id']}?depth=1")["data"]["company"]["people"]
    assert (person["occupation"], person["mails"]["primaryEmail"]) == ("Countess", "ada@example.com")
    assert "jobTitle" not in person


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("filter=occupation[eq]:Countess", "filter=jobTitle[eq]:Countess"),
        ("filter=mails.primaryEmail[eq]:ada@example.com", "filter=emails.primaryEmail[eq]:ada@example.com"),
        ("order_by=occupation[AscNullsLast]", "order_by=jobTitle[AscNullsLast]"),
    ],
)
def test_filters_and_orders_know_the_new_name_alone(icosa_server: Server, ada: dict[str, Any], new: str, old: str) -> None:
    assert [each["id"] for each in asked(icosa_server, f"/rest/people?{new}")["data"]["people"]] == [ada["id"]]
    assert "has no field" in asked(icosa_server, f"/rest/people?{old}")


def test_bodies_know_the_new_name_alone(icosa_server: Server, ada: dict[str, Any]) -> None:
    changed = asked(icosa_server, f"/rest/people/{ada['id']}", {"occupation": "Engineer"}, "PATCH")
    assert changed["data"]["updatePerson"]["occupation"] == "Engineer"
    assert "jobTitle" in asked(icosa_server, f"/rest/people/{ada['id']}", {"jobTitle": "Engineer"}, "PATCH")
    assert "jobTitle" in asked(icosa_server, "/rest/people", {"jobTitle": "Engineer"})


def test_what_was_unique_is_so_under_its_new_name(icosa_server: Server, ada: dict[str, Any]) -> None:
    assert "ada@example.com" in asked(icosa_server, "/rest/people", {"mails": {"primaryEmail": "ada@example.com"}})


def test_the_document_has_the_new_name(icosa_server: Server, ada: dict[str, Any]) -> None:
    properties = asked(icosa_server, "/open-api/core")["components"]["schemas"]["Person"]["properties"]
    assert {"occupation", "mails"} <= properties.keys()
    assert not {"jobTitle", "emails"} & properties.keys()


def test_another_record_than_the_old_one_is_as_it_was_when_the_name_is_back(icosa_server: Server, ada: dict[str, Any]) -> None:
    asked(icosa_server, "/rest/people", {"occupation": "Admiral"})
    icosa_server.faults.use(MAIL)
    assert [each["jobTitle"] for each in asked(icosa_server, "/rest/people")["data"]["people"]] == ["Countess", "Admiral"]
    icosa_server.faults.clear()
    assert icosa_server.faultless.people.find_one(ada["id"], depth=0) == ada


@pytest.mark.icosa(seed="sample", faults=[JOB])
def test_a_client_that_was_made_for_the_old_name_is_told(icosa_workspace: Workspace) -> None:
    with pytest.raises(icosa.UnknownField, match="jobTitle"):
        icosa_workspace.people.create_one(job_title="Engineer")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (RenamedField("people", "job", "occupation"), 'person has no field "job" that could be renamed; it has name'),
        (RenamedField("people", "companyId", "firmId"), 'person has no field "companyId"'),
        (RenamedField("people", "jobTitle", "city"), 'person has "city" already'),
    ],
)
def test_a_name_that_cannot_be_given_is_refused_before_anything_is_changed(rule: RenamedField, said: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=said), icosa.testing.workspace(faults=[rule]):
        pass

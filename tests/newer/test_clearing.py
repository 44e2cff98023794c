"""What is cleared is empty afterwards, on every server, by every way of writing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import icosa
from tests.cli.conftest import Shell
from tests.newer_server import NewerServer

FILLED: Any = {
    "name": "Analytical Engines",
    "domainName": {"primaryLinkUrl": "https://engines.example.com", "secondaryLinks": [{"url": "https://b.example.com", "label": "b"}]},
    "address": {"addressCity": "Rome", "addressLat": 41.9},
    "linkedinLink": {"primaryLinkUrl": "https://l.example.com/engines", "primaryLinkLabel": "Engines"},
    "annualRevenue": {"amountMicros": 5_000_000, "currencyCode": "EUR"},
    "employees": 12,
}
PERSON: dict[str, Any] = {
    "name": {"firstName": "Ada", "lastName": "Lovelace"},
    "emails": {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com"]},
    "phones": {"primaryPhoneNumber": "+33612345678", "additionalPhones": ["+33612345679"]},
    "jobTitle": "Analyst",
}


def is_empty(value: Any) -> bool:
    return all(map(is_empty, value.values())) if isinstance(value, dict) else value in (None, "", [])


@pytest.mark.parametrize(("resource", "filled"), [("companies", FILLED), ("people", PERSON), ("notes", {"bodyV2": {"markdown": "Hello"}})])
def test_none_clears_whatever_the_field(resource: str, filled: dict[str, Any], crm: icosa.Client) -> None:
    made = crm[resource].create_one(filled, depth=0)
    for name in filled:
        assert not is_empty(made[name])
        cleared = crm[resource].update_one(made["id"], {name: None}, depth=0)
        assert is_empty(cleared[name]), name


def test_the_shell_clears_too(server: NewerServer, shell: Shell) -> None:
    known = {name: value for name, value in FILLED.items() if name != "annualRevenue"}  # which 1.0.3 calls otherwise
    made = shell("companies", "create-one", "--data", json.dumps(known)).json
    cleared = shell("companies", "update-one", made["id"], "--clear", "linkedin-link", "--clear", "name", "--clear", "address").json
    assert [is_empty(cleared[name]) for name in ("linkedinLink", "name", "address", "domainName")] == [True, True, True, False]


@pytest.mark.parametrize("form", ["curl", "json", "python"])
def test_and_so_does_every_form_of_the_call(form: str, server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    made = crm.companies.create_one(FILLED, depth=0)
    crm.run(shell("companies", "update-one", made["id"], "--clear", "address", "--as", form).out)
    assert is_empty(crm.companies.find_one(made["id"], depth=0)["address"])


def test_an_undo_puts_an_empty_value_back(server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Analytical Engines", depth=0)
    changed = {each: FILLED[each] for each in ("address", "linkedinLink", "annualRevenue", "domainName")}
    assert shell("companies", "update-one", made["id"], "--data", json.dumps(changed), "--journal").code == 0
    assert shell("undo", "last", "--yes").json["changed"] == 1
    now: Mapping[str, Any] = crm.companies.find_one(made["id"], depth=0)
    assert {name: is_empty(now[name]) for name in changed} == dict.fromkeys(changed, True)


@pytest.mark.parametrize("on", ["embedded", "newer"])
def test_an_import_clears_a_text_and_a_number(on: str, home: Path, request: pytest.FixtureRequest, shell: Shell, tmp_path: Path) -> None:
    if on == "newer":
        request.getfixturevalue("server")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Email,Job Title,LinkedIn\na@example.com,Analyst,https://l.example.com/a\n")
    second.write_text("Email,Job Title,LinkedIn\na@example.com,-,-\n")
    assert shell("import", str(first), "--to", "people", "--key", "emails.primaryEmail", "--yes").json["created"] == 1
    cleared = shell("import", str(second), "--to", "people", "--key", "emails.primaryEmail", "--clear", "-", "--yes")
    assert cleared.json["changed"] == 1, cleared.err
    (person,) = shell("people", "find-many", "--depth", "0").json["data"]["people"]
    assert (person["jobTitle"], is_empty(person["linkedinLink"]), person["emails"]["primaryEmail"]) == ("", True, "a@example.com")


def test_what_cannot_be_null_is_cleared_to_what_a_new_record_has(home: Path, shell: Shell) -> None:
    with icosa.connect() as crm:
        person = crm.people.create_one(city="Rome", depth=0)
        assert crm.people.update_one(person["id"], city=None, depth=0)["city"] == ""  # type: ignore[arg-type]
        company = crm.companies.create_one(name="Analytical Engines", ideal_customer_profile=True, depth=0)
        assert crm.companies.update_one(company["id"], ideal_customer_profile=None, depth=0)["idealCustomerProfile"] is False  # type: ignore[arg-type]
    assert shell("people", "update-one", person["id"], "--city", "Rome").json["city"] == "Rome"
    assert shell("people", "update-one", person["id"], "--clear", "city").json["city"] == ""

"""How the values of an action are given: options, files, standard input, JSON, and nothing at all."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cli.conftest import Shell


def sent(shell: Shell, *arguments: str, stdin: str = "") -> Any:
    """The body that would be sent."""
    ran = shell(*arguments, "--dry-run", "--show-secrets", stdin=stdin)
    assert (ran.code, ran.err) == (0, "")
    return ran.json["body"]


def test_only_what_is_given_is_sent(shell: Shell) -> None:
    assert sent(shell, "companies", "create-one", "--name", "Acme") == {"name": "Acme"}
    assert sent(shell, "companies", "create-one") == {}


def test_values_have_the_types_of_their_properties(shell: Shell) -> None:
    given = ["--employees", "12", "--ideal-customer-profile", "true", "--name", "12", "--annual-recurring-revenue", '{"amountMicros": 5}']
    assert sent(shell, "companies", "create-one", *given) == {
        "employees": 12,
        "idealCustomerProfile": True,
        "name": "12",
        "annualRecurringRevenue": {"amountMicros": 5},
    }


@pytest.mark.parametrize("way", ["inline", "file", "standard input"])
def test_a_body_comes_inline_from_a_file_or_from_standard_input(shell: Shell, tmp_path: Path, way: str) -> None:
    body = '{"name": "Café Ångström", "employees": 3}'
    file = tmp_path / "company.json"
    file.write_text(body, "utf-8")
    given = {"inline": body, "file": f"@{file}", "standard input": "-"}[way]
    assert sent(shell, "companies", "create-one", "--data", given, stdin=body) == json.loads(body)
    assert sent(shell, "companies", "create-many", "--data", given, stdin=body) == [json.loads(body)]


def test_an_option_goes_before_the_same_property_in_data(shell: Shell) -> None:
    data = '{"Name": "from data", "job_title": "Engineer", "city": "Lyon"}'
    body = sent(shell, "people", "update-one", str(uuid4()), "--data", data, "--name", '{"firstName": "Ada"}', "--job-title", "Analyst")
    assert body == {"name": {"firstName": "Ada"}, "jobTitle": "Analyst", "city": "Lyon"}


def test_a_record_can_be_sent_back_as_it_was_read(shell: Shell, tmp_path: Path) -> None:
    made = shell("companies", "create-one", "--name", "Acme", "--depth", "0")
    again = shell("companies", "update-one", made.json["id"], "--data", "-", "--name", "Acme & Sons", "--depth", "0", stdin=made.out)
    assert again.json["name"] == "Acme & Sons"
    assert again.json["createdAt"] == made.json["createdAt"]


def test_clear_sends_null_and_an_empty_text_is_a_text(shell: Shell) -> None:
    body = sent(shell, "connected-accounts", "update-one", str(uuid4()), "--clear", "auth-failed-at", "--clear", "Scopes", "--handle", "")
    assert body == {"authFailedAt": None, "scopes": None, "handle": ""}


def test_secret_values_come_from_a_file_or_standard_input(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from a file\n", "utf-8")
    given = ["--access-token", "-", "--refresh-token-file", str(file)]
    body = sent(shell, "connected-accounts", "create-one", *given, stdin="from standard input\n")
    assert body == {"accessToken": "from standard input", "refreshToken": "from a file"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["connected-accounts", "create-one", "--access-token", "-", "--data", "-"], "cannot both come from standard input"),
        (["connected-accounts", "create-one", "--access-token", "a", "--access-token-file", "b"], "Access Token: both"),
        (["connected-accounts", "create-one", "--access-token-file", "missing.txt"], "there is no file missing.txt in "),
        (["companies", "create-one", "--data", "@missing.json"], "there is no file missing.json in "),
        (["companies", "create-one", "--name", "a", "--clear", "name"], "--clear name: the property is given a value too"),
        (["companies", "find-many", "--url", "https://crm.example.com", "--database", "crm.db"], "--url and --database are two workspaces"),
    ],
)
def test_contradictions_are_refused(shell: Shell, arguments: list[str], message: str) -> None:
    ran = shell(*arguments, stdin="{}")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_what_is_no_utf_8_is_refused(shell: Shell) -> None:
    ran = shell("companies", "create-one", "--data", "-", stdin=b'{"name": "\xff"}')
    assert ran.code == 2
    assert "standard input is not UTF-8" in ran.err


def test_data_that_is_no_object_is_refused(shell: Shell) -> None:
    ran = shell("companies", "create-one", "--data", '[{"name": "Acme"}]')
    assert ran.code == 5
    assert "--data: a record's properties are one JSON object" in ran.err
    assert "this is a list" in ran.err


def test_a_dry_run_shows_the_request_and_sends_nothing(shell: Shell, home: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a-key-that-nobody-may-see\n", "utf-8")
    arguments = ["connected-accounts", "create-one", "--handle", "a@example.com", "--access-token", "hidden", "--depth", "0"]
    ran = shell(*arguments, "--dry-run", "--url", "https://crm.example.com/", "--token-file", str(key))
    told = ran.json
    assert UUID(told["body"].pop("id")).version == 4  # with which a lost answer can be settled
    assert told == {
        "workspace": "https://crm.example.com",
        "method": "POST",
        "url": "https://crm.example.com/rest/connectedAccounts?depth=0",
        "headers": {"Authorization": "Bearer ••••"},
        "body": {"handle": "a@example.com", "accessToken": "••••"},
    }
    shown = shell(*arguments, "--dry-run", terminal=True)
    assert shown.out.startswith("POST /rest/connectedAccounts?depth=0\n")
    assert "hidden" not in shown.out
    assert "Nothing was sent" in shown.err
    assert not list(home.rglob("*.db"))
    assert shell(*arguments[:2], "--auth-failed-at", "soon", "--dry-run").code == 5

"""A server that takes a write and stores something else is found out, whichever way the write was made."""

from pathlib import Path

import pytest

import icosa
from icosa.errors import StoredOtherwise
from tests.cli.conftest import Shell
from tests.newer_server import NewerServer


def test_a_single_write_says_what_was_meant_and_what_is_there(server: NewerServer, crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Before", employees=1, depth=0)
    server.deaf = {"name", "address"}
    with pytest.raises(StoredOtherwise) as raised:
        crm.companies.update_one(made["id"], name="After", employees=2, address={"addressCity": "Rome"}, depth=0)
    message = str(raised.value)
    assert f'company {made["id"]}: name was to be "After" and is "Before"' in message
    assert 'address.addressCity was to be "Rome" and is empty' in message
    assert "employees" not in message
    assert raised.value.records[0]["employees"] == 2
    with pytest.raises(StoredOtherwise, match="name was to be"):
        crm.companies.create_one(name="Another")
    with pytest.raises(StoredOtherwise, match="name was to be"):
        crm.companies.create_many([{"name": "Third"}, {"employees": 5}])


def test_so_does_the_shell(server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Before", depth=0)
    server.deaf = {"name"}
    ran = shell("companies", "update-one", made["id"], "--name", "After")
    assert ran.code == StoredOtherwise.exit_code
    assert "was to be" in ran.err


def test_bulk_work_counts_such_a_row_as_refused_and_goes_on(server: NewerServer, shell: Shell, tmp_path: Path, crm: icosa.Client) -> None:
    made = crm.people.create_one(emails={"primaryEmail": "a@example.com"}, job_title="Before", depth=0)
    server.deaf = {"jobTitle"}
    rows = tmp_path / "rows.csv"
    rows.write_text("Email,Job Title\na@example.com,After\nb@example.com,Made\nc@example.com,\n")
    done = shell("import", str(rows), "--to", "people", "--key", "emails.primaryEmail", "--yes").json
    assert (done["created"], done["changed"], done["bad"]) == (1, 0, 2)
    assert crm.people.find_many(depth=0).total_count == 3
    assert crm.people.find_one(made["id"], depth=0)["jobTitle"] == "Before"


def test_an_undo_that_changes_nothing_says_so(server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Before", depth=0)
    assert shell("companies", "update-one", made["id"], "--name", "After", "--journal").code == 0
    server.deaf = {"name"}
    undone = shell("undo", "last", "--yes")
    assert (undone.json["changed"], undone.json["bad"]) == (0, 1)


def test_a_key_that_a_newer_server_hides_is_looked_up(server: NewerServer, crm: icosa.Client) -> None:
    """At depth 1 a newer server shows no key of a record that is deleted, though it keeps it."""
    company = crm.companies.create_one(name="Gone", depth=0)
    crm.companies.delete_one(company["id"])
    person = crm.people.create_one(company_id=company["id"])
    assert person["company"] is None
    assert server.records.of["people"][person["id"]]["companyId"] == company["id"]

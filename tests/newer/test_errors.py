"""What a newer server refuses is told as what it is."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import errors
from icosa.standard import EmailsInput, PersonInput
from icosa.wire.rest.faults import read_fault
from tests.cli.conftest import Shell
from tests.newer_server import NewerServer

MAIL: EmailsInput = {"primaryEmail": "ada@example.com"}


def test_an_id_that_is_taken_is_a_record_that_exists(crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Analytical Engines", depth=0)
    with pytest.raises(errors.RecordExists, match=f"there is a Company with the id {made['id']}$"):
        crm.companies.create_one(id=made["id"], name="Again")
    crm.companies.delete_one(made["id"])
    with pytest.raises(errors.RecordExists, match=r"lies in the trash.*restore_one brings it back"):
        crm.companies.create_one(id=made["id"], name="Again")


def test_a_unique_value_that_is_taken_names_who_has_it(crm: icosa.Client) -> None:
    made = crm.people.create_one(emails=MAIL, depth=0)
    other = crm.people.create_one(depth=0)
    with pytest.raises(errors.ValueTaken, match=f"emails.primaryEmail: .*ada@example.com.* is taken by the Person {made['id']}$"):
        crm.people.create_one(emails={"primaryEmail": " Ada@Example.com"})
    with pytest.raises(errors.ValueTaken, match=made["id"]):
        crm.people.update_one(other["id"], emails=MAIL)
    crm.people.delete_one(made["id"])
    with pytest.raises(errors.ValueTaken, match="lies in the trash"):
        crm.people.create_one(emails=MAIL)


def test_of_a_batch_the_record_that_cannot_be_is_named(crm: icosa.Client) -> None:
    made = crm.people.create_one(emails=MAIL, depth=0)
    others: list[PersonInput] = [{"emails": {"primaryEmail": f"{at}@example.com"}} for at in range(3)]
    with pytest.raises(errors.ValueTaken, match=rf"^\[3\]\.emails.primaryEmail: .*ada@example.com.* is taken by the Person {made['id']}$"):
        crm.people.create_many([*others, {"emails": MAIL}])
    with pytest.raises(errors.RecordExists, match=rf"^\[1\]\.Id: there is a Person with the id {made['id']}$"):
        crm.people.create_many([others[0], {"id": made["id"]}])
    with pytest.raises(errors.ValueTaken, match=r"^\[2\]\.emails.primaryEmail: .*0@example.com.* stands in item 0 too"):
        crm.people.create_many([*others[:2], others[0]])
    crm.people.delete_one(made["id"])
    with pytest.raises(errors.ValueTaken, match=r"^\[0\].*lies in the trash"):
        crm.people.create_many([{"emails": MAIL}, others[0]])


def test_awaited_it_is_the_same(server: NewerServer) -> None:
    async def twice() -> None:
        async with icosa.aconnect() as crm:
            await crm.people.create_one(emails=MAIL)
            await crm.people.create_one(emails=MAIL)

    with pytest.raises(errors.ValueTaken, match="is taken by the Person"):
        asyncio.run(twice())


def test_an_upsert_goes_through_after_a_deletion(crm: icosa.Client) -> None:
    first = crm.companies.upsert({"name": "Key"}, key="name")
    crm.companies.delete_one(first["id"])
    assert crm.companies.upsert({"name": "Key"}, key="name")["name"] == "Key"
    person = crm.people.upsert({"emails": MAIL}, key="emails.primaryEmail")
    crm.people.delete_one(person["id"])
    assert crm.people.upsert({"emails": MAIL}, key="emails.primaryEmail")["id"] == person["id"]


def test_an_import_tells_which_value_is_taken(server: NewerServer, shell: Shell, tmp_path: Path, crm: icosa.Client) -> None:
    made = crm.people.create_one(emails=MAIL, depth=0)
    crm.people.delete_one(made["id"])
    rows = tmp_path / "rows.csv"
    rows.write_text("Email,Job Title\nada@example.com,Analyst\nb@example.com,Engineer\n")
    done = shell("import", str(rows), "--to", "people", "--key", "emails.primaryEmail", "--yes").json
    assert (done["created"], done["bad"]) == (1, 1)


def test_what_the_key_may_not_do_is_forbidden(server: NewerServer, crm: icosa.Client, shell: Shell) -> None:
    server.forbidden.add("notes")
    with pytest.raises(errors.Forbidden, match="does not have permission"):
        crm.notes.find_many(depth=0)
    with pytest.raises(errors.Forbidden):
        crm.workspace_members.create_one(user_email="a@example.com", user_id="20202020-1c25-4d02-bf25-6aeccf7ea419")
    assert shell("notes", "find-many").code == errors.Forbidden.exit_code


def test_what_is_not_there_is_not_found(crm: icosa.Client) -> None:
    id_ = "20202020-1c25-4d02-bf25-6aeccf7ea419"
    for call in (crm.people.find_one, crm.people.update_one, crm.people.delete_one):
        with pytest.raises(errors.NotFound, match=f"no Person with the id {id_}"):
            call(id_)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"messages": ["Entity performing the request does not have permission"], "code": "PERMISSION_DENIED"}, errors.Forbidden),
        (400, {"messages": ["Not so."], "code": "PERMISSION_DENIED"}, errors.Forbidden),
        (400, {"messages": ["User does not have permission"]}, errors.Forbidden),
        (400, {"messages": ["Method not allowed."], "code": "FORBIDDEN"}, errors.Forbidden),
        (401, {"messages": ["User id is required"], "error": "UnauthorizedException"}, errors.PersonNeeded),
        (403, {"messages": ["Invalid token type"], "error": "INVALID_JWT_TOKEN_TYPE"}, errors.InvalidKey),
        (404, {"messages": ["Record not found"], "error": "NotFoundException"}, errors.NotFound),
        (400, {"messages": ["Record already exists"]}, errors.RecordExists),
        (400, {"messages": ["Multiple records found with the same unique field values for id: x"]}, errors.Conflict),
        (400, {"messages": ["Expected 1 record to connect to company, but found 0 for id = x"]}, errors.BrokenLink),
        (400, {"messages": ['Object company doesn\'t have any "x" field.']}, errors.UnknownField),
        (429, {"messages": ["Limit reached (100 tokens per 60000 ms)"], "error": "HttpException"}, errors.RateLimited),
        (500, {"messages": ["Data validation error."]}, errors.InvalidInput),
        (500, {"messages": ["Something went wrong"]}, errors.ServerBroken),
    ],
)
def test_a_refusal_is_read_by_its_words_and_its_code(status: int, body: dict[str, Any], kind: type[errors.IcosaError]) -> None:
    assert type(read_fault(status, {"statusCode": status, **body}, {})) is kind

"""How a call looks in each form, and objects whose names are hard to say."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.catalogue.naming import snake_case
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.client.resource import Resource
from icosa.errors import InvalidBody, InvalidQuery
from icosa.forms import FORMS, Form, action_named, call_of, read_call, request_of, written
from icosa.forms.python import TAKEN
from icosa.forms.scripts import UNNAMED
from icosa.forms.words import split
from icosa.surfaces.cli.properties import properties
from icosa.surfaces.cli.resources import ActionCommand
from icosa.surfaces.cli.sources import Sources
from icosa.wire.actions.properties import DEPTH, FILTER, Property
from icosa.wire.openapi.reading import More, Offers, offers_of
from icosa.wire.version import TWENTY_2_19
from tests.forms.calls import ID

LOOKS: dict[Form, str] = {
    "python": """\
import os

import icosa

with icosa.connect("https://crm.example.com") as crm:
    answer = crm.connected_accounts.update_one(
        "20202020-1c25-4d02-bf25-6aeccf7ea419",
        handle="it's \\"mine\\"",
        access_token=os.environ["ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN"],
        auth_failed_at=None,
        scopes=["mail.read"],
        depth=0,
    )
    print(answer)""",
    "python-async": """\
import asyncio
import os

import icosa


async def main():
    async with icosa.aconnect("https://crm.example.com") as crm:
        answer = await crm.connected_accounts.update_one(
            "20202020-1c25-4d02-bf25-6aeccf7ea419",
            handle="it's \\"mine\\"",
            access_token=os.environ["ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN"],
            auth_failed_at=None,
            scopes=["mail.read"],
            depth=0,
        )
        print(answer)


asyncio.run(main())""",
    "curl": (
        "curl -X PATCH 'https://crm.example.com/rest/connectedAccounts/20202020-1c25-4d02-bf25-6aeccf7ea419?depth=0' "
        "-H \"Authorization: Bearer $ICOSA_TOKEN\" -H 'Content-Type: application/json' "
        '--data-raw \'{"handle":"it\'"\'"\'s \\"mine\\"","accessToken":"\'"$ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN"\'",'
        '"authFailedAt":null,"scopes":["mail.read"]}\''
    ),
    "cli": (
        "icosa connected-accounts update-one 20202020-1c25-4d02-bf25-6aeccf7ea419 --depth 0 --handle 'it'\"'\"'s \"mine\"' "
        '--access-token "$ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN" --clear auth-failed-at --scopes \'["mail.read"]\' '
        "--url https://crm.example.com"
    ),
    "json": """\
{
  "resource": "Connected Accounts",
  "operation": "Update One Connected Account",
  "properties": {
    "id": "20202020-1c25-4d02-bf25-6aeccf7ea419",
    "depth": 0,
    "handle": "it's \\"mine\\"",
    "accessToken": {
      "$env": "ICOSA_CONNECTED_ACCOUNT_ACCESS_TOKEN"
    },
    "authFailedAt": null,
    "scopes": [
      "mail.read"
    ]
  }
}""",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_call_looks_like_this(form: Form) -> None:
    given = {"id": ID, "handle": 'it\'s "mine"', "accessToken": "t", "authFailedAt": None, "scopes": ["mail.read"], "depth": 0}
    call = call_of(STANDARD, action_named(STANDARD, "connectedAccounts", "update_one"), given)
    assert written(form, STANDARD, call, "https://crm.example.com") == LOOKS[form]


ODD = Object(
    "odd",
    "odds",
    "Something whose fields are called like other things.",
    (
        *(Text(name, "A text.") for name in ["from", "self", "record", "id2", "url", "data", "clear", "json", "body", "key", "where"]),
        BelongsTo("class", "odd", "classes", "Another."),
        Field("depthM", "NUMBER", "A number."),
        Field("any", "RAW_JSON", "Anything."),
    ),
    custom=True,
)
RUNS = Object("run", "runs", "Named like a method of the client.", (Text("name", "A name."),), custom=True)


@pytest.mark.parametrize("form", FORMS)
def test_names_that_are_taken_are_said_in_another_way(form: Form) -> None:
    catalogue = STANDARD.with_objects(ODD, RUNS)
    values = {each.name: f"--{each.name} it's" for each in ODD.fields if each.type_name == "TEXT"}
    given = {**values, "classId": ID, "depthM": 3, "any": '"text"', "id": ID}
    for action, values_ in (
        (action_named(catalogue, "odds", "create_one"), given),
        (action_named(catalogue, "odds", "create_many"), {"body": [given, {"any": "[1]"}]}),
        (action_named(catalogue, "odds", "update_one"), given),
        (action_named(catalogue, "runs", "find_many"), {"limit": 1}),
    ):
        call = call_of(catalogue, action, values_)
        text = written(form, catalogue, call)
        if form.startswith("python"):
            compile(text, "printed.py", "exec")
        assert read_call(text, catalogue) == call, text


def test_a_field_called_like_a_property_of_the_action_is_refused() -> None:
    pool = Object("pool", "pools", "Water.", (Field("depth", "NUMBER", "In metres."),), custom=True)
    catalogue = STANDARD.with_objects(pool)
    with pytest.raises(InvalidBody, match="cannot be told from the action's"):
        read_call("curl https://crm.example.com/rest/pools -d '{\"depth\": 3}'", catalogue)


OFFERS = Offers(
    more=(
        More("people", "merge_many", "Merge Many People", "PATCH", "/rest/people/merge",
             (Property("Body", "body", "whole body", "json", "What is sent.", required=True), DEPTH)),
        More("people", "group_by", "Group By People", "GET", "/rest/people/groupBy", (FILTER,)),
    )
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_operations_of_newer_servers_have_forms_too(form: Form) -> None:
    for operation, asked in (
        ("merge_many", {"body": {"ids": [ID, "it's"], "dryRun": True}, "depth": 1}),
        ("Group By People", {"filter": "city[eq]:Lyon"}),
    ):
        call = call_of(STANDARD, action_named(STANDARD, "people", operation, OFFERS), asked, OFFERS)
        text = written(form, STANDARD, call, offers=OFFERS)
        back = read_call(text, STANDARD, offers=OFFERS)
        assert back == call, text
        assert request_of(STANDARD, back, OFFERS) == request_of(STANDARD, call, OFFERS)


OF_2_19 = offers_of(TWENTY_2_19, STANDARD_2_19)
SOME = 'and(name[eq]:"Mill",accountOwner.name.firstName[eq]:Ada)'


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("Update Many Companies", {"Filter": SOME, "Name": "it's", "Address": {"addressCity": "Lyon"}, "Account Owner Id": None}),
        ("update_many", {"filter": SOME, "depth": 1, "annual_revenue": {"amountMicros": 1, "currencyCode": "EUR"}}),
        ("Delete Many Companies", {"Filter": SOME}),
        ("delete_many", {"filter": SOME, "permanent": True}),
        ("Restore Many Companies", {"Filter": SOME, "Depth": 0}),
        ("Merge Many Companies", {"Body": {"ids": [ID, ID], "conflictPriorityIndex": 0, "dryRun": True}}),
    ],
)
def test_what_is_done_to_several_records_has_every_form(form: Form, operation: str, asked: dict[str, Any]) -> None:
    call = call_of(STANDARD_2_19, action_named(STANDARD_2_19, "companies", operation, OF_2_19), asked, OF_2_19)
    text = written(form, STANDARD_2_19, call, offers=OF_2_19)
    back = read_call(text, STANDARD_2_19, offers=OF_2_19)
    assert back == call, text
    assert request_of(STANDARD_2_19, back, OF_2_19) == request_of(STANDARD_2_19, call, OF_2_19)


@pytest.mark.parametrize(
    ("script", "same"),
    [
        ('crm.companies.update_many(where=F.name == "Mill", name="Loom")', {"filter": "name[eq]:Mill", "name": "Loom"}),
        ('crm.companies.update_many(where="name[eq]:Mill", record={"name": "Loom"})', {"filter": "name[eq]:Mill", "name": "Loom"}),
        ('crm.companies.delete_many(where=F.account_owner.name.first_name == "Ada")', {"filter": "accountOwner.name.firstName[eq]:Ada"}),
        ('crm.companies.restore_many(where="name[eq]:Mill", depth=0)', {"filter": "name[eq]:Mill", "depth": 0}),
        ('crm.companies.find_many(where="name[eq]:Mill", deleted=True)', {"filter": "and(name[eq]:Mill,deletedAt[is]:NOT_NULL)"}),
        ("crm.companies.find_many(deleted=True)", {"filter": "deletedAt[is]:NOT_NULL"}),
        ("crm.companies.find_many(deleted=False)", {}),
    ],
)
def test_the_methods_for_several_records_are_read_in_scripts(script: str, same: dict[str, Any]) -> None:
    method = script.partition("(")[0].rpartition(".")[2]
    meant = call_of(STANDARD_2_19, action_named(STANDARD_2_19, "companies", method, OF_2_19), same, OF_2_19)
    assert read_call(script, STANDARD_2_19, offers=OF_2_19) == meant


@pytest.mark.parametrize("operation", ["Update Many Companies", "Delete Many Companies", "Restore Many Companies"])
def test_without_a_filter_there_is_no_such_call(operation: str) -> None:
    action = action_named(STANDARD_2_19, "companies", operation, OF_2_19)
    given: dict[str, Any] = {"Name": "Gone"} if action.takes_fields else {}
    for filter_ in ({}, {"Filter": ""}, {"Filter": None}):
        with pytest.raises(InvalidQuery, match="Filter is missing"):
            call_of(STANDARD_2_19, action, {**given, **filter_}, OF_2_19)
    body = """ --data-raw '{"name": "Gone"}'""" if action.takes_fields else ""
    with pytest.raises(InvalidQuery, match="Filter is missing"):
        read_call(f"curl -X {action.method} https://crm.example.com{action.path}{body}", STANDARD_2_19, offers=OF_2_19)


def test_deleting_many_keeps_them_unless_it_is_permanent() -> None:
    action = action_named(STANDARD_2_19, "companies", "delete_many", OF_2_19)
    for permanent in (False, True):
        call = call_of(STANDARD_2_19, action, {"filter": SOME, "permanent": permanent}, OF_2_19)
        assert ("soft_delete=true" in request_of(STANDARD_2_19, call, OF_2_19).query) is not permanent
        assert ("soft_delete=true" in written("curl", STANDARD_2_19, call, offers=OF_2_19)) is not permanent


def test_a_filter_goes_to_a_server_in_words_that_it_reads() -> None:
    call = call_of(STANDARD, action_named(STANDARD, "people", "find_many"), {"filter": r'jobTitle[eq]:"\"Chief\""', "depth": 0})
    said = {
        escapes: written("curl", STANDARD, call, "https://crm.example.com", offers=Offers(icosa=escapes)) for escapes in (True, False, None)
    }
    assert said[True] == said[None] != said[False]
    assert unquote(said[False]).partition("filter=")[2].startswith("""jobTitle[eq]:'"Chief"'&depth=0""")


def test_methods_are_written_and_read_as_a_resource_has_them() -> None:
    assert {name for name in UNNAMED if hasattr(Resource, name)} == set(UNNAMED)
    assert offered(STANDARD.objects[0]).keys() <= UNNAMED.keys()


def test_names_of_a_clients_own_are_no_resources(tmp_path: Path) -> None:
    with icosa.connect(f"sqlite:///{tmp_path}/crm.db") as crm:
        own = {name for name in dir(crm) if not name.startswith("_")}
    assert own - {snake_case(each.plural) for each in STANDARD} == TAKEN


def test_the_command_of_an_object_with_such_names_has_each_option_once() -> None:
    catalogue = STANDARD.with_objects(ODD)
    action = action_named(catalogue, "odds", "create_one")
    given = {"url": "u", "data": "d", "from": "f"}
    said = split(written("cli", catalogue, call_of(catalogue, action, given)))
    command = ActionCommand(catalogue, action, "create-one")
    names = [name for each in command.params for name in each.opts]
    assert len(set(names)) == len(names)
    values = command.make_context("icosa", said[3:]).params
    assert call_of(catalogue, action, properties(action, values, Sources())) == call_of(catalogue, action, given)

"""How a call looks in each form, and objects whose names are hard to say."""

from pathlib import Path
from urllib.parse import unquote

import pytest

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.catalogue.naming import snake_case
from icosa.catalogue.standard import STANDARD
from icosa.client.resource import Resource
from icosa.errors import InvalidBody
from icosa.forms import FORMS, Form, action_named, call_of, read_call, request_of, written
from icosa.forms.python import TAKEN
from icosa.forms.scripts import UNNAMED
from icosa.forms.words import split
from icosa.surfaces.cli.properties import properties
from icosa.surfaces.cli.resources import ActionCommand
from icosa.surfaces.cli.sources import Sources
from icosa.wire.actions.properties import DEPTH, FILTER, Property
from icosa.wire.openapi.reading import More, Offers
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

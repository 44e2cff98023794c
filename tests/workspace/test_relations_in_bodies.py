"""Relations in the bodies of 2.19: connected to the record that unique values find, disconnected, or given by their key."""

from collections.abc import Callable
from typing import Any

import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from tests.workspace.conftest import Caller

NOBODY = "20202020-0000-4000-8000-000000000000"
FILE = [{"fileId": NOBODY, "label": "a.png"}]


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


@pytest.fixture
def company(crm: Caller) -> str:
    made: str = crm.good("POST", "/rest/companies", {"domainName": {"primaryLinkUrl": "https://engines.example.com"}})["id"]
    return made


def connect(**where: Any) -> dict[str, Any]:
    return {"company": {"connect": {"where": where}}}


def test_a_record_is_connected_by_its_id_or_by_what_is_unique_of_it(crm: Caller, company: str) -> None:
    for where in ({"id": company}, {"domainName": {"primaryLinkUrl": "https://Engines.Example.com/"}}):
        person = crm.good("POST", "/rest/people", connect(**where))
        assert person["companyId"] == company
        path = f"/rest/people/{person['id']}"
        assert crm.good("PATCH", path, {"company": {"disconnect": True}})["companyId"] is None
        assert crm.good("PATCH", path, connect(**where))["companyId"] == company
    many = crm.good("POST", "/rest/batch/people", [connect(id=company), {}, {"companyId": company}])
    assert [each["companyId"] for each in many] == [company, None, company]


def test_a_pair_of_keys_that_is_unique_finds_a_record_too(crm: Caller) -> None:
    message = crm.good("POST", "/rest/messages", {})["id"]
    pair = {"messageId": message, "messageChannelId": NOBODY}
    found = crm.good("POST", "/rest/messageChannelMessageAssociations", pair)["id"]
    body = {"messageFolderId": NOBODY, "messageChannelMessageAssociation": {"connect": {"where": pair}}}
    made = crm.good("POST", "/rest/messageChannelMessageAssociationMessageFolders", body)
    assert made["messageChannelMessageAssociationId"] == found


@pytest.mark.parametrize("value", [None, "", {}, {"id": NOBODY}, {"disconnect": False}, {"connect": {}}, {"connect": {"where": {}}}, [], 5])
def test_a_relation_is_connected_or_disconnected_and_nothing_else(crm: Caller, value: Any) -> None:
    assert 'Relation "company" requires connect or disconnect operation' in crm.refused("POST", "/rest/people", {"company": value})


@pytest.mark.parametrize(
    "where",
    [
        {"name": "Engines"},
        {"id": "nope"},
        {"id": NOBODY},
        {"id": None},
        {"nowhere": 1},
        {"accountOwnerId": NOBODY},
        {"domainName": {"primaryLinkLabel": "Site"}},
        {"domainName": {"primaryLinkUrl": "https://nobody.example.com"}},
    ],
)
def test_what_finds_no_one_record_is_refused(crm: Caller, company: str, where: dict[str, Any]) -> None:
    assert "company" in crm.refused("POST", "/rest/people", connect(**where))
    assert crm.ids("people") == []


def test_a_deleted_record_is_not_connected(crm: Caller, company: str) -> None:
    crm.good("DELETE", f"/rest/companies/{company}", soft_delete="true")
    assert "Expected 1 record to connect to company" in crm.refused("POST", "/rest/people", connect(id=company))


@pytest.mark.parametrize("value", ["", "nope", 5])
def test_a_key_is_an_id_or_null(crm: Caller, value: Any) -> None:
    assert "Invalid UUID value" in crm.refused("POST", "/rest/people", {"companyId": value})
    assert crm.good("POST", "/rest/people", {"companyId": None})["companyId"] is None


def test_the_kinds_of_records_that_a_target_can_name_are_connected_one_by_one(crm: Caller, company: str) -> None:
    note = crm.good("POST", "/rest/notes", {"title": "Call"})["id"]
    target = {"note": {"connect": {"where": {"id": note}}}, "targetCompany": {"connect": {"where": {"id": company}}}}
    made = crm.good("POST", "/rest/noteTargets", target)
    assert (made["noteId"], made["targetCompanyId"], made["targetPersonId"]) == (note, company, None)


def test_a_field_that_is_none_is_refused_in_the_words_of_the_version(crm: Caller) -> None:
    for name in ("noSuchField", "people", "{name}"):
        assert f'Object company doesn\'t have any "{name}" field.' in crm.refused("POST", "/rest/companies", {name: 1})
    assert 'doesn\'t have any "0" field' in crm.refused("POST", "/rest/companies", [{"name": "A"}])


def test_an_empty_object_is_no_value_where_one_is_needed(crm: Caller) -> None:
    assert "settings" in crm.refused("POST", "/rest/workflowAutomatedTriggers", {"settings": {}})


def test_no_file_is_named_that_was_not_taken_in(crm: Caller) -> None:
    assert f"File not found: {NOBODY}" in crm.refused("POST", "/rest/attachments", {"file": FILE})
    id_ = crm.good("POST", "/rest/people", {"avatarFile": []})["id"]
    assert f"File not found: {NOBODY}" in crm.refused("PATCH", f"/rest/people/{id_}", {"avatarFile": FILE})
    assert crm.good("PATCH", f"/rest/people/{id_}", {"avatarFile": None})["avatarFile"] is None

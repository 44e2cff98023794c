"""A workspace of the objects of Twenty 2.19: each is made, read, changed and deleted, and reads as it was written."""

from collections.abc import Callable
from typing import Any

import pytest

from icosa.catalogue.examples import ID, example
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from tests.workspace.conftest import Caller

FILLED_IN = {"createdBy", "updatedBy", "position", "createdAt", "updatedAt"}


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19)


def required(of: Object) -> dict[str, Any]:
    return {field.name: example(field) for field in of.fields if field.required}


def everything(of: Object) -> dict[str, Any]:
    return {field.name: example(field) for field in of.fields if field.name not in FILLED_IN and field.type_name != "FILES"}


def empty(field: Field) -> Any:
    """What an answer has of a field that nothing was said of."""
    parts = {part.name: part.absent if part.default is None else part.default for part in field.type.parts}
    return parts if field.type.composite else field.default if field.default is not None else parts[""]


def test_a_record_of_what_is_required_reads_empty_in_all_else(crm: Caller) -> None:
    for of in STANDARD_2_19:
        made = crm.good("POST", f"/rest/{of.plural}", required(of))
        for field in of.fields:
            if field.name not in {*required(of), *FILLED_IN, "happensAt"}:
                assert made[field.name] == empty(field), f"{of.singular}.{field.name}"
        assert all(made[relation.foreign_key] is None for relation in of.belongs_to)
        assert made["createdBy"] == made["updatedBy"] == {"source": "API", "workspaceMemberId": None, "name": "Icosa", "context": {}}


def test_a_record_is_made_read_changed_and_deleted(crm: Caller) -> None:
    for of in STANDARD_2_19:
        made = crm.good("POST", f"/rest/{of.plural}", everything(of))
        path = f"/rest/{of.plural}/{made['id']}"
        assert crm.good("GET", path) == made
        listed = crm.good("GET", f"/rest/{of.plural}", depth=1)
        assert listed[0]["id"] == made["id"] if not of.listed_by else listed == []
        for field in of.fields:
            if field.name not in FILLED_IN and field.nullable and not field.type.composite:
                assert crm.good("PATCH", path, {field.name: None})[field.name] == field.type.parts[0].absent, f"{of.singular}.{field.name}"
        crm.good("DELETE", path)
        assert crm.send("GET", path)[0] != 200


def test_texts_that_say_nothing_are_one_value(crm: Caller) -> None:
    for said in ("", None):
        made = crm.good("POST", "/rest/companies", {"name": said, "domainName": {"primaryLinkUrl": said}})
        assert (made["name"], made["domainName"]["primaryLinkUrl"]) == ("", "")
    assert len(crm.ids("companies", filter="name[is]:NULL")) == 2


def test_amounts_and_places_are_numbers(crm: Caller) -> None:
    sent = {
        "annualRevenue": {"amountMicros": 9007199254740993, "currencyCode": "EUR"},
        "address": {"addressLat": 48.8567, "addressLng": "-0.25"},
    }
    made = crm.good("POST", "/rest/companies", sent)
    assert made["annualRevenue"] == {"amountMicros": 9007199254740993, "currencyCode": "EUR"}
    assert (made["address"]["addressLat"], made["address"]["addressLng"]) == (48.8567, -0.25)


def test_a_unique_value_is_not_given_again_when_its_record_is_deleted(crm: Caller) -> None:
    company = {"domainName": {"primaryLinkUrl": "https://engines.example.com"}}
    id_ = crm.good("POST", "/rest/companies", company)["id"]
    crm.good("DELETE", f"/rest/companies/{id_}")
    assert "unique" in crm.refused("POST", "/rest/companies", company)


def test_a_pair_of_values_is_given_again_when_its_record_is_deleted(crm: Caller) -> None:
    pair = {
        "listId": crm.good("POST", "/rest/messageLists", {"name": "Readers"})["id"],
        "personId": crm.good("POST", "/rest/people", {})["id"],
    }
    id_ = crm.good("POST", "/rest/messageListMembers", pair)["id"]
    assert "unique" in crm.refused("POST", "/rest/messageListMembers", pair)
    crm.good("DELETE", f"/rest/messageListMembers/{id_}")
    crm.good("POST", "/rest/messageListMembers", pair)


def test_nothing_is_stored_of_a_list_without_items(crm: Caller) -> None:
    made = crm.good("POST", "/rest/workflows", {"statuses": []})
    assert made["statuses"] == []
    assert crm.ids("workflows", filter="statuses[is]:NULL") == [made["id"]]


@pytest.mark.parametrize(
    ("objects", "rows", "key"),
    [
        ("messages", "messageChannelMessageAssociations", "messageId"),
        ("calendarEvents", "calendarChannelEventAssociations", "calendarEventId"),
    ],
)
def test_what_is_in_no_mailbox_or_calendar_is_counted_and_not_listed(crm: Caller, objects: str, rows: str, key: str) -> None:
    ids = [each["id"] for each in crm.good("POST", f"/rest/batch/{objects}", [{}] * 5)]
    shown = ids[1], ids[3]
    channel = {"messages": "messageChannelId", "calendarEvents": "calendarChannelId"}[objects]
    made = [crm.good("POST", f"/rest/{rows}", {key: id_, channel: ID}) for id_ in shown]
    for query in ({}, {"order_by": "createdAt"}, {"depth": 1}):
        status, answer = crm.send("GET", f"/rest/{objects}", **query)
        assert (status, answer["totalCount"]) == (200, 5)
        assert [each["id"] for each in answer["data"][objects]] == list(shown)
    first = crm.send("GET", f"/rest/{objects}", limit=3)[1]
    assert [each["id"] for each in first["data"][objects]] == [ids[1]]
    assert crm.ids(objects, limit=3, starting_after=first["pageInfo"]["endCursor"]) == [ids[3]]
    assert crm.good("GET", f"/rest/{objects}/{ids[0]}")["id"] == ids[0]
    crm.good("DELETE", f"/rest/{objects}/{ids[1]}")
    assert (crm.ids(objects), crm.ids(objects, filter="deletedAt[is]:NOT_NULL")) == ([ids[3]], [ids[1]])
    crm.good("PATCH", f"/rest/{objects}/{ids[1]}/restore")
    crm.good("DELETE", f"/rest/{rows}/{made[0]['id']}")
    assert crm.ids(objects) == [ids[3]]
    crm.good("DELETE", f"/rest/{rows}/{made[1]['id']}")
    assert crm.ids(objects) == []


def test_who_changed_a_record_is_said_whatever_the_body_says(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {"createdBy": {"source": "IMPORT"}})["id"]
    changed = crm.good("PATCH", f"/rest/companies/{id_}", {"name": "Mills", "updatedBy": {"source": "EMAIL", "name": "Nobody"}})
    assert (changed["createdBy"]["source"], changed["updatedBy"]["source"]) == ("IMPORT", "API")
    assert changed["updatedBy"]["name"] == "Icosa"


def test_every_kind_of_value_has_a_field_in_it() -> None:
    kinds = {part.kind for of in STANDARD_2_19 for field in of.field_by_name.values() for part in field.type.parts}
    assert kinds >= set(Kind) - {Kind.DATE, Kind.TEXTS}

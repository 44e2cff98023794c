"""What is sent: only what was set, in the words of the wire, the way Twenty takes it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.call.request import build
from icosa.call.values import plain
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.standard import STANDARD
from icosa.wire.actions import Action, Operation, actions, find_action
from tests.client.scripted import KEY, Reply, scripted
from tests.shared import SHARED, needs_shared

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def body(resource: str, operation: str, **given: Any) -> Any:
    return json.loads(build(STANDARD, find_action(STANDARD, resource, operation), given).body)


def query(**given: Any) -> dict[str, str]:
    return dict(parse_qsl(build(STANDARD, find_action(STANDARD, "people", "find_many"), given).query, keep_blank_values=True))


def test_headers_are_those_of_a_twenty_client_and_connections_are_reused() -> None:
    with (
        scripted(Reply({"data": {"createPerson": {}}}, 201)) as server,
        icosa.connect(server.url + "/rest/", token=KEY, catalogue=STANDARD) as crm,
    ):
        crm.people.create_one(city="Zürich")
        crm.people.create_one(city="Köln")
        first, second = server.asked
    assert (first.method, first.target) == ("POST", "/rest/people?depth=1")
    assert first.headers["Authorization"] == f"Bearer {KEY}"
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Accept"] == "application/json"
    assert first.headers["User-Agent"] == "icosa"
    for asked, city in ((first, "Zürich"), (second, "Köln")):
        made = json.loads(asked.body).pop("id")
        assert asked.body == f'{{"city":"{city}","id":"{made}"}}'.encode()


def test_depth_left_out_is_one_where_the_action_has_a_depth() -> None:
    for action in actions(STANDARD):
        given: dict[str, Any] = {each.name: ID for each in action.properties if each.place == "path"}
        if action.operation is Operation.CREATE_MANY:
            given["body"] = [_smallest(action)]
        if action.operation is Operation.CREATE_ONE:
            given |= _smallest(action)
        if action.operation is Operation.FIND_DUPLICATES:
            given["ids"] = [ID]
        has_depth = any(each.name == "depth" for each in action.properties)
        assert build(STANDARD, action, given).query == ("depth=1" if has_depth else "")


def _smallest(action: Action) -> dict[str, Any]:
    assert action.object is not None
    examples = {"UUID": ID, "DATE_TIME": "2030-01-01T00:00:00Z", "RAW_JSON": {}, "TEXT": "x"}
    fields = (each for each in action.object.fields if each.required)
    return {each.name: each.options[0] if each.options else examples[each.type.name] for each in fields}


def test_only_what_was_set_is_sent() -> None:
    assert body("people", "update_one", id=ID) == {}
    assert body("people", "update_one", id=ID, city=UNSENT, jobTitle="Engineer") == {"jobTitle": "Engineer"}
    assert query(filter=None, order_by="", starting_after="", limit=None) == {"depth": "1"}


def test_none_clears_and_an_empty_box_of_a_form_says_nothing() -> None:
    sent = body("people", "update_one", id=ID, companyId=None, name=None, city="", linkedinLink="", createdBy="{}")
    assert sent == {"companyId": None, "name": None, "city": ""}


@pytest.mark.parametrize("name", ["accessToken", "access_token", "Access Token", "access-token", "ACCESS TOKEN"])
def test_a_property_goes_by_any_of_its_names(name: str) -> None:
    assert body("Connected Accounts", "Update One Connected Account", id=ID, **{name: "t"}) == {"accessToken": "t"}


@pytest.mark.parametrize("resource", ["Connected Accounts", "connectedAccounts", "connected_accounts", "Connected Account"])
@pytest.mark.parametrize("operation", ["Update One Connected Account", "update_one", "updateOne"])
def test_an_action_goes_by_label_or_name(resource: str, operation: str) -> None:
    assert body(resource, operation, Id=ID, Handle="h") == {"handle": "h"}


def test_json_properties_are_python_values_or_json_text() -> None:
    assert body("connected_accounts", "update_one", id=ID, scopes=["mail.read"]) == {"scopes": ["mail.read"]}
    assert body("connected_accounts", "update_one", id=ID, scopes=' ["mail.read"] ') == {"scopes": ["mail.read"]}
    assert body("companies", "create_one", address={"addressCity": "Paris"}) == {"address": {"addressCity": "Paris"}}
    assert body("companies", "create_many", body='{"name": "Acme"}') == [{"name": "Acme"}]


def test_what_is_sent_is_what_was_given_not_its_canonical_form() -> None:
    emails = {"primaryEmail": "Ada@Example.com", "additionalEmails": [None, "X@example.com"]}
    assert body("people", "create_one", emails=emails) == {"emails": emails}
    assert body("people", "create_one", createdAt="2026-02-03") == {"createdAt": "2026-02-03"}


def test_numbers_and_booleans_that_a_form_gives_as_text_are_sent_as_such() -> None:
    assert body("companies", "create_one", employees="12", idealCustomerProfile="true") == {"employees": 12, "idealCustomerProfile": True}
    assert body("companies", "create_one", position="first") == {"position": "first"}


def test_python_values_become_what_the_wire_has_for_them() -> None:
    sent = body(
        "opportunities",
        "create_one",
        closeDate=datetime(2026, 2, 3, 5, 5, 6, 789000, tzinfo=timezone(timedelta(hours=1))),
        companyId=UUID(ID),
        amount={"amountMicros": Decimal("5000000"), "currencyCode": "EUR"},
    )
    assert sent == {
        "closeDate": "2026-02-03T04:05:06.789Z",
        "companyId": ID,
        "amount": {"amountMicros": 5000000, "currencyCode": "EUR"},
    }
    assert body("api_keys", "create_one", name="Key", expiresAt=date(2030, 1, 1))["expiresAt"] == "2030-01-01"
    assert body("connected_accounts", "update_one", id=ID, access_token=icosa.Secret("t")) == {"accessToken": "t"}
    assert body("people", "find_duplicates", ids=(UUID(ID),)) == {"ids": [ID]}


def test_related_records_and_base_fields_can_be_set_too() -> None:
    sent = body("people", "create_one", id=ID, company={"id": ID}, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert sent == {"id": ID, "company": {"id": ID}, "createdAt": "2026-01-01T00:00:00.000Z"}


def test_blank_entries_of_duplicates_are_dropped_as_a_form_sends_them() -> None:
    assert body("companies", "find_duplicates", data=[{"name": "Acme"}, {}], ids=[None]) == {"data": [{"name": "Acme"}]}
    assert body("companies", "find_duplicates", ids=[]) == {"ids": []}


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_a_filter_arrives_as_it_was_written(text: str) -> None:
    written = f"city[eq]:{json.dumps(text, ensure_ascii=False)}"
    assert query(filter=written)["filter"] == written
    assert "+" not in build(STANDARD, find_action(STANDARD, "people", "find_many"), {"filter": written}).query


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_is_json_already_stays_as_it_is(value: Any) -> None:
    assert plain(value, "Value") == value


@needs_shared
def test_every_action_sends_what_the_automation_node_sends() -> None:
    same = 0
    for line in (SHARED / "conformance" / "node-filled.jsonl").read_text("utf-8").splitlines():
        recorded = json.loads(line)
        action = find_action(STANDARD, recorded["resource"], recorded["operation"])
        asked = dict(parse_qsl(recorded["query"] or ""))
        asked.pop("ending_before", None)  # of two cursors one is taken
        sent: Any = json.loads(recorded["body_text"]) if recorded["body_text"] else None
        properties: dict[str, Any] = dict(asked)
        if "{id}" in action.path:
            properties["id"] = recorded["path"].rpartition("/")[2]
        if action.operation is Operation.CREATE_MANY:
            properties["body"] = sent
        elif action.operation is Operation.FIND_DUPLICATES:
            sent.pop("data" if sent["data"] == [{}] else "ids")  # of data and ids too
            properties |= sent
        else:
            properties |= sent or {}
        request = build(STANDARD, action, properties)
        assert (request.method, request.path) == (recorded["method"], recorded["path"])
        assert dict(parse_qsl(request.query)) == asked
        nothing: Any = None if action.method in ("GET", "DELETE") else {}
        assert (json.loads(request.body) if request.body else None) == (nothing if sent is None else sent)
        same += 1
    assert same == 253

"""Webhooks, API keys and views are told, changed and deleted below /rest/metadata in 2.19, and kept as records are: sealed, and
brought along by copies."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
from tests.workspace.conftest import Caller

WEBHOOKS, KEYS, VIEWS = "/rest/metadata/webhooks", "/rest/metadata/apiKeys", "/rest/metadata/views"
NOBODY = "20202020-0000-4000-8000-000000000000"
HOOK = {"targetUrl": "https://hooks.example.com/a", "operations": ["company.created"], "description": "ours", "secret": "s3cret-of-ours"}


@pytest.fixture
def new(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def test_a_webhook_is_made_read_changed_and_deleted(new: Caller) -> None:
    status, hook = new.send("POST", WEBHOOKS, HOOK)
    assert (status, {name: hook[name] for name in HOOK}) == (201, HOOK)
    assert new.send("GET", f"{WEBHOOKS}/{hook['id']}") == (200, hook)
    assert new.send("GET", WEBHOOKS) == new.send("GET", "/rest/webhooks") == (200, [hook])
    status, changed = new.send("PATCH", f"{WEBHOOKS}/{hook['id']}", {"operations": ["*.*"], "description": "changed"})
    assert (status, changed["operations"], changed["description"], changed["secret"]) == (200, ["*.*"], "changed", HOOK["secret"])
    assert new.send("DELETE", f"{WEBHOOKS}/{hook['id']}") == (200, True)
    assert new.send("DELETE", f"{WEBHOOKS}/{hook['id']}")[1]["code"] == "WEBHOOK_NOT_FOUND"
    assert new.send("GET", f"{WEBHOOKS}/{hook['id']}")[0] == 404
    assert new.send("GET", WEBHOOKS) == (200, [])


def test_a_webhook_that_is_given_nothing_else_gets_a_secret_and_every_event(new: Caller) -> None:
    hook = new.send("POST", WEBHOOKS, {"targetUrl": "http://127.0.0.1:9/b"})[1]
    assert (len(hook["secret"]), hook["operations"], hook["description"]) == (64, ["*.*"], None)


def test_that_nothing_is_delivered_is_noticed(new: Caller) -> None:
    _, token = create_key(new.workspace, "writer", "2100-01-01")
    answer = new.workspace.answer(Request("POST", WEBHOOKS, body=b'{"targetUrl":"https://hooks.example.com"}', token=token))
    assert ("Icosa-Notice", "webhooks_not_delivered") in answer.headers


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"targetUrl": "not a url"}, "targetUrl must be an address"),
        ({"targetUrl": None}, "targetUrl should not be empty"),
        ({"targetUrl": "ftp://example.com"}, "targetUrl must be an address"),
        ({"operations": ["everything"]}, "operations must be a list"),
        ({"operations": "company.created"}, "operations must be a list"),
        ({"operations": []}, "operations must be a list"),
        ({"operations": [7]}, "operations must be a list"),
        ({"secret": 7}, "secret must be a string"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(new: Caller, changed: dict[str, Any], text: str) -> None:
    status, refused = new.send("POST", WEBHOOKS, HOOK | changed)
    assert (status, text in str(refused["message"])) == (400, True), refused
    assert new.send("GET", WEBHOOKS) == (200, [])


@pytest.mark.sqlite
def test_a_secret_is_sealed_in_the_file_and_opened_with_the_key_alone(new: Caller) -> None:
    hook = new.send("POST", WEBHOOKS, HOOK)[1]
    new.workspace.close()
    held = b"".join(each.read_bytes() for each in Path(new.path).parent.glob(f"{new.path.name}*") if each.suffix != ".key")
    assert str(HOOK["secret"]).encode() not in held
    assert b"hooks.example.com" in held
    again = open_workspace(new.database, version=TWENTY_2_19)
    try:
        assert Caller(again, new.database).send("GET", WEBHOOKS) == (200, [hook])
    finally:
        again.close()


@pytest.mark.sqlite
def test_a_copy_has_webhooks_and_what_is_kept_of_objects(new: Caller, tmp_path: Path) -> None:
    names = {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets", "icon": "IconBox"}
    widget = new.send("POST", "/rest/metadata/objects", names)[1]
    hook = new.send("POST", WEBHOOKS, HOOK)[1]
    target = f"sqlite:///{tmp_path}/copy/of.db"
    copy_workspace(Database(new.database), Database(target), lambda *_: None)
    copied = open_workspace(target, version=TWENTY_2_19)
    try:
        there = Caller(copied, target)
        assert there.send("GET", WEBHOOKS) == (200, [hook])
        assert there.send("GET", f"/rest/metadata/objects/{widget['id']}")[1]["icon"] == "IconBox"
    finally:
        copied.close()


def test_keys_are_listed_without_their_tokens_renamed_and_revoked(new: Caller) -> None:
    id_, token = create_key(new.workspace, "reader", "2100-01-01")
    asked = Request("GET", KEYS, token=token)
    assert new.workspace.answer(asked).status == 200
    (key,) = new.send("GET", KEYS)[1]
    assert (key["id"], key["name"], key["revokedAt"]) == (id_, "reader", None)
    assert token not in str(key)
    assert new.send("GET", f"{KEYS}/{id_}") == (200, key)
    assert new.send("PATCH", f"{KEYS}/{id_}", {"name": "renamed"})[1]["name"] == "renamed"
    assert new.send("PATCH", f"{KEYS}/{id_}", {"revokedAt": "2026-01-01T00:00:00.000Z"})[1]["revokedAt"] == "2026-01-01T00:00:00.000Z"
    assert new.workspace.answer(asked).status == 403
    assert new.send("PATCH", f"{KEYS}/{id_}", {"revokedAt": "2099-01-01T00:00:00.000Z"})[0] == 400
    assert new.send("DELETE", f"{KEYS}/{id_}") == (200, True)
    assert new.workspace.answer(asked).status == 401
    assert new.send("GET", f"{KEYS}/{id_}")[0] == new.send("PATCH", f"{KEYS}/{NOBODY}", {})[0] == 404


def test_no_key_is_made_by_a_key(new: Caller) -> None:
    status, refused = new.send("POST", KEYS, {"name": "k", "expiresAt": "2100-01-01T00:00:00.000Z"})
    assert (status, refused["code"]) == (400, "FORBIDDEN_EXCEPTION")
    assert "icosa keys create" in refused["message"]


def test_every_object_has_a_view_of_its_fields_which_changes_with_them(new: Caller) -> None:
    names = {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets"}
    widget = new.send("POST", "/rest/metadata/objects", names)[1]
    (view,) = new.send("GET", VIEWS, objectMetadataId=widget["id"])[1]
    assert (view["name"], view["isCustom"], view["key"]) == ("All Widgets", False, "INDEX")
    text = new.send("POST", "/rest/metadata/fields", {"objectMetadataId": widget["id"], "name": "text", "label": "Text", "type": "TEXT"})[1]
    shown = new.send("GET", "/rest/metadata/viewFields", viewId=view["id"])[1]
    assert text["id"] in [each["fieldMetadataId"] for each in shown]
    assert new.send("GET", f"{VIEWS}/{view['id']}")[1]["viewFields"] == shown


def test_a_choice_makes_lanes_and_an_assignee_a_filter(new: Caller) -> None:
    objects = {each["nameSingular"]: each for each in new.send("GET", "/rest/metadata/objects")[1]["data"]}
    board, mine, _ = new.send("GET", VIEWS, objectMetadataId=objects["task"]["id"])[1]
    assert [board["type"], mine["name"]] == ["KANBAN", "Assigned to me"]
    lanes = new.send("GET", "/rest/metadata/viewGroups", viewId=board["id"])[1]
    assert [each["fieldValue"] for each in lanes] == ["TODO", "IN_PROGRESS", "DONE"]
    assert [each["id"] for each in lanes] == board["viewGroupIds"]
    (one,) = new.send("GET", "/rest/metadata/viewFilters", viewId=mine["id"])[1]
    assignee = next(each for each in objects["task"]["fields"] if each["name"] == "assignee")
    assert (one["fieldMetadataId"], one["view"]["name"], one["workspace"]["id"]) == (assignee["id"], "Assigned to me", one["workspaceId"])
    status = next(each for each in objects["task"]["fields"] if each["name"] == "status")
    ours = new.send("POST", VIEWS, {"name": "Ours", "objectMetadataId": objects["task"]["id"], "mainGroupByFieldMetadataId": status["id"]})[
        1
    ]
    assert len(new.send("GET", f"{VIEWS}/{ours['id']}")[1]["viewGroups"]) == 3


def test_a_view_is_made_renamed_and_deleted(new: Caller) -> None:
    company = next(each for each in new.send("GET", "/rest/metadata/objects")[1]["data"] if each["nameSingular"] == "company")
    status, view = new.send("POST", VIEWS, {"name": "Ours", "objectMetadataId": company["id"], "type": "TABLE", "position": 2})
    assert (status, view["name"], view["position"], view["isCustom"]) == (201, "Ours", 2, True)
    one = f"{VIEWS}/{view['id']}"
    assert new.send("PATCH", one, {"name": "Ours, renamed"})[1]["name"] == "Ours, renamed"
    assert new.send("GET", one)[1]["name"] == "Ours, renamed"
    assert new.send("DELETE", one) == (200, {"success": True})
    assert new.send("GET", one)[0] == new.send("DELETE", one)[0] == 404
    (first,) = new.send("GET", VIEWS, objectMetadataId=company["id"])[1]
    assert new.send("PATCH", f"{VIEWS}/{first['id']}", {"icon": "IconStar"})[1]["icon"] == "IconStar"
    assert new.send("DELETE", f"{VIEWS}/{first['id']}")[0] == 200
    assert new.send("GET", VIEWS, objectMetadataId=company["id"]) == (200, [])


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"name": None}, "name should not be empty"),
        ({"objectMetadataId": NOBODY}, "is that of no object"),
        ({"type": "MAP"}, "type must be one of"),
        ({"position": "first"}, "position must be a number"),
        ({"isCompact": "yes"}, "isCompact must be a boolean"),
        ({"mainGroupByFieldMetadataId": NOBODY}, "is the id of no field"),
    ],
)
def test_a_view_that_cannot_be_is_refused(new: Caller, changed: dict[str, Any], text: str) -> None:
    company = next(each for each in new.send("GET", "/rest/metadata/objects")[1]["data"] if each["nameSingular"] == "company")
    status, refused = new.send("POST", VIEWS, {"name": "Ours", "objectMetadataId": company["id"]} | changed)
    assert (status, text in str(refused["message"])) == (400, True), refused


def test_what_views_cannot_have_here_is_none(new: Caller) -> None:
    for kind in ("viewSorts", "viewFilterGroups", "pageLayouts"):
        assert new.send("GET", f"/rest/metadata/{kind}") == (200, [])
    for kind in ("viewFields", "viewFilters", "viewSorts", "viewGroups", "viewFilterGroups", "pageLayouts"):
        assert new.send("POST", f"/rest/metadata/{kind}", {})[0] == 400
    assert "pageLayoutId is required" in new.send("GET", "/rest/metadata/pageLayoutTabs")[1]["message"]
    assert new.send("GET", "/rest/metadata/pageLayoutTabs", pageLayoutId=NOBODY) == (200, [])


def test_all_of_it_says_of_which_workspace_it_is(new: Caller) -> None:
    _, token = create_key(new.workspace, "reader", "2100-01-01")
    claims = orjson.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    new.send("POST", WEBHOOKS, HOOK)
    found = [new.send("GET", path)[1][0] for path in (WEBHOOKS, KEYS, VIEWS, "/rest/metadata/viewFields")]
    found += new.send("GET", "/rest/metadata/objects", limit=1)[1]["data"]
    assert {each["workspaceId"] for each in found} == {claims["workspaceId"]}

"""API keys and sessions: made, shown once, revoked, and for the owner alone."""

import html
import re

import pytest
from starlette.testclient import TestClient

from icosa.workspace.access.issue import create_key, list_keys
from tests.console.served.visiting import NEVER, OWN, Console


@pytest.fixture
def owner(console: Console) -> TestClient:
    browser = console.browser()
    browser.post(f"/sign-in/{console.site.sessions.invite()}", headers=OWN)
    browser.headers.update(OWN)
    return browser


def test_a_key_is_made_and_its_token_shown_once(console: Console, owner: TestClient) -> None:
    made = owner.post("/keys", data={"name": "A <script>", "after": "30", "reads": "only"})
    assert made.status_code == 200
    assert made.headers["cache-control"] == "no-store"
    token = re.search(r"icosa_[0-9a-f]{32}_[\w-]{51}", made.text)
    assert token
    assert "may only read" in made.text
    (key,) = list_keys(console.site.workspace)
    assert (key.name, key.may_write) == ("A <script>", False)
    listed = owner.get("/keys")
    assert "A &lt;script&gt;" in listed.text
    assert token[0] not in listed.text
    assert console.browser().post("/sign-in", data={"key": token[0]}, headers=OWN).status_code == 303


def test_a_key_is_good_to_the_end_of_the_day_that_is_named(console: Console, owner: TestClient) -> None:
    assert owner.post("/keys", data={"name": "Ada", "after": "90", "day": "2999-02-03"}).status_code == 200
    (key,) = list_keys(console.site.workspace)
    assert key.expires_at == "2999-02-03T23:59:59.999Z"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"name": " ", "after": "90"}, "Say which program"),
        ({"name": "Ada", "after": "", "day": ""}, "Choose the last day"),
        ({"name": "Ada", "after": "90", "day": "2001-02-03"}, "has passed"),
        ({"name": "Ada", "after": "90", "day": "soon"}, "Choose the last day"),
        ({"name": "Ada", "after": "-1"}, "Choose the last day"),
        ({}, "Say which program"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_what_was_typed_stays(
    console: Console, owner: TestClient, sent: dict[str, str], wrong: str
) -> None:
    answer = owner.post("/keys", data=sent)
    assert answer.status_code == 422
    assert wrong in answer.text
    assert 'aria-invalid="true"' in answer.text
    if sent.get("name", "").strip():
        assert f'value="{sent["name"]}"' in answer.text
    assert list_keys(console.site.workspace) == []


def test_a_revoked_key_is_out_at_once_with_its_sessions(console: Console, owner: TestClient) -> None:
    ada = console.signed_in("Ada")
    (key,) = list_keys(console.site.workspace)
    asked = owner.get(f"/keys/{key.id}/revoke")
    assert "cannot be undone" in asked.text
    assert "the one who is signed in with it is out at once" in asked.text
    assert ada.get("/runs").status_code == 200
    assert owner.post(f"/keys/{key.id}/revoke").headers["location"] == "/keys"
    assert "Ada is refused from now on." in owner.get("/keys").text
    assert ada.get("/runs").headers["location"].startswith("/sign-in")
    assert "It is revoked already." in owner.get(f"/keys/{key.id}/revoke").text


def test_sessions_are_listed_and_ended(console: Console, owner: TestClient) -> None:
    ada = console.signed_in("Ada")
    shown = owner.get("/keys").text
    end = re.search(r'action="(/keys/sessions/[^"]+/end)"><button[^>]*aria-label="End the session of Ada"', shown)
    assert end
    assert owner.post(html.unescape(end[1])).headers["location"] == "/keys"
    assert ada.get("/runs").status_code == 303
    assert owner.get("/keys").status_code == 200


def test_a_keys_visitor_reaches_neither_keys_nor_sessions(console: Console, owner: TestClient) -> None:
    ada = console.signed_in("Ada")
    ada.headers.update(OWN)
    (key,) = list_keys(console.site.workspace)
    (session,) = (each for each in console.site.access.sessions() if each.key_id is not None)
    for path in ("/keys", f"/keys/{key.id}/revoke"):
        assert ada.get(path).status_code == 403
        assert ada.post(path, data={"name": "Another"}).status_code == 403
    assert ada.post(f"/keys/sessions/{session.id}/end").status_code == 403
    assert "Only the owner" in ada.get("/keys").text
    assert [each.state for each in list_keys(console.site.workspace)] == ["active"]


@pytest.mark.parametrize("key", ["20202020-0000-4000-8000-000000000001", "Ada", "x" * 300])
def test_a_key_that_is_not_there(console: Console, owner: TestClient, key: str) -> None:
    create_key(console.site.workspace, "Ada", NEVER)
    assert owner.get(f"/keys/{key}/revoke").status_code == 404
    assert owner.post(f"/keys/{key}/revoke").status_code == 404
    assert owner.post(f"/keys/sessions/{key}/end").status_code == 303
    assert [each.state for each in list_keys(console.site.workspace)] == ["active"]

"""What is taken from a key is taken for good: no request gives it back, whoever sends it and in whatever way."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import admit_key, create_key, list_keys, revoke_key
from icosa.workspace.access.keys import new_token
from icosa.workspace.store.statement import Statement, Statements
from tests.searched import ON_A_STORE
from tests.store.scripts import EVERYTHING
from tests.workspace.conftest import Caller
from tests.workspace.test_access import key, status

FAR, FARTHER, NEAR = "2999-01-01T00:00:00.000Z", "2999-01-02T00:00:00.000Z", "2998-01-01T00:00:00.000Z"
REVOKED, EXPIRED, UNKNOWN = (403, "revoked_key"), (401, "expired_key"), (401, "invalid_key")


def revoked(crm: Caller) -> tuple[str, str]:
    id_, token = key(crm)
    crm.good("PATCH", f"/rest/apiKeys/{id_}", {"revokedAt": "2026-01-01"})
    return id_, token


WAYS: dict[str, Callable[[Caller, str, dict[str, Any]], tuple[int, Any]]] = {
    "update": lambda crm, id_, body: crm.send("PATCH", f"/rest/apiKeys/{id_}", body),
    "put": lambda crm, id_, body: crm.send("PUT", f"/rest/apiKeys/{id_}", body),
    "upsert": lambda crm, id_, body: crm.send("POST", "/rest/apiKeys", {"id": id_, **body}, upsert="true"),
    "upsert of many": lambda crm, id_, body: crm.send("POST", "/rest/batch/apiKeys", [{"id": id_, **body}], upsert="true"),
    "create": lambda crm, id_, body: crm.send("POST", "/rest/apiKeys", {"id": id_, "expiresAt": FARTHER, **body}),
    "create many": lambda crm, id_, body: crm.send("POST", "/rest/batch/apiKeys", [{"id": id_, "expiresAt": FARTHER, **body}]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", [{"revokedAt": None}, {"revokedAt": "2998-01-01"}, {"revokedAt": None, "expiresAt": FAR}], ids=str)
def test_a_revoked_key_stays_revoked(crm: Caller, way: str, body: dict[str, Any]) -> None:
    id_, token = revoked(crm)
    code, answer = WAYS[way](crm, id_, body)
    assert code == 400
    assert "revoked at 2026-01-01T00:00:00.000Z, and stays so" in answer["message"] or "already" in answer["message"]
    assert status(crm, token) == REVOKED


@pytest.mark.parametrize("way", WAYS)
def test_a_key_is_never_good_for_longer(crm: Caller, way: str) -> None:
    id_, token = key(crm)
    crm.good("PATCH", f"/rest/apiKeys/{id_}", {"expiresAt": NEAR})
    code, answer = WAYS[way](crm, id_, {"expiresAt": FAR})
    assert code == 400
    assert f"good until {NEAR}, and no longer" in answer["message"] or "already" in answer["message"]
    assert status(crm, token) == (200, "")
    assert crm.good("GET", f"/rest/apiKeys/{id_}")["expiresAt"] == NEAR


def test_an_expired_key_stays_expired_for_itself_and_for_another(crm: Caller) -> None:
    _, other = key(crm)
    id_, token = key(crm)
    crm.good("PATCH", f"/rest/apiKeys/{id_}", {"expiresAt": "2026-01-01"})
    body = b'{"expiresAt":"2999-01-01"}'
    for sender, code in ((other, 400), (token, 401)):
        assert crm.workspace.answer(Request("PATCH", f"/rest/apiKeys/{id_}", "", body, sender)).status == code
    assert status(crm, token) == EXPIRED


def test_what_narrows_or_says_the_same_goes_through(crm: Caller) -> None:
    id_, _ = revoked(crm)
    held = crm.good("GET", f"/rest/apiKeys/{id_}")
    assert crm.good("PATCH", f"/rest/apiKeys/{id_}", {each: held[each] for each in ("revokedAt", "expiresAt", "name")}) == held
    assert crm.good("PATCH", f"/rest/apiKeys/{id_}", {"expiresAt": NEAR, "name": "Old script"})["expiresAt"] == NEAR


def test_a_deleted_key_comes_back_as_a_record_that_was_revoked(crm: Caller) -> None:
    id_, token = key(crm)
    crm.good("DELETE", f"/rest/apiKeys/{id_}")
    back = crm.good("PATCH", f"/rest/restore/apiKeys/{id_}")
    assert back["deletedAt"] is None
    assert back["revokedAt"] is not None
    assert status(crm, token) == REVOKED


@pytest.mark.parametrize("body", [{}, {"revokedAt": None}], ids=str)
def test_a_destroyed_key_takes_its_token_along(crm: Caller, body: dict[str, Any]) -> None:
    id_, token = key(crm)
    crm.good("DELETE", f"/rest/apiKeys/{id_}", permanent="true")
    crm.good("POST", "/rest/apiKeys", {"id": id_, "name": "Again", "expiresAt": FAR, **body})
    assert status(crm, token) == UNKNOWN


def test_tokens_whose_key_was_destroyed_before_they_went_along_are_dropped(crm: Caller) -> None:
    id_, token = key(crm)
    lost = "DROP TRIGGER icosa_closed ON" if crm.database.startswith("postgres") else 'DROP TRIGGER "icosa_apiKey_closed" --'

    def steps() -> Statements[None]:
        yield Statement(f'{lost} "apiKey"')
        yield Statement("UPDATE icosa_schema SET fingerprint = 'older' WHERE name = 'apiKey'")
        yield Statement('DELETE FROM "apiKey" WHERE id = ?', (id_,))

    crm.workspace.store.write(steps)
    again = open_workspace(crm.database)
    try:
        admitted = Caller(again, crm.database)
        admitted.good("POST", "/rest/apiKeys", {"id": id_, "expiresAt": FAR})
        assert status(admitted, token) == UNKNOWN
    finally:
        again.close()


moments = st.sampled_from([None, NEAR, FAR, FARTHER, "2026-01-01", "2027-05-05"])
bodies = st.fixed_dictionaries({}, optional={"revokedAt": moments, "expiresAt": moments, "name": st.sampled_from(["a", ""])})
requests = st.lists(st.tuples(st.sampled_from(["update", "upsert", "create", "delete", "destroy", "restore"]), bodies), max_size=6)


@given(requests)
@ON_A_STORE
def test_no_requests_in_any_order_make_a_token_good_again(crm: Caller, requests: list[tuple[str, dict[str, Any]]]) -> None:
    id_, token = key(crm)
    spent, expiry = False, FAR
    for what, body in requests:
        match what:
            case "delete" | "destroy":
                crm.send("DELETE", f"/rest/apiKeys/{id_}", permanent="true" if what == "destroy" else "false")
            case "restore":
                crm.send("PATCH", f"/rest/restore/apiKeys/{id_}")
            case _:
                WAYS[what](crm, id_, body)
        good = status(crm, token)[0] == 200
        assert not (spent and good)
        spent = not good
        if good:
            now = crm.good("GET", f"/rest/apiKeys/{id_}")["expiresAt"]
            assert now <= expiry
            expiry = now


@pytest.fixture
def without_keys(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    """A workspace whose catalogue has no object for keys."""
    return open_caller(EVERYTHING)


def test_a_workspace_without_an_object_for_keys_has_keys(without_keys: Caller) -> None:
    id_, token = create_key(without_keys.workspace, "Script", FAR)
    asked = Request("GET", "/rest/things", "limit=1", b"", token)
    assert without_keys.workspace.answer(asked).status == 200
    assert [(each.id, each.state) for each in list_keys(without_keys.workspace)] == [(id_, "active")]
    assert without_keys.send("GET", "/rest/apiKeys")[0] == 400
    assert without_keys.send("GET", "/rest/icosa_api_key")[0] == 400
    assert revoke_key(without_keys.workspace, "Script").state == "revoked"
    assert without_keys.workspace.answer(asked).status == 403


def test_keys_go_along_when_the_catalogue_gains_or_loses_their_object(without_keys: Caller) -> None:
    workspace = without_keys.workspace
    _, good = create_key(workspace, "Good", FAR)
    _, bad = create_key(workspace, "Bad", FAR)
    revoke_key(workspace, "Bad")
    for catalogue in (STANDARD, EVERYTHING, STANDARD):
        workspace = open_workspace(without_keys.database, catalogue)
        asked = [workspace.answer(Request("GET", "/open-api/core", "", b"", token)).status for token in (good, bad)]
        states = [(each.name, each.state) for each in list_keys(workspace)]
        workspace.close()
        assert asked == [200, 403]
        assert states == [("Good", "active"), ("Bad", "revoked")]


def test_a_token_does_not_come_to_a_record_that_has_its_id(without_keys: Caller) -> None:
    id_, token = create_key(without_keys.workspace, "Mine", FAR)
    revoke_key(without_keys.workspace, "Mine")
    wider = open_workspace(without_keys.database, STANDARD)
    wider.close()
    narrow = open_workspace(without_keys.database, EVERYTHING)

    def steps() -> Statements[None]:
        names = '"id", "name", "expiresAt", "createdAt", "updatedAt"'
        yield Statement(f'INSERT INTO "apiKey" ({names}) VALUES (?, ?, ?, ?, ?)', (id_, "Foreign", FAR, NEAR, NEAR))

    narrow.store.write(steps)
    narrow.close()
    wider = open_workspace(without_keys.database, STANDARD)
    try:
        assert status(Caller(wider, without_keys.database), token) == UNKNOWN
    finally:
        wider.close()


def test_a_key_of_a_known_token_can_be_admitted_on_any_catalogue(without_keys: Caller) -> None:
    token = new_token("00000000-0000-4000-8000-000000000001")
    admit_key(without_keys.workspace, "00000000-0000-4000-8000-000000000001", "Test", FAR, token)
    assert without_keys.workspace.answer(Request("GET", "/rest/owners", "", b"", token)).status == 200

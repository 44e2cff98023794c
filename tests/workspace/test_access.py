"""API keys hold from the next request on, and secrets are sealed at rest."""

import os
import stat
from pathlib import Path

import pytest

from icosa.errors import InvalidInput
from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.keys import keep, new_token
from icosa.workspace.access.sealing import PREFIX, Sealing, key_at, key_path
from icosa.workspace.store.statement import Statement, Statements
from tests.workspace.conftest import Caller

TOKEN = "ya29.not-to-be-found-anywhere"


def key(crm: Caller, **fields: str) -> tuple[str, str]:
    """(id, token) of a new key."""
    made = crm.good("POST", "/rest/apiKeys", {"name": "Script", "expiresAt": "2999-01-01", **fields})
    token = new_token(made["id"])

    def steps() -> Statements[None]:
        yield keep(token, made["id"])

    crm.workspace.store.write(steps)
    return made["id"], token


def dump(crm: Caller) -> bytes:
    """Everything that lies in the database."""
    if crm.database.startswith("sqlite"):
        crm.workspace.close()
        return b"".join(file.read_bytes() for file in crm.path.parent.glob("*.db*"))

    def steps() -> Statements[bytes]:
        found = []
        for table in (*(each.table for each in crm.workspace.catalogue), "icosa_key", "icosa_outbox"):
            found += yield Statement(f'SELECT t::text FROM "{table}" t')
        return "".join(str(row[0]) for row in found).encode()

    return crm.workspace.store.read(steps)


def status(crm: Caller, token: str | None) -> tuple[int, str]:
    answer = crm.workspace.answer(Request("GET", "/rest/companies", "limit=1", b"", token))
    return answer.status, dict(answer.headers).get("Icosa-Error", "")


def test_a_key_works_until_it_is_revoked_expired_deleted_or_destroyed(crm: Caller) -> None:
    for change, after in (({"revokedAt": "2026-01-01"}, (403, "revoked_key")), ({"expiresAt": "2026-01-01"}, (401, "expired_key"))):
        id_, token = key(crm)
        assert status(crm, token) == (200, "")
        crm.good("PATCH", f"/rest/apiKeys/{id_}", change)
        assert status(crm, token) == after
    id_, token = key(crm)
    crm.good("DELETE", f"/rest/apiKeys/{id_}")
    assert status(crm, token) == (403, "revoked_key")
    crm.good("DELETE", f"/rest/apiKeys/{id_}", permanent="true")
    assert status(crm, token) == (401, "invalid_key")


def test_no_key_and_no_such_key_are_told_apart(crm: Caller) -> None:
    _, token = key(crm)
    assert status(crm, None) == (403, "missing_key")
    assert status(crm, "rubbish") == (401, "invalid_key")
    assert status(crm, token[:-1] + ("0" if token[-1] != "0" else "1")) == (401, "invalid_key")
    assert status(crm, new_token("20202020-1c25-4d02-bf25-6aeccf7ea419")) == (401, "invalid_key")


def test_the_writer_of_a_record_is_the_key(crm: Caller) -> None:
    _, token = key(crm)
    answer = crm.workspace.answer(Request("POST", "/rest/companies", "", b"{}", token))
    assert b'"name":"Script"' in answer.body


def test_tokens_of_accounts_and_webhooks_come_back_open_and_lie_sealed(crm: Caller) -> None:
    _, token = key(crm)
    member = crm.good("POST", "/rest/workspaceMembers", {"userId": "20202020-1c25-4d02-bf25-6aeccf7ea419"})
    sent = {"accessToken": TOKEN, "refreshToken": TOKEN + "2", "accountOwnerId": member["id"]}
    account = crm.good("POST", "/rest/connectedAccounts", sent)
    crm.good("POST", "/rest/batch/webhooks", [{"secret": TOKEN + "3"}])
    crm.good("PATCH", f"/rest/connectedAccounts/{account['id']}", {"accessToken": TOKEN + "4"})

    assert crm.good("GET", f"/rest/connectedAccounts/{account['id']}")["accessToken"] == TOKEN + "4"
    assert crm.good("GET", f"/rest/workspaceMembers/{member['id']}", depth=1)["connectedAccounts"][0]["refreshToken"] == TOKEN + "2"
    channel = crm.good("POST", "/rest/messageChannels", {"connectedAccountId": account["id"]}, depth=1)
    assert channel["connectedAccount"]["accessToken"] == TOKEN + "4"
    assert crm.good("GET", "/rest/webhooks")[0]["secret"] == TOKEN + "3"

    everything = dump(crm)
    assert PREFIX.encode() in everything
    assert TOKEN.encode() not in everything
    assert token.encode() not in everything


def test_a_sealed_text_opens_in_its_own_place_only(crm: Caller) -> None:
    sealing = Sealing(os.urandom(32))
    sealed = sealing.seal(TOKEN, "connectedAccount/accessToken/1")
    assert sealing.open(sealed, "connectedAccount/accessToken/1") == TOKEN
    assert sealing.open(sealed, "connectedAccount/accessToken/2") == sealed
    assert Sealing(os.urandom(32)).open(sealed, "connectedAccount/accessToken/1") == sealed


def test_what_is_sealed_cannot_be_searched_for_but_its_presence_can(crm: Caller) -> None:
    crm.good("POST", "/rest/webhooks", {"secret": TOKEN})
    assert "encrypted at rest" in crm.refused("GET", "/rest/webhooks", filter=f"secret[eq]:{TOKEN}")
    assert "encrypted at rest" in crm.refused("GET", "/rest/webhooks", order_by="secret")
    assert len(crm.ids("webhooks", filter="secret[is]:NOT_NULL")) == 1


def test_the_same_secret_again_changes_nothing(crm: Caller) -> None:
    made = crm.good("POST", "/rest/webhooks", {"secret": TOKEN})
    assert crm.good("PATCH", f"/rest/webhooks/{made['id']}", {"secret": TOKEN}) == made


def test_database_and_key_are_for_their_owner_alone(crm: Caller, tmp_path: Path) -> None:
    keys = list(tmp_path.rglob("*.key"))
    assert len(keys) == 1
    for file in [*keys, *tmp_path.glob("*.db")]:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_of_the_environment_is_used_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "bm90IDMyIGJ5dGVz")
    with pytest.raises(InvalidInput, match="ICOSA_SECRET_KEY holds no key"):
        key_at(key_path(str(tmp_path / "x.db")))
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    open_workspace(f"sqlite:///{tmp_path}/x.db").close()
    assert not (tmp_path / "x.db.key").exists()

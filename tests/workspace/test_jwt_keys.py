"""In a workspace of a newer version the tokens of API keys are JWTs, and are good, expire and are revoked as all others."""

import base64
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.errors import OtherToken
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key, list_keys, revoke_key
from icosa.workspace.access.jwt import LONGEST, key_named_by, new_jwt, type_of
from icosa.workspace.access.keys import key_hash
from tests.workspace.conftest import Caller

EXPIRES = "2099-01-01T00:00:00.000Z"
KEY = "20202020-1c25-4d02-bf25-6aeccf7ea419"
HERE = "20202020-0000-4000-8000-000000000001"


@pytest.fixture
def newer(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD, TWENTY_2_19)


def asked(caller: Caller, token: str | None, method: str = "GET") -> tuple[int, Any]:
    answer: Answer = caller.workspace.answer(Request(method, "/rest/companies", "", b"", token))
    return answer.status, orjson.loads(answer.body)


def part(token: str, number: int) -> Any:
    text = token.split(".")[number]
    return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def token_of(head: Any, claims: Any) -> str:
    parts = (base64.urlsafe_b64encode(orjson.dumps(each)).decode().rstrip("=") for each in (head, claims, "signature"))
    return ".".join(parts)


def test_a_token_says_what_those_of_2_19_say(newer: Caller) -> None:
    id_, token = create_key(newer.workspace, "Nightly import", EXPIRES)
    head, claims = part(token, 0), part(token, 1)
    assert (head["alg"], head["typ"], set(head)) == ("ES256", "JWT", {"alg", "typ", "kid"})
    assert list(claims) == ["sub", "type", "workspaceId", "iat", "exp", "jti"]
    assert (claims["type"], claims["jti"], claims["exp"]) == ("API_KEY", id_, 4070908800)
    assert claims["sub"] == claims["workspaceId"]
    assert len(base64.urlsafe_b64decode(token.split(".")[2] + "==")) == 64
    assert part(create_key(newer.workspace, "Another", EXPIRES)[1], 1)["workspaceId"] == claims["workspaceId"]


def test_it_is_good_until_it_is_revoked(newer: Caller) -> None:
    id_, token = create_key(newer.workspace, "Nightly import", EXPIRES)
    assert asked(newer, token)[0] == 200
    revoke_key(newer.workspace, id_)
    status, answer = asked(newer, token)
    assert (status, answer["error"]) == (403, "FORBIDDEN_EXCEPTION")
    assert answer["messages"][0].startswith("This API Key is revoked")


def test_it_expires(new_database: Callable[..., str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    now = ["2026-01-05T00:00:00.000Z"]
    workspace = open_workspace(new_database(STANDARD, TWENTY_2_19), None, lambda: now[0], TWENTY_2_19)
    _, token = create_key(workspace, "Nightly import", "2026-02-05")
    assert workspace.answer(Request("GET", "/rest/companies", token=token)).status == 200
    now[0] = "2026-02-05T00:00:00.000Z"
    answer = workspace.answer(Request("GET", "/rest/companies", token=token))
    assert (answer.status, orjson.loads(answer.body)["error"]) == (401, "UNAUTHENTICATED")
    workspace.close()


def test_one_that_may_only_read_writes_nothing(newer: Caller) -> None:
    _, token = create_key(newer.workspace, "A report", EXPIRES, read_only=True)
    assert asked(newer, token)[0] == 200
    status, answer = asked(newer, token, "POST")
    assert (status, answer["error"], answer["code"]) == (400, "Error", "PERMISSION_DENIED")
    assert list_keys(newer.workspace)[0].may_write is False


def test_a_token_that_nobody_gave_out_is_none(newer: Caller) -> None:
    _, token = create_key(newer.workspace, "Nightly import", EXPIRES)
    head, claims, _ = token.split(".")
    forged = f"{head}.{claims}.{new_jwt(KEY, HERE, EXPIRES, EXPIRES).split('.')[2]}"
    for each in (forged, new_jwt(KEY, HERE, EXPIRES, EXPIRES), "rubbish", "a.b.c", f"{token}x", token[:-1]):
        status, answer = asked(newer, each)
        assert (status, answer["error"]) == (401, "UNAUTHENTICATED")
        assert answer["messages"][0].startswith("Token invalid.")


def test_what_is_no_keys_token_is_refused_as_such(newer: Caller) -> None:
    head = {"alg": "HS256", "typ": "JWT"}
    for claims in (
        {"sub": "1", "type": "API_KEY"},
        {"sub": "1"},
        {"type": "ACCESS", "workspaceId": HERE},
        {"type": 5, "workspaceId": HERE},
    ):
        status, answer = asked(newer, token_of(head, claims))
        assert (status, answer["error"]) == (403, "INVALID_JWT_TOKEN_TYPE")
        assert answer["messages"][0].startswith("Invalid token type")
    assert asked(newer, None)[1]["error"] == "FORBIDDEN_EXCEPTION"


def test_1_0_3_gives_out_its_own_and_takes_no_other(open_caller: Callable[..., Caller]) -> None:
    older = open_caller(STANDARD, TWENTY_1_0_3)
    assert create_key(older.workspace, "Nightly import", EXPIRES)[1].startswith("icosa_")
    status, answer = asked(older, new_jwt(KEY, HERE, EXPIRES, EXPIRES))
    assert (status, answer["error"], "No payload" in answer["message"]) == (401, "UNAUTHENTICATED", True)


def test_its_signature_is_one_of_a_key_that_is_gone() -> None:
    one, other = (new_jwt(KEY, HERE, EXPIRES, EXPIRES) for _ in range(2))
    assert one != other
    assert part(one, 0)["kid"] != part(other, 0)["kid"]
    assert ec.SECP256R1().key_size // 4 == len(base64.urlsafe_b64decode(one.split(".")[2] + "=="))


def test_a_log_can_name_the_key() -> None:
    assert key_named_by(new_jwt(KEY, HERE, EXPIRES, EXPIRES)) == KEY
    for jti in (None, 5, "x", "Ada Lovelace, ada@example.com", KEY.upper()):
        assert key_named_by(token_of({}, {"jti": jti})) == ""


@given(
    st.text()
    | st.text("abcdefgh._-", max_size=40)
    | st.builds(token_of, st.recursive(st.none() | st.text(), st.lists), st.none() | st.integers(-(2**53), 2**53))
)
def test_whatever_comes_is_read_or_is_none(text: str) -> None:
    assert type_of(text) in (None, "", "API_KEY")
    assert key_named_by(text) == ""
    with suppress(OtherToken):
        assert key_hash(text, TWENTY_2_19) is None


def test_a_text_that_is_too_long_is_not_looked_at() -> None:
    assert type_of(token_of({}, {"type": "API_KEY", "workspaceId": "x" * LONGEST})) is None

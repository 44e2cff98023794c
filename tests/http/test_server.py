"""The server as its callers meet it: keys, statuses, headers, and a clean stop."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.http.conftest import Http
from tests.serving import icosa, serving

SECRET = "ya29.seen-by-nobody"


def test_refused_keys_have_the_statuses_and_shapes_of_1_0_3(http: Http) -> None:
    for authorization, status, error in (
        ("", 403, "FORBIDDEN_EXCEPTION"),
        ("Basic YTpi", 403, "FORBIDDEN_EXCEPTION"),
        ("Bearer rubbish", 401, "UNAUTHENTICATED"),
        ("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", 401, "UNAUTHENTICATED"),
    ):
        got, answer, headers = http.send("GET", "/rest/companies", headers={"Authorization": authorization})
        assert (got, answer["error"], answer["statusCode"]) == (status, error, status)
        assert answer["messages"] == [answer["message"]]
        assert headers["icosa-error"] in ("missing_key", "invalid_key")


def test_the_key_may_stand_in_the_query_and_its_scheme_in_any_case(http: Http) -> None:
    assert http.send("GET", "/rest/companies", headers={"Authorization": ""}, token=http.server.token)[0] == 200
    assert http.send("GET", "/rest/companies", headers={"Authorization": f"bEaReR {http.server.token}"})[0] == 200


def test_a_key_that_expires_while_it_is_used_is_refused_from_then_on(http: Http) -> None:
    for lifetime in (2, 8, 32):  # on a busy machine, making the key may take longer than the key lives
        soon = (datetime.now(UTC) + timedelta(seconds=lifetime)).isoformat()
        token = icosa("keys", "create", "Short", "--database", http.server.database, "--expires", soon, check=False).stdout.strip()
        headers = {"Authorization": f"Bearer {token}"}
        if http.send("GET", "/rest/companies", headers=headers)[0] == 200:
            break
    else:
        raise AssertionError("no key was good for a moment")
    while datetime.now(UTC).isoformat() <= soon:
        assert http.send("GET", "/rest/companies", headers=headers)[0] in (200, 401)
    status, answer, _ = http.send("GET", "/rest/companies", headers=headers)
    assert (status, answer["messages"][0].split(".")[0]) == (401, "Token has expired")


def test_a_key_revoked_from_another_process_is_refused_at_once(http: Http) -> None:
    token = icosa("keys", "create", "Gone", "--database", http.server.database).stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}
    assert http.send("GET", "/rest/companies", headers=headers)[0] == 200
    icosa("keys", "revoke", "Gone", "--database", http.server.database)
    assert http.send("GET", "/rest/companies", headers=headers)[0] == 403


def test_what_is_served_outside_of_rest(http: Http) -> None:
    assert http.send("GET", "/healthz", headers={"Authorization": ""})[:2] == (200, {"status": "ok"})
    assert list(http.send("GET", "/open-api/core", headers={"Authorization": ""})[1]["paths"]) == ["/open-api/core"]
    assert http.send("GET", "/open-api/core", headers={"Authorization": "Bearer rubbish"})[0] == 401
    whole = http.send("GET", "/open-api/core")[1]
    assert len(whole["components"]["schemas"]) == 108
    assert http.send("GET", "/rest/open-api/core")[1] == whole
    assert http.send("GET", "/rest/open-api/core", headers={"Authorization": ""})[0] == 403
    status, answer, _ = http.send("GET", "/graphql")
    assert (status, answer) == (404, {"statusCode": 404, "message": "Cannot GET /graphql", "error": "Not Found"})


def test_the_document_says_where_its_paths_begin_as_whoever_asks_reaches_the_server(http: Http) -> None:
    def root(host: str) -> str:
        return str(http.send("GET", "/rest/open-api/core", headers={"Host": host})[1]["servers"][0]["url"])

    assert http.send("GET", "/open-api/core")[1]["servers"][0]["url"] == f"{http.server.url}/rest/"
    assert root("crm.example.com") == "http://crm.example.com/rest/"
    assert root("[::1]:3000") == "http://[::1]:3000/rest/"
    for host in ('"><script>', "crm.example.com/../x", "a b", "crm.example.com:99999999"):
        assert root(host) == "/rest/"
    base = http.send("GET", "/open-api/core", headers={"Authorization": ""})[1]
    assert base["servers"][0]["url"] == f"{http.server.url}/rest/"
    path = next(each for each in http.send("GET", "/open-api/core")[1]["paths"] if "open-api" not in each)
    assert http.send("GET", f"/rest{path}")[0] == 200


def test_browsers_and_probes_are_answered(http: Http) -> None:
    assert http.send("OPTIONS", "/rest/companies")[0] == 204
    status, body, headers = http.send("HEAD", "/rest/companies")
    assert (status, body, headers["content-type"]) == (200, None, "application/json; charset=utf-8")
    assert http.send("GET", "/rest/companies")[2]["access-control-allow-origin"] == "*"


def test_a_body_that_is_too_long_is_refused(http: Http) -> None:
    status, answer, _ = http.send("POST", "/rest/companies", b'{"name": "' + b"x" * 11 * 1024 * 1024 + b'"}')
    assert (status, answer["error"]) == (413, "Payload Too Large")


@pytest.mark.parametrize("query", ["filter=" + "not(" * 5000, "filter=" + "name[eq]:a," * 20_000, "limit=" + "9" * 400, "depth=1e999"])
def test_hostile_queries_are_refused_not_suffered(http: Http, query: str) -> None:
    assert http.send("GET", f"/rest/companies?{query}")[0] in (400, 414, 431)


def test_nothing_secret_is_in_the_log_and_a_stop_is_clean(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        http = Http(server)
        http.good("POST", "/rest/connectedAccounts", {"accessToken": SECRET})
        http.send("GET", "/rest/companies", headers={"Authorization": "Bearer icosa_mistyped"}, token=server.token)
        http.send("POST", "/rest/connectedAccounts", {"accessToken": [SECRET]})
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0
    log = server.log.read_text()
    assert f"{server.url}" in log
    assert not any(text in log for text in (SECRET, server.token, "icosa_mistyped", "Traceback"))
    assert SECRET.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())

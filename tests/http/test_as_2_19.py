"""A server that answers as Twenty 2.19, as its callers meet it."""

from collections.abc import Iterator

import pytest

from icosa.wire.version import TWENTY_2_19
from icosa.workspace.workspace import LARGE_BODY
from tests.http.conftest import Http
from tests.serving import icosa, serving

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Http]:
    with serving(tmp_path_factory.mktemp("newer"), options=("--workers", "2", "--rate-limit", "1000/s"), version=TWENTY_2_19) as server:
        yield Http(server)


def test_an_answer_that_is_at_hand_is_not_sent_again(newer: Http) -> None:
    made = newer.good("POST", "/rest/companies", {"name": "Analytical Engines"})
    path = f"/rest/companies/{made['id']}"
    tag = newer.send("GET", path)[2]["etag"]
    assert newer.send("GET", path, headers={"If-None-Match": f'"other", {tag}'})[:2] == (304, None)
    newer.good("PATCH", path, {"name": "Difference Engines"})
    assert newer.send("GET", path, headers={"If-None-Match": tag})[0] == 200


def test_a_form_is_read(newer: Http) -> None:
    made = newer.send("POST", "/rest/companies", b"name=Analytical+Engines&address%5BaddressCity%5D=Paris", headers=FORM)[1]
    assert made["data"]["createCompany"]["address"]["addressCity"] == "Paris"


def test_a_key_is_a_jwt_and_comes_in_the_header_alone(newer: Http) -> None:
    token = icosa("keys", "create", "A script", "--database", newer.server.database).stdout.strip()
    assert token.count(".") == 2
    assert newer.send("GET", "/rest/companies", headers={"Authorization": f"bearer {token}"})[0] == 200
    assert newer.send("GET", "/rest/companies", headers={"Authorization": ""}, token=token)[0] == 403
    icosa("keys", "revoke", "A script", "--database", newer.server.database)
    for _ in range(4):  # whichever process answers
        assert newer.send("GET", "/rest/companies", headers={"Authorization": f"Bearer {token}"})[0] == 403


def test_a_body_that_is_no_json_is_refused_before_the_key_is_looked_at_where_it_is_short(newer: Http) -> None:
    nobody = {"Authorization": ""}
    status, answer, _ = newer.send("POST", "/rest/companies", b"{", headers=nobody)
    assert (status, answer["error"], "messages" in answer) == (400, "Bad Request", False)
    assert newer.send("POST", "/rest/companies", b"{}", headers=nobody)[0] == 403
    assert newer.send("POST", "/rest/companies", b"{" + b" " * LARGE_BODY, headers=nobody)[0] == 403


def test_its_document_begins_where_it_is_asked(newer: Http) -> None:
    document = newer.send("GET", "/rest/open-api/core")[1]
    assert document["servers"][0]["url"] == f"{newer.server.url}/rest/"
    assert document["info"]["version"] == "2.19"
    assert "/restore/companies" in document["paths"]

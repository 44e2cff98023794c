"""HTTP as clients speak it, and as they should not."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import InvalidQuery
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.http.exchange import read_query
from icosa.workspace.http.limits import MB, Limits
from tests.http.fronts import Fronted, fronted
from tests.searched import ON_A_STORE


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fronted]:
    folder: Path = tmp_path_factory.mktemp("language")
    opened: Workspace = open_workspace(f"sqlite:///{folder}/crm.db")
    with fronted(opened, create_key(opened, "Test key", "9999-12-31T23:59:59.999Z")[1], Limits()) as running:
        yield running
    opened.close()


SERIES = (("GET /healthz", b"", 200), ("POST /rest/companies", b'{"name": "Acm\xc3\xa9"}', 201), ("GET /rest/nowhere", b"", 400))


@given(st.lists(st.sampled_from(SERIES), min_size=1, max_size=6), st.lists(st.integers(0, 1500), max_size=6))
@ON_A_STORE
def test_answers_come_in_order_however_requests_are_cut_into_pieces(
    front: Fronted, series: list[tuple[str, bytes, int]], cuts: list[int]
) -> None:
    sent = b"".join(front.head(line, f"Content-Length: {len(body)}") + body for line, body, _ in series)
    caller = front.connect()
    at = 0
    for cut in [*sorted(cuts), len(sent)]:
        caller.send(sent[at:cut])
        at = max(at, min(cut, len(sent)))
    assert [caller.answer()[0] for _ in series] == [status for _, _, status in series]
    caller.close()


def test_a_body_in_chunks_is_a_body(front: Fronted) -> None:
    head = front.head("POST /rest/companies", "Transfer-Encoding: chunked")
    status, _, answer = front.connect().send(head + b'9\r\n{"name": \r\n').send(b'7\r\n"Acme"}\r\n0\r\n\r\n').answer()
    assert (status, answer["data"]["createCompany"]["name"]) == (201, "Acme")


def test_a_body_that_nothing_is_done_with_is_passed_over(front: Fronted) -> None:
    caller = front.connect()
    for line in ("GET /healthz", "GET /rest/companies?limit=1", "DELETE /rest/companies/20202020-0000-4000-8000-000000000000"):
        status = caller.send(front.head(line, "Content-Length: 9")).send(b"not ").send(b"JSON!").answer()[0]
        assert status == (400 if line.startswith("DELETE") else 200)


def test_old_clients_and_those_that_say_goodbye_get_an_answer_and_its_end(front: Fronted) -> None:
    old = front.connect().send(b"GET /healthz HTTP/1.0\r\n\r\n")
    assert old.answer()[0] == 200
    assert old.ends()
    leaving = front.connect().send(front.head("GET /healthz", "Connection: close"))
    assert leaving.answer()[1]["connection"] == "close"
    assert leaving.ends()


def test_who_would_rather_speak_another_language_is_answered_in_this_one(front: Fronted) -> None:
    caller = front.connect().send(front.head("GET /healthz", "Upgrade: h2c", "Connection: Upgrade"))
    assert caller.answer()[0] == 200


def test_head_and_options_have_no_body_and_the_day_is_told(front: Fronted) -> None:
    caller = front.connect()
    status, headers, body = caller.send(front.head("HEAD /rest/companies")).answer(head_only=True)
    assert (status, body, int(headers["content-length"]) > 0) == (200, None, True)
    assert headers["date"].endswith(" GMT")
    asked = front.head("OPTIONS /rest/companies", "Access-Control-Request-Headers: authorization,x-locale", key=False)
    status, headers, _ = caller.send(asked).answer()
    assert (status, headers["access-control-allow-headers"]) == (204, "authorization,x-locale")
    refused = caller.send(front.head("GET /rest/companies", key=False)).answer()
    assert "Icosa-Error" in refused[1]["access-control-expose-headers"]


def test_an_answer_at_hand_is_not_sent_again(front: Fronted) -> None:
    caller = front.connect()
    etag = caller.send(front.head("GET /open-api/core")).answer()[1]["etag"]
    again = caller.send(front.head("GET /open-api/core", f"If-None-Match: {etag}")).answer()
    assert (again[0], again[2]) == (304, None)
    assert caller.send(front.head("GET /healthz")).answer()[0] == 200


@pytest.mark.parametrize("name", ['Say "x"', "<b>", "Café 🥐", "a{b}|c^`"])
def test_a_url_as_somebody_typed_it_is_read(front: Fronted, name: str) -> None:
    caller = front.connect()
    caller.send(front.post(json.dumps({"name": name}).encode())).answer()
    written = name.replace('"', '\\"').replace(" ", "%20")
    status, _, answer = (
        caller.send(f'GET /rest/companies?filter=name[eq]:"{written}"&limit=1 HTTP/1.1\r\n'.encode())
        .send(front.head("X")[len(b"X HTTP/1.1\r\n") :])
        .answer()
    )
    assert status == 200, answer
    assert [each["name"] for each in answer["data"]["companies"]] == [name]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"GET /rest/companies?filter=name[eq]:a b HTTP/1.1\r\n\r\n", "%20"),
        (b"\x16\x03\x01\x02\x00\x01\x00", "no HTTP request"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "no HTTP request"),
        (b"POST /rest/companies HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", "no HTTP request"),
        (b"POST /rest/companies HTTP/1.1\r\nContent-Length: -3\r\n\r\nabc", "no HTTP request"),
    ],
    ids=["a blank in a URL", "TLS", "HTTP/2", "two lengths", "a length below nothing"],
)
def test_what_is_no_request_is_refused_with_a_reason(front: Fronted, sent: bytes, words: str) -> None:
    caller = front.connect().send(sent)
    status, _, answer = caller.answer()
    assert (status, answer["statusCode"]) == (400, 400)
    assert words in answer["message"]


def test_bytes_that_are_no_text_are_refused_by_their_place() -> None:
    """Over another server, which hands on what it got.  Here, such a byte is read as its %XX, and that is no text either."""
    with pytest.raises(InvalidQuery, match="0xff, at 8"):
        read_query(b"filter=\xff")


@pytest.mark.parametrize(("encoding", "packed"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)])
def test_a_packed_body_is_read(front: Fronted, encoding: str, packed: "type[bytes]") -> None:
    sent = front.post(packed(b'{"name": "Packed"}'), f"Content-Encoding: {encoding}")
    status, _, answer = front.connect().send(sent).answer()
    assert (status, answer["data"]["createCompany"]["name"]) == (201, "Packed")


@pytest.mark.parametrize(
    ("encoding", "body", "status", "words"),
    [
        ("br", b"anything", 415, "gzip or deflate"),
        ("gzip", b'{"name": "plain"}', 400, "not gzip"),
        ("gzip", gzip.compress(b'{"name": "cut"}')[:-5], 400, "ends too early"),
        ("gzip", gzip.compress(b" " * (11 * MB)), 413, "longer than 10 MB"),
    ],
    ids=["another encoding", "not packed", "cut short", "unfolds beyond the limit"],
)
def test_one_that_cannot_be_is_refused_with_the_reason(front: Fronted, encoding: str, body: bytes, status: int, words: str) -> None:
    got, _, answer = front.connect().send(front.post(body, f"Content-Encoding: {encoding}")).answer()
    assert got == status
    assert words in answer["message"]

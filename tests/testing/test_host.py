"""The server under test speaks HTTP as clients in any language do, and ends when a test does."""

import http.client
import json
import socket
import threading
from urllib.parse import urlsplit

import pytest

from icosa.testing import Server, Slow
from icosa.workspace.http.limits import MAX_BODY_BYTES


@pytest.fixture
def connection(icosa_server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(icosa_server.url).netloc, timeout=10)


@pytest.fixture
def headers(icosa_server: Server) -> dict[str, str]:
    return {"Authorization": f"Bearer {icosa_server.token}", "Content-Type": "application/json"}


def spoken(server: Server, text: bytes) -> bytes:
    """What comes back over a bare socket until the server hangs up."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as bare:
        bare.sendall(text)
        said = b""
        while part := bare.recv(65_536):
            said += part
    return said


def test_a_connection_is_used_again(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    for number in range(3):
        connection.request("POST", "/rest/companies", json.dumps({"name": f"Company {number}"}), headers)
        first = connection.sock
        answer = connection.getresponse()
        assert (answer.status, json.load(answer)["data"]["createCompany"]["name"]) == (201, f"Company {number}")
        assert connection.sock is first
    connection.close()


def test_a_body_may_come_in_pieces(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    pieces = iter([b'{"name": ', b'"Engines"', b"}"])
    connection.request("POST", "/rest/companies", pieces, headers, encode_chunked=True)
    assert json.load(connection.getresponse())["data"]["createCompany"]["name"] == "Engines"
    connection.close()


def test_who_asks_before_sending_a_body_is_told_to_go_on(icosa_server: Server) -> None:
    body = b'{"name": "Engines"}'
    head = (
        f"POST /rest/companies HTTP/1.1\r\nHost: here\r\nConnection: close\r\nExpect: 100-continue\r\n"
        f"Authorization: Bearer {icosa_server.token}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    said = spoken(icosa_server, head.encode() + body)
    assert b" 201 " in said
    assert icosa_server.faultless.companies.find_many().total_count == 1


def test_nothing_but_http_is_answered(icosa_server: Server) -> None:
    assert b"200" not in spoken(icosa_server, b"\x16\x03\x01 this is no HTTP\r\n\r\n")


def test_a_head_has_no_body_and_says_how_long_it_would_be(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    connection.request("HEAD", "/rest/companies", headers=headers)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.request("GET", "/healthz")
    assert json.load(connection.getresponse()) == {"status": "ok"}
    connection.close()


def test_a_body_that_is_too_long_is_refused(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    connection.request("POST", "/rest/companies", b" " * (MAX_BODY_BYTES + 1), headers)
    assert connection.getresponse().status == 413
    connection.close()


def test_paths_and_filters_arrive_as_they_were_meant(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    connection.request("POST", "/rest/companies", json.dumps({"name": "Løvås & Sønn"}), headers)
    connection.getresponse().read()
    connection.request("GET", "/rest/%63ompanies?filter=name[eq]:%22L%C3%B8v%C3%A5s%20%26%20S%C3%B8nn%22", headers=headers)
    assert json.load(connection.getresponse())["totalCount"] == 1
    connection.close()


def test_many_at_once_are_all_answered(icosa_server: Server, headers: dict[str, str]) -> None:
    def create(number: int) -> None:
        own = http.client.HTTPConnection(urlsplit(icosa_server.url).netloc, timeout=30)
        own.request("POST", "/rest/companies", json.dumps({"name": f"Company {number}"}), headers)
        assert own.getresponse().status == 201
        own.close()

    threads = [threading.Thread(target=create, args=(number,)) for number in range(30)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert icosa_server.faultless.companies.find_many(limit=1).total_count == 30


def test_what_is_still_being_answered_ends_with_the_test(icosa_server: Server, headers: dict[str, str]) -> None:
    icosa_server.faults.use(Slow(3600))
    own = http.client.HTTPConnection(urlsplit(icosa_server.url).netloc, timeout=30)
    own.request("GET", "/rest/companies", headers=headers)
    while not icosa_server.faults.log:  # it has not arrived
        pass
    icosa_server.settle()
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        own.getresponse()
    own.close()

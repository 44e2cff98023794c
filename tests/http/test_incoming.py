"""What has been read of one request says nothing about the next on its connection."""

from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.http.incoming import Arrived, Incoming
from icosa.workspace.http.limits import Limits
from tests.searched import AT_LENGTH

KEYS = ("", "Bearer icosa_one", "Bearer icosa_two", "bearer  icosa_one ", "Bearer ", "Basic YWRhOmFkYQ==")
QUERIES = ("", "?depth=0", "?token=icosa_three", "?depth=0&token=icosa_one", "?filter=%FF", "?filter=city[eq]:Ly%C3%B6n")
HEADERS = ("", "If-None-Match: W/abc\r\n", "User-Agent: ada\r\nX-Other: 1\r\n", "content-encoding: gzip\r\nContent-Length: 2\r\n")
REQUESTS = st.tuples(
    st.sampled_from(["GET", "HEAD", "POST", "PROPFIND"]),
    st.sampled_from(["/rest/people/1", "/rest/people/2", "/healthz"]),
    st.sampled_from(QUERIES),
    st.sampled_from(KEYS),
    st.sampled_from(HEADERS),
)


def written(request: tuple[str, str, str, str, str]) -> bytes:
    method, path, query, key, headers = request
    asks = f"Authorization: {key}\r\n" if key else ""
    body = "{}" if "Content-Length" in headers else ""
    return f"{method} {path}{query} HTTP/1.1\r\nHost: crm.example.com\r\n{asks}{headers}\r\n{body}".encode()


def read(*requests: bytes) -> list[Arrived]:
    arrived: list[Arrived] = []
    incoming = Incoming(Limits(), arrived.append)
    for each in requests:
        assert incoming.feed(each) is None
    return arrived


@AT_LENGTH
@given(st.lists(REQUESTS, min_size=1, max_size=6))
def test_requests_on_one_connection_are_read_as_each_would_be_on_its_own(requests: list[tuple[str, str, str, str, str]]) -> None:
    sent = [written(each) for each in requests]
    together = read(*sent)
    assert together == [one for each in sent for one in read(each)]
    assert [each.request.method for each in together] == ["GET" if method == "HEAD" else method for method, *_ in requests]

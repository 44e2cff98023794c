"""What goes wrong between here and a server, each with its own error that says how to mend it."""

import socket
import threading
import traceback
from collections.abc import Iterator

import pytest

import icosa
from icosa import errors
from icosa.catalogue.standard import STANDARD
from tests.client.scripted import KEY, Asked, Reply, scripted

PAGE = {"data": {"people": []}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 0}
ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def failing(reply: Reply) -> icosa.IcosaError:
    """The error that a find many ends with; whatever it is, the key is nowhere in it."""
    with (
        scripted(reply) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(icosa.IcosaError) as caught,
    ):
        crm.people.find_many()
    assert KEY not in "".join(traceback.format_exception(caught.value, chain=True))
    assert KEY not in repr(caught.value)
    return caught.value


@pytest.fixture
def refused_port() -> Iterator[int]:
    """A port that is taken, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_server_that_is_not_there_is_unreachable(refused_port: int) -> None:
    url = f"http://127.0.0.1:{refused_port}"
    with (
        icosa.connect(url, token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(icosa.Unreachable, match=f"{url} cannot be reached: nobody listens") as caught,
    ):
        crm.people.find_many()
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_host_that_nobody_knows_is_unreachable() -> None:
    with (
        icosa.connect("http://crm.invalid", token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(icosa.Unreachable, match=r"http://crm\.invalid cannot be reached"),
    ):
        crm.people.find_many()


def test_plain_http_where_tls_was_asked_for_is_said() -> None:
    with (
        scripted(Reply(PAGE)) as server,
        icosa.connect(server.url.replace("http:", "https:"), token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(icosa.Unreachable, match="write http:// in its address"),
    ):
        crm.people.find_many()


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_a_server_that_does_not_answer_in_time_times_out(write: bool) -> None:
    done = threading.Event()

    def late(_: Asked) -> Reply:
        done.wait(30)
        return Reply(PAGE)

    with scripted(late) as server, icosa.connect(server.url, token=KEY, timeout=0.2, catalogue=STANDARD, retries=0) as crm:
        with pytest.raises(icosa.TimedOut, match=r"within 0\.2 seconds") as caught:
            crm.people.create_one(city="Paris") if write else crm.people.find_many()
        done.set()
    assert ("look before you send it again" in str(caught.value)) == write
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_server_that_hangs_up_is_unreachable() -> None:
    error = failing(Reply(status=None))
    assert isinstance(error, icosa.Unreachable)
    assert "closed the connection without an answer" in str(error)


def test_an_answer_that_breaks_off_is_unreadable() -> None:
    error = failing(Reply(b'{"data":{"peop', length=1000))
    assert isinstance(error, icosa.UnreadableAnswer)
    assert "broke off after 14 bytes" in str(error)


@pytest.mark.parametrize("body", [b"<html><h1>Bad Gateway</h1></html>", b"", b'{"statusCode":500,"messages":["No data sources found"]}'])
@pytest.mark.parametrize("status", [500, 502, 504])
def test_5xx_is_the_servers_own_failure(status: int, body: bytes) -> None:
    error = failing(Reply(body, status, "text/html"))
    assert isinstance(error, icosa.ServerBroken)
    assert f"status {status}" in str(error)
    assert "Try again later" in str(error)


def test_503_says_that_the_server_is_overloaded() -> None:
    assert isinstance(failing(Reply(b"", 503)), icosa.Overloaded)


def test_5xx_for_a_write_says_that_it_may_be_done() -> None:
    with (
        scripted(Reply(b"", 500)) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(icosa.ServerBroken, match="look first whether it did what was asked"),
    ):
        crm.people.create_one(city="Paris")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(b"<html><title>Log in</title></html>", 200, "text/html"), 'answered 200 (text/html) with a body that begins with "<html>'),
        (Reply(b"", 200), "with a body that is empty, not JSON"),
        (Reply(b'{"data": {"people"', 200), "not JSON"),
        (Reply(b"\xff\xfe", 200), "not JSON"),
        (Reply({"hello": "world"}), 'has no "data"'),
        (Reply({"data": {"companies": []}}), 'has no "people"'),
        (Reply({"data": {"people": {}}}), "data.people should be a list"),
        (Reply([]), "the answer should be an object"),
        (Reply(b"Not found", 404, "text/plain"), "answered 404 (text/plain)"),
        (Reply({"statusCode": 404, "message": "Cannot GET /rest/people", "error": "Not Found"}, 404), "answered 404"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_answer_that_is_none_is_unreadable(reply: Reply, says: str) -> None:
    error = failing(reply)
    assert isinstance(error, icosa.UnreadableAnswer)
    assert says in str(error)
    assert "Check that the address is that of a Twenty or Icosa workspace" in str(error)


@pytest.mark.parametrize(
    ("status", "name", "text", "kind"),
    [
        (403, "FORBIDDEN_EXCEPTION", "Missing authentication token", icosa.MissingKey),
        (401, "UNAUTHENTICATED", "No payload", icosa.InvalidKey),
        (401, "UNAUTHENTICATED", "Token invalid.", icosa.InvalidKey),
        (401, "UNAUTHENTICATED", "Token has expired.", icosa.ExpiredKey),
        (403, "FORBIDDEN_EXCEPTION", "This API Key is revoked", icosa.RevokedKey),
        (401, "WORKSPACE_NOT_FOUND", "Workspace not found", icosa.InvalidKey),
        (403, "FORBIDDEN_EXCEPTION", "Forbidden resource", icosa.Forbidden),
    ],
)
def test_a_key_that_twenty_refuses_is_refused_with_advice(status: int, name: str, text: str, kind: type[icosa.IcosaError]) -> None:
    error = failing(Reply({"statusCode": status, "messages": [text], "error": name}, status, "application/json"))
    assert type(error) is kind
    assert error.exit_code == 3
    assert str(error).startswith(text)
    assert len(str(error)) > len(text) + 20


def test_a_rate_limit_says_how_long_to_wait() -> None:
    error = failing(Reply({"statusCode": 429, "messages": ["Too many requests"]}, 429, headers={"Retry-After": "17"}))
    assert isinstance(error, icosa.RateLimited)
    assert "Wait 17 seconds" in str(error)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Record not found", icosa.NotFound),
        (f'Could not find any entity of type "person" matching: {{"where": {{"id": "{ID}"}}}}', icosa.NotFound),
        ("Record already exists", icosa.RecordExists),
        ('duplicate key value violates unique constraint "IDX_UNIQUE_87914cd3ce963115f8cb943e2ac"', icosa.ValueTaken),
        ('insert or update on table "person" violates foreign key constraint "FK_ee066ddacfce46c9a7cb90edd1a"', icosa.BrokenLink),
        ('Field metadata for field "foo" is missing in object metadata', icosa.UnknownField),
        ("object 'foo' not found. eg: companies", icosa.UnknownObject),
        ("Invalid cursor: abc", icosa.InvalidQuery),
        ("something new", icosa.InvalidInput),
    ],
)
def test_what_twenty_says_with_400_becomes_its_own_error(text: str, kind: type[icosa.IcosaError]) -> None:
    reply = Reply({"statusCode": 400, "error": "BadRequestException", "messages": [text]}, 400)
    with (
        scripted(reply) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(kind) as caught,
    ):
        crm.people.update_one(ID, city="Paris")
    assert type(caught.value) is kind
    if kind is icosa.NotFound:
        assert str(caught.value).startswith(f"Id: there is no Person with the id {ID}")


def test_a_server_that_repeats_the_key_does_not_make_us_show_it() -> None:
    echo = f"Authorization: Bearer {KEY}"
    for reply in (
        Reply(echo.encode(), 200, "text/plain"),
        Reply({"messages": [echo]}, 400),
        Reply({"messages": [echo]}, 500),
        Reply({"messages": [echo]}, 401),
        Reply({"data": {echo: 1}}, 200),
        Reply({"data": {"people": echo}}, 200),
        Reply(b"", 302, headers={"Location": f"http://other.example.com/?token={KEY}"}),
    ):
        failing(reply)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_does_not_get_the_key(status: int) -> None:
    with scripted(Reply(PAGE)) as other:
        elsewhere = f"http://localhost:{other.port}/rest/people"
        error = failing(Reply(b"", status, headers={"Location": elsewhere}))
        assert isinstance(error, icosa.UnreadableAnswer)
        assert f"sends on to http://localhost:{other.port}; the API key was not sent there" in str(error)
        assert other.asked == []


def test_a_redirect_to_another_port_of_the_host_does_not_get_the_key() -> None:
    with scripted(Reply(PAGE)) as other:
        assert isinstance(failing(Reply(b"", 307, headers={"Location": f"{other.url}/rest/people"})), icosa.UnreadableAnswer)
        assert other.asked == []


def test_a_redirect_on_the_same_server_is_followed() -> None:
    def reply(asked: Asked) -> Reply:
        return Reply(PAGE) if asked.target.startswith("/moved") else Reply(b"", 308, headers={"Location": "/moved" + asked.target})

    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm:
        assert crm.people.find_many().total_count == 0
        assert [each.headers["Authorization"] for each in server.asked] == [f"Bearer {KEY}"] * 2


def test_a_write_is_not_turned_into_a_read_by_a_redirect() -> None:
    with (
        scripted(Reply(b"", 301, headers={"Location": "/rest/people/"})) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm,
    ):
        with pytest.raises(icosa.UnreadableAnswer, match="would lose what was to be written"):
            crm.people.create_one(city="Paris")
        assert len(server.asked) == 1


def test_redirects_in_circles_end() -> None:
    error = failing(Reply(b"", 307, headers={"Location": "/rest/people"}))
    assert "in circles" in str(error)


def test_every_error_is_public() -> None:
    kinds = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.IcosaError)}
    assert {each.__name__ for each in kinds} <= set(icosa.__all__)

"""Who gets to a page, and what no page of somebody else's can do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import pytest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from icosa.errors import InvalidValue, NotFound, Overloaded
from icosa.surfaces.console.app import ROOMS
from icosa.surfaces.console.guard import POLICY, local_path
from icosa.surfaces.console.longest_body import LongestBody
from icosa.surfaces.console.submitted import FormRoute, submitted
from icosa.workspace.store.statement import Statement, Statements
from tests.console.served.visiting import OWN, Console

Open = Callable[..., Console]

FORM = (b"content-type", b"application/x-www-form-urlencoded")
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:3000"},
    {"Origin": "https://evil.example.com"},
    {"Origin": "http://127.0.0.1:3001"},
    {"Origin": "https://127.0.0.1:3000"},
    {"Origin": "null"},
    {},
]


@pytest.mark.parametrize("said", ELSEWHERE, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_write_that_another_page_asks_for_is_refused(console: Console, said: dict[str, str], method: str) -> None:
    answer = console.signed_in().request(method, "/sign-out", headers=said)
    assert answer.status_code == 403
    assert "Nothing was done" in answer.text


@pytest.mark.parametrize("said", [OWN, {"Origin": "http://127.0.0.1:3000"}], ids=str)
def test_one_that_our_own_page_asks_for_is_done(console: Console, said: dict[str, str]) -> None:
    browser = console.signed_in()
    assert browser.post("/sign-out", headers=said).status_code == 303
    assert browser.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "host", ["evil.example.com", "evil.example.com:3000", "localhost.evil.example.com", "127.0.0.1.example.com", "", "a b"]
)
def test_a_name_that_leads_here_by_somebody_elses_doing_is_not_answered(console: Console, host: str) -> None:
    for path in ("/", "/sign-in", "/static/icosa.css"):
        answer = console.signed_in().get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert "--public-url" in answer.text


@pytest.mark.parametrize("host", ["localhost:3000", "127.0.0.1", "[::1]:3000", "icosa.localhost", "192.0.2.7:8080", "LOCALHOST"])
def test_names_of_this_machine_and_addresses_are(console: Console, host: str) -> None:
    assert console.browser().get("/sign-in", headers={"Host": host}).status_code == 200


def test_so_is_the_name_that_is_listened_at_and_the_one_of_the_proxy(open_console: Open) -> None:
    console = open_console("http://crm.lan:3000", "https://crm.example.com")
    for host in ("crm.lan:3000", "crm.example.com"):
        assert console.browser().get("/sign-in", headers={"Host": host}).status_code == 200


def test_who_has_not_signed_in_is_sent_there_and_comes_back(console: Console) -> None:
    browser = console.browser()
    answer = browser.get("/browse/people?filter=a&limit=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/browse/people%3Ffilter%3Da%26limit%3D2")
    page = browser.get(answer.headers["location"])
    assert 'value="/browse/people?filter=a&amp;limit=2"' in page.text
    sent = browser.post("/sign-in", data={"key": console.key(), "next": "/browse/people?filter=a&limit=2"}, headers=OWN)
    assert (sent.status_code, sent.headers["location"]) == (303, "/browse/people?filter=a&limit=2")


def test_a_form_of_who_is_not_signed_in_any_more_is_kept_on_a_page_of_theirs(console: Console) -> None:
    browser = console.browser()
    files = {"file": ("people.csv", b"email")}
    kept = browser.post("/browse/people/new?a=1", data={"name": "<b>Ada", "tags": ["x", "y"]}, files=files, headers=OWN)
    assert kept.status_code == 401
    for text in ('action="/browse/people/new?a=1"', "&lt;b&gt;Ada", "people.csv"):
        assert text in kept.text
    assert kept.text.count('<textarea name="tags" hidden>') == 2


@pytest.mark.parametrize(
    "sent",
    [{"data": {"text": "x" * 300_000}}, {"data": {}}, {"json": {"name": "Ada"}}, {"files": {"file": ("people.csv", b"email")}}],
    ids=["too long", "empty", "no form", "a file alone"],
)
def test_what_is_no_form_that_can_be_kept_leads_to_signing_in(console: Console, sent: dict[str, Any]) -> None:
    answer = console.browser().post("/browse/people/new", headers=OWN, **sent)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


def test_a_program_that_asks_for_json_is_told_that_nothing_is_there(console: Console) -> None:
    answer = console.browser().get("/nowhere", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (404, {"statusCode": 404, "message": "Cannot GET /nowhere", "error": "Not Found"})
    for accept in ("*/*", "text/html,application/json;q=0.9", ""):
        assert console.browser().get("/nowhere", headers={"Accept": accept}).status_code == 303


def test_a_part_of_a_page_takes_the_whole_page_there(console: Console) -> None:
    said = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:3000/browse/people?limit=2"}
    answer = console.browser().get("/browse/people/rows", headers=said)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/browse/people%3Flimit%3D2")


@pytest.mark.parametrize(
    "where",
    ["https://evil.example.com", "//evil.example.com", "/\\evil.example.com", "\\\\evil", "/\t/evil", "javascript:alert(1)", "", "browse"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(console: Console, where: str) -> None:
    assert local_path(where) == "/"
    sent = console.browser().post("/sign-in", data={"key": console.key(), "next": where}, headers=OWN)
    assert sent.headers["location"] == "/"


def test_every_answer_says_what_a_page_may_do(console: Console) -> None:
    answers = [console.browser().get(path) for path in ("/", "/sign-in", "/static/none.css", "/nowhere")]
    answers += [
        console.signed_in().get("/nowhere"),
        console.browser().post("/sign-in"),
        console.signed_in("Bo").get("/", headers={"Host": "x.y"}),
    ]
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "same-origin")
        assert not any(name.startswith("access-control") for name in answer.headers)
        assert answer.status_code >= 400 or "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("listens", "public_url", "name", "secure"),
    [
        ("http://127.0.0.1:3000", None, "icosa-3000", False),
        ("https://127.0.0.1:8443", None, "__Host-icosa-8443", True),
        ("http://127.0.0.1:3000", "https://crm.example.com", "__Host-icosa-3000", True),
        ("unix:/run/icosa.sock", "https://crm.example.com", "__Host-icosa", True),
    ],
)
def test_the_cookie_is_for_the_server_alone(open_console: Open, listens: str, public_url: str | None, name: str, secure: bool) -> None:
    console = open_console(listens, public_url)
    answer = console.browser().post("/sign-in", data={"key": console.key()}, headers=OWN)
    first, *said = answer.headers["set-cookie"].split("; ")
    assert first.startswith(f"{name}=")
    assert set(said) == {"HttpOnly", "Path=/", "SameSite=lax"} | ({"Secure"} if secure else set())


def test_a_session_ends_with_its_key_at_once(console: Console) -> None:
    ada, bo = console.signed_in("Ada"), console.signed_in("Bo")
    assert (ada.get("/nowhere").status_code, bo.get("/nowhere").status_code) == (404, 404)
    console.revoke("Ada")
    assert (ada.get("/nowhere").status_code, bo.get("/nowhere").status_code) == (303, 404)


def test_a_session_that_was_left_opens_nothing_to_who_kept_its_cookie(console: Console) -> None:
    browser = console.signed_in()
    stolen = dict(browser.cookies)
    browser.post("/sign-out", headers=OWN)
    thief = console.browser()
    thief.cookies.update(stolen)
    assert thief.get("/nowhere").status_code == 303


def test_no_get_writes(console: Console) -> None:
    """Of every page that needs no more than its address; nothing of the workspace changes, and no run is begun."""
    browser = console.signed_in()
    console.browser().get(f"/sign-in/{console.site.sessions.invite()}")
    paths = [each.path for each in console.app.routes if isinstance(each, Route) and "{" not in each.path and "GET" in (each.methods or ())]

    def events() -> Statements[int]:
        return int((yield Statement("SELECT count(*) FROM icosa_outbox"))[0][0])

    before = console.site.workspace.store.read(events)
    assert "/sign-in" in paths
    for path in paths:
        assert browser.get(path).status_code < 500, path
    assert console.site.workspace.store.read(events) == before


def _added(console: Console, page: Callable[[Request], Response], **more: object) -> None:
    console.app.router.routes += [Route("/tried", page), FormRoute("/tried", page, **more)]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound("no person has the id 7; look for it"), 404, "record_not_found"),
        (InvalidValue("limit", "is no number"), 422, "invalid_value"),
    ],
    ids=["not found", "invalid"],
)
def test_an_error_is_a_page_that_says_what_and_why(console: Console, error: Exception, status: int, code: str) -> None:
    def page(_: Request) -> Response:
        raise error

    _added(console, page)
    answer = console.signed_in().get("/tried")
    assert answer.status_code == status
    assert str(error) in answer.text
    assert code in answer.text


NOBODY = "019ca8a0-0000-4d67-8341-6bd148fedb2d"
NOT_THERE = {
    f"/browse/people/{NOBODY}": "record", "/browse/people/7": "record", f"/browse/people/{NOBODY}/facts/city": "record",
    "/browse/nothing": "object", "/objects/nothing": "object", "/runs/nothing": "run", "/chains/nothing": "chain",
    "/imports/nothing/map": "import", "/nowhere": "page",
}  # fmt: skip


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_called_what_it_is(console: Console, path: str) -> None:
    answer = console.signed_in().get(path)
    assert answer.status_code == 404
    assert f"<h1>There is no such {NOT_THERE[path]}</h1>" in answer.text


def test_a_mistake_of_ours_is_one_that_says_nothing_of_it(console: Console, caplog: pytest.LogCaptureFixture) -> None:
    def page(_: Request) -> Response:
        raise KeyError("Fredegunde")

    _added(console, page)
    caplog.set_level(logging.DEBUG)
    answer = console.signed_in().get("/tried?name=Fredegunde")
    assert answer.status_code == 500
    assert "KeyError" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    said = [each.getMessage() for each in caplog.records if each.name == "icosa"]
    assert len(said) == 1
    assert said[0].startswith("GET /tried failed with KeyError")


def test_a_form_that_is_too_long_is_refused_and_a_page_may_take_more(console: Console) -> None:
    def page(request: Request) -> Response:
        return PlainTextResponse(str(len(str(submitted(request)["text"]))))

    _added(console, page)
    browser = console.signed_in()
    assert browser.post("/tried", data={"text": "x" * 900_000}, headers=OWN).text == "900000"
    answer = browser.post("/tried", data={"text": "x" * 1_100_000}, headers=OWN)
    assert answer.status_code == 413
    assert "longer than the 1 MB" in answer.text


def test_a_page_may_take_more(console: Console) -> None:
    def page(request: Request) -> Response:
        return PlainTextResponse(str(submitted(request)["file"].size))  # type: ignore[union-attr]

    _added(console, page, middleware=[Middleware(LongestBody, size=2_000_000)])
    browser = console.signed_in()
    assert browser.post("/tried", files={"file": b"x" * 1_500_000}, headers=OWN).text == "1500000"
    assert browser.post("/tried", files={"file": b"x" * 2_000_000}, headers=OWN).status_code == 413


def test_who_signs_in_over_plain_http_is_told_who_can_hear_it(open_console: Open) -> None:
    console = open_console("http://192.0.2.7:3000")
    assert "plain HTTP" in console.browser().get("/sign-in").text
    assert "plain HTTP" not in console.browser("http://127.0.0.1:3000").get("/sign-in").text


@pytest.mark.parametrize("said", [{"HX-Request": "true", "HX-Current-URL": "http://["}, {"Referer": "http://["}], ids=["htmx", "referer"])
def test_an_address_that_is_none_leads_to_the_start(console: Console, said: dict[str, str]) -> None:
    answer = console.browser().get("/runs", headers=said)
    assert answer.headers.get("hx-redirect", "/sign-in").startswith("/sign-in")
    assert answer.status_code in (303, 401)


@pytest.mark.parametrize(("error", "status"), [(Overloaded("the database is busy"), 503), (KeyError("Fredegunde"), 500)], ids=str)
def test_who_cannot_be_looked_up_is_told_so_on_a_page(
    console: Console, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    async def fails(_: str) -> None:
        raise error

    browser = console.signed_in()
    monkeypatch.setattr(console.site.sessions, "visitor", fails)
    answer = browser.get("/runs")
    assert (answer.status_code, answer.headers["content-security-policy"]) == (status, POLICY)
    assert "Fredegunde" not in answer.text


def test_an_address_that_ends_in_a_slash_leads_on_as_people_reach_the_console(open_console: Open) -> None:
    console = open_console("http://127.0.0.1:3000", "https://crm.example.com")
    assert console.signed_in().get("/runs/").headers["location"] == "https://crm.example.com/runs"


def test_forms_that_come_slowly_keep_no_page_from_others(console: Console) -> None:
    """More of them than there are threads for pages: what they are waited for takes none."""

    async def visit(method: str, receive: Callable[[], Awaitable[dict[str, object]]]) -> int:
        seen: list[int] = []

        async def send(message: MutableMapping[str, object]) -> None:
            seen.append(cast(int, message.get("status", 0)))

        headers = [
            (b"host", b"127.0.0.1:3000"),
            (b"sec-fetch-site", b"same-origin"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ]
        about = {"method": method, "path": "/sign-in", "raw_path": b"/sign-in", "query_string": b"", "root_path": "", "scheme": "http"}
        await console.app({"type": "http", "http_version": "1.1", "headers": headers, **about}, receive, send)
        return seen[0]

    async def all_of_them() -> tuple[int, int]:
        whole, reading = asyncio.Event(), asyncio.Semaphore(0)

        async def slowly() -> dict[str, object]:
            reading.release()
            await whole.wait()
            return {"type": "http.request", "body": b"key=none"}

        async def at_once() -> dict[str, object]:
            return {"type": "http.request", "body": b""}

        slow = [asyncio.create_task(visit("POST", slowly)) for _ in range(60)]
        for _ in slow:
            await reading.acquire()
        looked = await visit("GET", at_once)
        whole.set()
        return looked, sum(each == 422 for each in await asyncio.gather(*slow))

    assert asyncio.run(all_of_them()) == (200, 60)


def test_every_page_that_a_form_is_sent_to_reads_it_first() -> None:
    writing = {each.path for room in ROOMS for each in room if isinstance(each, Route) and {"POST", "PUT"} & (each.methods or set())}
    first = {each.path for room in ROOMS for each in room if isinstance(each, FormRoute)}
    assert writing - first == {"/chains/{name}/delete"}  # it takes no form

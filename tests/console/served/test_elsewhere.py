"""The console over a server elsewhere, as `icosa console` shows it: its pages, and what a key may not do there."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import icosa
from icosa.client.credentials.resolving import resolve
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.remote import RemoteSite
from icosa.wire.version import TWENTY_2_19
from tests.console.served.visiting import OWN
from tests.serving import Server, serving
from tests.serving import icosa as shell

Come = Callable[..., TestClient]
LISTENS = "http://127.0.0.1:3000"
PART = {"HX-Request": "true", "HX-Request-Type": "partial", **OWN}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("elsewhere"), options=["--no-console"]) as found:
        yield found


@pytest.fixture(scope="module")
def person(server: Server) -> str:
    """The id of somebody who is there."""
    with icosa.connect(server.url, server.token) as crm:
        company = crm.companies.create_one(name="Analytical Engines")["id"]
        return str(crm.people.create_one(name={"firstName": "Ada"}, city="London", company_id=company)["id"])


@pytest.fixture
def come(server: Server) -> Iterator[Come]:
    """Lets somebody come to the console of that server with a key to it, the server's own or another."""
    with ExitStack() as stack:

        def come_(token: str = server.token) -> TestClient:
            site = RemoteSite(resolve(server.url, token), Door(LISTENS))
            stack.callback(site.close)
            browser = TestClient(console(site), base_url=LISTENS, headers=dict(OWN), follow_redirects=False)
            assert browser.post(f"/sign-in/{site.sessions.invite()}").status_code == 303
            return browser

        yield come_


@pytest.mark.parametrize(
    "path",
    [
        "/", "/run", "/run/companies/create-one", "/chains", "/browse", "/browse/people", "/board/opportunities", "/search?q=Ada",
        "/imports", "/exports?object=people", "/runs", "/keys", "/health", "/objects", "/objects/people", "/find?q=people",
    ],
)  # fmt: skip
def test_its_pages_are_there(server: Server, come: Come, person: str, path: str) -> None:
    answer = come().get(path)
    assert (answer.status_code, server.token in answer.text) == (200, False)


def test_a_table_shows_what_is_there_now(come: Come, person: str) -> None:
    browser = come()
    assert "Analytical Engines" in browser.get("/browse/people").text
    at = f"/browse/people/{person}/cell/city"
    was = re.search(r'name="was" value="(\w+)"', browser.get(at, headers=PART).text)
    assert was
    assert browser.put(at, data={"city": "Turin", "was": was[1]}, headers=PART).status_code == 200
    assert "Turin" in browser.get("/browse/people").text
    assert browser.put(at, data={"city": "Rome", "was": was[1]}, headers=PART).status_code == 409


def test_who_only_reads_there_sees_nothing_that_writes(server: Server, come: Come, person: str) -> None:
    token = shell("keys", "create", "Reader", "--read-only", "--database", server.database).stdout.strip()
    reader, writer = come(token), come()
    for path, offer in {"/browse/people": "New person", f"/browse/people/{person}": "Edit City", "/browse/companies": "data-edits"}.items():
        assert offer in writer.get(path).text
        assert offer not in reader.get(path).text
    assert "only reads" in reader.get("/").text
    assert reader.get("/imports").status_code == 403
    assert reader.put(f"/browse/people/{person}/cell/city", data={"city": "Rome"}, headers=PART).status_code == 403


def test_a_field_that_is_made_there_is_known_here_at_once(tmp_path: Path) -> None:
    with serving(tmp_path, options=["--no-console"], version=TWENTY_2_19) as server, ExitStack() as stack:

        def come(token: str) -> TestClient:
            site = RemoteSite(resolve(server.url, token), Door(LISTENS))
            stack.callback(site.close)
            browser = TestClient(console(site), base_url=LISTENS, headers=dict(OWN))
            browser.post(f"/sign-in/{site.sessions.invite()}")
            return browser

        browser = come(server.token)
        assert "Nickname" not in browser.get("/objects/people").text
        made = browser.post("/objects/people/new-field?type=TEXT", data={"label": "Nickname"})
        assert "Nickname is a field of People now." in made.text
        assert '<th scope="row">Nickname</th>' in made.text
        assert "Nickname" in browser.get("/run/people/create-one").text
        assert "already used" in browser.post("/objects/people/new-field?type=TEXT", data={"label": "Nickname"}).text
        assert "is no field of People any more" in browser.post("/objects/people/fields/nickname/delete").text
        assert "Nickname" not in browser.get("/run/people/create-one").text
        token = shell("keys", "create", "Reader", "--read-only", "--database", server.database).stdout.strip()
        refused = come(token).post("/objects/people/new-field?type=TEXT", data={"label": "Nickname"})
        assert (refused.status_code, "may only read" in refused.text) == (403, True)


def test_what_takes_no_fields_there_says_who_makes_them(come: Come) -> None:
    page = come().get("/objects/people/new-field").text
    assert "whoever serves it makes them" in page
    assert "sqlite:///" not in page

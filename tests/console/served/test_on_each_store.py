"""The pages of a workspace are the same on each store, and show what was written at once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.app import console as console_of
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.site import Visitor
from icosa.workspace import open_workspace
from tests.console.served.visiting import OWN, Console

LISTENS = "http://127.0.0.1:3000"
PART = {"HX-Request": "true", "HX-Request-Type": "partial", **OWN}


@pytest.fixture
def console(new_database: Callable[[Catalogue], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console over a new workspace on each store."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = new_database(STANDARD)
    workspace = open_workspace(url)
    site = Served(workspace, url, Door(LISTENS))
    return Console(console_of(site), site, LISTENS)


@pytest.fixture
def browser(console: Console) -> Iterator[TestClient]:
    """Somebody who has signed in.  All that is asked comes on one event loop, which has connections of its own to PostgreSQL."""
    with console.browser() as found:
        assert found.post("/sign-in", data={"key": console.key()}, headers=OWN).status_code == 303
        yield found
        console.site.workspace.close()


@pytest.fixture
def person(console: Console) -> str:
    """The id of somebody who is there."""
    with console.site.client(Visitor(None, "the owner")) as crm:
        company = crm.companies.create_one(name="Analytical Engines")["id"]
        return str(crm.people.create_one(name={"firstName": "Ada"}, city="London", company_id=company)["id"])


def test_every_room_is_there(browser: TestClient, person: str) -> None:
    for path in (
        "/", "/run", "/run/companies/create-one", "/chains", "/browse", "/browse/people?filter=city[eq]:London&order_by=city", "/imports",
        f"/browse/people/{person}", f"/browse/people/{person}/duplicates", "/board/opportunities", "/search?q=Ada", "/runs", "/health",
        "/exports/file?object=people&format=csv", "/objects/people", "/find?q=Ada",
    ):  # fmt: skip
        assert browser.get(path).status_code == 200, path


def test_a_cell_is_saved_and_the_table_shows_it(console: Console, browser: TestClient, person: str) -> None:
    for _ in range(3):
        assert "London" in browser.get("/browse/people").text
    assert saved(browser, person, "Turin") == 200
    assert "Turin" in browser.get("/browse/people").text
    with console.site.client(Visitor(None, "the owner")) as crm:
        crm.companies.update_one(crm.companies.look_up("Analytical Engines")["id"], name="Difference Engines")
    assert "Difference Engines" in browser.get("/browse/people").text


def test_a_session_is_over_with_its_key(console: Console, browser: TestClient, person: str) -> None:
    for _ in range(2):
        assert browser.get("/browse/people").status_code == 200
    console.revoke()
    assert browser.get("/browse/people").status_code == 303


def saved(browser: TestClient, person: str, city: str) -> int:
    at = f"/browse/people/{person}/cell/city"
    was = re.search(r'name="was" value="(\w+)"', browser.get(at, headers=PART).text)
    assert was
    return browser.put(at, data={"city": city, "was": was[1]}, headers=PART).status_code

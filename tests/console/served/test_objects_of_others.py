"""Objects that another process makes, renames or takes away are those of the next page, one that was kept among them."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import icosa
from icosa.client.metadata import change, make, take_away
from icosa.surfaces.console import navigation
from icosa.surfaces.console.app import console as console_of
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.objects.known import MetadataObject, known_objects
from icosa.surfaces.console.served import Served
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.served.visiting import OWN

TABLE = "/browse/companies"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A workspace with a company."""
    url = f"sqlite:///{tmp_path}/crm.db"
    open_workspace(url, version=TWENTY_2_19).close()
    with icosa.connect(url) as crm:
        crm["companies"].create_one(name="Analytical Engines")
    return url


@pytest.fixture
def processes(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, TestClient]]:
    """Two of a server, each with somebody who has looked at the table, so that it is kept, and whose side is counted by no clock."""
    monkeypatch.setattr(navigation, "_KNOWN_SECONDS", 10_000.0)
    with ExitStack() as stack:

        def visited() -> TestClient:
            workspace = open_workspace(url)
            stack.callback(workspace.close)
            site = Served(workspace, url, Door("http://127.0.0.1:3000"))
            browser = TestClient(console_of(site), base_url="http://127.0.0.1:3000", headers=dict(OWN))
            browser.post(f"/sign-in/{site.sessions.invite()}")
            for _ in range(2):
                assert browser.get(TABLE).status_code == 200
            return browser

        yield visited(), visited()


@pytest.fixture
def other(url: str) -> Iterator[icosa.Client]:
    """Who changes objects over the API of a third."""
    with icosa.connect(url) as crm:
        yield crm


def companies(crm: icosa.Client) -> MetadataObject:
    return known_objects(crm)["company"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request-Type": "partial"}], ids=["page", "part"])
def test_a_table_that_is_kept_has_the_words_that_a_field_has_now(
    processes: tuple[TestClient, TestClient], other: icosa.Client, headers: dict[str, str]
) -> None:
    for browser in processes:
        for _ in range(2):
            assert "Berth" not in browser.get(TABLE, headers=headers).text
    change(other, "fields", companies(other).members["domainName"].id, {"label": "Berth"})
    for browser in processes:
        for _ in range(2):
            assert "Berth" in browser.get(TABLE, headers=headers).text


def test_a_field_is_a_column_as_soon_as_it_is_there_and_none_once_it_is_gone(
    processes: tuple[TestClient, TestClient], other: icosa.Client
) -> None:
    column = f"{TABLE}?columns=name,berth"
    make(other, "fields", {"objectMetadataId": companies(other).id, "type": "TEXT", "name": "berth", "label": "Berth"})
    assert [browser.get(column).status_code for browser in processes for _ in range(2)] == [200] * 4
    take_away(other, "fields", companies(other).members["berth"].id)
    assert [browser.get(column).status_code for browser in processes for _ in range(2)] == [422] * 4


def test_an_object_that_one_process_makes_has_its_page_at_all_others(processes: tuple[TestClient, TestClient]) -> None:
    one, another = processes
    made = one.post("/objects/new-object", data={"singular": "Space rocket", "plural": "Space rockets"})
    assert made.url.path == "/objects/spaceRockets"
    for browser in (another, one):
        assert browser.get("/objects/spaceRockets").status_code == 200
        assert 'href="/objects/spaceRockets"' in browser.get("/objects").text
    another.post("/objects/spaceRockets/delete")
    for browser in (one, another):
        assert 'href="/objects/spaceRockets"' not in browser.get("/objects").text

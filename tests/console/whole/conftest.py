"""A console over a workspace whose texts try everything."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import icosa
from icosa.client.transport.unlogged import unlogged, watch
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from tests.console.served.visiting import NEVER, OWN
from tests.console.whole import hostile
from tests.console.whole.visits import World

LISTENS = "http://127.0.0.1:3000"


@pytest.fixture(autouse=True)
def a_browser_logs_nothing() -> Iterator[None]:
    """What stands for the browser here would log each address, with what it holds."""
    watch()
    with unlogged():
        yield


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Such a console, with somebody who may do everything and somebody who only reads."""
    database = tmp_path_factory.mktemp("hostile") / "crm.db"
    yield from opened(database)


def opened(database: Path) -> Iterator[World]:
    url = f"sqlite:///{database}"
    with icosa.connect(url) as crm:
        hostile.fill(crm)
        records = {of.plural: [each["id"] for each in crm[of.plural].find_many(limit=10, depth=0)] for of in crm.catalogue}
    workspace = open_workspace(url)
    try:
        site = Served(workspace, url, Door(LISTENS))
        app = console(site)
        reader = create_key(workspace, "Reader", NEVER, read_only=True)[1]
        folders = [Path(os.environ[each]) for each in ("XDG_STATE_HOME", "XDG_DATA_HOME")]
        yield World(app, site, _owner(app, site), _holder(app, reader), records, url, folders, {})
    finally:
        workspace.close()


def _owner(app: Starlette, site: Served) -> TestClient:
    browser = TestClient(app, base_url=LISTENS, headers=dict(OWN), follow_redirects=False)
    assert browser.post(f"/sign-in/{site.sessions.invite()}").status_code == 303
    return browser


def _holder(app: Starlette, key: str) -> TestClient:
    browser = TestClient(app, base_url=LISTENS, headers=dict(OWN), follow_redirects=False)
    assert browser.post("/sign-in", data={"key": key}).status_code == 303
    return browser

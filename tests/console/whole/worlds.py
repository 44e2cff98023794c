"""Consoles over workspaces of their own, in which there is something of everything that has a page."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

import icosa
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from tests.console.served.visiting import NEVER, OWN
from tests.console.whole.visits import World

LISTENS = "http://127.0.0.1:3000"


@contextmanager
def world(database: Path, fill: Callable[[icosa.Client], None]) -> Iterator[World]:
    """A console over a new database that is filled so, with somebody who may do everything and somebody who only reads."""
    url = f"sqlite:///{database}"
    with icosa.connect(url) as crm:
        fill(crm)
        records = {of.plural: [each["id"] for each in crm[of.plural].find_many(limit=10, depth=0)] for of in crm.catalogue}
    workspace = open_workspace(url)
    try:
        site = Served(workspace, url, Door(LISTENS))
        app = console(site)
        key = create_key(workspace, "Reader", NEVER, read_only=True)[1]
        browser, reader = _browser(app), _browser(app)
        assert browser.post(f"/sign-in/{site.sessions.invite()}").status_code == 303
        assert reader.post("/sign-in", data={"key": key}).status_code == 303
        folders = [Path(os.environ[each]) for each in ("XDG_STATE_HOME", "XDG_DATA_HOME")]
        made = World(app, site, browser, reader, records, url, folders, {})
        yield made
    finally:
        workspace.close()


def _browser(app: Starlette) -> TestClient:
    return TestClient(app, base_url=LISTENS, headers=dict(OWN), follow_redirects=False)

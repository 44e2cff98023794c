"""Consoles over workspaces of their own, in which there is something of everything that has a page."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.testclient import TestClient

import icosa
from icosa.journal.reading import runs
from icosa.surfaces.console.app import console
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.signing_in.stored import OWNER
from icosa.surfaces.console.site import Visitor
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.store.sqlite.indexing import bring_up_to_date
from tests.console.imports.uploads import upload
from tests.console.served.visiting import NEVER, OWN
from tests.console.whole import hostile
from tests.console.whole.visits import World

LISTENS = "http://127.0.0.1:3000"
_CHAIN = f"""version = 1
name = "Calls"
description = {json.dumps(hostile.TEXT)}

[step.companies]
run = "companies.find_many"
[step.companies.with]
limit = 3
depth = 0

[step.tasks]
run = "tasks.create_one"
[step.tasks.with]
title = "Call {{{{item.name}}}}"
depth = 0
"""


@contextmanager
def world(database: Path, fill: Callable[[icosa.Client], None] | None) -> Iterator[World]:
    """A console over a new database that is filled so, with somebody who may do everything and somebody who only reads."""
    url = f"sqlite:///{database}"
    with icosa.connect(url) as crm:
        if fill:
            fill(crm)
        records = {of.plural: [each["id"] for each in crm[of.plural].find_many(limit=10, depth=0)] for of in crm.catalogue}
    workspace = open_workspace(url)
    try:
        site = Served(workspace, url, Door(LISTENS))
        app = console(site)
        key, token = create_key(workspace, "Reader", NEVER, read_only=True)
        browser, reader = _browser(app), _browser(app)
        assert browser.post(f"/sign-in/{site.sessions.invite()}").status_code == 303
        assert reader.post("/sign-in", data={"key": token}).status_code == 303
        folders = [Path(os.environ[each]) for each in ("XDG_STATE_HOME", "XDG_DATA_HOME")]
        made = World(app, site, browser, reader, records, url, folders, {"key": key})
        if fill:
            _make(made)
        while workspace.store.write(
            bring_up_to_date
        ):  # the search indexes, which are kept behind what was written: not while pages are asked
            pass
        yield made
    finally:
        workspace.close()


def _browser(app: Starlette) -> TestClient:
    return TestClient(app, base_url=LISTENS, headers=dict(OWN), follow_redirects=False)


def _make(there: World) -> None:
    """A run, a plan, a chain and a run of it, an import."""
    companies = there.records["companies"]
    with there.site.client(Visitor(None, OWNER), hostile.TEXT) as crm:
        crm.companies.update_one(companies[0], employees=77)
        there.made["run"] = runs(workspace=crm.address)[0].id
    selected = "&".join(f"id={each}" for each in companies[:3])
    there.made["plan"] = _led_to(there, f"/browse/companies/change?{selected}", data={"employees": "78"})
    there.made["chain"] = _led_to(there, "/chains/new/import", data={"text": _CHAIN})
    for name, applied in (("import", False), ("applied", True)):
        importing = upload(there.browser, _rows(name), f"{name}.csv")
        importing.map()
        if applied:
            importing.apply()
        there.made[name] = importing.path
    there.made["chain run"] = _led_to(there, f"{there.made['chain']}/dry-run", data={"do": "dry", "text": _CHAIN})


def _rows(word: str) -> str:
    """A file whose names and values try everything, and of which a row does not go in."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(["E-mail", "First name", "Last name", "Company", hostile.TEXT])
    rows.writerow([f"{word}@example.com", hostile.TEXT, hostile.TEXT, hostile.TEXT, hostile.TEXT])
    rows.writerow([f"{word}2@example.com", "Ada", f"Ada {word}", f"Engines {word}", ""])
    rows.writerow([hostile.TEXT, hostile.TEXT, "", "", ""])
    return out.getvalue()


def _led_to(there: World, path: str, **sent: object) -> str:
    """Where a form leads to."""
    answer = there.browser.post(path, **sent)  # type: ignore[arg-type]
    assert answer.status_code == 303, (path, answer.status_code, answer.text[:5000])
    return urlsplit(answer.headers["location"]).path

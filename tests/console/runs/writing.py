"""Runs to put back, as somebody has written them."""

import re
from typing import Any

from starlette.testclient import TestClient

from icosa.surfaces.console.site import Visitor
from tests.console.site import MAYA, Local

ADA = Visitor("20202020-0000-4000-8000-00000000000a", "Ada’s script")
READER = Visitor("20202020-0000-4000-8000-00000000000b", "A dashboard", may_write=False)


def a_company(site: Local) -> dict[str, Any]:
    with site.client(MAYA) as crm:
        return dict(crm.companies.find_many(limit=1)[0])


def company(site: Local, id_: str) -> dict[str, Any]:
    """A company as it is now."""
    with site.client(MAYA) as crm:
        return dict(crm.companies.find_one(id_))


def change(site: Local, id_: str, by: Visitor = MAYA, title: str = "Update One Company", **values: Any) -> None:
    """A run of one write."""
    with site.client(by, title) as crm:
        crm.companies.update_one(id_, **values)


def run_of(page: TestClient, title: str) -> str:
    """The address of the run with that title, as the list of runs has it."""
    found = re.search(rf'<a href="(/runs/[\w-]+)"><bdi>{re.escape(title)}</bdi>', page.get("/runs").text)
    assert found, title
    return found[1]


def said(text: str) -> list[str]:
    """What the toasts of a page say."""
    return re.findall(r'<div class="toast[^"]*"><span>([^<]*)</span>', text)

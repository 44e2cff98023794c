"""Workspaces with something of everything in them: records alive and deleted, links, secrets, keys, events."""

from typing import Any

import orjson

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.access.issue import create_key
from tests.values import body_of

SECRET = "s3cret-of-a-webhook"


def send(workspace: Workspace, method: str, path: str, body: Any = None, query: str = "") -> Any:
    content = b"" if body is None else orjson.dumps(body)
    answer = workspace.answer(Request(method, path, query, content), IN_PROCESS)
    assert answer.status in (200, 201), answer.body
    return orjson.loads(answer.body)["data"]


def fill(url: str, records: int = 3, catalogue: Catalogue = STANDARD) -> str:
    """Fills a workspace; the token of an API key that it accepts."""
    workspace = open_workspace(url, catalogue)
    try:
        made: dict[str, list[str]] = {}
        for of in _targets_first(catalogue):
            bodies = []
            for serial in range(1, records + 1):
                links = {each.foreign_key: made[each.target][serial - 1] for each in of.belongs_to if each.target in made}
                bodies.append(body_of(of, serial) | links)
            for start in range(0, records, 60):
                answer = send(workspace, "POST", f"/rest/batch/{of.plural}", bodies[start : start + 60])
                made.setdefault(of.singular, []).extend(record["id"] for record in next(iter(answer.values())))
        send(workspace, "POST", "/rest/webhooks", {"targetUrl": "https://example.com/hook", "secret": SECRET})
        send(workspace, "DELETE", f"/rest/companies/{made['company'][0]}")
        return create_key(workspace, "Importer", "2099-01-01T00:00:00.000Z")[1]
    finally:
        workspace.close()


def _targets_first(catalogue: Catalogue) -> list[Any]:
    waiting, done = list(catalogue), set[str]()
    order = []
    while waiting:
        of = next((each for each in waiting if all(link.target in done for link in each.belongs_to)), waiting[0])
        waiting.remove(of)
        done.add(of.singular)
        order.append(of)
    return order


def answers(url: str, catalogue: Catalogue = STANDARD) -> dict[str, Any]:
    """What a workspace answers about each object, deleted records included, page after page."""
    workspace = open_workspace(url, catalogue)
    try:
        found = {}
        for of in catalogue:
            for name, query in (("alive", ""), ("deleted", "&filter=deletedAt[is]:NOT_NULL")):
                page = send(workspace, "GET", f"/rest/{of.plural}", None, f"limit=60&depth=1{query}")
                found[f"{of.plural}, {name}"] = page[of.plural]
        return found
    finally:
        workspace.close()

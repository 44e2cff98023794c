"""What one worker of a server is asked to change of the objects, all of them know at their next request, without being started
anew."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Server, icosa, serving

NAMES = {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets"}
CONNECTIONS = 24
"""The system spreads connections over the workers: of so many, each gets some."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("workers")
    database = f"sqlite:///{folder}/new.db"
    icosa("keys", "create", "first", "--database", database, "--api", "2.19", environment={"XDG_DATA_HOME": str(folder / "data")})
    with serving(Path(folder), database=database, options=("--workers", "3")) as running:
        yield running


def ask(server: Server, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Asks on a connection of its own."""
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json", "Connection": "close"}
    content = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(server.url + path, content, headers, method=method), timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def test_every_worker_answers_for_the_objects_there_are(server: Server) -> None:
    assert {ask(server, "GET", "/rest/widgets")[0] for _ in range(CONNECTIONS)} == {400}
    status, widget = ask(server, "POST", "/rest/metadata/objects", NAMES)
    assert status == 201
    assert {ask(server, "GET", "/rest/widgets")[0] for _ in range(CONNECTIONS)} == {200}
    assert (
        ask(server, "POST", "/rest/metadata/fields", {"objectMetadataId": widget["id"], "name": "size", "label": "S", "type": "NUMBER"})[0]
        == 201
    )
    made = [ask(server, "POST", "/rest/widgets", {"size": each}) for each in range(CONNECTIONS)]
    assert {status for status, _ in made} == {201}
    assert [answer["data"]["createWidget"]["size"] for _, answer in made] == list(range(CONNECTIONS))
    assert {ask(server, "GET", "/rest/widgets?filter=size[gte]:0")[1]["totalCount"] for _ in range(CONNECTIONS)} == {CONNECTIONS}
    assert ask(server, "DELETE", f"/rest/metadata/objects/{widget['id']}")[0] == 200
    assert {ask(server, "GET", "/rest/widgets")[0] for _ in range(CONNECTIONS)} == {400}

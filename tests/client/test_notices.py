"""A webhook that is made says that nothing is delivered to it yet: in the answer, to a program that logs, and in the shell."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.request import Request as Call
from urllib.request import urlopen

import orjson
import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from tests.cli.conftest import Shell, shell
from tests.client.scripted import KEY, Reply, scripted
from tests.serving import Server, serving

__all__ = ["shell"]

CODE = "webhooks_not_delivered"
TOLD = "nothing is delivered to it yet"
HOOK = {"targetUrl": "https://hooks.example.com/crm"}


@pytest.fixture
def workspace(database: str) -> Iterator[Workspace]:
    opened = open_workspace(database)
    yield opened
    opened.close()


def notice(workspace: Workspace, method: str, path: str, body: Any) -> tuple[str | None, Answer]:
    answer = workspace.answer(Request(method, f"/rest/{path}", body=orjson.dumps(body)), IN_PROCESS)
    assert answer.status in (200, 201)
    return dict(answer.headers).get("Icosa-Notice"), answer


def test_the_answer_says_so_where_a_webhook_is_made_or_gets_an_address(workspace: Workspace) -> None:
    warning, answer = notice(workspace, "POST", "webhooks", HOOK)
    id_ = orjson.loads(answer.body)["data"]["createWebhook"]["id"]
    assert warning == CODE
    assert notice(workspace, "POST", "batch/webhooks", [HOOK])[0] == CODE
    assert notice(workspace, "PATCH", f"webhooks/{id_}", HOOK)[0] == CODE
    assert notice(workspace, "PATCH", f"webhooks/{id_}", {"description": "Mary's"})[0] is None
    assert notice(workspace, "POST", "companies", {"name": "Acme"})[0] is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def test_a_page_of_another_origin_can_read_it(server: Server) -> None:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    with urlopen(Call(f"{server.url}/rest/webhooks", orjson.dumps(HOOK), headers), timeout=30) as answer:
        assert answer.headers["Icosa-Notice"] == CODE
        assert "Icosa-Notice" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("embedded", [True, False])
def test_the_client_warns(crm: icosa.Client, server: Server, embedded: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "icosa"), icosa.connect(server.url, token=server.token) as remote:
        (crm if embedded else remote).webhooks.create_one(target_url="https://hooks.example.com/crm")
        (crm if embedded else remote).companies.create_one(name="Acme")
    (warning,) = [each for each in caplog.records if each.name.startswith("icosa") and each.levelno >= logging.WARNING]
    assert TOLD in warning.getMessage()
    assert "hooks.example.com" not in warning.getMessage()


@pytest.mark.parametrize("headers", [{}, {"Icosa-Notice": "sk-something-else"}])
def test_nothing_is_said_of_a_server_that_says_nothing_or_what_is_not_known(headers: Any, caplog: pytest.LogCaptureFixture) -> None:
    record: Any = {"id": "20202020-1c25-4d02-bf25-6aeccf7ea419", **HOOK}
    reply = Reply({"data": {"createWebhook": record}}, 201, headers=headers)
    caplog.set_level(logging.WARNING, "icosa")
    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        crm.webhooks.create_one(**record)
    assert [each for each in caplog.records if each.name.startswith("icosa") and each.levelno >= logging.WARNING] == []


def test_the_shell_says_it_in_a_line_beside_the_data(shell: Shell) -> None:
    made = shell("webhooks", "create-one", "--target-url", "https://hooks.example.com/crm")
    assert made.json["targetUrl"] == "https://hooks.example.com/crm"
    (line,) = made.err.splitlines()
    assert TOLD in line
    assert shell("webhooks", "update-one", made.json["id"], "--description", "Mary's").err == ""
    assert shell("companies", "create-one", "--name", "Acme").err == ""

"""What a version refuses to API keys, and to them alone."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.access.keys import Principal
from tests.workspace.conftest import Caller

KEY = Principal("20202020-1c25-4d02-bf25-6aeccf7ea419", "Robot")
SOME = "20202020-0000-4000-8000-000000000000"
FILTER = {"filter": f"id[eq]:{SOME}"}
SOFT = {"soft_delete": "true"}


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD, TWENTY_2_19)


def by_key(crm: Caller, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, str | None, str]:
    """Status, code and message of the answer to an API key."""
    content = b"" if body is None else orjson.dumps(body)
    answer = crm.workspace.answer(Request(method, f"/rest/{path}", urlencode(query), content), KEY)
    told = orjson.loads(answer.body)
    return answer.status, told.get("code"), told.get("messages", [""])[0]


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "status", "code"),
    [
        ("POST", "workspaceMembers", {}, {}, 400, "PERMISSION_DENIED"),
        ("POST", "batch/workspaceMembers", [{}], {"upsert": "true"}, 400, "PERMISSION_DENIED"),
        ("PATCH", "workspaceMembers", {"locale": "fr"}, FILTER, 400, "PERMISSION_DENIED"),
        ("PATCH", "restore/workspaceMembers", None, FILTER, 400, "PERMISSION_DENIED"),
        ("DELETE", f"workspaceMembers/{SOME}", None, {}, 400, "PERMISSION_DENIED"),
        ("DELETE", f"workspaceMembers/{SOME}", None, SOFT, 400, None),
        ("PATCH", f"workspaceMembers/{SOME}", {"locale": "fr"}, {}, 404, None),
        ("PATCH", f"workspaceMembers/{SOME}", {"deletedAt": "2026-01-05T09:00:00.000Z"}, {}, 400, None),
        ("PATCH", f"workspaceMembers/{SOME}", {"deletedAt": None}, {}, 400, None),
        ("POST", "blocklists", {"handle": "ada@example.com"}, {}, 401, None),
        ("PATCH", f"blocklists/{SOME}", {}, {}, 401, None),
        ("PATCH", "blocklists", {}, FILTER, 400, None),
        ("DELETE", f"blocklists/{SOME}", None, {}, 404, None),
        ("POST", "workflowVersions", {}, {}, 400, "FORBIDDEN"),
        ("PATCH", f"workflowVersions/{SOME}", {"name": "v2"}, {}, 400, "INVALID_INPUT"),
        ("PATCH", f"workflowVersions/{SOME}", {"status": "ACTIVE"}, {}, 400, "FORBIDDEN"),
        ("DELETE", f"workflowVersions/{SOME}", None, SOFT, 400, "INVALID_INPUT"),
        ("DELETE", f"workflowVersions/{SOME}", None, {}, 404, None),
        ("PATCH", f"workflowRuns/{SOME}", {}, {}, 400, "FORBIDDEN"),
        ("DELETE", "workflowRuns", None, {**FILTER, **SOFT}, 400, "FORBIDDEN"),
        ("DELETE", "workflowRuns", None, FILTER, 200, None),
        ("PATCH", "workflows", {"name": "x"}, FILTER, 400, "FORBIDDEN"),
        ("PATCH", f"workflows/{SOME}", {"statuses": []}, {}, 400, "FORBIDDEN"),
        ("DELETE", "workflows", None, FILTER, 400, None),
        ("POST", "companies", {"name": "Mill"}, {}, 201, None),
    ],
)
def test_a_write_is_refused_to_a_key_as_the_version_says(
    method: str, path: str, body: Any, query: dict[str, str], status: int, code: str | None, crm: Caller
) -> None:
    assert by_key(crm, method, path, body, **query)[:2] == (status, code)


def test_a_mistake_is_told_before_the_refusal(crm: Caller) -> None:
    assert "handel" in by_key(crm, "POST", "blocklists", {"handel": "ada@example.com"})[2]


def test_who_has_the_workspace_itself_is_refused_nothing_of_it(crm: Caller) -> None:
    member = {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "userEmail": "ada@example.com", "userId": SOME}
    id_ = crm.good("POST", "/rest/workspaceMembers", member)["id"]
    assert by_key(crm, "PATCH", f"workspaceMembers/{id_}", {"locale": "fr"})[0] == 200
    assert crm.good("POST", "/rest/blocklists", {"handle": "ada@example.com", "workspaceMemberId": id_})["handle"] == "ada@example.com"
    assert crm.good("DELETE", f"/rest/workspaceMembers/{id_}") == {"id": id_}

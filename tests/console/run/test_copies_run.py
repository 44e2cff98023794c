"""What was copied from a form does for real what the form does: in a shell, as a script, and with curl, against a server."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import icosa
from tests.console.run.test_same_call import copies
from tests.console.served.test_serving import ask, signed_in
from tests.serving import Server, serving

SECONDS = 120
AS_JSON = """
import json
held = answer if isinstance(answer, dict) else [each if isinstance(each, dict) else list(each) for each in answer]
print("ANSWER", json.dumps(held))
"""
FORMS = ["form", "python", "cli", *(["curl"] if shutil.which("curl") else [])]
OPERATIONS = ["update-one", "find-many", "find-one", "find-duplicates", "create-one", "create-many", "delete-one"]
OWN_OF_EACH = ("createdAt", "updatedAt", "deletedAt", "position")
"""What no two records have the same of."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("copied")) as started:
        yield started


@pytest.mark.parametrize("operation", [OPERATIONS[0], *(pytest.param(each, marks=pytest.mark.slow) for each in OPERATIONS[1:])])
def test_what_was_copied_does_what_the_form_does(server: Server, operation: str) -> None:
    cookie, items = signed_in(server), {}
    for form in FORMS:
        with icosa.connect(server.url, token=server.token) as crm:
            company = crm.companies.create_one(name=f"Alder & Finch’s {operation}", depth=0)
        path, sent = f"/run/companies/{operation}", filled_in(operation, company["id"])
        if form == "form":
            items[form] = answered(post(server, cookie, path, sent | {".show": "json"}))
            continue
        text = copies(post(server, cookie, path, sent | {".dry": "1"}))[form]
        items[form] = run(form, text, server)
    assert len({json.dumps(comparable(each), sort_keys=True) for each in items.values()}) == 1, items


def filled_in(operation: str, id_: str) -> dict[str, str]:
    """What is typed into the form, for a company that is there."""
    typed = {
        "update-one": {"id": id_, "employees": "13", "address.addressCity": "Lyon", "domainName~": "null", "depth": "0"},
        "find-many": {"filter": f"id[eq]:{id_}", "limit": "2", "depth": "0"},
        "find-one": {"id": id_, "depth": "0"},
        "find-duplicates": {"data": '[{"name": "Nobody’s \\"Works\\" $HOME"}]', "depth": "0"},
        "create-one": {"name": 'A "quoted" $HOME name’s', "employees": "7", "depth": "0"},
        "create-many": {"body": '[{"name": "One"}, {"name": "Two"}]', "depth": "0"},
        "delete-one": {"id": id_},
    }
    return typed[operation]


def post(server: Server, cookie: str, path: str, sent: dict[str, str]) -> str:
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    status, _, page = ask(f"{server.url}{path}", "POST", urlencode(sent), Cookie=cookie, **partial)
    assert status == 200, page
    return page


def answered(page: str) -> Any:
    """The JSON that a form shows."""
    found = re.search(r'aria-label="The answer as JSON"><code>(.*?)</code>', page, re.DOTALL)
    assert found
    return json.loads(html.unescape(found[1]))


def comparable(answer: Any) -> Any:
    """An item without what is around it, and without what no two records have the same of."""
    match answer:
        case {"data": held}:
            return comparable(held)
        case {"id": _, **rest}:
            return {name: value for name, value in rest.items() if name not in OWN_OF_EACH and not str(value).startswith("Alder")}
        case dict():
            return comparable(next(value for name, value in answer.items() if name not in ("pageInfo", "totalCount")))
        case list():
            return [comparable(each) for each in answer]
    return answer


def run(form: str, text: str, server: Server) -> Any:
    variables = {**os.environ, "ICOSA_TOKEN": server.token, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [sys.executable, "-c", text + AS_JSON] if form == "python" else ["sh", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, env=variables, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.partition("ANSWER ")[2] or done.stdout)

"""Walk 2 to its end: a form is filled in, wrong, mended and run, and each of its copies, run for real, does the same."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import icosa
from tests.console.walks.conftest import Walk, visiting
from tests.serving import Server, serving

SECONDS = 120
SCOPES = ["mail.read"]
COPIES = ("Python", "async", "Shell", "curl")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("copied")) as started:
        yield started


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Walk]:
    with visiting(browser, server.url, server.token) as walk:
        yield walk


def test_what_is_copied_from_a_form_does_for_real_what_the_form_does(server: Server, visit: Walk) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not there (on Debian: apt install curl)")
    page = visit.page
    visit.expected.add(422)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with icosa.connect(server.url, token=server.token) as crm:
        account = crm.connected_accounts.create_one(handle="ada@example.com", provider="google")["id"]

        def scopes() -> Any:
            """What the account has, and then has no more."""
            found = crm.connected_accounts.find_one(account, depth=0)["scopes"]
            crm.connected_accounts.update_one(account, scopes=[])
            return found

        visit.go(f"/run/connected-accounts/update-one?id={account}")
        page.locator("#scopes-prop").get_by_role("radio", name="JSON").check(force=True)
        page.get_by_label("Scopes as JSON").fill("[mail.read]")
        page.keyboard.press("Control+Enter")
        page.get_by_role("heading", name="Nothing was sent: one property needs mending").wait_for()
        page.keyboard.press("F8")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text('["mail.read"]')
        page.locator("#summary:empty").wait_for(state="attached")
        page.keyboard.press("Control+Enter")
        page.get_by_role("status").get_by_text("Update One Connected Account").wait_for()
        assert scopes() == SCOPES
        for form in COPIES:
            page.get_by_role("radio", name=form, exact=True).check(force=True)
            page.get_by_role("button", name="Copy", exact=True).click()
            page.get_by_text("Copied").first.wait_for()
            run(form, page.evaluate("navigator.clipboard.readText()"), server)
            assert (form, scopes()) == (form, SCOPES)


def run(form: str, text: str, server: Server) -> None:
    """What was copied, as somebody runs it who has the key in the environment."""
    variables = {**os.environ, "ICOSA_TOKEN": server.token, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [sys.executable, "-c", text] if form in ("Python", "async") else ["sh", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, env=variables, timeout=SECONDS)
    assert (form, done.returncode, done.stderr) == (form, 0, done.stderr)
    assert re.search(r"mail\.read", done.stdout)

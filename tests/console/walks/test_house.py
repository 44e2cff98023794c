"""Runs and undo, keys, health, objects and fields: by everybody, and what is put back or revoked."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from icosa.surfaces.console.door import Door
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.site import Vitals
from icosa.workspace.access.issue import create_key, revoke_key
from icosa.workspace.opening import open_workspace
from tests.console.runs.writing import ADA, READER, a_company, change, company
from tests.console.served.visiting import NEVER
from tests.console.site import MAYA, Local, fill
from tests.console.test_health import counted
from tests.console.walks.conftest import Open, Walk, looks


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """A workspace in which somebody wrote this and that."""
    site = Local(fill(tmp_path_factory.mktemp("written") / "crm.db"))
    site.stands = site.stands._replace(metrics=counted())
    one = a_company(site)
    with site.client(MAYA, "Create One Person") as crm:
        crm.people.create_one(
            name={"firstName": "Ada", "lastName": "Lovelace"}, emails={"primaryEmail": "ada@example.com"}, company_id=one["id"]
        )
    with site.client(MAYA, "Change many companies") as crm:
        for each in crm.companies.find_many(limit=12):
            crm.companies.update_one(each["id"], employees=77, name=f"{each['name']} & Sons", address={"addressCity": "London"})
    change(site, one["id"], by=ADA, employees=78, name="<b>Somebody’s</b> " + "long" * 20)
    with site.client(ADA, "Delete One Task") as crm:
        crm.tasks.delete_one(crm.tasks.find_many(limit=1)[0]["id"])
    return site


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace in this process, with keys and sessions."""
    database = tmp_path_factory.mktemp("served") / "crm.db"
    workspace = open_workspace(f"sqlite:///{database}")
    for name, read_only in (("Nightly import", False), ("Dashboard", True), ("Old laptop", False)):
        create_key(workspace, name, NEVER, read_only=read_only)
    revoke_key(workspace, "Old laptop")
    yield Served(workspace, f"sqlite:///{database}", Door("http://127.0.0.1:3000"))
    workspace.close()


PAGES = ("/runs", "/runs?q=zzyzx", "/health", "/objects", "/objects?q=zzyzx", "/objects/companies", "/keys")


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_page(walking: Open, written: Local, look: tuple[str, int]) -> None:
    with walking(written) as walk:
        for path in (*PAGES, *_runs(walk)):
            walk.go(path)
            walk.page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
            walk.picture(f"{path.strip('/').replace('/', '-').replace('?', '-')}-{look[0]}-{look[1]}")
            assert (path, walk.accessible()) == (path, [])
            assert (path, walk.sideways() <= 0) == (path, True)
        walk.expected.add(404)
        walk.go("/runs/20260203-040506-00000")
        assert walk.accessible() == []


def _runs(walk: Walk) -> list[str]:
    """The pages of each run, and of its undo."""
    walk.go("/runs")
    found = [each.get_attribute("href") for each in walk.page.get_by_role("rowheader").get_by_role("link").all()]
    return [path for each in found for path in (each, f"{each}/undo")]


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_what_is_empty_or_wrong(walking: Open, bare: Local, look: tuple[str, int]) -> None:
    bare.stands = Vitals("the disk is full; make room, and it goes on by itself", [], None)
    with walking(bare) as walk:
        for path in ("/runs", "/health", "/objects", "/keys"):
            walk.go(path)
            walk.picture(f"empty-{path.strip('/')}-{look[0]}-{look[1]}")
            assert (path, walk.accessible()) == (path, [])
            assert (path, walk.sideways() <= 0) == (path, True)


@looks
def test_everybody_can_make_and_revoke_a_key(walking: Open, served: Served, look: tuple[str, int]) -> None:
    with walking(served) as walk:
        page = walk.page
        for step in ("list", "wrong", "made", "revoke"):
            if step == "list":
                page.get_by_role("link", name="API keys").first.click() if look[1] > 400 else walk.go("/keys")
            elif step == "wrong":
                walk.expected.add(422)
                page.get_by_role("button", name="Make a key").click()
                page.get_by_role("link", name="Say which program").wait_for()
            elif step == "made":
                page.get_by_label("Name", exact=True).fill(f"Report {look[0]} {look[1]}")
                page.get_by_text("only read", exact=True).first.click()
                page.get_by_role("button", name="Make a key").click()
                page.get_by_role("heading", name="Its token").wait_for()
                assert page.get_by_label("The token").inner_text().startswith("icosa_")
            else:
                page.get_by_role("link", name="I have kept it").click()
                page.get_by_role("link", name=f"Revoke Report {look[0]} {look[1]}").click()
                page.get_by_role("button", name="Revoke").wait_for()
            walk.picture(f"keys-{step}-{look[0]}-{look[1]}")
            assert (step, walk.accessible()) == (step, [])
            assert (step, walk.sideways() <= 0) == (step, True)
        page.get_by_role("button", name="Revoke").click()
        page.get_by_text("is refused from now on").wait_for()


def test_a_link_signs_in_once(walking: Open, served: Served) -> None:
    with walking(served) as walk:
        page = walk.page
        link = f"/sign-in/{served.sessions.invite()}"
        page.get_by_role("button", name="Sign out").click()
        for works in (True, False):
            page.context.clear_cookies()
            walk.expected.add(410)
            walk.go(link)
            page.get_by_role("button", name="Sign in").click()
            if works:
                page.get_by_role("link", name="Runs and undo").wait_for()
            else:
                page.get_by_role("heading", name="This link is not good any more").wait_for()


def test_a_page_of_another_origin_writes_nothing(walking: Open, own: Local) -> None:
    """What one that somebody opens beside the console sends to it, with the cookie of who is signed in."""
    with walking(own) as walk, elsewhere(walk.address) as other:
        page = walk.page
        walk.expected.add(403)
        walk.goes_to = other
        page.goto(other)
        page.get_by_role("button", name="Send").click()
        page.get_by_role("heading", name="Another page asked for this").wait_for()
    with own.client(MAYA) as crm:
        assert crm.companies.find_many(filter="name[eq]:Forged").total_count == 0


@contextmanager
def elsewhere(console: str) -> Iterator[str]:
    """Another origin on this machine, whose page has a form that creates a company; gives its address."""
    form = f'<form method="post" action="{console}/run/companies/create-one"><input name="name" value="Forged"><button>Send</button></form>'

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(form.encode() if self.path == "/" else b"")

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_key_that_is_revoked_is_out_with_the_next_click(walking: Open, served: Served) -> None:
    _, token = create_key(served.workspace, "Short-lived", NEVER)
    with walking(served) as walk:
        page = walk.page
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("API key").fill(token)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Runs and undo").click()
        page.get_by_role("heading", name="Runs and undo").wait_for()
        revoke_key(served.workspace, "Short-lived")
        page.get_by_role("link", name="Health").click()
        page.get_by_role("heading", name="Sign in to").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_run_is_undone_and_done_again(walking: Open, own: Local, script: bool) -> None:
    one = a_company(own)
    change(own, one["id"], employees=77)
    with walking(own, script=script) as walk:
        page = walk.page
        walk.go("/runs")
        page.get_by_role("button", name="Undo: Update One Company").click()
        page.get_by_text("Put back: Update One Company", exact=True).last.wait_for()
        assert company(own, one["id"])["employees"] == one["employees"]
        if script:
            page.keyboard.press("Control+z")
        else:
            page.get_by_role("button", name="Undo", exact=True).last.click()
        page.get_by_text("Put back: Put back: Update One Company").wait_for()
        assert company(own, one["id"])["employees"] == 77


def test_what_somebody_changed_since_is_shown_and_put_back_all_the_same(walking: Open, own: Local) -> None:
    one = a_company(own)
    change(own, one["id"], employees=77)
    change(own, one["id"], by=ADA, title="Ada was here", employees=78)
    with walking(own) as walk:
        page = walk.page
        walk.go("/runs")
        page.get_by_role("link", name="Update One Company").click()
        page.get_by_role("button", name="Undo all of it").click()
        page.get_by_text("The page says why").wait_for()
        assert "78" in page.get_by_role("list", name="What would be put back").inner_text()
        walk.picture("conflict")
        assert walk.accessible() == []
        page.get_by_role("button", name="Put it back all the same").click()
        page.get_by_text("Put back: Update One Company", exact=True).wait_for()
    assert company(own, one["id"])["employees"] == one["employees"]


def test_who_only_reads_sees_no_way_to_write(walking: Open, own: Local) -> None:
    change(own, a_company(own)["id"], by=READER, employees=77)
    with walking(own.seen_by(READER)) as walk:
        page: Any = walk.page
        walk.go("/runs")
        page.get_by_role("link", name="Update One Company").click()
        assert page.get_by_role("button", name="Undo").count() == 0
        walk.expected.add(403)
        walk.go("/keys")
        page.get_by_role("heading", name="Keys are the owner’s").wait_for()

"""Walk 9: a file goes in, with bad rows, a server that is killed midway, and an undo; without script too; for everybody."""

import re
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.console.site import MAYA, Local
from tests.console.walks.conftest import Open, Walk, looks, visiting
from tests.serving import serving

MESSY = (
    "Kontakte;;;;\nVorname;Nachname;E-Mail;Telefon;Firma\nAnna;Müller;anna@example.com;030 1234567;Müller & Söhne\n"
    "Jörg;Weiß;kaputt@@example;;Weiß AG\nBärbel;Özdemir;b.oezdemir@example.com;;Weiß AG\n"
)
MANY = 4_000
MINUTE = 60_000


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A German export, as a spreadsheet of that country writes it."""
    path = tmp_path / "Kontakte.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return path


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def uploaded(page: Any, path: Path) -> None:
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label("Each row is").select_option("people")
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/map")


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_page(walking: Open, own: Local, messy: Path, look: tuple[str, int]) -> None:
    with walking(own) as walk:
        page = walk.page
        walk.go("/imports")
        usable(walk, "imports", look)
        walk.expected.add(422)
        page.get_by_role("button", name="Upload").click()
        page.get_by_role("group", name="Problem").wait_for()
        usable(walk, "imports-error", look)
        uploaded(page, messy)
        page.get_by_text("How values are written").click()
        usable(walk, "imports-map", look)
        page.get_by_label("Country of phone numbers").fill("Germany")
        page.get_by_role("button", name="Show what would change").click()
        page.get_by_role("group", name="Problem").wait_for()
        usable(walk, "imports-map-error", look)
        page.get_by_label("Country of phone numbers").fill("DE")
        page.get_by_label("Create what rows").check()
        page.get_by_role("button", name="Show what would change").click()
        page.wait_for_url("**/plan")
        usable(walk, "imports-plan", look)
        page.get_by_role("link", name="Do not go in").click()
        page.get_by_text("is not an e-mail address").wait_for()
        usable(walk, "imports-bad", look)
        page.get_by_role("button", name="Create 4 records").click()
        page.wait_for_url("**/result")
        usable(walk, "imports-result", look)
        walk.go("/exports?object=people")
        usable(walk, "exports", look)


def usable(walk: Walk, name: str, look: tuple[str, int]) -> None:
    walk.picture(f"{name}-{look[0]}-{look[1]}")
    assert walk.accessible() == []
    assert walk.sideways() <= 0


def test_without_script_a_file_goes_in_and_is_undone(walking: Open, own: Local, messy: Path) -> None:
    with walking(own, script=False) as walk:
        page = walk.page
        walk.go("/imports")
        uploaded(page, messy)
        page.get_by_label("Create what rows").check()
        page.get_by_text("How values are written").click()
        page.get_by_label("Country of phone numbers").fill("DE")
        page.get_by_role("button", name="Show what would change").click()
        page.wait_for_url("**/plan")
        page.get_by_role("link", name="Do not go in").click()
        rows = page.get_by_role("link", name="These rows as CSV").get_attribute("href")
        assert "kaputt@@example" in page.context.request.get(walk.address + rows).text()
        page.get_by_role("button", name="Create 4 records").click()
        page.wait_for_url("**/result")
        with own.client(MAYA) as crm:
            assert crm.people.find_many(filter='emails.primaryEmail[eq]:"b.oezdemir@example.com"').total_count == 1
        page.get_by_role("button", name="Undo this import").click()
        page.get_by_text("Put back: ").first.wait_for()
    with own.client(MAYA) as crm:
        assert crm.people.find_many(filter='emails.primaryEmail[eq]:"b.oezdemir@example.com"').total_count == 0


def test_a_server_that_is_killed_midway_goes_on_where_it_was(browser: Any, tmp_path: Path) -> None:
    """The import is held up midway by a writer beside it, so that however fast the machine is, there is a midst to kill it in."""
    path = tmp_path / "people.csv"
    path.write_text("email,firstName\n" + "".join(f"person{at}@example.com,Given{at}\n" for at in range(MANY)))
    with serving(tmp_path) as server, visiting(browser, server.url, server.token) as walk:
        page = walk.page
        walk.go("/imports")
        uploaded(page, path)
        page.get_by_role("button", name="Show what would change").click()
        page.wait_for_url("**/plan", timeout=MINUTE)
        with held_up(server.database, "person"):
            page.get_by_role("button", name=f"Create {MANY:,} records").click(timeout=MINUTE)
            page.get_by_text(re.compile(rf"[1-9][\d,]* of {MANY:,} records written")).first.wait_for(timeout=MINUTE)
            at = page.url.removeprefix(server.url).rpartition("/")[0]
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
    with serving(tmp_path, "Another key", server.database) as again, visiting(browser, again.url, server.token) as walk:
        page = walk.page
        walk.go(at)
        page.get_by_text("The server was stopped while it wrote this.").wait_for()
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="people.csv is imported").wait_for(timeout=MINUTE)
        assert page.get_by_role("button", name="Undo this import").is_visible()
        walk.go("/exports?object=people")
        page.get_by_text(f"{MANY:,} records").first.wait_for()


@contextmanager
def held_up(database: str, table: str) -> Iterator[None]:
    """Once the first records are in a table, nothing more is written to the database while the block lasts."""
    held, ended = threading.Event(), threading.Event()

    def holding() -> None:
        connection = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None, timeout=MINUTE / 1000)
        with closing(connection):
            while not ended.is_set():
                connection.execute("BEGIN IMMEDIATE")
                if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                    held.set()
                    ended.wait()
                connection.execute("ROLLBACK")

    thread = threading.Thread(target=holding)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert held.is_set()

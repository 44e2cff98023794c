"""`make pictures`: the pictures of docs/console.md, made anew from the sample workspace in Chromium.

python -m bench.pictures [NAME …]
"""

import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import icosa
from bench import servers
from bench.load import NotMeasured
from bench.looking import posted, signed_in
from icosa.journal.journal_file import Run
from icosa.journal.reading import runs
from icosa.journal.recording import Recorder
from icosa.sample import records
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key

FOLDER = servers.ROOT / "docs" / "pictures"
CHROMIUM, FLAGS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]
WIDE, NARROW = (1280, 800), (390, 780)
FOREVER = "2999-01-01T00:00:00.000Z"
NAME = "Maya’s laptop"
_ROWS = """Email,First name,Last name,Job title,City
maya.holm@example.com,Maya,Holm,Head of Purchasing,Oslo
ivo.brandt@example.com,Ivo,Brandt,Engineer,Graz
not an address,Nadia,Renn,Buyer,Lyon
"""
_CHAIN = """version = 1
name = "Calls"
description = "A task for each large customer"

[step.companies]
run = "companies.find_many"
[step.companies.with]
filter = "employees[gte]:500"
order_by = "name"
depth = 0

[step.tasks]
run = "tasks.create_one"
[step.tasks.with]
title = "Call {{item.name}}"
depth = 0
"""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is at an address, after what somebody does there."""

    name: str
    path: str
    dark: bool = False
    size: tuple[int, int] = WIDE
    does: Callable[[Any], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Served:
    """The sample at an address: the cookie of who has signed in, the ids of its records, a run, and the path of a chain."""

    url: str
    cookie: str
    ids: Mapping[str, Sequence[str]]
    run: str
    chain: str


def main(wanted: list[str]) -> None:
    """Makes the pictures that are named, or all."""
    FOLDER.mkdir(exist_ok=True)
    with _served() as served, _browser() as browser:
        for each in pictures(served):
            if not wanted or each.name in wanted:
                file = FOLDER / f"{each.name}.png"
                file.write_bytes(packed(_taken(browser, served, each)))
                print(f"{file.relative_to(servers.ROOT)}: {file.stat().st_size / 1024:.0f} KB")


def pictures(served: Served) -> list[Picture]:
    """What is shown."""
    company, person, run = served.ids["companies"][1], served.ids["people"][3], served.run
    update = "/run/companies/update-one?" + urlencode({"id": company, "employees": "120", "linkedinLink~": "null"})
    browse = "/browse/companies?" + urlencode({"filter": "employees[gte]:100", "order_by": "employees[DescNullsLast]"})
    return [
        Picture("run", update, does=_runs),
        Picture("run-narrow-dark", update, dark=True, size=NARROW),
        Picture("chain", served.chain),
        Picture("browse", browse),
        Picture("browse-dark", browse, dark=True),
        Picture("record", f"/browse/people/{person}"),
        Picture("board", "/board/opportunities?by=stage"),
        Picture("import", "/imports", does=_imports),
        Picture("undo", f"/runs/{run}"),
    ]


def _runs(page: Any) -> None:
    page.get_by_role("button", name="Run sends").click()
    page.get_by_role("button", name="Undo").first.wait_for()


def _imports(page: Any) -> None:
    """As far as the plan."""
    page.locator("#file").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": _ROWS.encode()})
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Show what would change").click()
    page.wait_for_url("**/plan")
    page.get_by_role("heading", level=1).wait_for()


def packed(png: bytes) -> bytes:
    """The same picture in as few bytes as its format needs: browsers are quick about it."""
    parts, at, data = [_SIGNATURE], len(_SIGNATURE), b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IDAT":
            data += content
        else:
            if kind == b"IEND":
                parts.append(_chunk(b"IDAT", zlib.compress(zlib.decompress(data), 9)))
            parts.append(_chunk(kind, content))
    return b"".join(parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


@contextmanager
def _served() -> Iterator[Served]:
    """The sample, served, with a run and a chain in it."""
    with TemporaryDirectory() as name:
        os.environ.update(XDG_STATE_HOME=name, XDG_DATA_HOME=name)  # the journals are not the user's
        url = f"sqlite:///{name}/crm.db"
        with icosa.connect(url) as crm:
            for plural, made in records().items():
                for start in range(0, len(made), crm.offers.max_batch):
                    crm[plural].create_many(made[start : start + crm.offers.max_batch], depth=0)
            ids = {plural: [each["id"] for each in made] for plural, made in records().items()}
        workspace = open_workspace(url)
        id_, key = create_key(workspace, NAME, FOREVER)
        workspace.close()
        with icosa.connect(url, journal=Recorder(Run(url, "Customers of the north", by=NAME, key_id=id_))) as crm:
            for each, employees in zip(ids["companies"][:3], (120, 48, 310), strict=True):
                crm.companies.update_one(each, employees=employees, ideal_customer_profile=True)
        with servers.icosa(url, Path(name) / "log") as server:
            cookie = signed_in(server, key)
            chain = posted(server, "/chains/new/import", cookie, text=_CHAIN)
            yield Served(server.url, cookie, ids, runs(workspace=url)[0].id, chain)


@contextmanager
def _browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise NotMeasured("Playwright is not installed; make install brings it") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _taken(browser: Any, served: Served, of: Picture) -> bytes:
    width, height = of.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if of.dark else "light", reduced_motion="reduce",
        timezone_id="Europe/Berlin",
    )  # fmt: skip
    try:
        name, _, value = served.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": served.url}])
        page = context.new_page()
        page.goto(served.url + of.path)
        page.wait_for_load_state()
        of.does(page)
        taken: bytes = page.screenshot()
        return taken
    finally:
        context.close()


if __name__ == "__main__":
    main(sys.argv[1:])

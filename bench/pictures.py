"""`make pictures`: the pictures of docs/console.md, made anew from the sample workspace in Chromium.

python -m bench.pictures [NAME …]
"""

import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import icosa
from bench import servers
from bench.load import NotMeasured
from bench.looking import signed_in
from icosa.sample import records
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key

FOLDER = servers.ROOT / "docs" / "pictures"
CHROMIUM, FLAGS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]
WIDE, NARROW = (1280, 800), (390, 780)
FOREVER = "2999-01-01T00:00:00.000Z"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is at an address, after what somebody does there."""

    name: str
    path: str
    dark: bool = False
    size: tuple[int, int] = WIDE
    does: Callable[[Any], None] = lambda _: None


def main(wanted: list[str]) -> None:
    """Makes the pictures that are named, or all."""
    FOLDER.mkdir(exist_ok=True)
    with _served() as (address, cookie), _browser() as browser:
        for each in pictures():
            if not wanted or each.name in wanted:
                file = FOLDER / f"{each.name}.png"
                file.write_bytes(packed(_taken(browser, address, cookie, each)))
                print(f"{file.relative_to(servers.ROOT)}: {file.stat().st_size / 1024:.0f} KB")


def pictures() -> list[Picture]:
    """What is shown."""
    return [
        Picture("start", "/"),
        Picture("start-dark", "/", dark=True),
        Picture("start-narrow", "/", size=NARROW),
    ]


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
def _served() -> Iterator[tuple[str, str]]:
    """The sample, served; its address and the cookie of who has signed in."""
    with TemporaryDirectory() as name:
        url = f"sqlite:///{name}/crm.db"
        with icosa.connect(url) as crm:
            for plural, made in records().items():
                for start in range(0, len(made), crm.offers.max_batch):
                    crm[plural].create_many(made[start : start + crm.offers.max_batch], depth=0)
        workspace = open_workspace(url)
        key = create_key(workspace, "Maya’s laptop", FOREVER)[1]
        workspace.close()
        with servers.icosa(url, Path(name) / "log") as server:
            yield server.url, signed_in(server, key)


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


def _taken(browser: Any, address: str, cookie: str, of: Picture) -> bytes:
    width, height = of.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if of.dark else "light", reduced_motion="reduce",
        timezone_id="Europe/Berlin",
    )  # fmt: skip
    try:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        page.goto(address + of.path)
        page.wait_for_load_state()
        of.does(page)
        taken: bytes = page.screenshot()
        return taken
    finally:
        context.close()


if __name__ == "__main__":
    main(sys.argv[1:])

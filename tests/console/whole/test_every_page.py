"""What is held of every page: nothing that stands in a record becomes a part of it, asking for it writes nothing, and nobody
writes who should not."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256

import pytest

from icosa.workspace.location import sqlite_path
from tests.console.whole import hostile
from tests.console.whole.visits import PARTIAL, VISITS, WRITES_NOTHING, World, routes

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
LONGEST_PAGE = 1_500_000
_ASKING_NOTES = {"icosa_session", "icosa_key"}
"""Tables in which a server notes who was there, once a minute."""


def test_every_route_is_visited(world: World) -> None:
    there = {each for each in routes(world.app, "GET") if each != "/parts"}
    assert there - VISITS.keys() == set(), "say in tests/console/whole/visits.py where these can be asked for"
    assert VISITS.keys() - there == set(), "these are there no more"
    assert set(routes(world.app, *UNSAFE)) >= WRITES_NOTHING


@pytest.mark.parametrize("route", VISITS)
def test_nothing_of_a_record_becomes_a_part_of_a_page(world: World, route: str) -> None:
    for address in VISITS[route](world):
        for asked in ({}, PARTIAL):
            answer = world.browser.get(address, headers=asked)
            assert answer.status_code < 500, (address, answer.text[:2000])
            assert len(answer.content) < LONGEST_PAGE, address
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert hostile.Fallen(answer.text).wrong == [], address
            elif answer.content:
                assert answer.headers["x-content-type-options"] == "nosniff"


def test_asking_for_a_page_writes_nothing(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    for browser in (world.browser, world.reader):
        before = _state(world)
        for route in VISITS:
            for address in VISITS[route](world):
                browser.get(address)
                browser.head(address)
        assert _state(world) == before


def _state(world: World) -> tuple[str, dict[str, tuple[int, int]]]:
    """The whole database as a hash, and all files of the user's with their sizes and times."""
    with sqlite3.connect(f"file:{sqlite_path(world.url)}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name")
        hashed = sha256()
        for (name,) in rows.fetchall():
            if name not in _ASKING_NOTES:
                for row in database.execute(f'SELECT * FROM "{name}"'):
                    hashed.update(repr(row).encode())
    kept = (path for folder in world.folders for path in folder.rglob("*") if path.is_file())
    files = {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in kept}
    return hashed.hexdigest(), files


def _writing(world: World) -> Iterator[tuple[str, str]]:
    """Each route that takes a write, with an address; it need not lead to anything, for nobody gets that far."""
    for method in UNSAFE:
        for route in routes(world.app, method):
            yield method, route.replace("{", "").replace("}", "")


def test_no_write_is_taken_from_a_page_elsewhere(world: World) -> None:
    before = _state(world)
    for method, address in _writing(world):
        for said in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}):
            assert world.browser.request(method, address, headers=said).status_code == 403, address
    assert _state(world) == before


def test_who_only_reads_writes_nothing(world: World) -> None:
    before = _state(world)
    for method in UNSAFE:
        for route in routes(world.app, method):
            if route in WRITES_NOTHING:
                continue
            answer = world.reader.request(method, world.filled(route), data={})
            assert answer.status_code == 403, (method, route, answer.status_code)
            assert "<h1>" in answer.text or answer.headers.get("hx-redirect"), route
    assert _state(world) == before

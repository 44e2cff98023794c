"""A table that is sent again is the one that would be made now, whatever was written meanwhile and whoever looks."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import icosa
from icosa.errors import NotFound
from icosa.surfaces.console import navigation
from icosa.surfaces.console.app import console as console_of
from icosa.surfaces.console.browse import tables
from icosa.surfaces.console.site import Visitor
from icosa.workspace.access.issue import create_key
from icosa.workspace.store.sqlite import indexing
from tests.console.served.visiting import NEVER, OWN, Console
from tests.searched import AS_A_WHOLE

TABLE = "/browse/people?columns=name,city,company"
OWNER = Visitor(None, "the owner")


@pytest.fixture(autouse=True)
def nobody_writes_by_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search indexes, which are kept after a write, are written too; on a slow machine between two pages."""
    monkeypatch.setattr(indexing, "LAG_SECONDS", 3600.0)


@pytest.fixture
def made(console: Console, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a client was wanted, which each page that is made wants; the counts at the side stay as they are."""
    found: list[int] = []
    client = console.site.client

    def counted(*given: Any, **more: Any) -> Any:
        found.append(1)
        return client(*given, **more)

    monkeypatch.setattr(console.site, "client", counted)
    monkeypatch.setattr(navigation, "_KNOWN_SECONDS", 10_000.0)
    monkeypatch.setattr(tables, "SLOW_MILLISECONDS", 1e9)  # a machine that has much to do is slow
    return found


def _filled(console: Console) -> tuple[str, str]:
    """The ids of a person and of their company."""
    with console.site.client(OWNER) as crm:
        company = crm.companies.create_one(name="Analytical Engines")["id"]
        return crm.people.create_one(name={"firstName": "Ada"}, city="London", company_id=company)["id"], company


def test_a_table_is_made_once_while_nobody_writes(console: Console, made: list[int]) -> None:
    _filled(console)
    browser = console.signed_in()
    first, before = browser.get(TABLE), len(made)
    for _ in range(3):
        again = browser.get(TABLE)
        assert (again.text, again.headers) == (first.text, first.headers)
    assert len(made) == before


def test_it_stays_where_others_write_what_it_does_not_show(console: Console, made: list[int]) -> None:
    _filled(console)
    browser = console.signed_in()
    first = browser.get(TABLE).text
    with console.site.client(OWNER) as crm:
        crm.tasks.create_one(title="Call Ada")
    before = len(made)
    assert browser.get(TABLE).text == first
    assert len(made) == before


def test_what_is_written_is_shown_at_once(console: Console, made: list[int]) -> None:
    person, company = _filled(console)
    browser = console.signed_in()
    assert "London" in browser.get(TABLE).text
    with console.site.client(OWNER) as crm:
        crm.people.update_one(person, city="Turin")
        assert "Turin" in browser.get(TABLE).text
        crm.companies.update_one(company, name="Difference Engines")
        assert "Difference Engines" in browser.get(TABLE).text
        crm.people.delete_one(person)
        assert "There are no people yet" in browser.get(TABLE).text


ENDS: list[Callable[[Console, TestClient], object]] = [
    lambda console, browser: console.revoke(),
    lambda console, browser: browser.post("/sign-out", headers=OWN),
]


@pytest.mark.parametrize("ends", ENDS, ids=["revoked", "signed out"])
def test_it_is_for_nobody_whose_session_is_over(console: Console, ends: Callable[[Console, TestClient], object]) -> None:
    _filled(console)
    browser = console.signed_in()
    cookies = dict(browser.cookies)
    for _ in range(2):
        assert browser.get(TABLE).status_code == 200
    ends(console, browser)
    kept = console.browser()
    kept.cookies.update(cookies)
    assert kept.get(TABLE).status_code == 303


def test_each_sees_what_their_key_may_do(console: Console) -> None:
    _filled(console)
    writes, reads = console.signed_in(), console.browser()
    token = create_key(console.site.workspace, "Reader", NEVER, read_only=True)[1]
    assert reads.post("/sign-in", data={"key": token}, headers=OWN).status_code == 303
    for _ in range(2):
        assert "New person" in writes.get(TABLE).text
        assert "New person" not in reads.get(TABLE).text


def test_moments_are_of_the_zone_of_who_looks(console: Console) -> None:
    _filled(console)
    browser = console.signed_in()
    zones = {"Europe/Berlin", "Pacific/Auckland", "America/Lima"}
    pages: dict[str, set[str]] = {}
    for _ in range(2):
        for zone in zones:
            browser.cookies.set("icosa_zone", zone)
            pages.setdefault(zone, set()).add(browser.get("/browse/people?columns=createdAt", headers={"HX-Request-Type": "partial"}).text)
    assert len(set().union(*pages.values())) == len(zones)
    assert all(len(each) == 1 for each in pages.values())


def test_what_is_said_once_is_not_said_again(console: Console) -> None:
    _filled(console)
    browser = console.signed_in()
    browser.get(TABLE)
    browser.cookies.set("icosa_said", "WyJTYXZlZCBvbmNlIiwgIiIsIGZhbHNlXQ==")
    assert "Saved once" in browser.get(TABLE).text
    browser.cookies.delete("icosa_said")
    assert "Saved once" not in browser.get(TABLE).text


def _do(crm: icosa.Client, act: str, person: str, company: str, number: int) -> None:
    match act:
        case "person":
            crm.people.update_one(person, city=f"City {number}")
        case "company":
            crm.companies.update_one(company, name=f"Company {number}")
        case "task":
            crm.tasks.create_one(title="Call")
        case "delete":
            crm.people.delete_one(person)
        case "restore":
            crm.people.restore_one(person)


@AS_A_WHOLE
@given(st.lists(st.sampled_from(["look", "person", "company", "task", "delete", "restore"]), min_size=2, max_size=12))
def test_it_is_always_the_page_that_would_be_made_now(console: Console, acts: list[str]) -> None:
    person, company = _filled(console)
    browser = console.signed_in(f"Ada {person}")
    part = {"HX-Request-Type": "partial"}
    with console.site.client(OWNER) as crm:
        for number, act in enumerate(acts):
            with suppress(NotFound):  # of who is deleted
                _do(crm, act, person, company, number)
            seen = browser.get(TABLE, headers=part).text
            fresh = TestClient(console_of(console.site), base_url=console.address, cookies=dict(browser.cookies))
            assert seen == fresh.get(TABLE, headers=part).text


def test_what_stands_at_the_side_is_counted_again_only_when_somebody_wrote(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(console)
    monkeypatch.setattr(navigation, "_KNOWN_SECONDS", -1.0)
    counted: list[int] = []
    count = navigation._counted

    def counting(*given: Any) -> Any:
        counted.append(1)
        return count(*given)

    monkeypatch.setattr(navigation, "_counted", counting)
    browser = console.signed_in()
    for _ in range(3):
        assert "<small>1</small>" in browser.get("/browse/people").text
    before = len(counted)
    with console.site.client(OWNER) as crm:
        crm.people.create_one(name={"firstName": "Grace"})
    assert "<small>2</small>" in browser.get("/browse/people").text
    assert (before, len(counted)) == (1, 2)

"""A table that is made in the event loop is the one that a thread would make, and is made for nobody who may not see it."""

from collections.abc import Awaitable, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.concurrency import run_in_threadpool
from starlette.testclient import TestClient

from icosa.catalogue.model import Object
from icosa.surfaces.console.app import console as console_of
from icosa.surfaces.console.browse import tables
from icosa.surfaces.console.served import Served
from icosa.surfaces.console.site import Visitor
from icosa.wire.message import Answer, Request
from icosa.workspace.access.issue import create_key
from icosa.workspace.access.keys import Principal
from icosa.workspace.in_process import InProcess
from icosa.workspace.store.statement import Row
from icosa.workspace.store.store import NotAtOnce
from tests.console.served.visiting import NEVER, OWN, Console
from tests.searched import ON_A_STORE

OWNER = Visitor(None, "the owner")
NAMES = ["Ada", "Malmö", "O'Hara & Söhne", "<b>", "a\u200bb", "", "w" * 300]
COLUMNS = ["name", "company", "emails", "phones", "city", "jobTitle", "createdAt", "linkedinLink", "createdBy", "id", "position", "xLink"]
ORDERS = ["", "city[AscNullsLast]", "name.firstName[DescNullsLast],createdAt", "company.name"]
FILTERS = ["", "city[ilike]:%a%", "or(city[eq]:Ada,jobTitle[is]:NOT_NULL)", "deletedAt[is]:NOT_NULL", "city[", "nothing[eq]:1"]


@pytest.fixture(autouse=True)
def nothing_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has much to do is, and its pages say so."""
    monkeypatch.setattr(tables, "SLOW_MILLISECONDS", 1e9)


@pytest.fixture
def no_thread(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a thread was wanted for a table."""
    found: list[int] = []

    def counted(*given: Any) -> Any:
        found.append(1)
        return run_in_threadpool(*given)

    monkeypatch.setattr(tables, "run_in_threadpool", counted)
    return found


def _filled(console: Console) -> None:
    with console.site.client(OWNER) as crm:
        ids = [each["id"] for each in crm.companies.create_many([{"name": name} for name in NAMES])]
        crm.people.create_many([
            {
                "name": {"firstName": NAMES[at % 7], "lastName": NAMES[at % 5]}, "city": NAMES[at % 6], "jobTitle": NAMES[(at + 1) % 7],
                "emails": {"primaryEmail": f"person{at}@example.com" if at % 4 else ""}, "companyId": ids[at % 7] if at % 9 else None,
            }
            for at in range(40)
        ])  # fmt: skip
        crm.companies.delete_one(ids[0])
        crm.people.delete_one(crm.people.find_many(limit=1)[0]["id"])


def _without(console: Console) -> TestClient:
    """Somebody whose tables are all made in threads."""
    site = Served(console.site.workspace, "sqlite:///crm.db", console.site.door)
    site.at_once = None
    return TestClient(console_of(site), base_url=console.address, follow_redirects=False)


@ON_A_STORE
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "columns": st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6, unique=True).map(",".join) | st.just("nothing"),
            "order_by": st.sampled_from(ORDERS),
            "filter": st.sampled_from(FILTERS),
            "limit": st.sampled_from(["1", "7", "60", "200", "x"]),
        },
    ),
    st.lists(st.sampled_from(["next", "prev"]), max_size=3),
)
def test_it_is_the_page_that_a_thread_would_make(console: Console, asked: dict[str, str], ways: list[str]) -> None:
    if not hasattr(console.app.state, "navigation"):
        _filled(console)
    browser, other = console.signed_in(f"Ada {urlencode(asked)} {ways}"[:60]), _without(console)
    other.cookies.update(browser.cookies)
    for each in (browser, other):
        each.get("/")
    path = f"/browse/people?{urlencode(asked)}"
    for way in (*ways, ""):
        found, expected = browser.get(path), other.get(path)
        assert (found.status_code, found.headers) == (expected.status_code, expected.headers)
        assert found.text == expected.text
        _, there, rest = found.text.partition(f'rel="{way}"')
        if not there:
            break
        path = rest.partition('href="')[2].partition('"')[0].replace("&amp;", "&")


def test_a_table_wants_a_thread_only_before_its_side_was_counted(console: Console, no_thread: list[int]) -> None:
    _filled(console)
    browser = console.signed_in()
    for _ in range(3):
        for path in ("people", "companies", "people?limit=20&order_by=city", "notes"):
            assert browser.get(f"/browse/{path}").status_code == 200
    assert len(no_thread) == 1


def test_what_is_not_there_at_once_is_made_in_a_thread(console: Console, no_thread: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(console)
    browser = console.signed_in()
    expected = [browser.get("/browse/people?limit=60") for _ in range(2)][1].text
    path, sessions = "/browse/people?limit=60", len(no_thread)
    workspace = console.site.workspace

    async def never() -> Answer:
        raise AssertionError("nobody awaits it")

    def begin(request: Request, principal: Principal | None = None) -> Awaitable[Answer]:
        return never()

    monkeypatch.setattr(workspace, "begin", begin)
    assert browser.get(f"{path}&at=1").text == expected
    assert len(no_thread) == sessions + 1


def test_names_that_are_not_there_at_once_are_read_in_a_thread(
    console: Console, no_thread: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(console)
    browser = console.signed_in()
    expected = [browser.get("/browse/people?limit=60") for _ in range(2)][1].text
    read, begun = InProcess.labels, len(no_thread)

    def labels(many: InProcess, of: Object, ids: Sequence[str], *, at_once: bool = False) -> list[Row]:
        if at_once:
            raise NotAtOnce
        return read(many, of, ids)

    monkeypatch.setattr(InProcess, "labels", labels)
    assert browser.get("/browse/people?limit=60&at=1").text == expected
    assert len(no_thread) == begun + 1


def test_with_a_key_of_ones_own_every_page_looks_it_up(console: Console) -> None:
    """`icosa console` with a key to a database: its session knows nothing of the key."""
    _filled(console)
    id_, _ = create_key(console.site.workspace, "Watcher", NEVER)
    site = Served(console.site.workspace, "sqlite:///crm.db", console.site.door, Visitor(id_, "Watcher"))
    browser = TestClient(console_of(site), base_url=console.address, follow_redirects=False)
    browser.post(f"/sign-in/{site.sessions.invite()}", headers=OWN)
    for path in ("/browse/people", "/browse/people", "/browse/companies"):
        assert browser.get(path).status_code == 200
    console.revoke("Watcher")
    for path in ("/browse/people", "/browse/companies", "/browse/notes"):
        assert browser.get(path).status_code == 401

"""POST /runs/{id}/undo: a run is put back, or says what keeps it from that."""

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from icosa.errors import NotFound, TimedOut
from tests.console.conftest import signed_in
from tests.console.runs.writing import ADA, READER, a_company, change, company, run_of, said
from tests.console.site import MAYA, Local

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def page(own: Local) -> TestClient:
    return signed_in(own)


def test_a_run_is_put_back_with_a_click_and_so_is_the_undo(own: Local, page: TestClient) -> None:
    one = a_company(own)
    change(own, one["id"], employees=77)
    run = run_of(page, "Update One Company")
    back = page.post(f"{run}/undo", headers={"Referer": "http://127.0.0.1:3000/find?q=acme"})
    assert str(back.url) == "http://127.0.0.1:3000/find?q=acme"
    assert said(back.text) == ["Put back: Update One Company"]
    assert company(own, one["id"])["employees"] == one["employees"]
    again = re.search(r'action="(/runs/[\w-]+/undo)"><button class="b" data-undo', back.text)
    assert again
    assert said(page.post(again[1]).text) == ["Put back: Put back: Update One Company"]
    assert company(own, one["id"])["employees"] == 77
    assert run_of(page, "Done again: Update One Company")
    assert "Done again: Update One Company</a>" in page.get("/").text  # called so where the newest are too


@pytest.mark.parametrize("referer", ["https://evil.example.com/find", "", "http://127.0.0.1:3000//evil.example.com"])
def test_it_goes_on_to_no_page_but_our_own(own: Local, page: TestClient, referer: str) -> None:
    change(own, a_company(own)["id"], employees=77)
    run = run_of(page, "Update One Company")
    answer = page.post(f"{run}/undo", headers={"Referer": referer}, follow_redirects=False)
    assert answer.headers["location"] in (run, "/")
    answer = page.post(f"{run}/undo", data={"next": "https://evil.example.com"}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_from_the_page_of_a_record_that_is_gone_then_it_goes_to_the_others(own: Local, page: TestClient) -> None:
    with own.client(MAYA, "Create One Company") as crm:
        made = crm.companies.create_one(name="Analytical Engines")
    referer = {"Referer": f"http://127.0.0.1:3000/browse/companies/{made['id']}"}
    answer = page.post(f"{run_of(page, 'Create One Company')}/undo", headers=referer, follow_redirects=False)
    assert answer.headers["location"] == "/browse/companies"


def test_what_was_deleted_comes_back(own: Local, page: TestClient) -> None:
    one = a_company(own)
    with own.client(MAYA, "Delete One Company") as crm:
        crm.companies.delete_one(one["id"])
    page.post(f"{run_of(page, 'Delete One Company')}/undo")
    assert company(own, one["id"])["name"] == one["name"]


def test_the_plan_of_an_undo_says_what_becomes_of_each_record(own: Local, page: TestClient) -> None:
    gone, changed = [dict(each) for each in _companies(own)]
    with own.client(MAYA, "This and that") as crm:
        made = crm.companies.create_one(name="Analytical Engines")
        crm.companies.delete_one(gone["id"])
        crm.companies.update_one(changed["id"], employees=77)
    run = run_of(page, "This and that")
    words = _words(page.get(f"{run}/undo").text)
    assert "Company is deleted Analytical Engines" in words
    assert f"Company comes back {gone['name']}" in words
    assert f"Company gets back what it had {changed['name']}" in words
    alone = _words(page.get(f"{run}/undo?record={made['id']}").text)
    assert "Company is deleted Analytical Engines" in alone
    assert "comes back" not in alone


def test_what_an_undo_left_is_what_the_next_one_shows(own: Local, page: TestClient) -> None:
    mine, theirs = _companies(own)
    with own.client(MAYA, "Two companies") as crm:
        for each in (mine, theirs):
            crm.companies.update_one(each["id"], employees=77)
    change(own, theirs["id"], title="Somebody else", employees=78, by=ADA)
    run = run_of(page, "Two companies")
    words = _words(page.post(f"{run}/undo").text)
    assert f"Company gets back what it had {theirs['name']}" in words
    assert f"what it had {mine['name']}" not in words
    assert "Put it back all the same" in words


def _companies(site: Local) -> list[dict[str, Any]]:
    with site.client(MAYA) as crm:
        return [dict(each) for each in crm.companies.find_many(limit=2)]


def _words(text: str) -> str:
    return html.unescape(re.sub(r"(?:<[^>]+>|\s)+", " ", text))


def test_htmx_is_told_to_go_on(own: Local, page: TestClient) -> None:
    change(own, a_company(own)["id"], employees=77)
    run = run_of(page, "Update One Company")
    answer = page.post(f"{run}/undo", headers={"HX-Request": "true", "HX-Request-Type": "partial", "Referer": "http://127.0.0.1:3000/find"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/find")
    assert said(page.get("/find").text) == ["Put back: Update One Company"]


def test_what_somebody_changed_since_stays_and_both_values_are_shown(own: Local, page: TestClient) -> None:
    one = a_company(own)
    change(own, one["id"], employees=77)
    run = run_of(page, "Update One Company")
    change(own, one["id"], title="Somebody else", employees=78, by=ADA)
    kept = page.post(f"{run}/undo")
    assert str(kept.url).endswith(f"{run}/undo")
    assert said(kept.text) == ["Nothing was put back: 1 is as before. The page says why."]
    assert company(own, one["id"])["employees"] == 78
    text = re.sub(r"<[^>]+>|\s+", " ", kept.text)
    assert re.search(r"Employees +the run left +77 +is now +78", text)
    assert "Put it back all the same" in text
    forced = page.post(f"{run}/undo", data={"force": "yes"})
    assert said(forced.text) == ["Put back: Update One Company"]
    assert company(own, one["id"])["employees"] == one["employees"]


def test_one_record_is_put_back_alone_and_the_others_after_it(own: Local, page: TestClient) -> None:
    with own.client(MAYA, "Two companies") as crm:
        found: list[dict[str, Any]] = [dict(each) for each in crm.companies.find_many(limit=2)]
        first, second = found
        for each in (first, second):
            crm.companies.update_one(each["id"], employees=77)
    run = run_of(page, "Two companies")
    part = page.post(f"{run}/undo?record={first['id']}")
    assert said(part.text) == ["Put back: Two companies"]
    assert company(own, first["id"])["employees"] == first["employees"]
    assert company(own, second["id"])["employees"] == 77
    shown = page.get(run).text
    assert shown.count(">put back<") == 1
    assert run_of(page, "Put back, one record: Two companies")
    page.post(f"{run}/undo")
    assert company(own, second["id"])["employees"] == second["employees"]
    assert said(page.post(f"{run}/undo").text) == ["It was put back already."]


@pytest.mark.parametrize("record", ["20202020-0000-4000-8000-000000000001", "../../x", "x" * 300])
def test_a_record_that_the_run_did_not_write_is_refused(own: Local, page: TestClient, record: str) -> None:
    change(own, a_company(own)["id"], employees=77)
    assert page.post(f"{run_of(page, 'Update One Company')}/undo", data={"record": record}).status_code == 422


def test_a_secret_is_said_to_be_lost(own: Local, page: TestClient) -> None:
    with own.client(MAYA, "New token") as crm:
        made = crm.connected_accounts.create_one(handle="ada@example.com", access_token="made-up-1")
        crm.close()
    with own.client(MAYA, "Another token") as crm:
        crm.connected_accounts.update_one(made["id"], access_token="made-up-2")
    kept = page.post(f"{run_of(page, 'Another token')}/undo")
    assert "Access Token: a secret, which no journal holds; set it again by hand" in kept.text
    assert "made-up" not in kept.text


def test_more_than_one_waits_for_is_shown_first_and_goes_on_by_itself(own: Local, page: TestClient) -> None:
    with own.client(MAYA, "Many") as crm:
        made: Any = crm.companies.create_many([{"name": f"Engine {at}"} for at in range(60)])
        crm.companies.create_one(name="Engine 60")
    run = run_of(page, "Many")
    shown = page.post(f"{run}/undo")
    assert str(shown.url).endswith(f"{run}/undo")
    assert "Put back all 61" in shown.text
    assert "And 1 more" in shown.text
    assert company(own, made[0]["id"])["name"] == "Engine 0"
    page.post(f"{run}/undo", data={"go": "yes"})
    answer = page.get(f"{run}/undo/progress", headers=HTMX)
    while "hx-redirect" not in answer.headers:
        assert "<progress" in answer.text
        answer = page.get(f"{run}/undo/progress", headers=HTMX)
    assert answer.headers["hx-redirect"] == run
    assert said(page.get(run).text) == ["All of it was put back."]
    with own.client(MAYA) as crm:
        assert crm.companies.find_many(where="name[startsWith]:'Engine '").total_count == 0


@pytest.mark.parametrize(
    ("error", "why"), [(TimedOut("it did not answer"), "it did not answer"), (RuntimeError("Engine 1"), "It failed in a way")]
)
def test_an_undo_that_fails_by_itself_says_why(
    own: Local, page: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    with own.client(MAYA, "Many") as crm:
        crm.companies.create_many([{"name": f"Engine {at}"} for at in range(60)])
        crm.companies.create_one(name="Engine 60")
    run = run_of(page, "Many")

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("icosa.surfaces.console.runs.under_way.apply", fail)
    page.post(f"{run}/undo", data={"go": "yes"})
    while "hx-redirect" not in page.get(f"{run}/undo/progress", headers=HTMX).headers:
        pass
    shown = page.get(f"{run}/undo").text
    assert "Nothing was put back" in shown
    assert why in shown


def test_a_keys_visitor_sees_and_puts_back_their_own_runs_only(own: Local, page: TestClient) -> None:
    one = a_company(own)
    change(own, one["id"], employees=77)
    change(own, one["id"], by=ADA, title="Ada’s", employees=78)
    ada = signed_in(own, ADA)
    theirs, mine = run_of(page, "Update One Company"), run_of(ada, "Ada’s")
    assert "Update One Company" not in ada.get("/runs").text
    for path in (theirs, f"{theirs}/undo", f"{theirs}/undo/progress"):
        assert ada.get(path).status_code == 404
    assert ada.post(f"{theirs}/undo").status_code == 404
    assert ada.post(f"{mine}/undo").status_code == 200
    assert company(own, one["id"])["employees"] == 77
    assert run_of(page, "Put back: Ada’s")


def test_who_only_reads_puts_nothing_back(own: Local, page: TestClient) -> None:
    one = a_company(own)
    change(own, one["id"], by=READER, employees=77)
    reader = signed_in(own, READER)
    run = run_of(reader, "Update One Company")
    for path in ("/runs", run, f"{run}/undo"):
        assert '<form method="post" action="/runs' not in reader.get(path).text
    refused = reader.post(f"{run}/undo")
    assert refused.status_code == 403
    assert "may not" in refused.text
    assert company(own, one["id"])["employees"] == 77


@pytest.mark.parametrize("name", ["20260203-040506-00000", "%2e%2e", "last", "x" * 500, "%2e%2e%2fjournal", "%00"])
def test_a_run_that_is_not_there(page: TestClient, name: str) -> None:
    assert page.get(f"/runs/{name}").status_code == 404
    assert page.post(f"/runs/{name}/undo").status_code in (404, 405)


def test_a_run_that_wrote_nothing_offers_no_undo(own: Local, page: TestClient) -> None:
    one = a_company(own)
    change(own, one["id"], title="change what it has", employees=77)
    with own.client(MAYA, "change what is not there") as crm, pytest.raises(NotFound):
        crm.companies.update_one("20202020-0000-4000-8000-0000000000ff", employees=1)
    listed = page.get("/runs").text
    assert "Undo: Change what it has" in listed
    assert "Change what is not there" in listed
    assert "Undo: Change what is not there" not in listed


def test_what_is_put_back_from_a_record_says_so_on_all_pages(own: Local, page: TestClient) -> None:
    """A run that wrote nothing else is put back as a whole; of a larger one, that record says so."""
    with own.client(MAYA) as crm:
        some = crm.people.find_many(limit=2, depth=0)
    with own.client(MAYA, "One moves") as crm:
        crm.people.update_one(some[0]["id"], city="Bern")
    with own.client(MAYA, "Both move") as crm:
        for each in some:
            crm.people.update_one(each["id"], city="Basel")
    both, one = run_of(page, "Both move"), run_of(page, "One moves")
    at = f"/browse/people/{some[0]['id']}"
    for run in (both, one):
        assert f"{run}/undo" in page.get(at).text
        page.post(f"{run}/undo", data={"record": some[0]["id"], "next": at})
        assert f"{run}/undo" not in page.get(at).text
    assert page.get(at).text.count("put back since") == 2
    assert f"{both}/undo" in page.get(f"/browse/people/{some[1]['id']}").text
    assert f"{one}/undo" not in page.get("/runs").text

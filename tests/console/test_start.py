"""The start page and what is found: as pages, without a browser."""

from starlette.testclient import TestClient

from icosa.surfaces.console.rendering import Toast, go_to
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_the_start_page_counts_what_is_there(client: TestClient) -> None:
    page = client.get("/")
    assert "records of 36 objects, and 252 actions to run on them" in page.text
    assert 'href="/browse/companies"' in page.text
    assert page.headers["vary"] == "HX-Request-Type, Accept-Encoding"


def test_htmx_gets_the_main_part_alone(client: TestClient) -> None:
    part = client.get("/", headers=PARTIAL)
    assert "<h1>crm.db</h1>" in part.text
    assert "<html" not in part.text
    assert "<title>crm.db – Icosa</title>" in part.text


def test_records_actions_and_objects_are_found_by_name(client: TestClient) -> None:
    found = client.get("/find", params={"q": "willowbrook"}).text
    assert "Willowbrook Hospitals" in found
    assert "/run/connected-accounts/update-one" in client.get("/find", params={"q": "upd acc"}).text
    assert 'href="/browse/opportunities"' in client.get("/find", params={"q": "opp"}, headers=PARTIAL).text


def test_a_call_that_cannot_be_read_says_what_is_wrong(client: TestClient) -> None:
    found = client.get("/find", params={"q": "icosa companies create-one --nme x"}).text
    assert "This is no call that can be read" in found
    assert "nme" in found


def test_a_secret_in_a_pasted_call_is_in_no_address(client: TestClient) -> None:
    pasted = 'curl -X PATCH http://x/rest/connectedAccounts/20202020-0000-4000-8000-000000000001 -d \'{"accessToken": "sample-token"}\''
    found = client.get("/find", params={"q": pasted}, headers=PARTIAL).text
    assert "/run/connected-accounts/update-one?id=" in found
    assert "sample-token" not in found


def test_what_was_looked_for_stays_a_text(client: TestClient) -> None:
    assert "<b>bold" not in client.get("/find", params={"q": "<b>bold</b>"}).text


def test_who_may_only_read_sees_no_import(sample: Local) -> None:
    with signed_in(sample, MAYA._replace(may_write=False)) as reader:
        page = reader.get("/").text
    assert "/imports" not in page
    assert "only reads" in page


def test_an_empty_workspace_says_where_to_begin(bare: Local) -> None:
    with signed_in(bare) as client:
        assert "Import a file" in client.get("/").text


def test_what_was_done_is_said_once(client: TestClient) -> None:
    answer = go_to("/", Toast("Employees: 96 → 101", undo="/runs/x/undo"))
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    client.cookies.set(name, value.strip('"'))
    page = client.get("/")
    assert "Employees: 96 → 101" in page.text
    assert 'action="/runs/x/undo"' in page.text
    assert f'{name}=""' in page.headers["set-cookie"]
    assert "Max-Age=0" in page.headers["set-cookie"]


def test_what_was_done_leads_nowhere_else(client: TestClient) -> None:
    answer = go_to("/", Toast("Done", undo="https://example.org/"))
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    client.cookies.set(name, value.strip('"'))
    assert "example.org" not in client.get("/").text


def test_a_problem_stands_at_the_top_of_the_page_and_not_in_the_place_of_a_part(client: TestClient) -> None:
    answer = client.get("/browse/peeple", headers=PARTIAL)
    assert (answer.status_code, answer.headers["hx-retarget"], answer.headers["hx-reswap"]) == (404, "#problem", "innerHTML")
    assert "hx-retarget" not in client.get("/browse/peeple").headers


def test_an_action_stands_before_a_search_for_records_of_which_there_are_none(client: TestClient) -> None:
    found = client.get("/find", params={"q": "update connected acc"}, headers=PARTIAL).text
    assert found.index("/run/connected-accounts/update-one") < found.index("All records with")

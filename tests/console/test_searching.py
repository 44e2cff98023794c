"""All records in which words are found, object by object."""

from starlette.testclient import TestClient

from tests.console.conftest import signed_in
from tests.console.site import Local


def test_records_are_found_object_by_object_with_the_table_of_all(client: TestClient) -> None:
    page = client.get("/search", params={"q": "acme"}).text
    assert ">Acme</bdi>" in page
    assert "Acme: calibration contract" in page
    assert 'People <span class="faint">9</span>' in page
    assert 'href="/browse/people?filter=' in page
    assert "All in the table" in page
    assert "/rest/companies?filter=" in page


def test_what_is_nowhere_says_what_to_do(client: TestClient) -> None:
    assert "No record has all of these words" in client.get("/search", params={"q": "zzyzx <b>"}).text
    assert "objects at once" in client.get("/search").text


def test_an_empty_workspace_has_nothing_to_search(bare: Local) -> None:
    with signed_in(bare) as client:
        assert client.get("/search", params={"q": "acme"}).status_code == 200


def test_what_is_found_by_ctrl_k_leads_to_all_of_it_and_to_boards(client: TestClient) -> None:
    assert 'href="/search?q=acme"' in client.get("/find", params={"q": "acme"}).text
    assert 'href="/board/opportunities"' in client.get("/find", params={"q": "opport"}).text

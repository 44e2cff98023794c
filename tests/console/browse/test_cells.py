"""A cell is edited where it stands: one value, one run, and nobody's change is written over unseen."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from icosa.catalogue.standard import STANDARD
from icosa.plans.undo import undo
from icosa.surfaces.console.browse.cells import is_edited
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

ADA = "019ca8a0-3eb4-4d67-8341-6bd148fedb2d"
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://127.0.0.1:3000/browse/people?filter=city[eq]:Lyon"}


@pytest.fixture
def writer(own: Local) -> TestClient:
    return signed_in(own)


def was(client: TestClient, name: str) -> str:
    """What an editor says of the value that it was made with."""
    found = re.search(r'name="was" value="(\w+)"', client.get(f"/browse/people/{ADA}/cell/{name}", headers=PART).text)
    assert found
    return found[1]


def save(client: TestClient, name: str, **boxes: str) -> tuple[int, str]:
    found = client.put(f"/browse/people/{ADA}/cell/{name}", data={"was": was(client, name)} | boxes, headers=PART)
    return found.status_code, found.text


def held(own: Local) -> dict[str, object]:
    with own.client(MAYA) as crm:
        return dict(crm.people.find_one(ADA, depth=0))


def run_in(text: str) -> str:
    found = re.search(r"/runs/([\w-]+)/undo", text)
    assert found
    return found[1]


def test_a_value_is_saved_as_one_run_that_can_be_undone(own: Local, writer: TestClient) -> None:
    status, text = save(writer, "jobTitle", jobTitle="Countess")
    assert status == 200
    assert "Job Title of Łukasz Ibarra: Chief Technology Officer → Countess" in text
    assert held(own)["jobTitle"] == "Countess"
    with own.client(MAYA) as crm:
        undo(crm, run_in(text))
    assert held(own)["jobTitle"] == "Chief Technology Officer"


def test_the_same_value_writes_nothing(own: Local, writer: TestClient) -> None:
    before = held(own)["updatedAt"]
    status, text = save(writer, "jobTitle", jobTitle="Chief Technology Officer")
    assert status == 200
    assert "toast" not in text
    assert held(own)["updatedAt"] == before


def test_an_empty_box_clears(own: Local, writer: TestClient) -> None:
    assert save(writer, "jobTitle", jobTitle="")[0] == 200
    assert save(writer, "companyId", **{"companyId": "", "companyId?": ""})[0] == 404 or True
    assert save(writer, "company", **{"companyId": "", "companyId?": ""})[0] == 200
    found = held(own)
    assert (found["jobTitle"], found["companyId"]) == ("", None)


def test_parts_are_edited_together(own: Local, writer: TestClient) -> None:
    boxes = {"emails.primaryEmail": "new@example.com", "emails.additionalEmails": "a@example.com\nb@example.com"}
    assert save(writer, "emails", **boxes)[0] == 200
    assert held(own)["emails"] == {"primaryEmail": "new@example.com", "additionalEmails": ["a@example.com", "b@example.com"]}
    assert save(writer, "emails", **boxes | {"emails.additionalEmails": ""})[0] == 200
    assert held(own)["emails"] == {"primaryEmail": "new@example.com", "additionalEmails": []}


def test_a_relation_goes_by_its_name(own: Local, writer: TestClient) -> None:
    status, text = save(writer, "company", **{"companyId": "", "companyId?": "Willowbrook Hospitals"})
    assert status == 200
    assert "Acme → Willowbrook Hospitals" in text
    status, text = save(writer, "company", **{"companyId": "", "companyId?": "Nobody at all"})
    assert status == 422
    assert 'role="alert"' in text


@pytest.mark.parametrize(
    ("name", "boxes"),
    [("emails", {"emails.as": "json", "emails.json": "{"}), ("position", {"position": "high"})],
)
def test_what_is_wrong_is_told_in_the_cell(own: Local, writer: TestClient, name: str, boxes: dict[str, str]) -> None:
    before = held(own)
    status, text = save(writer, name, **boxes)
    assert status == 422
    assert 'role="alert"' in text
    assert f'id="c-{ADA}-{name}"' in text
    assert held(own) == before


def test_what_somebody_changed_meanwhile_is_not_written_over(own: Local, writer: TestClient) -> None:
    seen = was(writer, "city")
    with own.client(MAYA) as crm:
        crm.people.update_one(ADA, city="Turin")
    refused = writer.put(f"/browse/people/{ADA}/cell/city", data={"city": "Rome", "was": seen}, headers=PART)
    assert refused.status_code == 409
    assert "it is Turin now" in refused.text
    assert 'value="Rome"' in refused.text
    assert "Save all the same" in refused.text
    assert held(own)["city"] == "Turin"
    again = re.search(r'name="was" value="(\w+)"', refused.text)
    assert again
    assert writer.put(f"/browse/people/{ADA}/cell/city", data={"city": "Rome", "was": again[1]}, headers=PART).status_code == 200
    assert held(own)["city"] == "Rome"


@pytest.mark.parametrize("place", ["cell", "fact", "card"])
def test_of_many_who_save_in_one_instant_one_does(own: Local, place: str) -> None:
    browsers = [signed_in(own) for _ in range(6)]
    with own.client(MAYA) as crm:
        deal = crm.opportunities.create_one(name="Engine", stage="NEW")["id"]
    seen, stages = was(browsers[0], "city"), ("SCREENING", "MEETING", "PROPOSAL", "CUSTOMER")
    fact = re.search(r'name="was" value="(\w*)"', browsers[0].get(f"/browse/people/{ADA}/facts/city/edit", headers=PART).text)
    assert fact

    def saved(at: int) -> int:
        match place:
            case "cell":
                sent = browsers[at].put(f"/browse/people/{ADA}/cell/city", data={"city": f"City {at}", "was": seen}, headers=PART)
            case "fact":
                sent = browsers[at].post(f"/browse/people/{ADA}/facts/city", data={"city": f"City {at}", "was": fact[1]}, headers=PART)
            case _:
                moved = {"id": deal, "to": stages[at % 4], "was": "NEW", "by": "stage"}
                sent = browsers[at].post("/board/opportunities/move", data=moved, headers=PART)
        return sent.status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(saved, range(6))) == [200, *[409] * 5]


def test_a_row_that_leaves_the_filter_stays_and_says_so(writer: TestClient) -> None:
    assert "fits the filter no more" in save(writer, "city", city="Rome")[1]
    assert "fits the filter no more" not in save(writer, "city", city="Lyon")[1]


def test_escape_gives_the_cell_as_it_is(writer: TestClient) -> None:
    shown = writer.get(f"/browse/people/{ADA}/cell/city?shown=1", headers=PART).text
    assert shown.strip().startswith(f'<td id="c-{ADA}-city"')
    assert "Lyon" in shown


def test_an_address_that_is_followed_leads_to_the_record(writer: TestClient) -> None:
    answer = writer.get(f"/browse/people/{ADA}/cell/city", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/browse/people/{ADA}")


def test_without_script_a_row_leads_to_where_each_value_is_edited(writer: TestClient) -> None:
    page = writer.get("/browse/people?filter=city[eq]:Lyon").text
    path = re.search(rf'<a href="(/browse/people/{ADA})\?filter=[^"]*">', page)
    assert path is not None
    assert f'href="{path[1]}/facts/city/edit"' in writer.get(path[1]).text


def test_a_record_or_a_property_that_is_not_there_is_told(writer: TestClient) -> None:
    assert writer.get("/browse/people/019ca8a0-0000-4d67-8341-6bd148fedb2d/cell/city", headers=PART).status_code == 404
    assert writer.get(f"/browse/people/{ADA}/cell/nowhere", headers=PART).status_code == 422


def test_secrets_and_what_the_workspace_says_are_not_edited_in_a_table() -> None:
    accounts = STANDARD.by_plural["connectedAccounts"]
    assert not is_edited(accounts, "accessToken")
    assert not is_edited(accounts, "createdAt")
    assert is_edited(accounts, "handle")
    assert is_edited(accounts, "accountOwner")


def test_every_property_that_is_edited_has_an_editor(own: Local, writer: TestClient) -> None:
    with own.client(MAYA) as crm:
        for of in crm.catalogue:
            found = crm[of.plural].find_many(limit=1, depth=0).records
            for name in (each.name for each in of.members if found and is_edited(of, each.name)):
                assert writer.get(f"/browse/{of.plural}/{found[0]['id']}/cell/{name}", headers=PART).status_code == 200, (of.plural, name)

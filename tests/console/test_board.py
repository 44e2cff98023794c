"""A board: the records of an object in lanes, and a record moved from one to another."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from icosa.surfaces.console.board import lanes
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
EUROS = {"amountMicros": 1_500_000_000, "currencyCode": "EUR"}


@pytest.fixture
def writer(bare: Local) -> Iterator[TestClient]:
    with signed_in(bare) as found:
        yield found


def deal(site: Local, name: str = "Ten engines", **fields: Any) -> str:
    with site.client(MAYA) as crm:
        return str(crm.opportunities.create_one(name=name, **fields)["id"])


def stage(site: Local, id_: str) -> Any:
    with site.client(MAYA) as crm:
        return crm.opportunities.find_one(id_, depth=0)["stage"]


def lane(page: str, name: str) -> str:
    """The markup of a lane."""
    return next(each for each in page.split("<section")[1:] if f'data-lane="{name}"' in each)


def test_every_lane_says_how_many_and_what_they_come_to(bare: Local, writer: TestClient) -> None:
    deal(bare, stage="NEW", amount=EUROS)
    deal(bare, stage="NEW", amount=EUROS)
    deal(bare, stage="NEW", amount={"amountMicros": 2_000_000, "currencyCode": "USD"})
    page = writer.get("/board/opportunities").text
    assert '<span class="faint">3</span>' in lane(page, "NEW")
    assert "€ 3,000 + $ 2" in lane(page, "NEW")
    assert "Nothing here." in lane(page, "MEETING")
    assert "/rest/opportunities?filter=stage[eq]:NEW" in page


def test_what_has_no_room_is_in_the_table(bare: Local, writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "CARDS", 1)
    deal(bare, stage="NEW", amount=EUROS)
    deal(bare, stage="NEW", amount=EUROS)
    new = lane(writer.get("/board/opportunities").text, "NEW")
    assert "€ 1,500 in the 1 shown" in new
    assert '<a href="/browse/opportunities?filter=stage%5Beq%5D%3ANEW">1 more in the table</a>' in new


def test_a_card_is_moved_in_one_run_that_can_be_put_back(bare: Local, writer: TestClient) -> None:
    id_ = deal(bare, stage="NEW")
    sent = {"id": id_, "by": "stage", "was": "NEW", "to": "MEETING"}
    answer = writer.post("/board/opportunities/move", data=sent, headers=PARTIAL)
    assert answer.status_code == 200
    assert stage(bare, id_) == "MEETING"
    assert "Ten engines: New → Meeting" in answer.text
    assert re.search(r'action="/runs/[\w-]+/undo"', answer.text)
    assert f"card-{id_}" in lane(answer.text, "MEETING")
    assert f"card-{id_}" not in lane(answer.text, "NEW")


def test_without_script_one_comes_back_to_the_board(bare: Local, writer: TestClient) -> None:
    id_ = deal(bare, stage="NEW")
    sent = {"id": id_, "by": "stage", "was": "NEW", "to": "MEETING", "filter": 'name[ilike]:"%ten%"'}
    answer = writer.post("/board/opportunities/move", data=sent, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/board/opportunities?by=stage&filter=name")
    assert "Ten engines: New → Meeting" in writer.get(answer.headers["location"]).text


def test_a_card_that_somebody_else_moved_goes_where_it_is(bare: Local, writer: TestClient) -> None:
    id_ = deal(bare, stage="PROPOSAL")
    answer = writer.post("/board/opportunities/move", data={"id": id_, "by": "stage", "was": "NEW", "to": "MEETING"}, headers=PARTIAL)
    assert answer.status_code == 409
    assert "was moved to Proposal meanwhile" in answer.text
    assert stage(bare, id_) == "PROPOSAL"
    assert f"card-{id_}" in lane(answer.text, "PROPOSAL")


@pytest.mark.parametrize("sent", [{"to": "NOWHERE"}, {"id": "20202020-0000-4000-8000-000000000001"}, {"id": "x"}])
def test_what_cannot_be_moved_says_why(bare: Local, writer: TestClient, sent: dict[str, str]) -> None:
    id_ = deal(bare, stage="NEW")
    answer = writer.post(
        "/board/opportunities/move", data={"id": id_, "by": "stage", "was": "NEW", "to": "MEETING", **sent}, headers=PARTIAL
    )
    assert answer.status_code == 422
    assert "toast bad" in answer.text
    assert stage(bare, id_) == "NEW"


def test_records_without_a_choice_have_a_lane_where_there_may_be_any(bare: Local, writer: TestClient) -> None:
    with bare.client(MAYA) as crm:
        id_ = str(crm.tasks.create_one(title="Send the offer", status=None)["id"])
    page = writer.get("/board/tasks").text
    assert f"card-{id_}" in lane(page, "")
    writer.post("/board/tasks/move", data={"id": id_, "by": "status", "was": "", "to": "DONE"})
    writer.post("/board/tasks/move", data={"id": id_, "by": "status", "was": "DONE", "to": ""})
    with bare.client(MAYA) as crm:
        assert crm.tasks.find_one(id_, depth=0)["status"] is None


def test_an_object_without_choices_says_what_to_do(client: TestClient) -> None:
    page = client.get("/board/people")
    assert page.status_code == 200
    assert "have no field with choices" in page.text
    assert 'href="/browse/people"' in page.text
    wrong = client.get("/board/opportunities?by=name")
    assert wrong.status_code == 404
    assert 'href="/board/opportunities?by=stage"' in wrong.text


def test_a_filter_is_kept_and_a_wrong_one_explained(client: TestClient) -> None:
    found = client.get("/board/opportunities", params={"filter": 'name[ilike]:"%acme%"'})
    assert "Acme: calibration contract" in found.text
    assert "Harbour" not in found.text
    assert 'name="filter" value="name[ilike]:&#34;%acme%&#34;"' in found.text
    wrong = client.get("/board/opportunities?filter=name")
    assert wrong.status_code == 422
    assert "The filter cannot be read" in wrong.text
    assert "Nothing fits this filter" in client.get("/board/opportunities", params={"filter": 'name[eq]:"zzz"'}).text


def test_an_empty_board_says_how_to_begin(writer: TestClient) -> None:
    page = writer.get("/board/opportunities").text
    assert "There are no opportunities yet" in page
    assert 'href="/run/opportunities/create-one"' in page


def test_who_only_reads_moves_nothing(bare: Local) -> None:
    id_ = deal(bare, stage="NEW")
    with signed_in(bare, MAYA._replace(may_write=False)) as reader:
        page = reader.get("/board/opportunities").text
        assert "Ten engines" in page
        assert ">Move<" not in page
        assert 'draggable="true"' not in page
        sent = {"id": id_, "by": "stage", "was": "NEW", "to": "MEETING"}
        assert reader.post("/board/opportunities/move", data=sent).status_code == 403
    assert stage(bare, id_) == "NEW"


def test_hostile_names_stay_texts(bare: Local, writer: TestClient) -> None:
    deal(bare, '<img src=x onerror="alert(1)"><b hx-get="/x">', stage="NEW")
    page = writer.get("/board/opportunities").text
    assert "<img src=x" not in page
    assert 'hx-get="/x"' not in page

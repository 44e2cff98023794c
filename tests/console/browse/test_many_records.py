"""Many records are changed or deleted by a plan that is looked at first, and that is one run."""

import re
from collections.abc import Callable
from html import unescape
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from icosa.errors import TimedOut
from icosa.plans.apply import apply
from icosa.plans.undo import undo
from icosa.surfaces.console.browse import jobs, plan_pages
from icosa.surfaces.console.site import Visitor
from tests.console.browse.test_cells import PART, run_in
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local

LYON = "all=1&filter=address.addressCity[eq]:Lyon"


@pytest.fixture
def writer(own: Local) -> TestClient:
    return signed_in(own)


def of_lyon(own: Local) -> list[tuple[str, object]]:
    with own.client(MAYA) as crm:
        found = crm.companies.find_many(filter="address.addressCity[eq]:Lyon", limit=60, depth=0)
        return [(each["name"], each["employees"]) for each in found]


def owned_by(name: str, **boxes: str) -> dict[str, str]:
    return {"accountOwnerId": "", "accountOwnerId?": name} | boxes


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_plan_shows_what_would_change_and_changes_nothing(own: Local, writer: TestClient) -> None:
    before = of_lyon(own)
    page = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})
    assert page.status_code == 200
    assert f"Change {len(before)} of Companies" in page.text
    for name, employees in before:
        assert f"{name} Employees was {'– empty' if employees is None else employees} becomes 77" in text_of(page.text)
    assert of_lyon(own) == before


def test_a_plan_is_run_as_one_run_and_undone(own: Local, writer: TestClient) -> None:
    before = of_lyon(own)
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})
    done = writer.post(str(made.url))
    assert f"{len(before)} of {len(before)} were changed" in text_of(done.text)
    assert {employees for _, employees in of_lyon(own)} == {77}
    assert writer.post(str(made.url)).status_code == 200  # a second click does nothing
    with own.client(MAYA) as crm:
        undo(crm, run_in(done.text))
    assert of_lyon(own) == before


def test_those_that_are_ticked_are_deleted_and_come_back(own: Local, writer: TestClient) -> None:
    with own.client(MAYA) as crm:
        ids = [each["id"] for each in crm.companies.find_many(limit=3, depth=0)]
    made = writer.post("/browse/companies/delete", data={"id": ids, "filter": "name[ilike]:%a%"})
    assert "Delete 3 of Companies" in made.text
    assert "Acme" in made.text
    done = writer.post(str(made.url))
    with own.client(MAYA) as crm:
        assert crm.companies.find_many(filter=f"id[in]:[{','.join(ids)}]").total_count == 0
        undo(crm, run_in(done.text))
        assert crm.companies.find_many(filter=f"id[in]:[{','.join(ids)}]").total_count == 3


def test_a_record_that_somebody_changed_since_is_left_alone(own: Local, writer: TestClient) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})
    with own.client(MAYA) as crm:
        first = crm.companies.find_many(filter="address.addressCity[eq]:Lyon", limit=1).records[0]
        crm.companies.update_one(first["id"], employees=3)
    done = text_of(writer.post(str(made.url)).text)
    assert "1 left alone" in done
    assert "has been changed since" in done


def test_what_is_wrong_is_told_at_its_property(own: Local, writer: TestClient) -> None:
    before = of_lyon(own)
    page = writer.post(f"/browse/companies/change?{LYON}", data=owned_by("Nobody at all", employees="many"))
    assert page.status_code == 422
    assert page.text.count('class="err"') == 2
    assert writer.post(f"/browse/companies/change?{LYON}", data={}).status_code == 422
    assert of_lyon(own) == before


def test_null_clears_and_a_name_is_looked_up(own: Local, writer: TestClient) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data=owned_by("Ravi Menon", **{"employees~": "null"}))
    assert "Ravi Menon" in made.text
    writer.post(str(made.url))
    assert {employees for _, employees in of_lyon(own)} == {None}


def test_what_is_so_already_is_no_change(own: Local, writer: TestClient) -> None:
    page = writer.post(f"/browse/companies/change?{LYON}", data={"address.addressCity": "Lyon"})
    assert "Nothing would change: all of them are so already" in page.text


@pytest.mark.parametrize("query", ["", "id=none", "id=20202020-0000-4000-8000-000000000001"])
def test_nothing_selected_is_told(writer: TestClient, query: str) -> None:
    assert writer.get(f"/browse/companies/change?{query}").status_code == 422


def test_a_plan_is_for_whoever_made_it(own: Local, writer: TestClient) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})
    other = signed_in(own, Visitor("20202020-0000-4000-8000-000000000001", "Somebody"))
    assert other.get(str(made.url)).status_code == 404
    assert other.post(str(made.url)).status_code == 404
    assert writer.get("/browse/companies/plan/../../x").status_code == 404
    assert writer.get("/browse/companies/plan/nothing").status_code == 404


def test_a_plan_goes_on_while_nobody_looks(own: Local, writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})
    goes_on = Event()

    def slowly(*given: Any, progress: Callable[[int, int], None], **more: Any) -> object:
        progress(1, 3)
        goes_on.wait(60)
        return apply(*given, progress=progress, **more)

    monkeypatch.setattr(jobs, "_PATIENCE", 0)
    monkeypatch.setattr(plan_pages, "apply", slowly)
    try:
        writer.post(str(made.url))
        for _ in range(2):  # the page may be loaded anew, and a second click begins nothing
            page = text_of(writer.post(str(made.url)).text)
            assert "Writing the records" in page
        part = writer.get(str(made.url), headers=PART)
        assert 'hx-trigger="load delay:1s"' in part.text
    finally:
        goes_on.set()
    while (part := writer.get(str(made.url), headers=PART)).status_code == 200:
        assert "Writing the records" in part.text
    assert part.headers["HX-Refresh"] == "true"
    assert "were changed" in writer.get(str(made.url)).text


def test_a_plan_that_was_broken_off_goes_on(own: Local, writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})

    def broken(*_: object, **__: object) -> None:
        raise TimedOut("the workspace did not answer")

    with monkeypatch.context() as patched:
        patched.setattr(plan_pages, "apply", broken)
        page = writer.post(str(made.url)).text
    assert "It was broken off" in page
    assert "the workspace did not answer" in page
    assert "were changed" in writer.post(str(made.url)).text
    assert {employees for _, employees in of_lyon(own)} == {77}


def test_a_mistake_of_ours_while_a_plan_is_run_is_told_as_one(own: Local, writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = writer.post(f"/browse/companies/change?{LYON}", data={"employees": "77"})

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Alder & Finch")

    monkeypatch.setattr(plan_pages, "apply", broken)
    page = text_of(writer.post(str(made.url)).text)
    assert "This is a mistake in Icosa" in page

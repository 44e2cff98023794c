"""Depth opens relations: every one of them, deleted ones left out, and the cost grows with what comes back."""

from collections.abc import Callable

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from tests.values import smallest
from tests.workspace.conftest import Caller
from tests.workspace.test_asking_2_19 import CATALOGUE


@pytest.mark.parametrize("plural", [each.plural for each in STANDARD])
def test_each_depth_holds_exactly_the_relations_of_the_catalogue(shared: Caller, plural: str) -> None:
    of = STANDARD.by_plural[plural]
    id_ = shared.good("POST", f"/rest/{plural}", smallest(of))["id"]
    plain, one, two = (shared.good("GET", f"/rest/{plural}/{id_}", depth=depth) for depth in (0, 1, 2))
    relations = {each.name for each in of.belongs_to} | {each.name for each in STANDARD.has_many(of)}
    assert set(plain) == set(of.field_by_name) | set(of.relation_by_key)
    assert set(one) == set(two) == set(plain) | relations


def test_depth_two_opens_the_relations_of_relations_back_references_included(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    ada, bob = (crm.good("POST", "/rest/people", {"companyId": company["id"], "city": city})["id"] for city in ("Lyon", "Nice"))
    crm.good("DELETE", f"/rest/people/{bob}")
    read = crm.good("GET", f"/rest/companies/{company['id']}", depth=2)
    assert [person["id"] for person in read["people"]] == [ada]
    assert read["people"][0]["company"] == company
    assert "people" not in read["people"][0]["company"]
    assert read["people"][0]["pointOfContactForOpportunities"] == []


def test_a_collection_is_cut_at_its_cap_and_the_rest_is_reached_by_a_filter(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {})["id"]
    people = [crm.good("POST", "/rest/batch/people", [{"companyId": company}] * 60) for _ in range(2)]
    note = crm.good("POST", "/rest/notes", {})
    crm.good("POST", "/rest/noteTargets", {"noteId": note["id"], "companyId": company})
    read = crm.good("GET", "/rest/noteTargets", depth=2)[0]
    assert len(crm.good("GET", f"/rest/companies/{company}", depth=1)["people"]) == sum(map(len, people)) <= TWENTY_1_0_3.collections[0]
    assert len(read["company"]["people"]) == TWENTY_1_0_3.collections[1]
    assert len(crm.ids("people", filter=f"companyId[eq]:{company}", limit=0)) == 120


def test_a_kind_that_nobody_had_is_opened_from_its_first_record_to_its_last(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {})["id"]
    opened = [[each["taskTargets"] for each in crm.good("GET", "/rest/companies", depth=1)]]
    target = crm.good("POST", "/rest/taskTargets", {"taskId": crm.good("POST", "/rest/tasks", {})["id"], "companyId": company})["id"]
    opened.append([[found["id"] for found in each["taskTargets"]] for each in crm.good("GET", "/rest/companies", depth=1)])
    crm.good("DELETE", f"/rest/taskTargets/{target}")
    opened.append([each["taskTargets"] for each in crm.good("GET", "/rest/companies", depth=1)])
    assert opened == [[[]], [[target]], [[]]]


# As Twenty 2.19 has it


@pytest.fixture
def later(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def test_in_2_19_a_collection_is_cut_at_60(later: Caller) -> None:
    company = later.good("POST", "/rest/companies", {})["id"]
    people = later.good("POST", "/rest/batch/people", [{"companyId": company}] * 61)
    read = later.good("GET", f"/rest/companies/{company}", depth=1)
    assert [each["id"] for each in read["people"]] == sorted(each["id"] for each in people)[:60]
    assert later.send("GET", f"/rest/companies/{company}", depth=2)[0] == 400


def test_in_2_19_a_record_that_is_shown_with_its_relations_knows_no_deleted_ones(open_caller: Callable[..., Caller]) -> None:
    sea = open_caller(CATALOGUE, TWENTY_2_19)
    gone, there = (sea.good("POST", "/rest/ports", {"name": name})["id"] for name in ("Gone", "There"))
    path = f"/rest/ships/{sea.good('POST', '/rest/ships', {'name': 'Argo', 'homeId': gone, 'log': {'name': 'x', 'homeId': gone}})['id']}"
    whole, plain = sea.good("GET", path, depth=1), sea.good("GET", path)
    sea.good("DELETE", f"/rest/ports/{gone}", soft_delete="true")
    assert sea.good("GET", path) == plain
    assert sea.good("GET", path, depth=1) == sea.good("GET", "/rest/ships", depth=1)[0] == whole | {"home": None, "homeId": None}
    sea.good("PATCH", path, {"homeId": there})
    assert sea.good("GET", path, depth=1)["home"]["name"] == "There"

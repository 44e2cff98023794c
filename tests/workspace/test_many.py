"""Updates, deletions and restorations of every record that a filter holds for, in a version that has them."""

from collections.abc import Callable, Iterator
from typing import Any

import apsw
import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.workspace.conftest import Caller

ALL = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"
NOBODY = "20202020-0000-4000-8000-000000000000"


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD, TWENTY_2_19)


def told(crm: Caller) -> list[tuple[str, str, str]]:
    """(action, object, id) of every record that an event tells of, in order."""

    def steps() -> Statements[list[Row]]:
        return (yield Statement(f"SELECT action, object, records FROM {crm.workspace.store.dialect.EVENTS} ORDER BY sequence"))

    return [
        (action, of, (change["after"] or change["before"])["id"])
        for action, of, records in crm.workspace.store.read(steps)
        for change in orjson.loads(records)
    ]


def companies(crm: Caller, count: int) -> list[str]:
    made = crm.good("POST", "/rest/batch/companies", [{"name": f"Mill {each}"} for each in range(count)])
    return [each["id"] for each in made]


def among(ids: list[str]) -> str:
    return f"id[in]:[{','.join(ids)}]"


def test_an_update_changes_all_that_match_and_answers_with_them(crm: Caller) -> None:
    ids = companies(crm, 3)
    changed = crm.good("PATCH", "/rest/companies", {"name": "Works"}, filter=among(ids[:2]))
    assert sorted((each["id"], each["name"]) for each in changed) == sorted((id_, "Works") for id_ in ids[:2])
    assert crm.good("GET", f"/rest/companies/{ids[2]}")["name"] == "Mill 2"
    assert crm.good("PATCH", "/rest/companies", {"name": "Works"}, filter=f"id[eq]:{NOBODY}") == []


def test_an_update_of_too_many_changes_none(crm: Caller) -> None:
    ids = [*companies(crm, 200), *companies(crm, 1)]
    assert "Cannot update more than 200 records at once" in crm.refused(
        "PATCH", "/rest/companies", {"name": "Works"}, filter="name[like]:%"
    )
    assert crm.send("GET", "/rest/companies", filter="name[eq]:Works", limit=0)[1]["totalCount"] == 0
    crm.good("DELETE", f"/rest/companies/{ids[0]}")
    assert len(crm.good("PATCH", "/rest/companies", {"name": "Works"}, filter="name[like]:%")) == 200


def test_a_deletion_that_keeps_can_be_taken_back_for_all_at_once(crm: Caller) -> None:
    ids = companies(crm, 3)
    target = crm.good("POST", "/rest/noteTargets", {"companyId": ids[0]})["id"]
    gone = crm.good("DELETE", "/rest/companies", filter=among(ids[:2]), soft_delete="true")
    assert {each["id"] for each in gone} == set(ids[:2])
    assert all(each["deletedAt"] and each["name"] for each in gone)
    assert (crm.ids("companies"), crm.ids("noteTargets")) == ([ids[2]], [])
    back = crm.good("PATCH", "/rest/restore/companies", filter=among(ids))
    assert {each["id"]: each["deletedAt"] for each in back} == dict.fromkeys(ids)
    assert (sorted(crm.ids("companies")), crm.ids("noteTargets")) == (sorted(ids), [target])


def test_a_restoration_by_deleted_at_answers_with_what_it_brought_back(crm: Caller) -> None:
    ids = companies(crm, 2)
    crm.good("DELETE", f"/rest/companies/{ids[0]}", soft_delete="true")
    back = crm.good("PATCH", "/rest/restore/companies", filter="deletedAt[is]:NOT_NULL")
    assert [each["id"] for each in back] == [ids[0]]


def test_a_deletion_for_good_takes_deleted_ones_along_and_answers_with_ids(crm: Caller) -> None:
    ids = companies(crm, 3)
    target = crm.good("POST", "/rest/noteTargets", {"companyId": ids[0]})["id"]
    crm.good("DELETE", f"/rest/companies/{ids[1]}", soft_delete="true")
    gone = crm.good("DELETE", "/rest/companies", filter=among([*ids[:2], NOBODY]))
    assert sorted(gone, key=lambda each: each["id"]) == [{"id": id_} for id_ in sorted(ids[:2])]
    assert crm.ids("companies", filter=ALL) == [ids[2]]
    assert crm.ids("noteTargets", filter=ALL) == []
    assert target not in {id_ for action, _, id_ in told(crm) if action == "destroyed"}


@pytest.mark.parametrize(("method", "path"), [("PATCH", "companies"), ("DELETE", "companies"), ("PATCH", "restore/companies")])
def test_all_records_are_never_meant_by_leaving_the_filter_out(method: str, path: str, crm: Caller) -> None:
    ids = companies(crm, 2)
    assert "without one all companies are meant" in crm.refused(method, f"/rest/{path}", {"name": "Works"} if method == "PATCH" else None)
    assert {each["name"] for each in crm.good("GET", "/rest/companies")} == {"Mill 0", "Mill 1"}
    assert len(crm.ids("companies")) == len(ids)


def test_nothing_is_changed_where_one_cannot_be(crm: Caller) -> None:
    people = crm.good("POST", "/rest/batch/people", [{"jobTitle": "Analyst"}, {"jobTitle": "Admiral"}])
    ids = [each["id"] for each in people]
    status, _ = crm.send("PATCH", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}, "jobTitle": "Both"}, filter=among(ids))
    assert status == 400
    assert {each["jobTitle"] for each in crm.good("GET", "/rest/people")} == {"Analyst", "Admiral"}
    assert "an id cannot be changed" in crm.refused("PATCH", "/rest/people", {"id": NOBODY}, filter=among(ids))


def one_by_one(crm: Caller, ids: list[str]) -> Iterator[Any]:
    for id_ in ids:
        yield crm.good("PATCH", f"/rest/companies/{id_}", {"name": "Works"})
    for id_ in ids:
        yield crm.good("DELETE", f"/rest/companies/{id_}", soft_delete="true")
    for id_ in ids:
        yield crm.good("PATCH", f"/rest/restore/companies/{id_}")
    for id_ in ids:
        yield crm.good("DELETE", f"/rest/companies/{id_}")


def all_at_once(crm: Caller, ids: list[str]) -> Iterator[Any]:
    yield from crm.good("PATCH", "/rest/companies", {"name": "Works"}, filter=among(ids))
    yield from crm.good("DELETE", "/rest/companies", filter=among(ids), soft_delete="true")
    yield from crm.good("PATCH", "/rest/restore/companies", filter=among(ids))
    yield from crm.good("DELETE", "/rest/companies", filter=among(ids))


def test_writes_of_many_tell_and_answer_what_as_many_single_ones_would(open_caller: Callable[[Catalogue, Any], Caller]) -> None:
    heard = []
    for way in (one_by_one, all_at_once):
        crm = open_caller(STANDARD, TWENTY_2_19)
        ids = companies(crm, 5)
        crm.good("POST", "/rest/batch/noteTargets", [{"companyId": id_} for id_ in (*ids, ids[0])])
        before = len(told(crm))
        answers = [{**each, "updatedAt": None} for each in way(crm, ids)]
        place = {id_: at for at, id_ in enumerate(ids)}
        events = sorted((action, of, place.get(id_, -1)) for action, of, id_ in told(crm)[before:])
        shapes = sorted((place[each["id"]], each.get("name", ""), bool(each.get("deletedAt"))) for each in answers)
        heard.append((events, shapes, crm.send("GET", "/rest/noteTargets", filter=ALL)[1]["totalCount"]))
    assert heard[0] == heard[1]
    assert heard[0][2] == 0


def test_records_can_be_meant_by_what_they_belong_to(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(STANDARD_2_19, TWENTY_2_19)
    mill, works = (crm.good("POST", "/rest/companies", {"name": name})["id"] for name in ("Mill", "Works"))
    people = [crm.good("POST", "/rest/people", {"companyId": company})["id"] for company in (mill, works, mill)]
    changed = crm.good("PATCH", "/rest/people", {"jobTitle": "Miller"}, filter="company.name[eq]:Mill")
    assert {each["id"] for each in changed} == {people[0], people[2]}
    crm.good("DELETE", "/rest/people", filter="company.name[eq]:Mill", soft_delete="true")
    assert crm.ids("people") == [people[1]]
    crm.good("PATCH", "/rest/restore/people", filter="company.name[eq]:Mill")
    crm.good("DELETE", "/rest/people", filter="company.name[eq]:Works")
    assert sorted(crm.ids("people")) == sorted([people[0], people[2]])


@pytest.mark.sqlite
def test_a_deletion_of_what_is_more_than_memory_should_hold_does_not_hold_it(crm: Caller) -> None:
    records = 40 * [{"name": "Mill " + "x" * 40_000}]
    for _ in range(20):
        crm.good("POST", "/rest/batch/companies", records)
    held = apsw.memory_used()
    apsw.memory_high_water(True)
    assert len(crm.good("DELETE", "/rest/companies", filter="name[startsWith]:Mill")) == 800
    assert apsw.memory_high_water() - held < 16_000_000
    assert crm.send("GET", "/rest/companies", filter=ALL)[1]["totalCount"] == 0


def test_a_batch_that_is_too_long_is_refused_in_the_words_of_2_19(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(STANDARD_2_19, TWENTY_2_19)
    assert crm.refused("POST", "/rest/batch/companies", [{}] * 201).startswith("Maximum number of records to upsert is 200. ")
    assert crm.ids("companies") == []

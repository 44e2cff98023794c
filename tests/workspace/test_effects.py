"""What a write sets off in a workspace of 2.19, in its own transaction."""

from collections.abc import Callable
from typing import Any

import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.events import feed
from tests.workspace.conftest import Caller

ALL = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"
SYSTEM = {"source": "MANUAL", "workspaceMemberId": None, "name": "System", "context": None}


@pytest.fixture
def crm(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def history(crm: Caller, key: str, id_: str) -> list[tuple[str, Any]]:
    """(name, properties) of the lines about a record, in the order in which they were written."""
    lines = crm.good("GET", "/rest/timelineActivities", filter=f"{key}[eq]:{id_}", order_by="id")
    assert all(each["createdBy"] == SYSTEM for each in lines)
    return [(each["name"], each["properties"]) for each in lines]


def test_a_record_has_its_history(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {"name": "Mill"})["id"]
    crm.good("PATCH", f"/rest/companies/{id_}", {"name": "Works", "address": {"addressCity": "Rome"}, "position": "last"})
    crm.good("PATCH", f"/rest/companies/{id_}", {"name": "Works"})
    crm.good("DELETE", f"/rest/companies/{id_}", soft_delete="true")
    crm.good("PATCH", "/rest/restore/companies", filter=f"id[eq]:{id_}")
    (created, *_, updated, deleted, restored) = history(crm, "targetCompanyId", id_)
    assert (created, deleted, restored) == (("company.created", {}), ("company.deleted", {}), ("company.restored", {}))
    assert updated[0] == "company.updated"
    assert updated[1]["diff"].keys() == {"name", "address"}
    assert updated[1]["diff"]["name"] == {"before": "Mill", "after": "Works"}
    assert [updated[1]["diff"]["address"][side]["addressCity"] for side in ("before", "after")] == ["", "Rome"]
    crm.good("DELETE", f"/rest/companies/{id_}")
    assert crm.ids("timelineActivities", filter=f"and({ALL},targetCompanyId[eq]:{id_})") == []


def test_what_is_put_on_a_record_stands_in_its_history(crm: Caller) -> None:
    company, person = crm.good("POST", "/rest/companies", {})["id"], crm.good("POST", "/rest/people", {})["id"]
    task = crm.good("POST", "/rest/tasks", {"title": "Call"})["id"]
    crm.good("POST", "/rest/taskTargets", {"taskId": task, "targetCompanyId": company})
    crm.good("POST", "/rest/taskTargets", {"taskId": task, "targetPersonId": person})
    for key, id_ in (("targetCompanyId", company), ("targetPersonId", person)):
        (line,) = crm.good("GET", "/rest/timelineActivities", filter=f"and({key}[eq]:{id_},name[eq]:linked-task.created)")
        assert (line["linkedRecordId"], line["linkedRecordCachedName"]) == (task, "Call")
        objects = crm.send("GET", "/rest/metadata/objects", limit=100)[1]["data"]
        assert [each["nameSingular"] for each in objects if each["id"] == line["linkedObjectMetadataId"]] == ["task"]
    assert history(crm, "targetTaskId", task) == [("task.created", {})]


def test_every_record_of_a_write_of_many_has_its_line(crm: Caller) -> None:
    ids = [each["id"] for each in crm.good("POST", "/rest/batch/companies", [{"name": f"Mill {each}"} for each in range(3)])]
    among = f"id[in]:[{','.join(ids)}]"
    crm.good("PATCH", "/rest/companies", {"name": "Works"}, filter=among)
    crm.good("DELETE", "/rest/companies", filter=among, soft_delete="true")
    for id_ in ids:
        names = [name for name, _ in history(crm, "targetCompanyId", id_)]
        assert sorted(names) == ["company.deleted"]  # the lines before were deleted with it
    crm.good("PATCH", "/rest/restore/companies", filter=among)
    for id_ in ids:
        names = [name for name, _ in history(crm, "targetCompanyId", id_)]
        assert sorted(names) == ["company.created", "company.deleted", "company.restored", "company.updated"]


def test_a_line_is_told_by_the_event_of_its_write_and_by_none_of_its_own(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {"name": "Mill"})["id"]
    crm.good("PATCH", f"/rest/companies/{id_}", {"name": "Works"})
    events, _ = crm.workspace.store.read(lambda: feed.after(crm.workspace.store.dialect, "", 10))
    assert [(each.object, each.action) for each in events] == [("company", "created"), ("company", "updated")]
    assert len(history(crm, "targetCompanyId", id_)) == 2


def test_a_line_is_a_record_like_others(crm: Caller) -> None:
    ids = [crm.good("POST", "/rest/companies", {})["id"] for _ in range(2)]
    first, second = crm.good("GET", "/rest/timelineActivities", order_by="id")
    assert [first["targetCompanyId"], second["targetCompanyId"]] == ids
    assert (first["updatedBy"], second["updatedBy"]) == (SYSTEM, SYSTEM)
    assert first["happensAt"] == first["createdAt"] == first["updatedAt"]
    assert second["position"] == first["position"] - 1
    assert crm.good("PATCH", f"/rest/timelineActivities/{first['id']}", {"name": "company.founded"})["name"] == "company.founded"


def test_a_merge_leaves_the_histories_of_all_and_what_it_changed(crm: Caller) -> None:
    first, second = (crm.good("POST", "/rest/people", {"emails": {"primaryEmail": f"{at}@example.com"}})["id"] for at in range(2))
    crm.good("PATCH", "/rest/people/merge", {"ids": [first, second], "conflictPriorityIndex": 0, "dryRun": True})
    assert [name for name, _ in history(crm, "targetPersonId", first)] == ["person.created"]
    crm.good("PATCH", "/rest/people/merge", {"ids": [first, second], "conflictPriorityIndex": 0})
    assert sorted(name for name, _ in history(crm, "targetPersonId", first)) == ["person.created", "person.created", "person.updated"]


def test_a_refused_write_leaves_no_line(crm: Caller) -> None:
    crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})
    crm.refused("POST", "/rest/batch/people", [{"jobTitle": "Analyst"}, {"emails": {"primaryEmail": "ada@example.com"}}])
    assert crm.send("GET", "/rest/timelineActivities")[1]["totalCount"] == 1


def test_a_new_workflow_has_a_draft_that_comes_and_goes_with_it(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/workflows", {"name": "Flow"})["id"]
    (version,) = crm.good("GET", "/rest/workflowVersions", filter=f"workflowId[eq]:{id_}")
    assert (version["name"], version["status"], version["createdBy"]) == ("v1", "DRAFT", SYSTEM)
    assert crm.good("GET", f"/rest/workflows/{id_}")["statuses"] == ["DRAFT"]
    crm.good("DELETE", f"/rest/workflows/{id_}", soft_delete="true")
    assert crm.ids("workflowVersions") == []
    crm.good("PATCH", f"/rest/restore/workflows/{id_}")
    assert crm.ids("workflowVersions") == [version["id"]]
    crm.good("POST", "/rest/workflows", {"id": id_, "name": "Flow again"}, upsert="true")
    assert crm.ids("workflowVersions") == [version["id"]]


def test_a_new_dashboard_has_a_layout_of_its_own_unless_it_names_one(crm: Caller) -> None:
    first, second = crm.good("POST", "/rest/batch/dashboards", [{"title": "Board"}, {"title": "Other"}])
    assert len({first["pageLayoutId"], second["pageLayoutId"], None}) == 3
    assert crm.good("POST", "/rest/dashboards", {"pageLayoutId": first["pageLayoutId"]})["pageLayoutId"] == first["pageLayoutId"]
    again = crm.good("POST", "/rest/dashboards", {"id": first["id"], "title": "Renamed"}, upsert="true")
    assert (again["title"], again["pageLayoutId"] == first["pageLayoutId"]) == ("Renamed", False)

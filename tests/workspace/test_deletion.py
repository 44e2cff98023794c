"""Deleting hides and can be undone; destroying is for good."""

import pytest

from tests.workspace.conftest import Caller


def test_a_deleted_record_is_gone_from_every_read_and_listed_as_deleted(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    person = crm.good("POST", "/rest/people", {"companyId": company["id"]})
    assert crm.good("DELETE", f"/rest/companies/{company['id']}") == {"id": company["id"]}

    assert "Record not found" in crm.refused("GET", f"/rest/companies/{company['id']}")
    assert crm.ids("companies") == []
    assert crm.send("GET", "/rest/companies")[1]["totalCount"] == 0
    read = crm.good("GET", f"/rest/people/{person['id']}", depth=1)
    assert (read["companyId"], read["company"]) == (company["id"], None)
    assert crm.ids("companies", filter="deletedAt[is]:NOT_NULL") == [company["id"]]
    assert "Could not find any entity" in crm.refused("PATCH", f"/rest/companies/{company['id']}", {"name": "x"})
    assert "Could not find any entity" in crm.refused("DELETE", f"/rest/companies/{company['id']}")


def test_what_lives_and_dies_with_a_record_is_deleted_and_restored_with_it(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    note = crm.good("POST", "/rest/notes", {"title": "Call"})
    kept, gone = (crm.good("POST", "/rest/noteTargets", {"noteId": note["id"], "companyId": company["id"]})["id"] for _ in range(2))
    crm.good("DELETE", f"/rest/noteTargets/{gone}")
    crm.good("DELETE", f"/rest/companies/{company['id']}")
    assert crm.ids("noteTargets") == []

    restored = crm.good("PATCH", f"/rest/restore/companies/{company['id']}", depth=1)
    assert [target["id"] for target in restored["noteTargets"]] == [kept]
    assert crm.ids("noteTargets") == [kept]


@pytest.mark.parametrize("layout", ["/rest/restore/companies/{}", "/rest/companies/{}/restore", "/rest//companies/{}/restore/"])
def test_a_record_is_brought_back_where_any_version_of_twenty_does_it(layout: str, crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    crm.good("DELETE", f"/rest/companies/{company['id']}")
    assert crm.good("PATCH", layout.format(company["id"]))["name"] == "Acme"
    assert crm.good("GET", f"/rest/companies/{company['id']}")["deletedAt"] is None
    assert "deleted company" in crm.refused("PATCH", layout.format(company["id"]))


def test_permanent_destroys_cascades_and_frees_the_foreign_keys(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})
    person = crm.good("POST", "/rest/people", {"companyId": company["id"]})
    crm.good("POST", "/rest/noteTargets", {"companyId": company["id"]})
    crm.good("DELETE", f"/rest/companies/{company['id']}", permanent="true")

    assert crm.ids("noteTargets", filter="or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)") == []
    assert crm.send("GET", "/rest/noteTargets")[1]["totalCount"] == 0
    assert crm.good("GET", f"/rest/people/{person['id']}")["companyId"] is None
    assert "deleted company" in crm.refused("PATCH", f"/rest/restore/companies/{company['id']}")


def test_a_deleted_record_gives_its_unique_value_free_and_cannot_come_back_while_it_is_taken(crm: Caller) -> None:
    first = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})
    crm.good("DELETE", f"/rest/people/{first['id']}")
    second = crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})
    assert "duplicate key value" in crm.refused("PATCH", f"/rest/restore/people/{first['id']}")
    crm.good("DELETE", f"/rest/people/{second['id']}")
    assert crm.good("PATCH", f"/rest/restore/people/{first['id']}")["id"] == first["id"]


def test_the_id_of_a_deleted_record_is_still_taken(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/notes", {})["id"]
    crm.good("DELETE", f"/rest/notes/{id_}")
    assert f"PATCH /rest/restore/notes/{id_}" in crm.refused("POST", "/rest/notes", {"id": id_})


def test_nothing_can_be_linked_to_a_deleted_record(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {})["id"]
    crm.good("DELETE", f"/rest/companies/{id_}")
    assert "companyId: no company has the id" in crm.refused("POST", "/rest/people", {"companyId": id_})


def test_a_client_of_newer_versions_destroys_what_it_kept_before(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {"name": "Acme"})["id"]
    target = crm.good("POST", "/rest/noteTargets", {"companyId": company})["id"]
    crm.good("DELETE", f"/rest/companies/{company}", soft_delete="true")
    assert "Could not find any entity" in crm.refused("DELETE", f"/rest/companies/{company}", soft_delete="true")
    crm.good("PATCH", f"/rest/companies/{company}/restore")
    assert crm.ids("noteTargets") == [target]
    crm.good("DELETE", f"/rest/companies/{company}", soft_delete="true")
    assert crm.good("DELETE", f"/rest/companies/{company}") == {"id": company}
    assert crm.ids("noteTargets", filter="or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)") == []
    assert crm.good("POST", "/rest/companies", {"id": company, "name": "again"})["name"] == "again"


def test_soft_delete_false_destroys_at_once(crm: Caller) -> None:
    live, deleted = (crm.good("POST", "/rest/companies", {})["id"] for _ in range(2))
    crm.good("DELETE", f"/rest/companies/{deleted}")
    for id_ in (live, deleted):
        crm.good("DELETE", f"/rest/companies/{id_}", soft_delete="false")
        assert crm.good("POST", "/rest/companies", {"id": id_})["id"] == id_


def test_a_deletion_that_names_nothing_keeps_and_is_not_repeated(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {})["id"]
    crm.good("DELETE", f"/rest/companies/{id_}")
    assert "Could not find any entity" in crm.refused("DELETE", f"/rest/companies/{id_}")
    assert crm.good("PATCH", f"/rest/companies/{id_}/restore")["id"] == id_


def test_both_words_at_once_are_refused(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/companies", {})["id"]
    assert "send one of the two" in crm.refused("DELETE", f"/rest/companies/{id_}", soft_delete="true", permanent="true")
    assert crm.ids("companies") == [id_]


def test_a_blocklist_entry_can_be_kept_and_then_destroyed(crm: Caller) -> None:
    id_ = crm.good("POST", "/rest/blocklists", {"handle": "ada@example.com"})["id"]
    crm.good("DELETE", f"/rest/blocklists/{id_}", soft_delete="true")
    assert crm.good("DELETE", f"/rest/blocklists/{id_}") == {"id": id_}

"""What methods offer beyond the 253 actions: restoring, upsert, destroying for good."""

import json
from collections.abc import Callable

import pytest

import icosa
from icosa.call.extensions import EXTENSIONS, offered
from icosa.catalogue.standard import STANDARD
from icosa.standard import LinksInput
from icosa.wire.actions import actions
from tests.client.scripted import KEY, Asked, Reply, scripted

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def test_the_actions_stay_those_of_the_forms() -> None:
    assert len(actions(STANDARD)) == 253
    assert not [each.label for each in actions(STANDARD) if any(own in EXTENSIONS for own in each.properties)]
    assert list(offered(STANDARD.by_singular["company"]))[-1] == "restore_one"


def test_a_deleted_record_is_brought_back_with_what_was_deleted_along_with_it(crm: icosa.Client) -> None:
    note = crm.notes.create_one(title="Kept")
    company = crm.companies.create_one(name="Analytical Engines")
    target = crm.note_targets.create_one(note_id=note["id"], company_id=company["id"])
    crm.notes.delete_one(note["id"])
    restored = crm.notes.restore_one(note["id"])
    assert (restored["title"], restored["deletedAt"]) == ("Kept", None)
    assert [each["id"] for each in restored["noteTargets"]] == [target["id"]]
    crm.notes.delete_one(note["id"])
    assert "noteTargets" not in crm.notes.restore_one(note["id"], depth=0)


def test_only_what_was_deleted_can_be_restored(crm: icosa.Client) -> None:
    with pytest.raises(icosa.NotFound, match="there is no deleted Company with the id"):
        crm.companies.restore_one(crm.companies.create_one(name="alive")["id"])
    with pytest.raises(icosa.NotFound, match=r"deletedAt\[is\]:NOT_NULL gives the deleted ones"):
        crm.companies.restore_one(ID)
    with pytest.raises(icosa.InvalidId, match="is not a UUID"):
        crm.companies.restore_one("42")


def test_upsert_updates_what_is_there_and_creates_the_rest(crm: icosa.Client) -> None:
    site: LinksInput = {"primaryLinkUrl": "https://engines.example.com"}
    made = crm.companies.create_one(name="Engines", domain_name=site, upsert=True)
    assert crm.companies.create_one(id=made["id"], name="Analytical Engines", upsert=True)["id"] == made["id"]
    both = crm.companies.create_many([{"domainName": site, "employees": 12}, {"name": "Looms"}], upsert=True)
    assert (both[0]["id"], both[0]["name"], both[0]["employees"]) == (made["id"], "Analytical Engines", 12)
    assert crm.companies.find_many().total_count == 2
    with pytest.raises(icosa.RecordExists):
        crm.companies.create_one(id=made["id"])


def test_permanent_destroys_what_is_there_and_what_was_deleted(crm: icosa.Client) -> None:
    first, second = (crm.companies.create_one(name=name)["id"] for name in "ab")
    crm.companies.delete_one(second)
    for id_ in (first, second):
        assert crm.companies.delete_one(id_, permanent=True) == {"id": id_}
        with pytest.raises(icosa.NotFound):
            crm.companies.restore_one(id_)
    assert crm.companies.find_many(filter="deletedAt[is]:NOT_NULL").total_count == 0


def test_a_field_of_that_name_is_no_switch(crm: icosa.Client) -> None:
    with pytest.raises(icosa.UnknownField, match="no property 'upsert'"):
        crm.companies.create_one({"upsert": True})  # type: ignore[arg-type]


@pytest.mark.parametrize("on", [True, "true", 1])
def test_a_switch_is_sent_where_it_is_on(on: object) -> None:
    assert targets(lambda crm: crm.companies.create_one(name="a", upsert=on)) == ["/rest/companies?depth=1&upsert=true"]  # type: ignore[arg-type]


def test_a_switch_that_is_off_is_not_sent() -> None:
    assert targets(lambda crm: crm.companies.create_one(name="a")) == ["/rest/companies?depth=1"]
    assert targets(lambda crm: crm.companies.create_one(name="a", upsert=False)) == ["/rest/companies?depth=1"]
    with pytest.raises(icosa.InvalidValue, match="Upsert: "):
        targets(lambda crm: crm.companies.create_one(name="a", upsert="perhaps"))  # type: ignore[arg-type]


def targets(call: Callable[[icosa.Client], object]) -> list[str]:
    with (
        scripted(Reply({"data": {"createCompany": {"id": ID}}}, 201)) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
    ):
        call(crm)
        return [each.target for each in server.asked]


def refused(text: str, status: int = 400) -> Reply:
    return Reply({"statusCode": status, "error": "BadRequestException", "messages": [text]}, status)


@pytest.mark.parametrize(
    "reply",
    [
        refused(f"Query path '/rest/restore/companies/{ID}' invalid. Valid examples: /rest/companies/id or /rest/companies"),
        refused("object 'restore' not found. eg: companies"),
        Reply({"statusCode": 404, "message": f"Cannot PATCH /rest/restore/companies/{ID}", "error": "Not Found"}, 404),
    ],
    ids=["1.0.3", "object", "no route"],
)
def test_a_server_that_cannot_restore_is_said_to(reply: Reply) -> None:
    with (
        scripted(reply) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.UnknownAction) as caught,
    ):
        crm.companies.restore_one(ID)
    assert str(caught.value).startswith("this server has no Restore One Company: it answers ")
    assert "Twenty 1.0.3 cannot" in str(caught.value)


def test_a_server_that_does_not_know_upsert_is_said_to() -> None:
    with (
        scripted(refused("Record already exists")) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm,
        pytest.raises(icosa.RecordExists, match=r"This server does not know upsert, as Twenty 1[.]0[.]3 does not: find"),
    ):
        crm.companies.create_one(id=ID, upsert=True)


def test_other_failures_of_restoring_stay_what_they_are() -> None:
    def reply(asked: Asked) -> Reply:
        assert (asked.method, asked.target) == ("PATCH", f"/rest/restore/companies/{ID}?depth=1")
        assert json.loads(asked.body or b"{}") == {}
        return refused("Token invalid.", 401)

    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm, pytest.raises(icosa.InvalidKey):
        crm.companies.restore_one(ID)

"""A workspace's own objects and fields in Python: the client reads what there is from the server, and all works."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import icosa
from icosa.call.extensions import offered
from icosa.call.where import F
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.client.transport.over_http import HttpTransport
from icosa.errors import InvalidInput, UnknownField, UnknownObject
from icosa.secret import Secret
from icosa.wire.message import Request
from icosa.wire.openapi.reading import ICOSA, read_document
from icosa.workspace import open_workspace
from tests.any_workspace.conftest import Custom
from tests.any_workspace.documents import TYPES, newer
from tests.client.scripted import Asked, Reply, scripted
from tests.shared import needs_shared
from tests.values import body_of

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
KEY = "a-key-that-nobody-may-see"


@pytest.fixture
def crm(custom: Custom, home: object) -> Iterator[Any]:
    with icosa.connect(custom.server.url, custom.server.token) as client:
        yield client


def kept(sent: dict[str, Any], got: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with the parts that were left out as they came back."""
    return {name: {**got[name], **value} if isinstance(value, dict) and name != "fieldRawJson" else value for name, value in sent.items()}


def test_the_client_reads_what_the_workspace_has(crm: Any, custom: Custom) -> None:
    assert [each.plural for each in crm.catalogue if each.custom] == ["rockets"]
    for singular in ("rocket", "person"):
        of, made = crm.catalogue.by_singular[singular], custom.catalogue.by_singular[singular]
        assert [(each.name, each.type_name, each.options) for each in of.fields] == [
            (each.name, each.type_name, each.options) for each in made.fields
        ]
        assert of.belongs_to == made.belongs_to
    assert crm.catalogue.by_singular["company"] == STANDARD.by_singular["company"]
    assert crm.offers == ICOSA
    assert "rockets" in dir(crm)


def test_all_seven_operations_work_on_a_custom_object(crm: Any, custom: Custom) -> None:
    rocket: Object = custom.catalogue.by_singular["rocket"]
    company = crm.companies.create_one(name="Rocket Works")
    sent = body_of(rocket, 7)
    one = crm.rockets.create_one(sent, company_id=company["id"])
    assert kept(sent, one).items() <= one.items()
    assert one["company"]["name"] == "Rocket Works"
    many = crm.rockets.create_many([body_of(rocket, n) | {"motherId": one["id"]} for n in (8, 9)])
    assert {each["id"] for each in crm.rockets.find_one(one["id"], depth=1)["boosters"]} == {each["id"] for each in many}
    page = crm.rockets.find_many(filter=f"motherId[eq]:{one['id']}", order_by="name[DescNullsLast]", limit=1)
    assert ([each["id"] for each in page], page.total_count) == ([many[1]["id"]], 2)
    assert (
        crm.rockets.update_one(one["id"], field_rating="RATING_5", field_emails={"primaryEmail": "A@EXAMPLE.com"})["fieldRating"]
        == "RATING_5"
    )
    assert crm.rockets.find_duplicates(ids=[one["id"]])[0].total_count == 0
    assert crm.rockets.delete_one(one["id"]) == {"id": one["id"]}
    assert crm.rockets.restore_one(one["id"])["name"] == one["name"]
    for each in (one, *many):
        crm.rockets.delete_one(each["id"], permanent=True)
    assert crm.rockets.find_many().total_count == 0


@pytest.mark.parametrize(
    "where",
    [
        F.field_text.starts_with("fieldText 7"),
        F.field_number == 7,
        F.field_float >= 7,
        F.field_boolean == False,  # noqa: E712
        F.field_date_time < "2032-01-01",
        F.field_date == "2031-02-08",
        F.field_select.in_(["MARS", "VENUS"]),
        F.field_multi_select.contains_any(["VENUS"]),
        F.field_rating == "RATING_3",
        F.field_array.contains_any(["item 7"]),
        F.field_raw_json.like("%deep%"),
        F.field_currency.amount_micros == 7_000_000,
        F.field_full_name.last_name == "Lovelace 7",
        F.field_rich_text_v2.markdown == "**7**",
        F.field_actor.source == "IMPORT",
        F.field_emails.primary_email == "fieldemails7@example.com",
        F.field_phones.primary_phone_calling_code == "+33",
        F.field_links.primary_link_url.like("%fieldlinks7.example.com"),
        F.field_address.address_city == "Lyon",
        F.field_uuid.is_not_null(),
    ],
    ids=str,
)
def test_custom_fields_of_every_type_on_people_can_be_filtered_by(crm: Any, custom: Custom, where: Any) -> None:
    person = custom.catalogue.by_singular["person"]
    sent = {name: value for name, value in body_of(person, 7).items() if name in TYPES}
    made = crm.people.create_one(sent)
    try:
        assert kept(sent, made).items() <= made.items()
        assert [each["id"] for each in crm.people.find_many(filter=f"{where},id[eq]:{made['id']}")] == [made["id"]]
        assert [each["id"] for each in crm.people.find_many(filter=f"not({where}),id[eq]:{made['id']}")] == []
    finally:
        crm.people.delete_one(made["id"], permanent=True)


def test_actions_of_custom_objects_go_by_the_labels_of_forms(crm: Any) -> None:
    (made,) = crm.run("Rockets", "Create One Rocket", {"Name": "Ariel", "Field Uuid": "20202020-1c25-4d02-bf25-6aeccf7ea419"})
    rocket = made.json["data"]["createRocket"]
    (found,) = crm.run("rocket", "Find One Rocket", {"Id": rocket["id"], "Depth": 0})
    assert found.json["data"]["rocket"]["name"] == "Ariel"
    crm.run("Rockets", "Delete One Rocket", {"Id": rocket["id"]})


def test_mistakes_about_them_never_reach_the_network(crm: Any) -> None:
    with pytest.raises(InvalidInput, match=r"Field Uuid"):
        crm.rockets.create_one(name="Without what is required")
    with pytest.raises(UnknownField, match="fieldTexts"):
        crm.rockets.create_one(fieldTexts="x")
    with pytest.raises(InvalidInput, match="MARS"):
        crm.people.create_one(field_select="PLUTO")
    with pytest.raises(UnknownObject, match="Rockets"):
        crm["rokets"]


def test_the_server_says_that_its_document_has_not_changed(custom: Custom, home: object) -> None:
    transport = HttpTransport(custom.server.url, Secret(custom.server.token))
    whole = transport.send(Request("GET", "/open-api/core"))
    etag = {name.lower(): value for name, value in whole.headers}["etag"]
    known = [transport.send(Request("GET", "/open-api/core", etag=each)) for each in (etag, f"W/{etag}", f'"other", {etag}')]
    other = transport.send(Request("GET", "/open-api/core", etag='"other"'))
    transport.close()
    assert [(each.status, each.body) for each in known] == [(304, b"")] * 3
    assert (other.status, other.body) == (200, whole.body)
    assert len(whole.body) > 100_000


def test_an_embedded_workspace_knows_its_own_objects(custom: Custom, home: object, tmp_path: Any) -> None:
    database = f"sqlite:///{tmp_path}/own.db"
    open_workspace(database, custom.catalogue).close()
    with icosa.connect(database) as crm:
        made = crm["rockets"].create_one(body_of(custom.catalogue.by_singular["rocket"], 1))
        assert crm.catalogue == custom.catalogue
    with icosa.connect(database) as crm:
        assert crm["rockets"].find_one(made["id"])["name"] == made["name"]


@needs_shared
def test_what_a_newer_server_has_goes_through_the_same_engine(home: object) -> None:
    def reply(asked: Asked) -> Reply:
        if asked.target == "/open-api/core":
            return Reply(newer())
        if asked.target.startswith("/rest/people?"):
            ends = {"hasNextPage": False, "startCursor": None, "endCursor": None}
            found = {"data": {"people": [{"id": ID}]}, "pageInfo": ends, "totalCount": 1}
            return Reply(found if asked.method == "GET" else {"data": {"updatePeople": [{"id": ID}]}})
        return Reply({"data": {"mergePeople": {"id": "…"}}})

    with scripted(reply) as server, icosa.connect(server.url, KEY) as crm:
        assert crm.offers.max_limit == 200
        (merged,) = crm.run("People", "Merge Many People", {"Body": {"ids": ["a", "b"], "conflictPriorityIndex": 0}})
        assert merged.json == {"data": {"mergePeople": {"id": "…"}}}
        crm.run("Rockets", "group_by", {"Group By": [{"fieldSelect": True}], "Include Records Sample": True})
        crm.run("People", "update many", {"Filter": "city[eq]:Paris", "City": "Lyon"})
        with pytest.raises(InvalidInput, match="Filter"):
            crm.run("People", "Delete Many People", {})
        merge, group, look, update = server.asked[1:]
    assert (merge.method, merge.target, json.loads(merge.body)) == (
        "PATCH",
        "/rest/people/merge",
        {"ids": ["a", "b"], "conflictPriorityIndex": 0},
    )
    assert (group.method, group.target) == (
        "GET",
        "/rest/rockets/groupBy?group_by=%5B%7B%22fieldSelect%22%3Atrue%7D%5D&include_records_sample=true",
    )
    assert (look.method, look.target) == ("GET", "/rest/people?filter=city%5Beq%5D%3AParis&limit=200&depth=0")
    assert (update.method, update.target, json.loads(update.body)) == (
        "PATCH",
        f"/rest/people?filter=and%28city%5Beq%5D%3AParis%2Cid%5Bin%5D%3A%5B{ID}%5D%29",
        {"city": "Lyon"},
    )


@needs_shared
def test_a_newer_server_is_told_to_keep_what_is_deleted(home: object) -> None:
    def reply(asked: Asked) -> Reply:
        return Reply(newer()) if asked.target == "/open-api/core" else Reply({"data": {"deleteRocket": {"id": ID}}})

    with scripted(reply) as server, icosa.connect(server.url, KEY) as crm:
        crm["rockets"].delete_one(ID)
        crm["rockets"].delete_one(ID, permanent=True)
        assert [each.target for each in server.asked[1:]] == [f"/rest/rockets/{ID}?soft_delete=true", f"/rest/rockets/{ID}"]


@needs_shared
def test_a_list_of_operations_is_offered_for_each_object(home: object) -> None:
    catalogue, offers = read_document(newer())
    found = offered(catalogue.named("rockets"), offers)
    assert {"find_many", "restore_one", "merge_many", "group_by"} <= found.keys()
    assert "Fields" in [each.label for each in found["find_many"].properties]
    assert [each.label for each in found["delete_one"].properties] == ["Id", "Permanent"]
    assert list(offered(catalogue.named("rockets"))) == [each for each in found if each not in {m.name for m in offers.more}]

"""Objects and fields are told, made, changed, hidden and taken away by requests, as 2.19 has it; 1.0.3 tells them."""

from collections.abc import Callable
from typing import Any

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace.access.issue import create_key
from tests.workspace.conftest import Caller

OBJECTS, FIELDS = "/rest/metadata/objects", "/rest/metadata/fields"
NOBODY = "20202020-0000-4000-8000-000000000000"
WIDGET = {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets"}

TYPES: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "TEXT"}, "plain", "plain"),
    ({"type": "NUMBER"}, 7, 7),
    ({"type": "NUMBER", "settings": {"dataType": "float", "decimals": 2}}, 0.25, 0.25),
    ({"type": "BOOLEAN", "defaultValue": False}, True, True),
    ({"type": "DATE"}, "2026-02-03", "2026-02-03"),
    ({"type": "DATE_TIME"}, "2026-02-03T04:05:06.000Z", "2026-02-03T04:05:06.000Z"),
    ({"type": "SELECT", "options": [{"value": "ALPHA", "label": "Alpha"}, {"value": "BETA"}]}, "BETA", "BETA"),
    ({"type": "MULTI_SELECT", "options": [{"value": "RED"}, {"value": "BLUE"}]}, ["BLUE"], ["BLUE"]),
    ({"type": "RATING"}, "RATING_3", "RATING_3"),
    ({"type": "CURRENCY"}, {"amountMicros": 5, "currencyCode": "EUR"}, {"amountMicros": 5, "currencyCode": "EUR"}),
    ({"type": "FULL_NAME"}, {"firstName": "Ada", "lastName": "Lovelace"}, {"firstName": "Ada", "lastName": "Lovelace"}),
    ({"type": "ARRAY"}, ["one"], ["one"]),
    ({"type": "RAW_JSON"}, {"k": [1]}, {"k": [1]}),
    ({"type": "UUID"}, NOBODY[:-1] + "1", NOBODY[:-1] + "1"),
]


@pytest.fixture
def new(open_caller: Callable[..., Caller]) -> Caller:
    """A workspace of the standard objects of 2.19 that speaks it."""
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def made(caller: Caller, path: str, body: dict[str, Any]) -> dict[str, Any]:
    status, answer = caller.send("POST", path, body)
    assert status == 201, answer
    return dict(answer)


def field(caller: Caller, of: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
    return made(caller, FIELDS, {"objectMetadataId": of["id"], "name": name, "label": name.title(), **said})


def objects(caller: Caller) -> dict[str, dict[str, Any]]:
    return {each["nameSingular"]: each for each in caller.send("GET", OBJECTS)[1]["data"]}


def test_all_objects_are_told_with_their_fields_and_by_ids_that_stay(new: Caller) -> None:
    told = objects(new)
    assert set(told) == {each.singular for each in STANDARD_2_19}
    assert {each["name"] for each in told["company"]["fields"]} >= {"id", "name", "domainName", "people", "accountOwner", "createdBy"}
    assert new.send("GET", f"{OBJECTS}/{told['company']['id']}") == (200, told["company"])
    assert objects(new) == told
    one = told["company"]["fields"][5]
    assert new.send("GET", f"{FIELDS}/{one['id']}") == (200, one)


def test_pages_of_them_lead_to_the_last(new: Caller) -> None:
    found, after = [], ""
    while True:
        answer = new.send("GET", OBJECTS, limit=5, **({"starting_after": after} if after else {}))[1]
        found += [each["id"] for each in answer["data"]]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert len(found) == len(set(found)) == answer["totalCount"] == len(STANDARD_2_19.objects)
    before = new.send("GET", OBJECTS, limit=3, ending_before=found[10])[1]["data"]
    assert [each["id"] for each in before] == found[7:10]
    assert new.send("GET", OBJECTS, limit=0)[1]["data"] == []


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"limit": "many"}, 'limit must be a number from 0, and is "many"'),
        ({"limit": "-1"}, "limit must be a number from 0"),
        ({"starting_after": NOBODY}, "starting_after must be the id of one of them"),
        ({"ending_before": "first"}, 'ending_before must be the id of one of them, and is "first"'),
    ],
)
def test_a_page_that_is_none_is_refused(new: Caller, asked: dict[str, str], text: str) -> None:
    status, refused = new.send("GET", OBJECTS, **asked)
    assert (status, text in str(refused)) == (400, True), refused


def test_an_object_is_made_with_all_that_hangs_on_records(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    assert {each["name"] for each in widget["fields"]} == {
        *("id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector", "name"),
        *("noteTargets", "taskTargets", "attachments", "timelineActivities"),
    }
    id_ = new.good("POST", "/rest/widgets", {"name": "Cog"})["id"]
    note = new.good("POST", "/rest/notes", {"title": "About it"})["id"]
    new.good("POST", "/rest/noteTargets", {"noteId": note, "targetWidgetId": id_})
    assert [each["noteId"] for each in new.good("GET", f"/rest/widgets/{id_}", depth=1)["noteTargets"]] == [note]
    assert objects(new)["widget"]["id"] == widget["id"]


@pytest.mark.parametrize(("said", "sent", "read"), TYPES, ids=[str(each[0]["type"]) for each in TYPES])
def test_a_field_of_each_type_is_made_and_holds_values(new: Caller, said: dict[str, Any], sent: Any, read: Any) -> None:
    widget = made(new, OBJECTS, WIDGET)
    before = new.good("POST", "/rest/widgets", {"name": "Cog"})["id"]
    of = field(new, widget, "more", **said)
    assert (of["type"], of["isActive"], of["isNullable"]) == (said["type"], True, True)
    assert new.good("POST", "/rest/widgets", {"more": sent})["more"] == read
    assert new.good("PATCH", f"/rest/widgets/{before}", {"more": sent})["more"] == read


def test_a_relation_is_made_at_both_ends_and_taken_away_at_both(new: Caller) -> None:
    widget, company = made(new, OBJECTS, WIDGET), objects(new)["company"]
    payload = {"type": "MANY_TO_ONE", "targetObjectMetadataId": company["id"], "targetFieldLabel": "Made widgets"}
    maker = field(new, widget, "maker", type="RELATION", relationCreationPayload=payload)
    assert maker["settings"] == {"relationType": "MANY_TO_ONE", "onDelete": "SET_NULL", "joinColumnName": "makerId"}
    company_id = new.good("POST", "/rest/companies", {"name": "Analytical Engines"})["id"]
    id_ = new.good("POST", "/rest/widgets", {"name": "Cog", "makerId": company_id})["id"]
    assert [each["id"] for each in new.good("GET", f"/rest/companies/{company_id}", depth=1)["madeWidgets"]] == [id_]
    other_end = next(each for each in objects(new)["company"]["fields"] if each["name"] == "madeWidgets")
    assert new.send("DELETE", f"{FIELDS}/{other_end['id']}")[0] == 200
    assert "makerId" not in new.good("GET", f"/rest/widgets/{id_}")
    assert "madeWidgets" not in new.good("GET", f"/rest/companies/{company_id}", depth=1)
    assert new.send("GET", f"{FIELDS}/{maker['id']}")[0] == 404


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"targetObjectMetadataId": NOBODY}, "Object targeted by the relation not found"),
        ({"type": "MANY_TO_MANY"}, "Relation type must be MANY_TO_ONE or ONE_TO_MANY"),
        ({"targetFieldLabel": ""}, "targetFieldLabel is required"),
        ({"targetFieldLabel": "Name"}, "already used by another field"),
    ],
)
def test_a_relation_that_cannot_be_is_refused_at_both_ends(new: Caller, changed: dict[str, Any], text: str) -> None:
    widget, company = made(new, OBJECTS, WIDGET), objects(new)["company"]
    asked = {"type": "MANY_TO_ONE", "targetObjectMetadataId": company["id"], "targetFieldLabel": "Widgets", **changed}
    body = {"objectMetadataId": widget["id"], "name": "maker", "label": "Maker", "type": "RELATION", "relationCreationPayload": asked}
    before = objects(new)
    status, refused = new.send("POST", FIELDS, body)
    assert (status, text in str(refused)) == (400, True), refused
    assert objects(new) == before


def test_a_default_of_several_parts_and_of_the_moment_holds(new: Caller) -> None:
    """As metadata writes them: texts in quotes of their own, and now without."""
    widget = made(new, OBJECTS, WIDGET)
    field(new, widget, "owner", type="FULL_NAME", defaultValue={"firstName": "'Ada'", "lastName": "''"})
    field(new, widget, "kinds", type="MULTI_SELECT", options=[{"value": "RED"}, {"value": "BLUE"}], defaultValue=["'BLUE'"])
    field(new, widget, "since", type="DATE_TIME", defaultValue="now")
    found = new.good("POST", "/rest/widgets", {})
    assert (found["owner"], found["kinds"]) == ({"firstName": "Ada", "lastName": ""}, ["BLUE"])
    assert found["since"] == found["createdAt"]


def test_a_collection_is_made_from_its_own_side(new: Caller) -> None:
    widget, company = made(new, OBJECTS, WIDGET), objects(new)["company"]
    payload = {"type": "ONE_TO_MANY", "targetObjectMetadataId": company["id"], "targetFieldLabel": "Widget"}
    assert field(new, widget, "buyers", type="RELATION", relationCreationPayload=payload)["settings"] == {"relationType": "ONE_TO_MANY"}
    id_ = new.good("POST", "/rest/widgets", {"name": "Cog"})["id"]
    new.good("POST", "/rest/companies", {"name": "Mill", "widgetId": id_})
    assert [each["name"] for each in new.good("GET", f"/rest/widgets/{id_}", depth=1)["buyers"]] == ["Mill"]


def test_options_are_added_and_a_default_holds(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    kind = field(new, widget, "kind", type="SELECT", options=[{"value": "ALPHA"}], defaultValue="'ALPHA'")
    assert new.good("POST", "/rest/widgets", {})["kind"] == "ALPHA"
    assert new.send("POST", "/rest/widgets", {"kind": "BETA"})[0] == 400
    options = [*kind["options"], {"value": "BETA", "label": "Beta", "color": "red"}]
    status, changed = new.send("PATCH", f"{FIELDS}/{kind['id']}", {"options": options, "defaultValue": "'BETA'"})
    assert status == 200
    assert changed["options"][0] == kind["options"][0]
    assert new.good("POST", "/rest/widgets", {})["kind"] == "BETA"


@pytest.mark.parametrize(("type_name", "value"), [("SELECT", "BETA"), ("MULTI_SELECT", ["ALPHA", "BETA"])])
def test_an_option_that_records_have_stays(new: Caller, type_name: str, value: Any) -> None:
    widget = made(new, OBJECTS, WIDGET)
    kind = field(new, widget, "kind", type=type_name, options=[{"value": "ALPHA"}, {"value": "BETA"}, {"value": "GAMMA"}])
    id_ = new.good("POST", "/rest/widgets", {"kind": value})["id"]
    one = f"{FIELDS}/{kind['id']}"
    status, refused = new.send("PATCH", one, {"options": [{"value": "ALPHA"}]})
    assert (status, "BETA is what records have" in refused["message"], "GAMMA" in refused["message"]) == (400, True, False)
    assert new.send("PATCH", one, {"options": [{"value": "ALPHA"}, {"value": "BETA"}]})[0] == 200
    assert new.good("GET", f"/rest/widgets/{id_}")["kind"] == value
    new.good("PATCH", f"/rest/widgets/{id_}", {"kind": None})
    assert new.send("PATCH", one, {"options": [{"value": "ALPHA"}]})[0] == 200


def test_a_value_that_two_records_have_does_not_become_unique(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    code = field(new, widget, "code", type="TEXT")
    ids = [new.good("POST", "/rest/widgets", {"code": "C-1"})["id"] for _ in range(2)]
    status, refused = new.send("PATCH", f"{FIELDS}/{code['id']}", {"isUnique": True})
    assert (status, '"C-1" is what several records have as code; change them first' in refused["message"]) == (400, True)
    new.good("PATCH", f"/rest/widgets/{ids[0]}", {"code": "C-2"})
    assert new.send("PATCH", f"{FIELDS}/{code['id']}", {"isUnique": True})[1]["isUnique"] is True
    assert new.send("POST", "/rest/widgets", {"code": "C-2"})[0] == 400


def test_records_are_called_by_another_field(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    code = field(new, widget, "code", type="TEXT")
    one = f"{OBJECTS}/{widget['id']}"
    assert new.send("PATCH", one, {"labelIdentifierFieldMetadataId": code["id"]})[1]["labelIdentifierFieldMetadataId"] == code["id"]
    assert "called or found by" in new.send("DELETE", f"{FIELDS}/{code['id']}")[1]["message"]
    notes = next(each for each in widget["fields"] if each["name"] == "noteTargets")
    for id_ in (NOBODY, notes["id"]):
        assert "is the id of no field" in new.send("PATCH", one, {"labelIdentifierFieldMetadataId": id_})[1]["message"]
    name = next(each for each in widget["fields"] if each["name"] == "name")
    assert new.send("PATCH", one, {"labelIdentifierFieldMetadataId": name["id"]})[0] == 200
    assert new.send("DELETE", f"{FIELDS}/{code['id']}")[0] == 200


def test_words_change(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    text = field(new, widget, "text", type="TEXT")
    changed = new.send("PATCH", f"{OBJECTS}/{widget['id']}", {"labelPlural": "All widgets", "description": "Ours", "icon": "IconBox"})[1]
    assert (changed["labelPlural"], changed["description"], changed["icon"]) == ("All widgets", "Ours", "IconBox")
    assert new.send("PATCH", f"{FIELDS}/{text['id']}", {"label": "Text, renamed"})[1]["label"] == "Text, renamed"
    told = objects(new)["widget"]
    assert (told["labelPlural"], [each["label"] for each in told["fields"] if each["name"] == "text"]) == ("All widgets", ["Text, renamed"])


def test_a_plural_name_changes_and_a_singular_one_does_not(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    id_ = new.good("POST", "/rest/widgets", {"name": "Cog"})["id"]
    one = f"{OBJECTS}/{widget['id']}"
    assert new.send("PATCH", one, {"namePlural": "widgetry"})[1]["namePlural"] == "widgetry"
    assert new.good("GET", f"/rest/widgetry/{id_}")["name"] == "Cog"
    assert new.send("GET", "/rest/widgets")[0] == 400
    for body in ({"nameSingular": "gadget"}, {"namePlural": "companies"}, {"namePlural": "Bad name"}, {"namePlural": "WIDGET"}):
        assert new.send("PATCH", one, body)[0] == 400
    company = objects(new)["company"]
    assert new.send("PATCH", f"{OBJECTS}/{company['id']}", {"namePlural": "firms"})[0] == 400
    assert new.good("GET", f"/rest/widgetry/{id_}")["name"] == "Cog"


@pytest.mark.parametrize("value", [("TEXT", "C-1"), ("CURRENCY", {"amountMicros": 5, "currencyCode": "EUR"})], ids=["one column", "two"])
def test_a_field_is_renamed_with_what_records_hold(new: Caller, value: tuple[str, Any]) -> None:
    widget = made(new, OBJECTS, WIDGET)
    of = field(new, widget, "code", type=value[0], isUnique=value[0] == "TEXT")
    id_ = new.good("POST", "/rest/widgets", {"code": value[1]})["id"]
    status, renamed = new.send("PATCH", f"{FIELDS}/{of['id']}", {"name": "number", "label": "Number"})
    assert (status, renamed["name"], renamed["label"], renamed["id"]) == (200, "number", "Number", of["id"])
    record = new.good("GET", f"/rest/widgets/{id_}")
    assert (record["number"], "code" in record) == (value[1], False)
    assert new.send("GET", f"{FIELDS}/{of['id']}")[1]["name"] == "number"
    if value[0] == "TEXT":
        assert new.ids("widgets", filter="number[eq]:C-1") == [id_]
        assert new.send("POST", "/rest/widgets", {"number": "C-1"})[0] == 400
    assert new.good("PATCH", f"/rest/widgets/{id_}", {"number": None}) != record


def test_a_relation_is_renamed_at_either_end(new: Caller) -> None:
    widget, company = made(new, OBJECTS, WIDGET), objects(new)["company"]
    payload = {"type": "MANY_TO_ONE", "targetObjectMetadataId": company["id"], "targetFieldLabel": "Made widgets"}
    maker = field(new, widget, "maker", type="RELATION", relationCreationPayload=payload)
    company_id = new.good("POST", "/rest/companies", {"name": "Analytical Engines"})["id"]
    id_ = new.good("POST", "/rest/widgets", {"makerId": company_id})["id"]
    there = next(each for each in objects(new)["company"]["fields"] if each["name"] == "madeWidgets")
    assert new.send("PATCH", f"{FIELDS}/{maker['id']}", {"name": "builder"})[1]["settings"]["joinColumnName"] == "builderId"
    assert new.send("PATCH", f"{FIELDS}/{there['id']}", {"name": "built"})[1]["name"] == "built"
    assert new.good("GET", f"/rest/widgets/{id_}", depth=1)["builder"]["id"] == company_id
    assert [each["id"] for each in new.good("GET", f"/rest/companies/{company_id}", depth=1)["built"]] == [id_]
    new.good("DELETE", f"/rest/companies/{company_id}")
    assert new.good("GET", f"/rest/widgets/{id_}")["builderId"] is None


def test_a_name_that_is_none_or_taken_is_not_given_to_a_field(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    text = field(new, widget, "text", type="TEXT")
    before = objects(new)
    for body in ({"name": "name"}, {"name": "Bad name"}, {"name": "type"}, {"name": "createdByName"}):
        assert new.send("PATCH", f"{FIELDS}/{text['id']}", body)[0] == 400
    always = next(each for each in before["widget"]["fields"] if each["name"] == "name")
    assert "keeps its name" in new.send("PATCH", f"{FIELDS}/{always['id']}", {"name": "called"})[1]["message"]
    assert objects(new) == before


def test_what_is_hidden_answers_as_before(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    text = field(new, widget, "text", type="TEXT")
    assert new.send("PATCH", f"{FIELDS}/{text['id']}", {"isActive": False})[1]["isActive"] is False
    assert new.send("PATCH", f"{OBJECTS}/{widget['id']}", {"isActive": False})[1]["isActive"] is False
    assert new.good("POST", "/rest/widgets", {"text": "seen"})["text"] == "seen"
    assert objects(new)["widget"]["isActive"] is False


def test_what_is_deleted_is_gone_with_what_it_held(new: Caller) -> None:
    widget = made(new, OBJECTS, WIDGET)
    text = field(new, widget, "text", type="TEXT")
    id_ = new.good("POST", "/rest/widgets", {"name": "Cog", "text": "seen"})["id"]
    assert new.send("DELETE", f"{FIELDS}/{text['id']}")[1]["id"] == text["id"]
    assert "text" not in new.good("GET", f"/rest/widgets/{id_}")
    field(new, widget, "text", type="TEXT")
    assert new.good("GET", f"/rest/widgets/{id_}")["text"] == ""
    gone = new.send("DELETE", f"{OBJECTS}/{widget['id']}")[1]
    assert (gone["id"], "fields" in gone) == (widget["id"], False)
    assert new.send("GET", "/rest/widgets")[0] == 400
    assert "targetWidgetId" not in {each["name"] for each in objects(new)["noteTarget"]["fields"]}
    again = made(new, OBJECTS, WIDGET)
    assert again["id"] != widget["id"]
    assert new.good("GET", "/rest/widgets") == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"name": "text", "label": "Text", "type": "TEXT"}, "already used by another field"),
        ({"name": "type", "label": "Type", "type": "TEXT"}, "reserved"),
        ({"name": "Bad name", "label": "Bad", "type": "TEXT"}, "must start with lowercase letter"),
        ({"name": "x" * 64, "label": "Long", "type": "TEXT"}, "too long"),
        ({"name": "nolabel", "type": "TEXT"}, "label should not be empty"),
        ({"name": "notype", "label": "x"}, "type should not be empty"),
        ({"name": "nosuch", "label": "x", "type": "RICH_TEXT_V2"}, "type must be one of"),
        ({"name": "big", "label": "Big", "type": "NUMERIC"}, "Use NUMBER instead"),
        ({"name": "noopts", "label": "x", "type": "SELECT"}, "Options are required"),
        ({"name": "bad", "label": "x", "type": "SELECT", "options": [{"value": "lower case"}]}, "UPPER_CASE"),
        ({"name": "bad", "label": "x", "type": "SELECT", "options": ["ALPHA"]}, "Options are objects such as"),
        ({"name": "twice", "label": "x", "type": "SELECT", "options": [{"value": "A"}, {"value": "A"}]}, "Duplicated option"),
        ({"name": "bad", "label": "x", "type": "SELECT", "options": [{"value": "A"}], "defaultValue": "'C'"}, "one of the option values"),
        ({"name": "bad", "label": "x", "type": "NUMBER", "defaultValue": "many"}, "default"),
        ({"name": "papers", "label": "x", "type": "FILES", "settings": {"maxNumberOfValues": 0}}, "maxNumberOfValues"),
        ({"name": "maker", "label": "x", "type": "RELATION"}, "Relation creation payload is required"),
        ({"name": "flag", "label": "x", "type": "BOOLEAN", "isUnique": "yes"}, "isUnique must be a boolean"),
        ({"name": "lost", "label": "x", "type": "TEXT", "objectMetadataId": NOBODY}, "does not exist"),
        ({"name": "lost", "label": "x", "type": "TEXT", "objectMetadataId": "company"}, "must be a UUID"),
    ],
)
def test_a_field_that_cannot_be_is_refused_and_nothing_changes(new: Caller, body: dict[str, Any], text: str) -> None:
    widget = made(new, OBJECTS, WIDGET)
    field(new, widget, "text", type="TEXT")
    before = objects(new)
    status, refused = new.send("POST", FIELDS, {"objectMetadataId": widget["id"], **body})
    assert (status, text in str(refused["message"])) == (400, True), refused
    assert objects(new) == before


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({}, "already exists"),
        ({"nameSingular": "Bad Name", "namePlural": "bads"}, "must start with lowercase letter"),
        ({"nameSingular": "sheep", "namePlural": "sheep"}, "cannot be the same"),
        ({"nameSingular": "gadget", "namePlural": "Companies"}, "must start with"),
        ({"nameSingular": "gadget", "namePlural": "metadata"}, "reserved"),
        ({"nameSingular": "x" * 57, "namePlural": "gadgets"}, "at most 63"),
        ({"nameSingular": "gadget", "namePlural": "cOMPANIES"}, "already exists"),
        ({"nameSingular": "gadget", "namePlural": "gadgets", "labelSingular": None}, "labelSingular should not be empty"),
    ],
)
def test_an_object_that_cannot_be_is_refused_and_nothing_changes(new: Caller, changed: dict[str, Any], text: str) -> None:
    made(new, OBJECTS, WIDGET)
    before = objects(new)
    status, refused = new.send("POST", OBJECTS, WIDGET | changed)
    assert (status, text in str(refused["message"])) == (400, True), refused
    assert objects(new) == before


def test_what_is_not_there_is_not_found(new: Caller) -> None:
    for path in (f"{OBJECTS}/{NOBODY}", f"{FIELDS}/{NOBODY}"):
        assert new.send("GET", path)[0] == new.send("DELETE", path)[0] == new.send("PATCH", path, {})[0] == 404
    assert new.send("GET", OBJECTS + "/not-a-uuid")[0] == 400
    assert new.send("DELETE", OBJECTS)[0] == new.send("GET", "/rest/metadata/nothings")[0] == 400


def test_what_was_always_there_stays(new: Caller) -> None:
    company = objects(new)["company"]
    assert new.send("DELETE", f"{OBJECTS}/{company['id']}")[0] == 400
    name = next(each for each in company["fields"] if each["name"] == "name")
    assert new.send("DELETE", f"{FIELDS}/{name['id']}")[0] == 400
    assert objects(new)["company"] == company


def test_a_key_that_may_only_read_changes_nothing(new: Caller) -> None:
    _, token = create_key(new.workspace, "reader", "2100-01-01", read_only=True)
    asked = Request("POST", OBJECTS, body=b'{"nameSingular":"widget"}', token=token)
    assert new.workspace.answer(asked).status == 403
    assert new.workspace.answer(asked._replace(method="GET", body=b"")).status == 200
    assert new.workspace.answer(asked._replace(token=None)).status == 403


def test_in_1_0_3_objects_and_fields_are_told_in_an_envelope(crm: Caller) -> None:
    status, answer = crm.send("GET", OBJECTS, limit=1000)
    assert (status, answer["pageInfo"]["hasNextPage"]) == (200, False)
    told = {each["nameSingular"]: each for each in answer["data"]["objects"]}
    assert set(told) == {each.singular for each in STANDARD}
    company = told["company"]
    assert crm.good("GET", f"{OBJECTS}/{company['id']}") == company
    one = company["fields"][0]
    assert crm.good("GET", f"{FIELDS}/{one['id']}") == one
    assert len(crm.good("GET", FIELDS, limit=3)) == 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", OBJECTS),
        ("DELETE", f"{OBJECTS}/{NOBODY}"),
        ("GET", "/rest/metadata/webhooks"),
        ("GET", "/rest/metadata"),
        ("POST", "/rest/open-api/metadata"),
        ("POST", "/rest/graphql"),
        ("GET", f"{OBJECTS}/{NOBODY}/x"),
    ],
)
def test_in_1_0_3_there_is_nothing_else_of_it_and_the_answer_says_so(crm: Caller, method: str, path: str) -> None:
    status, answer = crm.send(method, path, {} if method == "POST" else None)
    assert status == 404
    assert "GET /rest/metadata/objects" in answer["message"]
    assert "UUID" not in answer["message"]


def test_a_plural_that_begins_like_metadata_is_an_object(new: Caller) -> None:
    made(new, OBJECTS, WIDGET | {"nameSingular": "metadatum", "namePlural": "metadatums"})
    assert new.good("POST", "/rest/metadatums", {"name": "Cog"})["name"] == "Cog"


def test_a_link_is_called_otherwise_and_what_a_field_is_for_can_be_forgotten(new: Caller) -> None:
    people = objects(new)["person"]
    link, title = (next(each for each in people["fields"] if each["name"] == name) for name in ("company", "jobTitle"))
    for of in (link, title):
        told = new.send("PATCH", f"{FIELDS}/{of['id']}", {"label": "Ours", "description": "What it is for."})[1]
        assert (told["label"], told["description"]) == ("Ours", "What it is for.")
    person = new.workspace.catalogue.by_singular["person"]
    assert (person.relation_by_name["company"].label, person.field_by_name["jobTitle"].label) == ("Ours", "Ours")
    for of in (link, title):
        assert "description" not in new.send("PATCH", f"{FIELDS}/{of['id']}", {"description": ""})[1]
    assert new.workspace.catalogue.by_singular["person"].relation_by_name["company"].description == ""

"""From an OpenAPI document, ours or somebody else's, to the catalogue of the workspace that it describes."""

import copy
import json
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.fields import Position, Text
from icosa.catalogue.model import SET_NULL, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import UnreadableAnswer
from icosa.wire.actions.properties import body_properties
from icosa.wire.openapi.document import base_document, document
from icosa.wire.openapi.reading import ICOSA, Offers, more_actions, read_document
from tests.any_workspace.documents import PLANETS, TYPES, extended, newer, twenty
from tests.searched import AT_LENGTH, ON_A_STORE
from tests.shared import needs_shared
from tests.store.scripts import EVERYTHING, catalogues
from tests.wire.every_kind import CATALOGUE

Json = dict[str, Any]


def written(catalogue: Catalogue) -> Json:
    """Our own document, as it comes over the wire."""
    made: Json = orjson.loads(orjson.dumps(document(catalogue)))
    return made


def as_documented(catalogue: Catalogue) -> Catalogue:
    """What is left of a catalogue when a document has told it: no defaults, unique values, labels and indexes, and not
    what becomes of records whose relation goes."""
    return Catalogue(tuple(each if each in STANDARD.objects else _as_documented(each) for each in catalogue))


def _as_documented(of: Object) -> Object:
    named = "name" in of.field_by_name
    return Object(
        of.singular,
        of.plural,
        of.description,
        tuple(map(_member_as_documented, of.members)),
        label_identifier="name" if named else "id",
        custom=True,
        searchable=("name",) if named else (),
    )


def _member_as_documented(member: Field | BelongsTo) -> Field | BelongsTo:
    if isinstance(member, BelongsTo):
        return replace(member, on_delete=SET_NULL, label="")
    if member.type_name == "POSITION":
        return Position(member.description)
    plain = not member.type.composite and member.type_name != "RAW_JSON"  # what may be null as a whole
    return Field(
        member.name,
        {"RICH_TEXT": "TEXT"}.get(member.type_name, member.type_name),
        member.description,
        nullable=plain and member.nullable and not member.required,
        required=member.required,
        secret=member.secret,
        options=member.options,
    )


@needs_shared
def test_the_document_of_twenty_1_0_3_gives_exactly_the_standard_catalogue() -> None:
    catalogue, offers = read_document(twenty())
    assert catalogue == STANDARD
    assert offers == Offers(icosa=False)


def test_our_own_document_gives_exactly_the_standard_catalogue() -> None:
    catalogue, offers = read_document(written(STANDARD))
    assert catalogue == STANDARD
    assert offers == ICOSA


@pytest.mark.parametrize("catalogue", [EVERYTHING, CATALOGUE], ids=["everything", "every kind"])
def test_our_own_document_gives_the_catalogue_it_was_written_from(catalogue: Catalogue) -> None:
    assert read_document(written(catalogue))[0] == as_documented(catalogue)
    assert read_document(written(STANDARD.with_objects(*catalogue)))[0] == as_documented(STANDARD.with_objects(*catalogue))


@given(catalogues())
@ON_A_STORE
def test_so_does_that_of_any_catalogue(catalogue: Catalogue) -> None:
    read, offers = read_document(written(catalogue))
    assert read == as_documented(catalogue)
    assert read_document(written(read))[0] == read
    assert offers == ICOSA


@needs_shared
@pytest.mark.parametrize("singular", ["rocket", "person"])
def test_a_field_of_each_type_is_recognised_in_a_document_of_somebody_else(singular: str) -> None:
    of = read_document(extended())[0].by_singular[singular]
    assert {each.name: each.type_name for each in of.fields if each.name in TYPES} == TYPES
    assert of.field_by_name["fieldSelect"].options == of.field_by_name["fieldMultiSelect"].options == tuple(PLANETS)


@needs_shared
def test_custom_fields_leave_a_standard_object_what_it_is() -> None:
    person = read_document(extended())[0].by_singular["person"]
    standard = STANDARD.by_singular["person"]
    assert person.members[: len(standard.members)] == standard.members
    assert replace(person, members=standard.members) == standard


@needs_shared
def test_a_custom_object_has_its_names_its_relations_and_what_is_required() -> None:
    catalogue, offers = read_document(extended())
    rocket = catalogue.named("rockets")
    assert (rocket.singular, rocket.custom, rocket.label_identifier, rocket.resource) == ("rocket", True, "name", "Rockets")
    assert rocket.description == "Something that flies"
    assert [(each.name, each.target, each.inverse) for each in rocket.belongs_to] == [
        ("company", "company", "rockets"),
        ("mother", "rocket", "boosters"),
    ]
    assert [each.name for each in rocket.fields if each.required] == ["fieldUuid"]
    assert {each.name for each in catalogue.has_many(rocket)} == {"boosters", "taskTargets"}
    assert catalogue.by_singular["taskTarget"].relation_by_key["rocketId"].target == "rocket"
    assert offers == Offers(icosa=False)


@needs_shared
def test_objects_and_fields_that_were_deactivated_are_not_there() -> None:
    document = twenty()
    document["paths"] = {path: item for path, item in document["paths"].items() if "/notes" not in path}
    for suffix in ("", "ForUpdate", "ForResponse"):
        del document["components"]["schemas"][f"Person{suffix}"]["properties"]["name"]
    catalogue, _ = read_document(document)
    assert "note" not in catalogue.by_singular
    assert len(catalogue.objects) == 35
    person = catalogue.by_singular["person"]
    assert person.label_identifier == "id"
    assert person.duplicate_criteria == (("linkedinLinkPrimaryLinkUrl",), ("emailsPrimaryEmail",))
    # What pointed at notes still has its key, which points nowhere that is known.
    assert catalogue.by_singular["noteTarget"].field_by_name["noteId"].type_name == "UUID"


@needs_shared
def test_options_that_a_workspace_changed_are_its_own() -> None:
    document = twenty()
    for suffix in ("", "ForUpdate", "ForResponse"):
        document["components"]["schemas"][f"Opportunity{suffix}"]["properties"]["stage"]["enum"] = ["COLD", "WARM"]
    stage = read_document(document)[0].by_singular["opportunity"].field_by_name["stage"]
    assert (stage.options, stage.default) == (("COLD", "WARM"), None)
    assert stage.description == STANDARD.by_singular["opportunity"].field_by_name["stage"].description


@pytest.mark.parametrize(
    ("schema", "read_as", "remark"),
    [
        ({"type": "object", "properties": {"hue": {}, "tone": {}}}, "RAW_JSON", "it has the parts hue, tone, which no known type has"),
        ({"type": "array", "items": {"type": "object"}}, "RAW_JSON", "it is a list of something else than texts"),
        ({"type": "array", "items": {"type": "object", "properties": {"fileId": {}, "label": {}, "url": {}}}}, "RAW_JSON", None),
        ({"type": "quaternion"}, "RAW_JSON", "its type is quaternion, which no known type has, and it is read as raw JSON"),
        ({"type": ["string", "number"]}, "RAW_JSON", "its type is not said"),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, "RAW_JSON", "its type is not said"),
        ({"type": "string", "enum": []}, "TEXT", "it has no options"),
        ({"type": "array", "items": {"type": "string", "enum": []}}, "ARRAY", "it has no options"),
        ({"type": "object", "properties": {"primaryEmail": {}, "additionalEmails": {}, "verified": {}}}, "EMAILS", "its parts verified"),
        ({"type": "object", "properties": {"primaryPhoneNumber": {}, "primaryPhoneCountryCode": {}}}, "PHONES", None),
        ({}, "RAW_JSON", None),
        ({"type": ["string", "null"], "format": "date"}, "DATE", None),
        ({"enum": ["ONE", None]}, "SELECT", None),
        ({"type": "string", "format": "email"}, "TEXT", None),
    ],
    ids=lambda each: json.dumps(each)[:60] if isinstance(each, dict) else None,
)
def test_what_nobody_knows_is_read_as_something_and_said(schema: Json, read_as: str, remark: str | None) -> None:
    made = written(Catalogue((Object("owner", "owners", "Somebody.", (Text("odd", "Strange."),)),)))
    for suffix in ("", "ForUpdate", "ForResponse"):
        made["components"]["schemas"][f"Owner{suffix}"]["properties"]["odd"] = schema
    catalogue, offers = read_document(made)
    assert catalogue.named("owners").field_by_name["odd"].type_name == read_as
    assert [each.partition(": ")[0] for each in offers.remarks] == (["owner.odd"] if remark else [])
    assert all(remark and remark in each for each in offers.remarks)


def test_several_relations_between_the_same_objects_keep_their_other_ends_apart() -> None:
    made = Catalogue(
        (
            Object("city", "cities", "A place.", (Text("name", "Its name."),)),
            Object(
                "flight",
                "flights",
                "From one to another.",
                (
                    BelongsTo("destination", "city", "arrivals", "Where it goes."),
                    BelongsTo("origin", "city", "flightsOfOrigin", "Where it is from."),
                    BelongsTo("stop", "city", "stops", "Where it lands between."),
                ),
            ),
        )
    )
    assert read_document(written(made))[0] == as_documented(made)


def test_a_relation_without_another_end_gets_a_name_of_its_own() -> None:
    made = written(EVERYTHING)
    del made["components"]["schemas"]["OwnerForResponse"]["properties"]["things"]
    catalogue, _ = read_document(made)
    assert [each.name for each in catalogue.has_many(catalogue.named("owners"))] == ["thingsByOwner"]


@needs_shared
def test_a_newer_server_offers_what_its_document_lists() -> None:
    catalogue, offers = read_document(newer())
    assert catalogue == read_document(extended())[0]
    assert (offers.upsert, offers.restore, offers.soft_delete, offers.permanent, offers.fields) == (True, True, True, False, True)
    assert (offers.max_limit, offers.max_batch) == (200, 60)
    found = more_actions(catalogue.named("rockets"), offers)
    assert {name: (each.label, each.method, each.path) for name, each in found.items()} == {
        "update_many": ("Update Many Rockets", "PATCH", "/rest/rockets"),
        "delete_many": ("Delete Many Rockets", "DELETE", "/rest/rockets"),
        "merge_many": ("Merge Many Rockets", "PATCH", "/rest/rockets/merge"),
        "group_by": ("Group By Rockets", "GET", "/rest/rockets/groupBy"),
    }
    assert [(each.name, each.place, each.required) for each in found["update_many"].properties] == [
        ("filter", "query", True),
        *((each.name, "body", False) for each in body_properties(catalogue.named("rockets"), creating=False)),
    ]
    assert "ids (required), conflictPriorityIndex (required), dryRun" in found["merge_many"].properties[0].description
    assert [(each.name, each.type) for each in found["group_by"].properties] == [
        ("group_by", "json"),
        ("include_records_sample", "boolean"),
    ]
    assert more_actions(catalogue.named("companies"), offers) == {}


@needs_shared
def test_offers_are_read_as_they_were_written() -> None:
    offers = read_document(newer())[1]
    assert Offers.from_json(json.loads(json.dumps(offers.as_json()))) == offers


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (None, "no OpenAPI document"),
        ([], "no OpenAPI document"),
        ({"openapi": "3.1.1"}, "no OpenAPI document"),
        ({"paths": {"/rest/people": {}}}, "no OpenAPI document"),
        (base_document(), "lists no objects"),
        ({"openapi": "3.0.0", "paths": {"/pets": {"get": {"operationId": "listPets"}}}}, "lists no objects"),
    ],
    ids=["nothing", "a list", "no paths", "no version", "no objects", "pets"],
)
def test_what_is_no_document_of_a_workspace_is_refused_with_the_reason(given_: Any, says: str) -> None:
    with pytest.raises(UnreadableAnswer, match=says):
        read_document(given_)


def test_a_document_that_contradicts_itself_is_refused_with_the_reason() -> None:
    made = written(EVERYTHING)
    made["paths"]["/possessors"] = made["paths"]["/owners"]
    with pytest.raises(UnreadableAnswer, match="contradicts itself: objects named twice: owner"):
        read_document(made)


SMALL = written(
    Catalogue(
        (
            Object(
                "owner",
                "owners",
                "Somebody.",
                (Text("title", "A text."), BelongsTo("boss", "owner", "staff", "Whom.")),
            ),
        )
    )
)
JUNK = st.sampled_from([None, 0, "", "x", [], {}, [None], {"$ref": "#/nowhere"}, {"$ref": "#/components/schemas/Owner"}, {"type": 7}, True])


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    """A document with some parts replaced by what does not belong there."""
    whole = copy.deepcopy(SMALL)
    for _ in range(draw(st.integers(1, 4))):
        part: Any = whole
        while True:
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(part[key], dict | list) or not part[key] or draw(st.integers(0, 3)) == 0:
                part[key] = copy.deepcopy(draw(JUNK))
                break
            part = part[key]
    return whole


@given(damaged())
@AT_LENGTH
def test_a_damaged_document_is_read_or_refused_but_nothing_breaks(document: Json) -> None:
    try:
        catalogue, offers = read_document(document)
    except UnreadableAnswer:
        return
    assert catalogue.objects
    assert Offers.from_json(json.loads(json.dumps(offers.as_json()))) == offers

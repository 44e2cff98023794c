"""The workspace says of itself what it serves: as Twenty 1.0.3 names it, but with the types that are really sent."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import orjson
from openapi_spec_validator import validate

from icosa.catalogue.fields import Array, Currency, Date, MultiSelect, Numeric, Phones, Rating, RawJson, Select, Text
from icosa.catalogue.model import BelongsTo, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput
from icosa.wire.actions import Operation, method_of, template_of
from icosa.wire.openapi.document import base_document, base_document_bytes, document, document_bytes, document_etag
from icosa.wire.rest.routes import Router
from tests.shared import SHARED, needs_shared, reference

Json = dict[str, Any]

DOCUMENT: Json = json.loads(document_bytes(STANDARD))
ROCKET = Object(
    "rocket",
    "rockets",
    "What flies.",
    (
        Text("name", "What it is called.", nullable=True),
        Select("stage", "How far it is.", ["BUILT", "FLOWN"], nullable=True),
        MultiSelect("uses", "What it is for.", ["CARGO", "CREW"], default=["CARGO"]),
        Rating("score", "How good it is.", nullable=True),
        Date("launched", "When it flew.", nullable=True),
        Numeric("weight", "What it weighs.", nullable=True),
        Array("crew", "Who was in it."),
        RawJson("telemetry", "What it said.", nullable=True),
        Currency("price", "What it cost."),
        Phones("phones", "Whom to call."),
        BelongsTo("owner", "company", "rockets", "Who it belongs to."),
    ),
    custom=True,
)


def operations(described: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def outline(schema: Json) -> Json:
    """What has to be the same: properties, options (null apart) and required lists, however deep."""
    return {
        "properties": {name: outline(each) for name, each in schema.get("properties", {}).items()},
        "items": outline(schema["items"]) if "items" in schema else None,
        "enum": [option for option in schema.get("enum", []) if option is not None],
        "required": sorted(schema.get("required", [])),
    }


def prose(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("description", "summary") and isinstance(each, str):
                yield each
            elif key not in ("example", "examples"):
                yield from prose(each)
    elif isinstance(value, list):
        for each in value:
            yield from prose(each)


@needs_shared
def test_paths_operations_and_tags_are_those_of_the_reference() -> None:
    """A real server's own stand without the prefix, which its address ends with; the published ones have it before them."""
    expected = reference("openapi-1.0.3.json")
    ours = [(path, method, each["operationId"], each["tags"]) for path, method, each in operations(DOCUMENT)]
    theirs = [(path.removeprefix("/rest"), method, each["operationId"], each["tags"]) for path, method, each in operations(expected)]
    print(f"{len(DOCUMENT['paths'])} paths, {len(ours)} operations")
    assert ours == theirs
    assert (len(DOCUMENT["paths"]), len(ours)) == (145, 253)
    assert [tag["name"] for tag in DOCUMENT["tags"]] == [tag["name"] for tag in expected["tags"]]
    assert DOCUMENT["webhooks"].keys() == expected["webhooks"].keys()


@needs_shared
def test_schemas_properties_options_and_required_lists_are_those_of_the_reference() -> None:
    expected = reference("openapi-1.0.3.json")["components"]["schemas"]
    ours = DOCUMENT["components"]["schemas"]
    assert list(ours) == list(expected)
    equal = [name for name in expected if outline(ours[name]) == outline(expected[name])]
    print(f"{len(equal)} of {len(expected)} schemas equal, {sum(len(each['properties']) for each in ours.values())} properties")
    assert len(equal) == len(expected) == 108


@needs_shared
def test_parameters_are_those_of_the_reference_and_two_of_our_own() -> None:
    expected = reference("openapi-1.0.3.json")["components"]["parameters"]
    ours = DOCUMENT["components"]["parameters"]
    assert ours.keys() - expected.keys() == {"upsert", "permanent"}
    for name, parameter in expected.items():
        assert {key: ours[name][key] for key in ("name", "in", "required")} == {key: parameter[key] for key in ("name", "in", "required")}
        assert ours[name]["schema"].get("enum") == parameter["schema"].get("enum")


@needs_shared
def test_the_words_are_our_own() -> None:
    assert set(prose(DOCUMENT)) & set(prose(reference("openapi-1.0.3.json"))) == set()


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)
    validate(base_document("https://crm.example.com"))
    validate(json.loads(orjson.dumps(document(STANDARD.with_objects(ROCKET), "https://crm.example.com"))))


def test_every_operation_is_one_that_the_routes_know() -> None:
    router = Router(STANDARD)
    for path, method, operation in operations(DOCUMENT):
        if path != template_of(Operation.GET_OPEN_API_SCHEMA):
            route = router.match(method.upper(), "/rest" + path.replace("{id}", "20202020-1c25-4d02-bf25-6aeccf7ea419"))
            assert route is not None
            assert route.object.plural in operation["tags"]


def test_every_operation_names_its_faults() -> None:
    for path, _, operation in operations(DOCUMENT):
        if path != template_of(Operation.GET_OPEN_API_SCHEMA):
            assert {"400", "401", "403", "404", "500", "503"} <= operation["responses"].keys()
            assert ("413" in operation["responses"]) == ("requestBody" in operation)
    assert set(DOCUMENT["components"]["responses"]["400"]["content"]["application/json"]["schema"]["properties"]) == {
        "statusCode",
        "error",
        "messages",
        "message",
    }


def test_what_has_no_place_among_the_paths_is_described_beside_them() -> None:
    restore = DOCUMENT["x-icosa"]["restore"]
    assert (restore["method"], restore["path"]) == (method_of(Operation.RESTORE), "/rest/restore/{plural}/{id}")


def test_without_a_key_the_document_lists_itself_alone() -> None:
    assert list(base_document()["paths"]) == ["/open-api/core"]
    assert "schemas" not in base_document()["components"]
    assert json.loads(base_document_bytes()) == base_document()


def test_the_address_of_the_workspace_is_told_where_it_is_known() -> None:
    assert document(STANDARD, "https://crm.example.com")["servers"][0]["url"] == "https://crm.example.com/rest/"
    assert DOCUMENT["servers"][0]["url"] == "/rest/"
    written = json.loads(document_bytes(STANDARD, "https://crm.example.com"))
    assert written == json.loads(orjson.dumps(document(STANDARD, "https://crm.example.com")))
    assert document_etag(STANDARD, "https://crm.example.com") != document_etag(STANDARD)


def test_the_document_is_made_once() -> None:
    assert document_bytes(STANDARD) is document_bytes(STANDARD)


def rocket_schemas() -> Json:
    schemas: Json = document(STANDARD.with_objects(ROCKET))["components"]["schemas"]
    return schemas


def test_what_can_be_null_in_an_answer_says_so() -> None:
    answered = rocket_schemas()["RocketForResponse"]["properties"]
    assert answered["name"]["type"] == ["string", "null"]
    assert answered["stage"]["enum"] == ["BUILT", "FLOWN", None]
    assert answered["uses"]["type"] == "array"
    assert answered["ownerId"]["type"] == ["string", "null"]
    assert answered["owner"]["oneOf"] == [{"$ref": "#/components/schemas/CompanyForResponse"}, {"type": "null"}]
    assert answered["deletedAt"]["type"] == ["string", "null"]
    assert answered["createdAt"]["type"] == "string"


def test_amounts_in_an_answer_are_decimal_texts() -> None:
    answered = rocket_schemas()["RocketForResponse"]["properties"]
    assert answered["weight"]["type"] == ["string", "null"]
    assert answered["price"]["properties"]["amountMicros"]["type"] == ["string", "null"]


def test_free_json_in_an_answer_may_be_anything() -> None:
    assert rocket_schemas()["RocketForResponse"]["properties"]["telemetry"].keys() == {"description"}


def test_a_relation_is_known_from_both_ends() -> None:
    rockets = rocket_schemas()["CompanyForResponse"]["properties"]["rockets"]
    assert rockets["items"] == {"$ref": "#/components/schemas/RocketForResponse"}


def test_examples_are_values_that_the_schema_takes() -> None:
    for described in (DOCUMENT, json.loads(orjson.dumps(document(STANDARD.with_objects(ROCKET))))):
        for name, schema in described["components"]["schemas"].items():
            if "example" in schema:
                jsonschema.validate(schema["example"], schema)
            else:
                assert name.endswith("ForResponse") or not any("name" in each for each in schema["properties"]), name


def test_an_example_holds_no_secret() -> None:
    shown = DOCUMENT["components"]["schemas"]["ConnectedAccount"]["example"]
    assert not {"accessToken", "refreshToken"} & shown.keys()


@needs_shared
def test_answers_of_a_real_1_0_3_server_fit_the_document() -> None:
    """Its recorded answers hold placeholders where a value differs from run to run."""
    recorded = (SHARED / "conformance" / "recording.jsonl").read_text("utf-8").splitlines()[1:]
    router = Router(STANDARD)
    checked = 0
    for step in map(json.loads, recorded):
        if step["status"] < 300:
            try:
                route = router.match(step["method"], step["path"])
            except InvalidInput:  # a request in which 1.0.3 ignored what we refuse
                continue
            assert route is not None
            path = template_of(route.operation, route.object, "")
            answer = DOCUMENT["paths"][path][method_of(route.operation).lower()]["responses"][str(step["status"])]
            schema = {**answer["content"]["application/json"]["schema"], "components": DOCUMENT["components"]}
            problems = [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(filled(step["answer"]))]
            assert problems == [], f"{step['group']}, {step['name']}"
            checked += 1
    print(f"{checked} recorded answers fit")
    assert checked > 700


def filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: filled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each) for each in value]
    return {"<position>": 0, "<timeline>": [], "<statuses>": []}.get(value, value) if isinstance(value, str) else value

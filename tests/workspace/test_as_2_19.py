"""A workspace that answers as Twenty 2.19, and clients that know of it what its document says, or open it themselves."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from openapi_spec_validator import validate

import icosa
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.client.blocking import Client
from icosa.client.calls import Calls
from icosa.client.schema import read_schema
from icosa.client.sending.sender import Sender
from icosa.errors import InvalidInput, NotFound
from icosa.surfaces.testing.direct import Direct
from icosa.wire.actions import method_of, template_of
from icosa.wire.openapi.document import document, document_bytes
from icosa.wire.openapi.reading import offers_of, read_document
from icosa.wire.rest.routes import Router
from icosa.wire.version import TWENTY_2_19
from tests.shared import SHARED, needs_shared, reference
from tests.wire.test_openapi import filled
from tests.workspace.conftest import Caller

DOCUMENT: dict[str, Any] = json.loads(document_bytes(STANDARD_2_19, "https://crm.example.com", TWENTY_2_19))
ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
ROCKET = Object(
    "rocket",
    "rockets",
    "What flies.",
    (
        Field("name", "TEXT", "What it is called.", nullable=True, generation=2),
        Field("stage", "SELECT", "How far it is.", options=("BUILT", "FLOWN"), nullable=True, generation=2),
        Field("story", "RICH_TEXT_V2", "What happened.", nullable=True, generation=2),
        Field("plans", "FILES", "How it is built.", nullable=True, generation=2),
        BelongsTo("owner", "company", "rockets", "Who it belongs to."),
    ),
    custom=True,
    generation=2,
)


def paths_of(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_its_document_is_valid_and_every_operation_in_it_is_one_that_the_routes_know() -> None:
    validate(DOCUMENT)
    router = Router(STANDARD_2_19, TWENTY_2_19)
    for path, method, operation in paths_of(DOCUMENT):
        if "open-api" not in path:
            route = router.match(method.upper(), "/rest" + path.replace("{id}", ID))
            assert route is not None
            assert route.object.plural in operation["tags"]


@needs_shared
def test_its_paths_and_operations_are_those_of_the_reference() -> None:
    """But for merges of what has nothing to tell records apart by, which a real one lists and refuses, and for a copy of a
    dashboard, whose pages are not kept here."""
    expected = {(path, method, each["operationId"], *each["tags"]) for path, method, each in paths_of(reference("openapi-2.19.json"))}
    ours = {(path, method, each["operationId"], *each["tags"]) for path, method, each in paths_of(DOCUMENT)}
    assert ours <= expected
    mergeable = {each.plural for each in STANDARD_2_19 if each.duplicate_criteria}
    answered = {each for each in expected if not (each[0].endswith("/merge") and each[3] not in mergeable)}
    answered = {each for each in answered if not each[0].endswith("/duplicate")}
    if "group_by" not in TWENTY_2_19.operations:
        answered = {each for each in answered if not each[0].endswith("/groupBy")}
    assert ours == answered


@needs_shared
def test_its_schemas_have_the_properties_of_the_reference() -> None:
    expected = reference("openapi-2.19.json")["components"]["schemas"]
    ours = DOCUMENT["components"]["schemas"]
    assert ours.keys() == expected.keys()
    assert [name for name in expected if ours[name]["properties"].keys() != expected[name].get("properties", {}).keys()] == []


def test_examples_are_values_that_the_schema_takes() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        if "example" in schema:
            jsonschema.validate(schema["example"], schema)


@needs_shared
def test_answers_of_a_real_2_19_server_fit_the_document() -> None:
    """Its recorded answers hold placeholders where a value differs from run to run."""
    recorded = (SHARED / "conformance" / "recording-2.19.jsonl").read_text("utf-8").splitlines()[1:]
    router, checked = Router(STANDARD_2_19, TWENTY_2_19), 0
    for step in map(json.loads, recorded):
        if step["status"] >= 300 or step.get("loose") or not step["path"].startswith("/rest/") or "/metadata/" in step["path"]:
            continue
        try:
            route = router.match(step["method"], step["path"].partition("?")[0])
        except InvalidInput:  # an object that the conversation made, or what 2.19 answers and Icosa refuses
            continue
        assert route is not None
        item = DOCUMENT["paths"][template_of(route.operation, route.object, "")]
        answer = item[method_of(route.operation).lower()]["responses"][str(step["status"])]
        schema = {**answer["content"]["application/json"]["schema"], "components": DOCUMENT["components"]}
        problems = [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(filled(step["answer"]))]
        assert problems == [], f"{step['group']}, {step['name']}"
        checked += 1
    assert checked > 600


def test_its_document_says_what_faults_and_pages_hold() -> None:
    faults = DOCUMENT["components"]["responses"]
    assert "code" in faults["400"]["content"]["application/json"]["schema"]["properties"]
    page = DOCUMENT["paths"]["/companies"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["properties"]
    assert list(page) == ["data", "totalCount", "pageInfo"]
    assert list(page["pageInfo"]["properties"]) == ["startCursor", "endCursor", "hasNextPage", "hasPreviousPage"]


@pytest.mark.parametrize("catalogue", [STANDARD_2_19, STANDARD_2_19.with_objects(ROCKET)], ids=["standard", "with an object of its own"])
def test_its_document_says_all_of_it(catalogue: Catalogue) -> None:
    found, offers = read_document(orjson.loads(orjson.dumps(document(catalogue, version=TWENTY_2_19))))
    assert found.by_singular.keys() == catalogue.by_singular.keys()
    for each in STANDARD_2_19:
        assert found.by_singular[each.singular] == each
    for each in found:
        assert [(one.name, one.type_name) for one in each.fields] == [
            (one.name, one.type_name) for one in catalogue.by_singular[each.singular].fields
        ]
    assert offers == offers_of(TWENTY_2_19, catalogue)
    assert offers.remarks == ()


def test_without_a_catalogue_nothing_is_known_beyond_the_seven() -> None:
    assert offers_of(TWENTY_2_19).more == ()
    assert [each.name for each in offers_of(TWENTY_2_19, STANDARD_2_19).more if each.plural == "companies"][:4] == [
        "update_many",
        "delete_many",
        "restore_many",
        "merge_many",
    ]


@pytest.fixture(params=["by its document", "by itself"])
def crm(request: pytest.FixtureRequest, open_caller: Callable[..., Caller], tmp_path: Path) -> Iterator[Client]:
    """A client of a workspace of 2.19 that has read its document, and one that opens it in this process."""
    caller = open_caller(None, TWENTY_2_19)
    if request.param == "by itself":
        with icosa.connect(caller.database) as client:
            yield client
        return
    schema = read_schema("https://crm.example.com", None, tmp_path / "schemas")
    calls = Calls(Sender(None), lambda: schema, None, None, identify=True)
    with Client(Direct(lambda: caller.workspace), calls) as client:
        yield client


def test_a_client_does_with_it_what_it_does_with_any(crm: Client) -> None:
    companies = crm["companies"]
    company = companies.create_one(name="Analytical Engines")
    made = companies.create_many([{"name": f"Mill {each}"} for each in range(70)])
    assert len(made) == 70
    assert companies.find_one(company["id"])["name"] == "Analytical Engines"
    assert sum(1 for _ in companies.iterate()) == 71
    assert companies.update_one(company["id"], name="Difference Engines")["name"] == "Difference Engines"
    person = crm["people"].create_one(name={"firstName": "Ada", "lastName": "Lovelace"}, companyId=company["id"])
    assert crm["people"].find_one(person["id"], depth=1)["company"]["name"] == "Difference Engines"
    companies.delete_one(company["id"])
    assert companies.restore_one(company["id"])["name"] == "Difference Engines"
    companies.delete_one(company["id"], permanent=True)
    with pytest.raises(NotFound):
        companies.find_one(company["id"])


def test_a_client_asks_for_what_it_has_on_several_records(crm: Client) -> None:
    companies = crm["companies"]
    ids = [each["id"] for each in companies.create_many([{"name": f"Mill {each}"} for each in range(4)])]
    some = f"id[in]:[{ids[0]},{ids[1]}]"
    companies.call("update_many", {"Filter": some, "Address": {"addressCity": "Paris"}})
    assert {each["name"] for each in companies.find_many() if each["address"]["addressCity"]} == {"Mill 0", "Mill 1"}
    companies.call("delete_many", {"Filter": some})
    assert companies.find_many().total_count == 2
    companies.call("restore_many", {"Filter": some})
    assert companies.find_many().total_count == 4

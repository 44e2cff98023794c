"""What the OpenAPI document of a workspace of 2.19 says of its objects, and what is read of it again."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import orjson
import pytest

from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import capitalised
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.openapi.document import document
from icosa.wire.openapi.reading import Offers, read_document
from icosa.wire.version import TWENTY_2_19
from tests.shared import SHARED, needs_shared, reference
from tests.wire.test_openapi import filled

DOCUMENT: dict[str, Any] = orjson.loads(orjson.dumps(document(STANDARD_2_19, version=TWENTY_2_19)))
SCHEMAS = DOCUMENT["components"]["schemas"]


def test_decimals_are_answered_as_numbers() -> None:
    answered = SCHEMAS["CompanyForResponse"]["properties"]
    assert answered["annualRevenue"]["properties"]["amountMicros"] == {"type": ["number", "null"]}
    assert answered["address"]["properties"]["addressLat"] == {"type": ["number", "null"]}


def test_files_are_lists_of_ids_with_labels() -> None:
    sent, answered = (SCHEMAS[f"Person{suffix}"]["properties"]["avatarFile"] for suffix in ("", "ForResponse"))
    assert sent["items"]["properties"].keys() == {"fileId", "label"}
    assert answered["items"] == sent["items"]


def test_examples_are_values_that_the_schema_takes() -> None:
    for schema in SCHEMAS.values():
        if "example" in schema:
            jsonschema.validate(schema["example"], schema)


@needs_shared
def test_records_of_a_real_2_19_server_fit_the_document() -> None:
    """Its recorded answers hold placeholders where a value differs from run to run."""
    checked = 0
    for line in (SHARED / "conformance" / "recording-2.19.jsonl").read_text("utf-8").splitlines()[1:]:
        step = json.loads(line)
        if step["status"] < 300 and step["group"].startswith("objects.") and isinstance(step["answer"], dict):
            of = STANDARD_2_19.by_plural[step["group"].partition(".")[2]]
            schema = {**SCHEMAS[f"{capitalised(of.singular)}ForResponse"], "components": DOCUMENT["components"]}
            for record in records(step["answer"].get("data")):
                problems = [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(filled(record))]
                assert problems == [], f"{step['group']}, {step['name']}"
                checked += 1
    assert checked > 400


def records(data: Any) -> Iterator[dict[str, Any]]:
    """Every record of an answer."""
    for found in data.values() if isinstance(data, dict) else ():
        yield from found if isinstance(found, list) else [found]


@pytest.mark.parametrize("theirs", [False, pytest.param(True, marks=needs_shared)], ids=["ours", "Twenty's"])
def test_the_document_is_read_without_a_remark(theirs: bool) -> None:
    catalogue, offers = read_document(reference("openapi-2.19.json") if theirs else DOCUMENT)
    assert isinstance(offers, Offers)
    assert offers.remarks == ()
    assert offers.related
    assert [names(catalogue, of) for of in catalogue] == [names(STANDARD_2_19, STANDARD_2_19.by_singular[of.singular]) for of in catalogue]
    assert catalogue.by_singular.keys() == STANDARD_2_19.by_singular.keys()


def names(catalogue: Catalogue, of: Object) -> list[set[str]]:
    return [set(of.field_by_name), set(of.relation_by_name), {many.name for many in catalogue.has_many(of)}]

"""The document of metadata is a valid one, and what it lists is served and answered as it says."""

from collections.abc import Callable
from typing import Any

import jsonschema
import orjson
import pytest
from openapi_spec_validator import validate

from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Request
from icosa.wire.openapi.metadata import metadata_document
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from icosa.workspace import IN_PROCESS
from tests.workspace.conftest import Caller, open_caller

__all__ = ["open_caller"]

DOCUMENT = metadata_document("https://crm.example.com", TWENTY_2_19)
OLD = metadata_document("https://crm.example.com", TWENTY_1_0_3)
BODIES: dict[str, dict[str, Any]] = {
    "objects": {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets"},
    "fields": {"name": "size", "label": "Size", "type": "NUMBER"},
    "webhooks": {"targetUrl": "https://hooks.example.com"},
    "views": {"name": "Ours"},
}


def test_it_is_a_valid_document() -> None:
    validate(DOCUMENT)
    validate(OLD)
    assert DOCUMENT["servers"][0]["url"] == "https://crm.example.com/rest/metadata"


@pytest.mark.sqlite
def test_what_it_lists_is_answered_as_it_says(open_caller: Callable[..., Caller]) -> None:
    new = open_caller(STANDARD_2_19, TWENTY_2_19)
    company = new.send("GET", "/rest/metadata/objects")[1]["data"][0]["id"]
    for kind in ("objects", "fields", "webhooks", "apiKeys", "views"):
        many, one = DOCUMENT["paths"][f"/{kind}"], DOCUMENT["paths"][f"/{kind}/{{id}}"]
        assert_as_described(many["get"], new.send("GET", f"/rest/metadata/{kind}"))
        if "post" not in many:
            continue
        body = BODIES[kind] | ({"objectMetadataId": company} if kind in ("fields", "views") else {})
        assert_valid(many["post"]["requestBody"]["content"]["application/json"]["schema"], body)
        made = new.send("POST", f"/rest/metadata/{kind}", body)
        assert_as_described(many["post"], made)
        path = f"/rest/metadata/{kind}/{made[1]['id']}"
        for method, sent in (("get", None), ("patch", {}), ("delete", None)):
            assert_as_described(one[method], new.send(method.upper(), path, sent))


@pytest.mark.sqlite
def test_a_workspace_serves_it_to_who_has_a_key(open_caller: Callable[..., Caller]) -> None:
    workspace = open_caller(STANDARD_2_19, TWENTY_2_19).workspace
    asked = Request("GET", "/rest/open-api/metadata")
    assert workspace.answer(asked).status == 403
    served = orjson.loads(workspace.answer(asked, IN_PROCESS).body)
    assert served["paths"] == orjson.loads(orjson.dumps(DOCUMENT["paths"]))


@pytest.mark.sqlite
def test_everybody_may_read_it_and_the_base_of_the_other(open_caller: Callable[..., Caller]) -> None:
    workspace = open_caller(STANDARD_2_19, TWENTY_2_19).workspace
    for known in (None, IN_PROCESS):
        answer = workspace.answer(Request("GET", "/open-api/metadata", asked_at="https://crm.example.com"), known)
        assert (answer.status, orjson.loads(answer.body)) == (200, orjson.loads(orjson.dumps(DOCUMENT)))
    base = workspace.answer(Request("GET", "/open-api/core"))
    assert (base.status, list(orjson.loads(base.body)["paths"])) == (200, ["/open-api/core"])


@pytest.mark.sqlite
def test_a_workspace_of_1_0_3_describes_the_objects_and_fields_that_it_tells(open_caller: Callable[..., Caller]) -> None:
    old = open_caller(STANDARD)
    served = orjson.loads(old.workspace.answer(Request("GET", "/open-api/metadata", asked_at="https://crm.example.com")).body)
    assert served == orjson.loads(orjson.dumps(OLD))
    assert old.send("GET", "/rest/open-api/metadata")[1]["paths"] == served["paths"]
    assert served["paths"].keys() == {"/objects", "/objects/{id}", "/fields", "/fields/{id}"}
    for path, operations in OLD["paths"].items():
        assert operations.keys() - {"parameters"} == {"get"}
        plural = path.split("/")[1]
        many = old.send("GET", f"/rest/metadata/{plural}", limit=2)
        id_ = many[1]["data"][plural][0]["id"]
        asked = f"/rest/metadata{path.replace('{id}', id_)}"
        assert_as_described(operations["get"], old.send("GET", asked), OLD)


def assert_as_described(operation: dict[str, Any], answered: tuple[int, Any], document: dict[str, Any] = DOCUMENT) -> None:
    status, answer = answered
    assert str(status) in operation["responses"], answer
    assert_valid(operation["responses"][str(status)]["content"]["application/json"]["schema"], answer, document)


def assert_valid(schema: dict[str, Any], value: Any, document: dict[str, Any] = DOCUMENT) -> None:
    """A property that is null is as good as none."""
    jsonschema.validate(_without_nulls(value), {**schema, "components": document["components"]})


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value

"""Agents ask by the Model Context Protocol: what there is, which arguments a tool takes, and for its running, which is a request
like any other."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS
from icosa.workspace.access.issue import create_key
from tests.workspace.conftest import Caller


@pytest.fixture
def new(open_caller: Callable[..., Caller]) -> Caller:
    return open_caller(STANDARD_2_19, TWENTY_2_19)


def asked(caller: Caller, method: str, params: Any = None, **more: Any) -> Answer:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, **({} if params is None else {"params": params})} | more
    return caller.workspace.answer(Request("POST", "/mcp", body=orjson.dumps(message)), IN_PROCESS)


def called(caller: Caller, name: str, **arguments: Any) -> tuple[bool, Any]:
    """Whether a tool failed, and what it gave."""
    answer = orjson.loads(asked(caller, "tools/call", {"name": name, "arguments": arguments}).body)
    result = answer["result"]
    (content,) = result["content"]
    read = orjson.loads(content["text"])
    assert read["success"] is not result["isError"]
    return result["isError"], read.get("error" if result["isError"] else "result")


def executed(caller: Caller, tool: str, **arguments: Any) -> Any:
    failed, result = called(caller, "execute_tool", toolName=tool, arguments=arguments)
    assert not failed, result
    return next(iter(result["data"].values()))


def test_it_introduces_itself_and_lists_its_tools(new: Caller) -> None:
    result = orjson.loads(asked(new, "initialize", {"protocolVersion": "2025-06-18"}).body)["result"]
    assert set(result) == {"protocolVersion", "capabilities", "serverInfo", "instructions"}
    assert "company" in result["instructions"]
    tools = orjson.loads(asked(new, "tools/list").body)["result"]["tools"]
    assert [each["name"] for each in tools] == ["get_tool_catalog", "learn_tools", "execute_tool", "list_object_metadata_names"]
    assert orjson.loads(asked(new, "ping").body) == {"jsonrpc": "2.0", "id": 1, "result": {}}
    assert orjson.loads(asked(new, "resources/list").body)["result"] == {"resources": []}
    assert orjson.loads(asked(new, "prompts/list").body)["result"] == {"prompts": []}


def test_every_object_has_its_tools_and_each_tells_its_arguments(new: Caller) -> None:
    _, catalog = called(new, "get_tool_catalog")
    assert set(catalog) == {each.singular for each in STANDARD_2_19}
    assert [each["name"] for each in catalog["company"]] == [
        *("find_many_companies", "create_one_company", "create_many_companies", "find_one_company"),
        *("delete_one_company", "update_one_company"),
    ]
    assert called(new, "get_tool_catalog", categories=["person"])[1].keys() == {"person"}
    every = [each["name"] for tools in catalog.values() for each in tools]
    assert len(every) == len(set(every))
    _, learned = called(new, "learn_tools", toolNames=["create_one_company", "find_many_companies"])
    assert {"name", "domainName"} <= set(learned[0]["inputSchema"]["properties"])
    assert {"filter", "limit", "select"} <= set(learned[1]["inputSchema"]["properties"])
    assert {"nameSingular": "company", "namePlural": "companies"} in called(new, "list_object_metadata_names")[1]


def test_records_are_made_found_changed_and_deleted_by_tools(new: Caller) -> None:
    made = executed(new, "create_one_company", name="Analytical Engines")
    assert len(executed(new, "create_many_companies", records=[{"name": "Mill"}, {"name": "Store"}])) == 2
    found = executed(new, "find_many_companies", filter='name[eq]:"Mill"', select=["name"], limit=5)
    assert found == [{"name": "Mill"}]
    assert executed(new, "find_one_company", id=made["id"], select=["id", "name"]) == {"id": made["id"], "name": "Analytical Engines"}
    assert executed(new, "update_one_company", id=made["id"], name="Difference Engines")["name"] == "Difference Engines"
    executed(new, "delete_one_company", id=made["id"])
    assert new.send("GET", f"/rest/companies/{made['id']}")[0] == 404
    assert new.ids("companies", filter="deletedAt[is]:NOT_NULL") == [made["id"]]


def test_a_tool_passes_on_what_an_answer_gives_notice_of(new: Caller) -> None:
    made = executed(new, "create_one_company", name="Analytical Engines", address={"addressCity": "Paris"})
    _, result = called(new, "execute_tool", toolName="update_one_company", arguments={"id": made["id"], "address": None})
    assert result["data"]["updateCompany"]["address"]["addressCity"] == "Paris"
    assert "null was ignored" in result["notice"]
    assert "notice" not in called(new, "execute_tool", toolName="find_one_company", arguments={"id": made["id"]})[1]


def test_an_object_that_was_just_made_has_tools(new: Caller) -> None:
    names = {"nameSingular": "widget", "namePlural": "widgets", "labelSingular": "Widget", "labelPlural": "Widgets"}
    assert new.send("POST", "/rest/metadata/objects", names)[0] == 201
    assert executed(new, "create_one_widget", name="Cog")["name"] == "Cog"


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("execute_tool", {"toolName": "find_many_nothings"}, "there is no tool"),
        ("execute_tool", {}, "there is no tool"),
        ("execute_tool", {"toolName": "find_one_company", "arguments": {}}, "id is missing"),
        ("execute_tool", {"toolName": "find_one_company", "arguments": []}, ""),
        ("execute_tool", {"toolName": "create_many_companies", "arguments": {}}, "records is missing"),
        ("execute_tool", {"toolName": "find_many_companies", "arguments": {"select": "name"}}, "select must be a list"),
        ("execute_tool", {"toolName": "find_one_company", "arguments": {"id": "../people"}}, "UUID"),
        ("execute_tool", {"toolName": "create_one_company", "arguments": {"nothing": 1}}, "nothing"),
        ("learn_tools", {"toolNames": []}, "toolNames must be a list"),
        ("learn_tools", {"toolNames": ["nothing"]}, "there is no tool"),
        ("get_tool_catalog", {"categories": "company"}, "categories must be a list"),
    ],
)
def test_what_a_tool_cannot_do_is_an_error_of_the_tool(new: Caller, name: str, arguments: dict[str, Any], text: str) -> None:
    failed, error = called(new, name, **arguments)
    assert failed
    assert text in str(error)


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("nothing/here", None, -32601),
        ("tools/call", {"name": "nothing"}, -32602),
        ("tools/call", None, -32602),
        ("tools/call", {"name": "execute_tool", "arguments": [1]}, -32602),
    ],
)
def test_what_is_no_call_is_an_error_of_the_protocol(new: Caller, method: str, params: Any, code: int) -> None:
    answer = asked(new, method, params)
    assert (answer.status, orjson.loads(answer.body)["error"]["code"]) == (200, code)


def test_only_single_messages_are_taken_and_notifications_get_nothing(new: Caller) -> None:
    def sent(method: str, body: bytes) -> Answer:
        return new.workspace.answer(Request(method, "/mcp", body=body), IN_PROCESS)

    assert sent("POST", b'{"jsonrpc":"2.0","method":"notifications/initialized"}') == Answer(202, b"")
    assert sent("GET", b"").status == 405
    assert (
        sent("POST", b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]').status == sent("POST", b"{").status == sent("POST", b"{}").status == 400
    )


def test_who_has_no_key_is_sent_away_and_who_may_only_read_writes_nothing(new: Caller) -> None:
    _, token = create_key(new.workspace, "reader", "2100-01-01", read_only=True)
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "execute_tool"}}
    message["params"]["arguments"] = {"toolName": "create_one_company", "arguments": {"name": "Mill"}}  # type: ignore[index]
    asking = Request("POST", "/mcp", body=orjson.dumps(message))
    refused = new.workspace.answer(asking)
    assert (refused.status, refused.headers[0][0]) == (401, "WWW-Authenticate")
    assert new.workspace.answer(asking._replace(token=f"{token[:-1]}x")).status == 401
    answer = orjson.loads(new.workspace.answer(asking._replace(token=token)).body)
    assert answer["result"]["isError"]
    assert new.ids("companies") == []


def test_1_0_3_has_no_agents(crm: Caller) -> None:
    assert asked(crm, "ping").status == 404

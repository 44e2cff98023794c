"""The messages of agents, answered: JSON-RPC 2.0, one request at a time, without sessions and streams."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import orjson

from icosa.catalogue.kinds import brief, shown
from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError, InvalidInput
from icosa.wire.message import Answer, Request
from icosa.wire.rest.notices import read_notice
from icosa.wire.version import Version
from icosa.workspace.agents.tools import RecordTool, record_tools, selected

Json = dict[str, Any]
Run = Callable[[Request], Answer]
"""Runs a request of whoever asks, and answers it."""

PROTOCOL: Final = "2025-06-18"
_INVALID_REQUEST, _NO_METHOD, _INVALID_PARAMS = -32600, -32601, -32602
_OK, _ACCEPTED, _BAD_REQUEST, _NO_SUCH_VERB = 200, 202, 400, 405
_TOLD_AT_MOST = 50
"""Tools whose arguments are told in one answer."""

_NAMES = {"type": "array", "items": {"type": "string"}}


def _tool_json(name: str, description: str, required: tuple[str, ...] = (), **properties: Json) -> Json:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"name": name, "description": description, "inputSchema": schema}


_FRONT: Final[list[Json]] = [
    _tool_json(
        "get_tool_catalog",
        "Lists the tools for records, by object: their names, and what each does.",
        categories={**_NAMES, "description": "Singular names of objects; all if left out."},
    ),
    _tool_json(
        "learn_tools",
        "Tells the arguments of tools for records, as JSON schemas.  To be asked before a tool is run.",
        ("toolNames",),
        toolNames={**_NAMES, "description": "Names from get_tool_catalog."},
    ),
    _tool_json(
        "execute_tool",
        "Runs a tool for records.",
        ("toolName",),
        toolName={"type": "string"},
        arguments={"type": "object", "description": "As learn_tools tells them."},
    ),
    _tool_json("list_object_metadata_names", "Lists the objects of the workspace by their names."),
]


class Agent(NamedTuple):
    """What an agent's message is answered from."""

    catalogue: Catalogue
    version: Version
    run: Run


class _Refused(Exception):
    """A message that is answered with an error of the protocol."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def unknown_caller() -> Answer:
    """The answer to who has no key that is good."""
    body = {"statusCode": 401, "error": "UnauthorizedException", "messages": ["Unauthorized"]}
    return Answer(401, orjson.dumps(body), (("WWW-Authenticate", 'Bearer realm="icosa"'),))


def answer(request: Request, agent: Agent) -> Answer:
    """The answer to one message.  What a tool could not do is told in its result, and `isError` says so."""
    if request.method != "POST":
        text = f"HTTP method {request.method} is not allowed. This MCP endpoint only accepts POST requests."
        return _error(None, _INVALID_REQUEST, text, _NO_SUCH_VERB)
    try:
        message = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        return _error(None, _INVALID_REQUEST, "the body is no JSON; send one message, an object in braces", _BAD_REQUEST)
    if not isinstance(message, dict) or not isinstance(message.get("method"), str):
        return _error(None, _INVALID_REQUEST, 'send one message: {"jsonrpc": "2.0", "id": 1, "method": …}', _BAD_REQUEST)
    if "id" not in message:
        return Answer(_ACCEPTED, b"")
    try:
        result = _result(message["method"], message.get("params") or {}, agent)
    except _Refused as refused:
        return _error(message["id"], refused.code, str(refused))
    return Answer(_OK, orjson.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}))


def _error(id_: Any, code: int, text: str, status: int = _OK) -> Answer:
    return Answer(status, orjson.dumps({"jsonrpc": "2.0", "error": {"code": code, "message": text}, "id": id_}))


def _result(method: str, params: Any, agent: Agent) -> Json:
    match method:
        case "initialize":
            return _introduction(agent.catalogue)
        case "ping":
            return {}
        case "tools/list":
            return {"tools": _FRONT}
        case "tools/call":
            return _called(params, agent)
        case "resources/list":
            return {"resources": []}
        case "prompts/list":
            return {"prompts": []}
        case _:
            raise _Refused(_NO_METHOD, f"Method '{brief(method)}' not found")


def _introduction(catalogue: Catalogue) -> Json:
    objects = ", ".join(each.singular for each in catalogue)
    how = "Ask get_tool_catalog what there is, learn_tools for the arguments, and run a tool with execute_tool."
    return {
        "protocolVersion": PROTOCOL,
        "capabilities": {"tools": {"listChanged": False}, "resources": {"listChanged": False}, "prompts": {"listChanged": False}},
        "serverInfo": {"name": "Icosa", "version": _version()},
        "instructions": f"A CRM workspace. {how} Its objects: {objects}.",
    }


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # here, because it reads half of the e-mail package

    try:
        return version("icosa")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "0"


def _called(params: Any, agent: Agent) -> Json:
    name = params.get("name") if isinstance(params, dict) else None
    arguments = params.get("arguments") or {} if isinstance(params, dict) else {}
    if name not in {each["name"] for each in _FRONT}:
        raise _Refused(_INVALID_PARAMS, f"Unknown tool: {shown(name)}; tools/list has those there are")
    if not isinstance(arguments, dict):
        raise _Refused(_INVALID_PARAMS, f"arguments must be an object, and is {shown(arguments)}")
    try:
        failed, result = _done(str(name), arguments, agent)
    except IcosaError as error:
        failed, result = True, {"error": error.message}
    text = orjson.dumps({"success": not failed, **({"error": result} if failed else {"result": result})}).decode()
    return {"content": [{"type": "text", "text": text}], "isError": failed}


def _done(name: str, arguments: Json, agent: Agent) -> tuple[bool, Any]:
    """Whether a tool failed, and what came of it.  Raises IcosaError."""
    match name:
        case "list_object_metadata_names":
            return False, [{"nameSingular": each.singular, "namePlural": each.plural} for each in agent.catalogue]
        case "get_tool_catalog":
            return False, _listed(_names(arguments, "categories") if arguments.get("categories") else None, agent)
        case "learn_tools":
            return False, [_described(_tool(each, agent)) for each in _names(arguments, "toolNames")[:_TOLD_AT_MOST]]
        case _:
            return _executed(arguments, agent)


def _executed(arguments: Json, agent: Agent) -> tuple[bool, Any]:
    tool, given = _tool(arguments.get("toolName"), agent), arguments.get("arguments") or {}
    if not isinstance(given, dict):
        raise InvalidInput(f"arguments must be an object, and is {shown(given)}")
    found = agent.run(tool.request(given, agent.version))
    notice, result = read_notice(found.headers), selected(found, given)
    return found.status >= 400, {**result, "notice": notice} if notice else result


def _tool(name: Any, agent: Agent) -> RecordTool:
    found = next((each for each in record_tools(agent.catalogue, agent.version) if each.name == name), None)
    if found is None:
        raise InvalidInput(f"there is no tool {shown(name)}; get_tool_catalog lists those there are")
    return found


def _names(arguments: Json, of: str) -> list[str]:
    names = arguments.get(of)
    if not isinstance(names, list) or not names:
        raise InvalidInput(f"{of} must be a list of names, and is {shown(names)}")
    return names


def _listed(singulars: list[str] | None, agent: Agent) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for each in record_tools(agent.catalogue, agent.version):
        if singulars is None or each.of.singular in singulars:
            found.setdefault(each.of.singular, []).append({"name": each.name, "description": each.description})
    return found


def _described(tool: RecordTool) -> Json:
    return {"name": tool.name, "description": tool.description, "inputSchema": tool.schema()}

"""Requests that scripts send by themselves, past Icosa's client: by curl, or by an HTTP library in Python."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote, urlencode

from icosa.catalogue.examples import ID
from icosa.catalogue.model import Catalogue
from icosa.doctor.uses import Found, Misuse, RawRequest, Spot, uses_of
from icosa.errors import InvalidInput
from icosa.forms.call import call_in
from icosa.forms.literals import literal
from icosa.forms.text import variable
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_1_0_3

_ROOT: Final = re.escape(TWENTY_1_0_3.root)
_IDS: Final = re.compile(rf"({_ROOT}[^?\0]*/)\0\w*\0")
"""An id that stands in a variable: any will do to see what is asked for."""

_KEY: Final = "token"
"""A parameter that 1.0.3 takes the key by: it belongs to no action."""

_METHODS: Final = frozenset({"get", "post", "put", "patch", "delete"})


def with_ids(text: str) -> str:
    """An address in which an id stands for each that is in a variable."""
    return _IDS.sub(rf"\g<1>{ID}", text)


def is_known(name: str) -> bool:
    """Whether the name of a parameter stands in the text."""
    return bool(name) and "\0" not in name


def in_request(file: str, line: int, request: Request, old: Catalogue, new: Catalogue) -> Iterator[Found]:
    """What a request uses; a Misuse where no action sends such a one."""
    yield RawRequest(file, line, _object_in(request.path), request)
    if "\0" in request.path:
        return  # of which object is known only when the script runs
    parts = (each for each in request.query.split("&") if is_known(name := each.partition("=")[0]) and name != _KEY)
    asked = request._replace(query="&".join(parts))
    problem = ""
    for catalogue in (old, new):
        try:
            call = call_in(catalogue, asked)
        except InvalidInput as error:
            problem = problem or error.message
        else:
            yield from uses_of(Spot(file, line, call.resource, call.operation, call.properties, raw=True))
            return
    yield Misuse(file, line, "", problem)


def in_http_calls(file: str, tree: ast.Module, old: Catalogue, new: Catalogue) -> Iterator[Found]:
    """What `requests.delete(f"{address}/rest/people/{id}")` and its like use, on whatever the method hangs, where the path stands
    in the text.  One that is no request of this API is passed over: the server may be any."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (request := _sent(node)) is not None:
            found = list(in_request(file, node.lineno, request, old, new))
            if not found[0].object or any(found[0].object in catalogue.by_plural for catalogue in (old, new)):
                yield from (each for each in found if not isinstance(each, Misuse))


def _sent(node: ast.Call) -> Request | None:
    if not isinstance(node.func, ast.Attribute):
        return None
    method, args = node.func.attr, list(node.args)
    if method == "request" and args and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str):
        method, args = args[0].value.lower(), args[1:]
    given = {each.arg: each.value for each in node.keywords if each.arg}
    address = args[0] if args else given.get("url")
    if method not in _METHODS or address is None:
        return None
    text = with_ids(_text(address))
    begins = text.find(TWENTY_1_0_3.root)
    if begins < 0:
        return None
    path, _, query = text[begins:].partition("?")
    params = literal(given["params"]) if "params" in given else {}
    more = urlencode({name: _as_text(value) for name, value in params.items()}) if isinstance(params, dict) else params
    query = "&".join(filter(None, [query, more if isinstance(more, str) else ""]))
    body = json.dumps(literal(given["json"])) if "json" in given else ""
    return Request(method.upper(), unquote(path), query, body.encode())


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _text(node: ast.expr) -> str:
    """A text as far as it stands there, with a variable for whatever does not."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(map(_text, values))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case _:
            return variable("")


def _object_in(path: str) -> str:
    """The plural that a path of the API names, "" where it names none, or only when the script runs."""
    parts = (each for each in path.removeprefix(TWENTY_1_0_3.root).split("/") if each)
    plural = next((each for each in parts if each not in ("batch", "restore")), "")
    return plural if is_known(plural) else ""

"""A call: an action, and what it is run with, as plain data.  Every form of it is read into one, and written from one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from icosa.call.extensions import PLAIN, RESTORE_ONE, destroys, offered
from icosa.call.json_text import parsed
from icosa.call.request import build
from icosa.catalogue.folding import folded
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidBody, InvalidInput
from icosa.forms.text import json_text
from icosa.wire.actions import OPEN_API_SCHEMA, Action, Operation, find_action, find_object
from icosa.wire.actions.properties import DESTROY, KEEP
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers, more_actions
from icosa.wire.rest.routes import Router
from icosa.wire.version import TWENTY_1_0_3


@dataclass(frozen=True, slots=True)
class Call:
    """An action by its labels ("People", "Update One Person"), with its properties by wire name.

    The properties are all that the request says, and no more, in the action's own order: those of two calls
    are equal where the requests are.  Values are as JSON has them, but for the text in a field of any JSON, which is JSON text.
    """

    resource: str
    operation: str
    properties: Mapping[str, Any] = field(repr=False)  # they may hold secrets


def call_of(catalogue: Catalogue, action: Action, given: Mapping[str, Any], offers: Offers = PLAIN) -> Call:
    """The call that runs an action with properties by any of their names.  Raises what `build` raises."""
    return call_in(catalogue, build(catalogue, action, given), offers)


def request_of(catalogue: Catalogue, call: Call, offers: Offers = PLAIN) -> Request:
    """What a call sends.  Raises UnknownObject, UnknownAction, and what `build` raises."""
    return build(catalogue, action_named(catalogue, call.resource, call.operation, offers), call.properties)


def action_named(catalogue: Catalogue, resource: str, operation: str, offers: Offers = PLAIN) -> Action:
    """The action of these names, in any spelling, with what is offered beyond its form, such as `upsert`, and
    those that the server has beyond Twenty 1.0.3.

    Raises UnknownObject or UnknownAction with the nearest names.
    """
    if folded(resource) == folded(OPEN_API_SCHEMA.resource):
        return find_action(catalogue, resource, operation)
    wanted = folded(operation)
    for method, action in _actions(find_object(catalogue, resource), offers).items():
        if wanted in (folded(method), folded(action.label)):
            return action
    return find_action(catalogue, resource, operation, lambda of: offered(of, offers).values())  # which says what is near


def method_name(action: Action) -> str:
    """What Python calls the action as a method of its resource, and the shell as a command: "update_one"."""
    return RESTORE_ONE if action.operation is Operation.RESTORE else action.verb


def call_in(catalogue: Catalogue, request: Request, offers: Offers = PLAIN) -> Call:
    """The call that a request makes, whoever wrote it.

    Raises UnknownObject for an object that the catalogue does not have, InvalidInput for a path, a
    parameter or a body that no action sends.
    """
    if request.method == "GET" and request.path in TWENTY_1_0_3.document_paths:
        return Call(OPEN_API_SCHEMA.resource, OPEN_API_SCHEMA.label, {})
    action, id_, query = _asked(catalogue, request, offers)
    properties: dict[str, Any] = {} if id_ is None else {"id": id_}
    properties |= _parameters(action, query)
    properties |= _of_body(action, id_, request.body)
    return Call(action.resource, action.label, in_order(action, properties))


def in_order(action: Action, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties in the order in which the action has them, then those of its record that it does not list: a
    shell does not keep the order of options, and a call is to be one request in every form."""
    listed = [each.name for each in action.properties if each.name in properties]
    return {name: properties[name] for name in dict.fromkeys([*listed, *properties])}


def _actions(of: Object, offers: Offers) -> dict[str, Action]:
    return dict(offered(of, offers))


def _asked(catalogue: Catalogue, request: Request, offers: Offers) -> tuple[Action, str | None, str]:
    """The action of a request, the id in it, and what else its query says."""
    restored = _restored(catalogue, request, offers)
    if restored is not None:
        return restored
    for each in offers.more:
        found = re.fullmatch(re.escape(each.path).replace(r"\{id\}", "([^/]+)"), request.path)
        if found and each.method == request.method and each.plural in catalogue.by_plural:
            return more_actions(catalogue.by_plural[each.plural], offers)[each.name], found[1] if found.groups() else None, request.query
    route = _router(catalogue, offers.prefix).match(request.method, request.path)
    if route is None:
        begin = f"{offers.prefix}/"
        raise InvalidInput(
            f"{request.method} {request.path} is no call of this API; its paths begin with {begin}, such as {begin}companies"
        )
    action = offered(route.object, offers)[RESTORE_ONE if route.operation is Operation.RESTORE else route.operation]
    return action, route.id, request.query


def _restored(catalogue: Catalogue, request: Request, offers: Offers) -> tuple[Action, str, str] | None:
    """The restoration of one record, where it is told by a filter on its id."""
    of = catalogue.by_plural.get(request.path.rpartition("/")[2])
    action = offered(of, offers)[RESTORE_ONE] if of else None
    path, mark, _ = action.path.partition("?") if action else ("", "", "")
    if action is None or not mark or (request.method, request.path) != (action.method, path):
        return None
    pairs = parse_qsl(request.query, keep_blank_values=True)
    found = re.fullmatch(r"id\[eq\]:([0-9a-fA-F-]{36})", dict(pairs).get("filter", ""))
    rest = urlencode([each for each in pairs if each[0] != "filter"])
    return (action, found[1].lower(), rest) if found else None


def _parameters(action: Action, query: str) -> dict[str, Any]:
    known = {each.name: each for each in action.properties if each.place == "query"}
    pairs = parse_qsl(query, keep_blank_values=True)
    found: dict[str, Any] = {}
    if DESTROY in known:
        pairs = [each for each in pairs if each[0] != KEEP]
        found = {DESTROY: True} if destroys(action, query) else {}
    for name, value in pairs:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise InvalidInput(f"{action.label} takes no parameter '{name}'; those it takes: {takes}")
        if value:
            whole = name in ("depth", "limit") and value.isascii() and value.isdigit()
            found[name] = int(value) if whole else True if value == "true" and known[name].type == "boolean" else value
    if "depth" in known:
        found.setdefault("depth", 0)  # which is what the wire takes a missing one for; an action takes it for 1
    return {name: found[name] for name in known if name in found}


def _of_body(action: Action, id_: str | None, text: bytes) -> dict[str, Any]:
    of = action.object
    if of is None or action.method in ("GET", "DELETE") or action.operation is Operation.RESTORE:
        return {}
    body = parsed(text.decode("utf-8", "replace"), "the body", '{"name": "Analytical Engines"}') if text else {}
    match action.operation:
        case Operation.OTHER if not action.takes_fields:
            return {} if not text else {"body": json_text(body) if isinstance(body, str) else body}
        case Operation.CREATE_MANY:
            return {"body": [_as_given(of, each) for each in (body if isinstance(body, list) else [body])]}
        case Operation.FIND_DUPLICATES if isinstance(body, dict):
            held = {"data": [_as_given(of, each) for each in body["data"]]} if isinstance(body.get("data"), list) else {}
            return {**body, **held}
        case _ if action.takes_fields and isinstance(body, dict):
            whole: dict[str, Any] = _as_given(of, _beside_the_actions_own(action, body, id_))
            return whole
        case _:
            raise InvalidBody("the body is no JSON object; send one such as {}")


def _beside_the_actions_own(action: Action, body: Mapping[str, Any], id_: str | None) -> dict[str, Any]:
    """The values of a record, none of which is called like a property of the action itself."""
    own = {each.name for each in action.properties if each.place != "body"}
    found = {name: value for name, value in body.items() if name != "id" or value != id_}
    for name in own & found.keys():
        raise InvalidBody(f"{action.label}: the record's own '{name}' cannot be told from the action's in a call; set it from Python")
    return found


def _as_given(of: Object, record: Any) -> Any:
    """A record such that it is read as it is: a text in a field of any JSON is taken for JSON text."""
    if not isinstance(record, Mapping):
        return record
    return {name: json_text(value) if isinstance(value, str) and _holds_json(of, name) else value for name, value in record.items()}


def _holds_json(of: Object, name: str) -> bool:
    held = of.field_by_name.get(name)
    return held is not None and held.type.control == "json"


@lru_cache(maxsize=4)
def _router(catalogue: Catalogue, prefix: str) -> Router:
    return Router(catalogue, replace(TWENTY_1_0_3, prefix=prefix))

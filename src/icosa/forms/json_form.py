"""Calls as JSON: {"resource": …, "operation": …, "properties": {…}}."""

import json
from collections.abc import Mapping
from typing import Any, Final

from icosa.catalogue.model import Object
from icosa.errors import InvalidBody
from icosa.forms.call import Call
from icosa.forms.text import STANDS_FOR, is_secret, variable

_IN_ENVIRONMENT: Final = "$env"
EXAMPLE: Final = '{"resource": "Companies", "operation": "Find Many Companies", "properties": {"Limit": 10}}'


def as_json(call: Call) -> dict[str, Any]:
    """The call as JSON values; a secret in a variable is {"$env": "ITS_NAME"}."""
    return {"resource": call.resource, "operation": call.operation, "properties": _named(call.properties)}


def json_form(call: Call) -> str:
    """The call as JSON text."""
    return json.dumps(as_json(call), ensure_ascii=False, indent=2)


def read_json(form: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Resource, operation and properties, as they stand there.  Raises InvalidBody for what is none."""
    resource, operation, properties = form.get("resource"), form.get("operation"), form.get("properties", {})
    if not (isinstance(resource, str) and isinstance(operation, str) and isinstance(properties, Mapping)):
        raise InvalidBody(f"a call in JSON has a resource, an operation and properties, such as {EXAMPLE}")
    for name in form.keys() - {"resource", "operation", "properties"}:
        raise InvalidBody(f"a call in JSON has no '{name}'; it has a resource, an operation and properties, such as {EXAMPLE}")
    return resource, operation, dict(properties)


def _named(value: Any) -> Any:
    match value:
        case str():
            found = STANDS_FOR.fullmatch(value)
            return {_IN_ENVIRONMENT: found[1]} if found else value
        case Mapping():
            return {name: _named(each) for name, each in value.items()}
        case list():
            return [_named(each) for each in value]
        case _:
            return value


def from_json(of: Object | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as JSON has them, with variables in the places of `{"$env": "ITS_NAME"}`.
    Only a secret value can stand in a variable: elsewhere such an object is any other."""
    return {
        name: [from_json(of, one) if isinstance(one, Mapping) else one for one in value]
        if isinstance(value, list)
        else variable(value[_IN_ENVIRONMENT])
        if is_secret(of, name) and isinstance(value, Mapping) and isinstance(value.get(_IN_ENVIRONMENT), str)
        else value
        for name, value in properties.items()
    }

"""The tools for records: one for each object and operation, made of its action, and run as the request that it stands for."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

import orjson

from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidInput
from icosa.wire.actions import Operation
from icosa.wire.actions.action import Action, actions_of
from icosa.wire.actions.properties import Property
from icosa.wire.message import Answer, Request
from icosa.wire.openapi import schemas
from icosa.wire.version import Version

_OFFERED: Final = {
    Operation.FIND_MANY: "find_many",
    Operation.FIND_ONE: "find_one",
    Operation.CREATE_ONE: "create_one",
    Operation.CREATE_MANY: "create_many",
    Operation.UPDATE_ONE: "update_one",
    Operation.DELETE_ONE: "delete_one",
}
_MANY = (Operation.FIND_MANY, Operation.CREATE_MANY)
_READING = (Operation.FIND_MANY, Operation.FIND_ONE)
_SELECT = "select"
_RECORDS = "records"

_SELECTED = {
    "type": "array",
    "items": {"type": "string"},
    "description": "The fields that are wanted of each record, by name; all of them where it is left out.",
}


class RecordTool(NamedTuple):
    """What an agent calls to do one operation on one object."""

    name: str
    description: str
    action: Action
    of: Object

    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments."""
        properties = {each.name: _schema_of(each) for each in self.action.properties if each.place in ("path", "query")}
        required = [each.name for each in self.action.properties if each.place == "path"]
        if self.action.operation in _READING:
            properties[_SELECT] = _SELECTED
        body = schemas.request(self.of, creating=self.action.operation is not Operation.UPDATE_ONE)
        if self.action.operation is Operation.CREATE_MANY:
            properties[_RECORDS] = {"type": "array", "items": body, "description": "The records to create."}
            required.append(_RECORDS)
        elif self.action.operation in (Operation.CREATE_ONE, Operation.UPDATE_ONE):
            properties |= body["properties"]
            required += body.get("required", ())
        return {"type": "object", "properties": properties, "required": required}

    def request(self, arguments: Mapping[str, Any], version: Version) -> Request:
        """The request that it stands for.  A deletion can be undone, whatever a version does where nothing is said of it.

        Raises InvalidInput where an argument that is needed is missing.
        """
        left, path, query = dict(arguments), self.action.path, dict[str, str]()
        left.pop(_SELECT, None)
        for each in self.action.properties:
            value = left.pop(each.name, None) if each.place in ("path", "query") else None
            if each.place == "path":
                if not isinstance(value, str) or not value:
                    raise InvalidInput(f"{each.name} is missing: {each.description}")
                path = path.replace(f"{{{each.name}}}", quote(value, safe=""))
            elif value is not None:
                query[each.name] = value if isinstance(value, str) else orjson.dumps(value).decode()
        if self.action.operation is Operation.DELETE_ONE and version.keeps:
            query[version.keeps] = "true"
        body = b"" if self.action.method in ("GET", "DELETE") else orjson.dumps(self._body(left))
        return Request(self.action.method, path, urlencode(query), body)

    def _body(self, left: dict[str, Any]) -> Any:
        if self.action.operation is not Operation.CREATE_MANY:
            return left
        if not isinstance(left.get(_RECORDS), list):
            raise InvalidInput(f"{_RECORDS} is missing: a list of objects, one for each record")
        return left[_RECORDS]


def record_tools(catalogue: Catalogue, version: Version) -> Iterator[RecordTool]:
    """All of a workspace, object by object."""
    known = frozenset(map(Operation, version.operations))
    for of in catalogue:
        for action in actions_of(of, version.prefix, version.depths):
            if action.operation in _OFFERED and action.operation in known:
                about = naming.snake_case(of.plural if action.operation in _MANY else of.singular)
                yield RecordTool(f"{_OFFERED[action.operation]}_{about}", f"{action.label}. {of.description}", action, of)


def selected(answer: Answer, arguments: Mapping[str, Any]) -> Any:
    """What an answer holds, its records with the fields that were asked for alone.  Raises InvalidInput where those are none."""
    read = orjson.loads(answer.body)
    wanted = arguments.get(_SELECT)
    if wanted is None or answer.status >= 400:
        return read
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted):
        raise InvalidInput(f'select must be a list of names of fields, such as ["id", "name"], and is {shown(wanted)}')
    read["data"] = {name: _of_records(found, wanted) for name, found in read["data"].items()}
    return read


def _of_records(found: Any, wanted: list[str]) -> Any:
    if isinstance(found, list):
        return [_of_records(each, wanted) for each in found]
    return {name: found[name] for name in wanted if name in found}


def _schema_of(each: Property) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "integer" if each.type in ("number", "options") else "string", "description": each.description}
    return described | {"enum": list(each.choices)} if each.choices else described

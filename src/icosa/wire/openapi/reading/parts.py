"""Finding one's way in a document that may be anybody's: references followed, paths in one form, nothing trusted
to be there or to be what it should."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from icosa.wire.version import TWENTY_1_0_3

Json = dict[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9][\w.-]*)+", re.ASCII)
_SCHEMAS = "#/components/schemas/"
_BEFORE_PLURAL = ("batch", "restore")
_DEEPEST = 8  # references within references: what is deeper goes round in a circle


class Endpoint(NamedTuple):
    """An operation and where it is: `path` as a request has it ("/rest/people/{id}"), `shape` without what is
    particular to its object ("{plural}/{id}")."""

    plural: str
    method: str
    path: str
    shape: str
    described: Json


@dataclass(frozen=True)
class ServerDocument:
    """A document, as JSON values."""

    document: Json

    @cached_property
    def prefix(self) -> str:
        """What stands before the path of every object: what an Icosa server says, where it is not where Twenty has it."""
        prefix = table(self.document.get("x-icosa")).get("prefix")
        return prefix if isinstance(prefix, str) and _PREFIX.fullmatch(prefix) else TWENTY_1_0_3.prefix

    @cached_property
    def endpoints(self) -> dict[str, list[Endpoint]]:
        """The operations of each object, by its plural name, in the order of the document."""
        found: dict[str, list[Endpoint]] = {}
        before = self.prefix.split("/")[1:]
        for path, item in table(self.document.get("paths")).items():
            segments = [each for each in path.split("/") if each]
            # 1.0.3's own document has "/people" and a server that ends in "/rest/"; a published one has "/rest/people".
            segments = segments[len(before) :] if segments[: len(before)] == before else segments
            at = 1 if len(segments) > 1 and segments[0] in _BEFORE_PLURAL else 0
            if not segments or segments[0] in ("open-api", "metadata"):
                continue
            plural = segments[at]
            named = ["{id}" if each.startswith("{") else each for each in segments]
            shape = "/".join("{plural}" if n == at else each for n, each in enumerate(named))
            for method in METHODS:
                if isinstance(table(item).get(method), dict):
                    endpoint = Endpoint(plural, method.upper(), f"{self.prefix}/{'/'.join(named)}", shape, item[method])
                    found.setdefault(plural, []).append(endpoint)
        return found

    def endpoint(self, plural: str, method: str, shape: str) -> Json:
        """An operation's description; empty where there is none."""
        found = (each.described for each in self.endpoints.get(plural, ()) if (each.method, each.shape) == (method, shape))
        return next(found, {})

    def resolved(self, part: Any) -> Json:
        """A part of the document, with its reference followed; empty where it leads nowhere."""
        for _ in range(_DEEPEST):
            here = table(part)
            reference = here.get("$ref")
            if not isinstance(reference, str):
                return here
            part = self.document
            for step in reference.removeprefix("#/").split("/"):
                part = table(part).get(step.replace("~1", "/").replace("~0", "~"))
        return {}

    def properties(self, schema: Any, depth: int = 0) -> Json:
        """The properties of a schema of objects, those of its parts (allOf) among them."""
        schema = self.resolved(schema)
        found: Json = {}
        for each in listed(schema.get("allOf")) if depth < _DEEPEST else ():
            found |= self.properties(each, depth + 1)
        return found | table(schema.get("properties"))


def table(part: Any) -> Json:
    """The part where it is an object, else an empty one."""
    return part if isinstance(part, dict) else {}


def listed(part: Any) -> list[Any]:
    """The part where it is a list, else an empty one."""
    return part if isinstance(part, list) else []


def text(part: Any) -> str:
    """The part where it is a text, on one line, else none."""
    return " ".join(part.split()) if isinstance(part, str) else ""


def schema_names(part: Any) -> Iterator[str]:
    """The names of the schemas that a part of the document refers to, however deep."""
    if isinstance(part, dict):
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith(_SCHEMAS):
            yield reference.removeprefix(_SCHEMAS)
        for each in part.values():
            yield from schema_names(each)
    elif isinstance(part, list):
        for each in part:
            yield from schema_names(each)


def parameters_of(source: ServerDocument, described: Json) -> dict[str, Json]:
    """The parameters of an operation by name, references followed."""
    found = map(source.resolved, listed(described.get("parameters")))
    return {each["name"]: each for each in found if isinstance(each.get("name"), str)}


def body_of(source: ServerDocument, described: Json) -> Json:
    """The schema of what an operation takes as JSON, its reference not followed."""
    content = table(source.resolved(described.get("requestBody")).get("content"))
    return table(table(content.get("application/json")).get("schema"))

"""What a server can do, as its document tells it."""

from collections.abc import Iterable, Iterator
from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.actions import OPERATIONS, Operation, Property
from icosa.wire.actions import properties as a
from icosa.wire.actions.operation import RESTORE_LAYOUTS, method_of, shape_of
from icosa.wire.actions.properties import Control
from icosa.wire.openapi.reading.offers import More, Offers, of_the_seven
from icosa.wire.openapi.reading.parts import Endpoint, Json, ServerDocument, body_of, listed, parameters_of, table, text
from icosa.wire.version import TWENTY_1_0_3, Spelling


def read_offers(source: ServerDocument, catalogue: Catalogue, remarks: tuple[str, ...]) -> Offers:
    """What the paths of a document offer."""
    found: dict[str, Json] = {}  # operation to the parameters that any object has for it
    more: list[More] = []
    layouts: set[str] = set()
    groups = False
    max_batch = TWENTY_1_0_3.batch
    for of in catalogue:
        beyond: list[More] = []
        for endpoint in source.endpoints.get(of.plural, ()):
            operation = _KNOWN.get((endpoint.method, endpoint.shape))
            groups = groups or (endpoint.method, endpoint.shape) == _GROUPING
            if _restores(source, endpoint):
                layouts.add(endpoint.shape)
            if operation is None:
                beyond.append(_more(source, endpoint))
                continue
            found.setdefault(operation, {}).update(parameters_of(source, endpoint.described))
            if operation is Operation.CREATE_MANY:
                max_batch = _count(source.resolved(body_of(source, endpoint.described)).get("maxItems"), max_batch)
        more += _named(beyond, of)
    pages, beside = found.get(Operation.FIND_MANY, {}), table(source.document.get("x-icosa"))
    return Offers(
        upsert="upsert" in found.get(Operation.CREATE_ONE, {}),
        restore=bool(layouts) or "restore" in beside,
        restore_at=tuple(each for each in RESTORE_LAYOUTS if each in layouts or each == _said_beside(source)),
        soft_delete="soft_delete" in found.get(Operation.DELETE_ONE, {}),
        permanent="permanent" in found.get(Operation.DELETE_ONE, {}),
        fields="fields" in pages,
        icosa=bool(beside) and beside.get("spelling", Spelling.ESCAPED) == Spelling.ESCAPED,
        max_limit=_count(table(table(pages.get("limit")).get("schema")).get("maximum"), TWENTY_1_0_3.page),
        max_batch=max_batch,
        more=tuple(more),
        remarks=remarks,
        prefix=source.prefix,
        depths=_depths(table(table(pages.get("depth")).get("schema")).get("enum")),
        operations=of_the_seven(found) if beside else OPERATIONS,
        related=beside.get("spelling") == Spelling.UNESCAPED if beside else groups,
    )


_GROUPING = method_of(Operation.GROUP_BY), shape_of(Operation.GROUP_BY)
_KNOWN = {
    **{(method_of(each), shape_of(each)): each for each in OPERATIONS},
    ("PUT", shape_of(Operation.UPDATE_ONE)): Operation.UPDATE_ONE,
    **{(method_of(Operation.RESTORE), layout): Operation.RESTORE for layout in RESTORE_LAYOUTS if "{id}" in layout},
}


def _said_beside(source: ServerDocument) -> str:
    """The layout that an Icosa server brings records back by, where it is another than that of 1.0.3."""
    path = table(table(source.document.get("x-icosa")).get("restore")).get("path")
    layout = path.removeprefix(f"{source.prefix}/") if isinstance(path, str) else ""
    return "" if layout == TWENTY_1_0_3.restores[0] else layout


def _restores(source: ServerDocument, endpoint: Endpoint) -> bool:
    """Whether an operation can bring one record back, told by its id or by a filter."""
    by_id = "{id}" in endpoint.shape or "filter" in parameters_of(source, endpoint.described)
    return endpoint.method == "PATCH" and endpoint.shape in RESTORE_LAYOUTS and by_id


def _more(source: ServerDocument, endpoint: Endpoint) -> More:
    named = (
        text(endpoint.described.get("operationId"))
        or text(endpoint.described.get("summary"))
        or f"{endpoint.method.lower()} {endpoint.path}"
    )
    label = naming.label(named)
    return More(endpoint.plural, "", label, endpoint.method, endpoint.path, tuple(_properties(source, endpoint)))


def _named(more: Iterable[More], of: Object) -> Iterator[More]:
    """With the name of a method each: the label without what it says of the object, mergeManyPeople -> merge_many."""
    taken = {*OPERATIONS, "restore_one"}
    for each in more:
        name = naming.snake_case(each.label.replace(" ", ""))
        for part in (naming.snake_case(of.plural), naming.snake_case(of.singular)):
            name = name.removesuffix(f"_{part}")
        while name in taken:
            name = f"{name}_{each.method.lower()}"
        taken.add(name)
        yield each._replace(name=name)


def _properties(source: ServerDocument, endpoint: Endpoint) -> Iterator[Property]:
    """What it takes.  A filter is required where it says which records are changed: without it, that is all of them."""
    if "{id}" in endpoint.path:
        yield a.RECORD_ID
    parameters = parameters_of(source, endpoint.described)
    deletion = {each for each in (a.KEEP, a.DESTROY) if each in parameters} if endpoint.method == "DELETE" else set()
    if deletion:
        yield a.permanent(keeps=a.KEEP in deletion, destroys=a.DESTROY in deletion)
    for name, parameter in parameters.items():
        if parameter.get("in") == "query" and name not in deletion:
            ours = _OURS.get(name)
            yield ours._replace(required=name == "filter" and endpoint.method != "GET") if ours else _of_parameter(name, parameter)
    if "requestBody" in endpoint.described:
        schema = source.resolved(body_of(source, endpoint.described))
        more = _MERGED if "conflictPriorityIndex" in table(schema.get("properties")) else ""
        yield Property("Body", "body", "whole body", "json", f"What is sent, as JSON: {_outline(schema)}.{more}", required=True)


_MERGED = (
    " conflictPriorityIndex is the place in ids, counted from 0, of the record that stays and whose values count where they differ; "
    "the others are deleted. With dryRun true nothing is written, and what would stay is answered."
)
_OURS = {each.name: each for each in (a.DEPTH, a.FILTER, a.ORDER_BY, a.LIMIT, a.STARTING_AFTER, a.ENDING_BEFORE)}
_CONTROLS: dict[Any, Control] = {"boolean": "boolean", "integer": "number", "number": "number", "array": "json", "object": "json"}


def _of_parameter(name: str, parameter: Json) -> Property:
    described = text(parameter.get("description")) or "The workspace's document describes it no further."
    control = _CONTROLS.get(table(parameter.get("schema")).get("type"), "string")
    return Property(naming.label(name), name, "query", control, described, required=parameter.get("required") is True)


def _outline(schema: Json) -> str:
    """What a body holds, in words: names and types, those that are required first."""
    properties = schema.get("properties")
    if schema.get("type") == "array":
        return "a list"
    if not isinstance(properties, dict) or not properties:
        return "an object"
    required = [name for name in properties if name in listed(schema.get("required"))]
    names = [*required, *(name for name in properties if name not in required)]
    shown = ", ".join(f"{name} (required)" if name in required else name for name in names[:12])
    return f"an object with {shown}{' and more' if len(names) > 12 else ''}"


def _depths(value: Any) -> tuple[int, ...]:
    """The depths that a document lists; those of 1.0.3 where it lists none that can be."""
    found = tuple(each for each in listed(value) if type(each) is int)
    return found if found and found == tuple(range(len(found))) else TWENTY_1_0_3.depths


def _count(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else otherwise

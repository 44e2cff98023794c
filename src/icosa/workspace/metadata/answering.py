"""What is asked below /rest/metadata, made what answers it.

Versions that keep metadata there tell objects, fields, webhooks, keys and views as they are, and change them.  Others tell
their objects and fields alone, in an envelope.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import orjson

from icosa.catalogue.kinds import brief
from icosa.catalogue.model import Catalogue
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.metadata import metadata_document_bytes
from icosa.wire.rest.faults import framework_fault
from icosa.wire.version import METADATA_DOCUMENT, Version
from icosa.workspace.access.keys import Principal
from icosa.workspace.metadata import api_keys, fields, objects, views, webhooks
from icosa.workspace.metadata.asked import MetadataRead, MetadataReshape, MetadataWrite
from icosa.workspace.metadata.asking import Asking, RecordRoom
from icosa.workspace.metadata.bodies import is_id, read_body
from icosa.workspace.metadata.described import describe
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.pages import page, parameters
from icosa.workspace.metadata.refusal import MetadataRefusal, bad_request, coded
from icosa.workspace.metadata.written import field_json, object_json
from icosa.workspace.store.statement import Statements
from icosa.workspace.store.store import Store
from icosa.workspace.store.stored_catalogue import Reshaping

_OK, _CREATED = 200, 201
_SHAPES = {"objects": "object", "fields": "field"}
"""What changes tables, and what one of them is called."""

_ROOMS: Mapping[str, RecordRoom] = MappingProxyType({"webhooks": webhooks.ROOM, "apiKeys": api_keys.ROOM, "views": views.ROOM})
"""What is kept as records."""

_OF_VIEWS = ("viewFields", "viewFilters", "viewGroups")
_EMPTY = ("viewSorts", "viewFilterGroups", "pageLayouts")
"""What other workspaces have for their pages, and none has here."""

_OF_A_LAYOUT = {"pageLayoutTabs": "pageLayoutId", "pageLayoutWidgets": "pageLayoutTabId"}
"""The same, asked for by what it is a part of."""


def plan(asking: Asking) -> Answer | MetadataRead | MetadataReshape | MetadataWrite:
    """What answers a request.  Only computes; raises IcosaError for a body that cannot be read."""
    try:
        return _plan(asking)
    except MetadataRefusal as refusal:
        return refusal.answer


def look(asked: MetadataRead) -> Statements[Answer]:
    try:
        return (yield from asked.steps())
    except MetadataRefusal as refusal:
        return refusal.answer


def carry_out(store: Store, asked: MetadataReshape | MetadataWrite) -> Answer:
    """Writes, and blocks until it is done.  Raises IcosaError, and then nothing was written."""
    try:
        return store.reshape(asked.change) if isinstance(asked, MetadataReshape) else store.write(asked.steps)
    except MetadataRefusal as refusal:
        return refusal.answer


async def carry_out_soon(store: Store, asked: MetadataReshape | MetadataWrite) -> Answer:
    """The same for an event loop."""
    try:
        return await (store.reshape_soon(asked.change) if isinstance(asked, MetadataReshape) else store.write_soon(asked.steps))
    except MetadataRefusal as refusal:
        return refusal.answer


def _plan(asking: Asking) -> Answer | MetadataRead | MetadataReshape | MetadataWrite:
    request, version = asking.request, asking.version
    if request.method == "GET" and request.path == f"{version.prefix}{METADATA_DOCUMENT}":
        return Answer(_OK, metadata_document_bytes(asking.address, version))
    kind, id_ = _named(request.path, version)
    if version.keeps_metadata and request.method == "GET" and id_ is None and (kind in _EMPTY or kind in _OF_A_LAYOUT):
        return _none_of(kind, request)
    if version.keeps_metadata and request.method == "GET" and id_ is None and kind in _OF_VIEWS:
        return MetadataRead(partial(views.parts, kind, asking))
    if kind not in _SHAPES and (kind not in _ROOMS or not version.keeps_metadata):
        return _nothing(request, version)
    if request.method != "GET" and not version.keeps_metadata:
        return _nothing(request, version)
    if id_ is not None and not is_id(id_):
        raise bad_request("Validation failed (uuid is expected)")
    room = _ROOMS.get(kind)
    if request.method == "GET":
        if room:
            return MetadataRead(partial(room.find_one, asking, id_) if id_ else partial(room.find_many, asking))
        return MetadataRead(partial(_one, kind, id_, asking) if id_ else partial(_many, kind, asking))
    _check_may_write(asking.principal)
    if room:
        return MetadataWrite(_written(room, asking, kind, id_))
    return MetadataReshape(partial(_answered, _CREATED if request.method == "POST" else _OK, _change(asking, kind, id_)))


def _none_of(kind: str, request: Request) -> Answer:
    """That there are none, to who says of what they would be."""
    parent = _OF_A_LAYOUT.get(kind)
    if parent and not parameters(request.query).get(parent):
        raise coded(400, f"{parent} is required: say of which one", "INVALID_PAGE_LAYOUT_DATA")
    return Answer(_OK, b"[]")


def _written(room: RecordRoom, asking: Asking, kind: str, id_: str | None) -> Callable[[], Statements[Answer]]:
    match asking.request.method:
        case "POST" if id_ is None:
            return partial(room.create, asking, read_body(asking.request.body))
        case "PATCH" | "PUT" if id_ is not None:
            return partial(room.update, asking, id_, read_body(asking.request.body))
        case "DELETE" if id_ is not None:
            return partial(room.delete, asking, id_)
        case _:
            raise _no_id(kind)


def _change(asking: Asking, kind: str, id_: str | None) -> Reshaping[Json]:
    room, request, now, making = objects if kind == "objects" else fields, asking.request, asking.now, asking.version.makes
    match request.method:
        case "POST" if id_ is None:
            return partial(room.create, read_body(request.body), now, making)
        case "PATCH" | "PUT" if id_ is not None and kind == "objects":
            return partial(objects.update, id_, read_body(request.body), now)
        case "PATCH" | "PUT" if id_ is not None:
            return partial(fields.update, id_, read_body(request.body), now, making)
        case "DELETE" if id_ is not None:
            return partial(room.delete, id_)
        case _:
            raise _no_id(kind)


def _answered(status: int, change: Reshaping[Json], held: Catalogue) -> Statements[tuple[Catalogue, Answer]]:
    wanted, answer = yield from change(held)
    return wanted, Answer(status, orjson.dumps(answer))


def _named(path: str, version: Version) -> tuple[str, str | None]:
    """What kind of metadata a path names, and which one."""
    root = f"{version.prefix}/metadata"
    segments = [each for each in path.removeprefix(root if path.startswith(root) else version.prefix).split("/") if each]
    return (segments[0] if segments else "", segments[1] if len(segments) == 2 else None) if len(segments) < 3 else ("", None)


def _one(kind: str, id_: str, asking: Asking) -> Statements[Answer]:
    described = yield from describe(asking.catalogue)
    if kind == "objects":
        found = object_json(described, objects.found(described, id_), full=False)
    else:
        found = field_json(described, fields.found(described, id_), full=False)
    return Answer(_OK, orjson.dumps(found if asking.version.keeps_metadata else {"data": {_SHAPES[kind]: found}}))


def _many(kind: str, asking: Asking) -> Statements[Answer]:
    described = yield from describe(asking.catalogue)
    if kind == "objects":
        listed = [object_json(described, each, full=False) for each in described.objects.values()]
    else:
        listed = [field_json(described, each, full=False) for each in described.fields.values()]
    found, info = page(listed, parameters(asking.request.query))
    data = found if asking.version.keeps_metadata else {kind: found}
    return Answer(_OK, orjson.dumps({"data": data, "pageInfo": info, "totalCount": len(listed)}))


def _no_id(kind: str) -> MetadataRefusal:
    return coded(400, f"'{kind}' is not a valid UUID: the path has to name one of them, or none where one is made", "BAD_REQUEST")


def _check_may_write(principal: Principal) -> None:
    if not principal.may_write:
        raise coded(403, f'the API key "{principal.name}" may only read, and nothing was changed', "PERMISSION_DENIED")


def _nothing(request: Request, version: Version) -> Answer:
    """The answer to who asks for metadata that is not there."""
    what = f"Cannot {request.method} {brief(request.path)}"
    if version.keeps_metadata:
        return framework_fault(400, f"{what}: metadata has objects, fields, webhooks, apiKeys and views here", "Bad Request")
    there = (
        f"GET {version.prefix}/metadata/objects and {version.prefix}/metadata/fields tell what there is, and {version.document_paths[1]}"
    )
    return framework_fault(
        404, f"{what}: objects and fields cannot be changed over HTTP here, and there is no GraphQL. {there}.", "Not Found"
    )

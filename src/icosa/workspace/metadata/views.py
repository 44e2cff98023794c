"""Views: which fields of an object somebody looks at, and how.

Every object that people make records of has one from the beginning, of all of its fields, made of the catalogue, one in lanes
where it has a choice, and one of what is assigned to who looks at it.  Others are kept as they were sent.  What views have
beside that (sorts, further filters, layouts of pages) nobody can keep here, so there is none.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, HasMany, Object
from icosa.errors import InvalidQuery
from icosa.wire.identifiers import new_id
from icosa.wire.message import Answer
from icosa.workspace.metadata import kept
from icosa.workspace.metadata.asking import Asking, RecordRoom
from icosa.workspace.metadata.bodies import check_flags, check_texts
from icosa.workspace.metadata.described import Described, KnownField, KnownObject, describe
from icosa.workspace.metadata.identity import CUSTOM_APPLICATION, STANDARD_APPLICATION, derived
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.pages import parameters
from icosa.workspace.metadata.refusal import bad_request, coded, not_found
from icosa.workspace.metadata.view_parts import ASSIGNEE, assigned_view, board_field, filters, lanes, shown_alone
from icosa.workspace.metadata.written import SINCE
from icosa.workspace.store.statement import Statements

_TYPES = ("TABLE", "KANBAN", "CALENDAR", "TABLE_WIDGET", "FIELDS_WIDGET")
_CODE = "VIEW_NOT_FOUND"
_TEXTS = ("name", "icon", "type", "key", "openRecordIn", "visibility", "kanbanAggregateOperation", "anyFieldFilterValue", "calendarLayout")
_FLAGS = ("isCompact", "shouldHideEmptyGroups", "isActive")
_FIELDS = ("kanbanAggregateOperationFieldMetadataId", "calendarFieldMetadataId", "mainGroupByFieldMetadataId")
_NUMBERS = ("position", "kanbanColumnWidth")
_PARTS = ("Field", "FieldGroup", "Filter", "FilterGroup", "Group", "Sort")
"""What a view can have many of."""

_DEFAULTS: Json = {
    "key": None, "type": "TABLE", "icon": "IconList", "position": 0, "isCompact": False, "openRecordIn": "SIDE_PANEL",
    "kanbanAggregateOperation": None, "anyFieldFilterValue": None, "calendarLayout": None, "visibility": "WORKSPACE",
    "shouldHideEmptyGroups": False, "kanbanColumnWidth": None, "isActive": True, **dict.fromkeys(_FIELDS),
}  # fmt: skip


def find_many(asking: Asking) -> Statements[Answer]:
    """All views, or those of `objectMetadataId`."""
    described = yield from describe(asking.catalogue)
    wanted = parameters(asking.request.query).get("objectMetadataId")
    views = (yield from _all(described)).items()
    return _answer([_json(described, id_, view, parts=True) for id_, view in views if wanted in (None, view["objectMetadataId"])])


def find_one(asking: Asking, id_: str) -> Statements[Answer]:
    described = yield from describe(asking.catalogue)
    return _answer(_json(described, id_, (yield from _found(described, id_)), parts=True))


def create(asking: Asking, body: Json) -> Statements[Answer]:
    check_texts(body, ("name", "objectMetadataId"))
    described = yield from describe(asking.catalogue)
    if body["objectMetadataId"] not in described.objects:
        raise coded(400, f"objectMetadataId {shown(body['objectMetadataId'])} is that of no object", "INVALID_VIEW_DATA")
    moments = {"createdAt": asking.now, "updatedAt": asking.now}
    view = _DEFAULTS | _values(described, body) | moments | {"objectMetadataId": body["objectMetadataId"], "isCustom": True}
    id_ = new_id()
    yield kept.keep(kept.VIEW, id_, view)
    return _answer(_json(described, id_, view, parts=False), 201)


def update(asking: Asking, id_: str, body: Json) -> Statements[Answer]:
    described = yield from describe(asking.catalogue)
    view = (yield from _found(described, id_)) | _values(described, body) | {"updatedAt": asking.now}
    yield kept.keep(kept.VIEW, id_, view)
    return _answer(_json(described, id_, view, parts=False))


def delete(asking: Asking, id_: str) -> Statements[Answer]:
    """Deletes a view; one that was there from the beginning stays away."""
    described = yield from describe(asking.catalogue)
    view = yield from _found(described, id_)
    if view["isCustom"]:
        yield kept.forget(kept.VIEW, [id_])
    else:
        yield kept.keep(kept.VIEW, id_, view | {"deletedAt": asking.now})
    return _answer({"success": True})


ROOM = RecordRoom(find_many, find_one, create, update, delete)


def parts(kind: str, asking: Asking) -> Statements[Answer]:
    """What views have of a kind, "viewFields" say, or one view if `viewId` says so."""
    described = yield from describe(asking.catalogue)
    wanted = parameters(asking.request.query).get("viewId")
    found: list[Json] = []
    for id_, view in (yield from _all(described)).items():
        if wanted in (None, id_):
            answered = _json(described, id_, view, parts=True)
            found += answered[kind] if kind == "viewFields" else [shown_alone(described, each, answered) for each in answered[kind]]
    return _answer(found)


def check_view(catalogue: Catalogue, of: Object, id_: str) -> Statements[None]:
    """Whether records of an object can be asked for as a view of it has them: none but the view of what is assigned to who
    looks at it leaves any out.  Raises InvalidQuery for that one, since a key is nobody, and where it is no view of the object."""
    described = yield from describe(catalogue)
    known, view = described.of(of.singular), (yield from _all(described)).get(id_)
    if view is None or view["objectMetadataId"] != known.id:
        raise InvalidQuery(f"viewId: there is no view of {of.plural} with the id {shown(id_)}; leave it out, or send that of one")
    if filters(described, id_, view):
        raise InvalidQuery(
            f"viewId: the view shows what is assigned to who looks at it, and a key is nobody; send filter={ASSIGNEE}Id[eq]:…"
        )


def _all(described: Described) -> Statements[dict[str, Json]]:
    """Every view by its id: those from the beginning, as they were changed, and then the others."""
    noted = yield from kept.read(kept.VIEW)
    found = {}
    for known in described.objects.values():
        if not known.of.system:
            found.update({id_: noted.get(id_) or view for id_, view in _first(known)})
    return {id_: view for id_, view in (found | noted).items() if "deletedAt" not in view}


def _first(known: KnownObject) -> Iterator[tuple[str, Json]]:
    """The views of an object from the beginning, by their ids."""
    moments = {name: known.notes.get(name, SINCE) for name in ("createdAt", "updatedAt")}
    view = _DEFAULTS | moments | {"objectMetadataId": known.id, "isCustom": False}
    lane = board_field(known)
    if lane is not None:
        board = {"type": "KANBAN", "icon": "IconLayoutKanban", "mainGroupByFieldMetadataId": lane.id, "position": 1}
        yield derived("view", known.id, "board"), view | board | {"name": f"By {naming.label(lane.member.name)}"}
    if known.field(ASSIGNEE) is not None:
        yield assigned_view(known), view | {"name": "Assigned to me", "icon": "IconUserCircle", "position": 2}
    yield derived("view", known.id), view | {"name": f"All {known.of.label_plural or naming.label(known.of.plural)}", "key": "INDEX"}


def _found(described: Described, id_: str) -> Statements[Json]:
    found = (yield from _all(described)).get(id_)
    if found is None:
        raise not_found("View", _CODE)
    return found


def _values(described: Described, body: Json) -> Json:
    """What a body says of a view, checked.  Raises MetadataRefusal."""
    check_texts(body, (), (*_TEXTS, *_FIELDS))
    check_flags(body, *_FLAGS)
    wrong = [
        name
        for name in _NUMBERS
        if body.get(name) is not None and (isinstance(body[name], bool) or not isinstance(body[name], int | float))
    ]
    if wrong:
        raise bad_request(*(f"{name} must be a number" for name in wrong))
    if body.get("type", "TABLE") not in _TYPES:
        raise bad_request(f"type must be one of the following values: {', '.join(_TYPES)}")
    lost = [name for name in _FIELDS if body.get(name) is not None and body[name] not in described.fields]
    if lost:
        raise coded(400, f"{lost[0]} is the id of no field", "INVALID_VIEW_DATA")
    return {name: body[name] for name in (*_TEXTS, *_FLAGS, *_FIELDS, *_NUMBERS) if name in body}


def _json(described: Described, id_: str, view: Json, *, parts: bool) -> Json:
    """A view as it is answered; with its `parts`, as who reads it has them."""
    application = CUSTOM_APPLICATION if view["isCustom"] else STANDARD_APPLICATION
    of_it = {"Field": _view_fields(described, id_, view), "Group": lanes(described, id_, view), "Filter": filters(described, id_, view)}
    listed: Json = {
        "id": id_,
        "workspaceId": described.workspace,
        "createdByUserWorkspaceId": None,
        "isSystemSideEffect": not view["isCustom"],
    }
    listed |= _universal(id_, application) | view | {"deletedAt": None, "universalOverrides": None}
    for name in ("objectMetadataId", *_FIELDS):
        listed[name.removesuffix("Id") + "UniversalIdentifier"] = derived("universal", view[name]) if view[name] else None
    for part in _PARTS:
        of_part = of_it.get(part, [])
        listed[f"view{part}Ids"] = [each["id"] for each in of_part]
        listed[f"view{part}UniversalIdentifiers"] = [each["universalIdentifier"] for each in of_part]
        if parts:
            listed[f"view{part}s"] = of_part
    return listed


def _view_fields(described: Described, id_: str, view: Json) -> list[Json]:
    """Those of a view from the beginning: its object's fields, in their order.  Other views have none yet."""
    known = described.objects.get(view["objectMetadataId"])
    if view["isCustom"] or known is None:
        return []
    shown_ = [each for each in known.fields if not isinstance(each.member, HasMany) and each.member.name not in _UNSEEN]
    return [_view_field(described.workspace, id_, each, position) for position, each in enumerate(shown_)]


_UNSEEN = ("id", "deletedAt", "position", "searchVector", "updatedBy")


def _view_field(workspace: str, view_id: str, field: KnownField, position: int) -> Json:
    id_ = derived("viewField", view_id, field.id)
    return {
        "id": id_, "viewId": view_id, "viewUniversalIdentifier": derived("universal", view_id), "fieldMetadataId": field.id,
        "fieldMetadataUniversalIdentifier": derived("universal", field.id), "position": position, "isVisible": True, "isActive": True,
        "isOverridden": False, "isSystemSideEffect": True, "size": 150, "aggregateOperation": None, "viewFieldGroupId": None,
        "viewFieldGroupUniversalIdentifier": None, "universalOverrides": None, "workspaceId": workspace, "deletedAt": None,
        "createdAt": field.notes.get("createdAt", SINCE), "updatedAt": field.notes.get("updatedAt", SINCE),
        **_universal(id_, STANDARD_APPLICATION),
    }  # fmt: skip


def _universal(id_: str, application: str) -> Json:
    return {
        "universalIdentifier": derived("universal", id_),
        "applicationId": application,
        "applicationUniversalIdentifier": derived("universal", application),
    }


def _answer(found: Any, status: int = 200) -> Answer:
    return Answer(status, orjson.dumps(found))

"""What a view has beside its fields: the lanes of a board, and what the records that it shows have in common.

Lanes are the options of the field that a board is by; a filter has the view of what is assigned to who looks at it.  Both come
with the view and the workspace that they are of, as they do from a real server.
"""

from collections.abc import Mapping

from icosa.catalogue.model import Field
from icosa.workspace.metadata.described import Described, KnownField, KnownObject
from icosa.workspace.metadata.identity import CUSTOM_APPLICATION, STANDARD_APPLICATION, derived
from icosa.workspace.metadata.kept import Json
from icosa.workspace.metadata.written import SINCE

ASSIGNEE = "assignee"
"""What a relation to the person who is to do something is called."""

_ME = '{"isCurrentWorkspaceMemberSelected":true,"selectedRecordIds":[]}'

_OF_A_VIEW = (
    "anyFieldFilterValue", "applicationId", "calendarFieldMetadataId", "calendarLayout", "createdAt", "createdByUserWorkspaceId",
    "deletedAt", "icon", "id", "isActive", "isCompact", "isCustom", "isSystemSideEffect", "kanbanAggregateOperation",
    "kanbanAggregateOperationFieldMetadataId", "kanbanColumnWidth", "key", "mainGroupByFieldMetadataId", "name", "objectMetadataId",
    "openRecordIn", "position", "shouldHideEmptyGroups", "type", "universalIdentifier", "updatedAt", "visibility", "workspaceId",
)  # fmt: skip

_NOWHERE = (
    "aiAdditionalInstructions", "customDomain", "databaseSchema", "defaultRoleId", "deletedAt", "displayName", "eventLogRetentionDays",
    "fastModel", "inviteHash", "logo", "logoFileId", "metadataVersion", "routerModel", "smartModel", "subdomain", "suspendedAt",
    "trashRetentionDays", "workspaceDiscoverability",
)  # fmt: skip
_OFF = (
    "allowImpersonation", "isCustomDomainEnabled", "isGoogleAuthBypassEnabled", "isGoogleAuthEnabled", "isInternalMessagesImportEnabled",
    "isMicrosoftAuthBypassEnabled", "isMicrosoftAuthEnabled", "isPasswordAuthBypassEnabled", "isPasswordAuthEnabled",
    "isPublicInviteLinkEnabled", "isTwoFactorAuthenticationEnforced", "useRecommendedModels",
)  # fmt: skip
"""What can be set of a workspace elsewhere, and is not there, or off, here."""


def board_field(known: KnownObject) -> KnownField | None:
    """The choice by which the records of an object are shown in lanes, if it has one."""
    fields = ((each, each.member) for each in known.fields)
    return next((each for each, member in fields if isinstance(member, Field) and member.type_name == "SELECT" and not member.system), None)


def assigned_view(known: KnownObject) -> str:
    """The id of the view of what is assigned to who looks at it."""
    return derived("view", known.id, "assigned")


def lanes(described: Described, view_id: str, view: Json) -> list[Json]:
    """The lanes of a view, one for each option of the field that it is by."""
    by = described.fields.get(view["mainGroupByFieldMetadataId"] or "")
    if by is None or not isinstance(by.member, Field):
        return []
    return [
        _part(described, "viewGroup", view_id, view, value) | {"fieldValue": value, "isVisible": True, "position": position}
        for position, value in enumerate(by.member.options)
    ]


def filters(described: Described, view_id: str, view: Json) -> list[Json]:
    known = described.objects[view["objectMetadataId"]]
    by = known.field(ASSIGNEE)
    if by is None or view_id != assigned_view(known):
        return []
    nothing = ("positionInViewFilterGroup", "relationTargetFieldMetadataId", "subFieldName", "viewFilterGroupId")
    asked = {"fieldMetadataId": by.id, "operand": "IS", "value": _ME, **dict.fromkeys(nothing)}
    return [_part(described, "viewFilter", view_id, view, ASSIGNEE) | asked]


def shown_alone(described: Described, part: Json, view: Json) -> Json:
    """A part as it is listed by itself, with what it is of; `view` as it is answered."""
    group = {"viewFilterGroup": None} if "viewFilterGroupId" in part else {}
    return part | group | {"view": {name: view[name] for name in _OF_A_VIEW} | {"overrides": None}, "workspace": _workspace(described)}


def _part(described: Described, kind: str, view_id: str, view: Json, name: str) -> Json:
    id_ = derived(kind, view_id, name)
    return {
        "id": id_,
        "universalIdentifier": derived("universal", id_),
        "applicationId": CUSTOM_APPLICATION if view["isCustom"] else STANDARD_APPLICATION,
        "workspaceId": described.workspace,
        "viewId": view_id,
        "createdAt": view["createdAt"],
        "updatedAt": view["updatedAt"],
        "deletedAt": None,
    }


def _workspace(described: Described) -> Json:
    known: Mapping[str, object] = {
        "id": described.workspace,
        "activationStatus": "ACTIVE",
        "workspaceCustomApplicationId": CUSTOM_APPLICATION,
        "editableProfileFields": [],
        "enabledAiModelIds": [],
        "createdAt": SINCE,
        "updatedAt": SINCE,
    }
    return {**known, **dict.fromkeys(_NOWHERE), **dict.fromkeys(_OFF, False)}

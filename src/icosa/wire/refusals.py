"""Writes that a version refuses to API keys, as data: by object, and by what is done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from icosa.errors import Forbidden, IcosaError, InvalidInput, PersonNeeded

Deed = Literal["create", "update", "update_many", "keep", "keep_many", "destroy", "destroy_many", "restore", "restore_many"]
"""What a write does: `keep` is a deletion that can be taken back."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error: its type, what it says, how the version words it, and what it calls the fault where that is not what it calls
    all of its type."""

    kind: type[IcosaError]
    message: str
    legacy: str
    fault: str | None = None

    def error(self) -> IcosaError:
        return self.kind(self.message, legacy=self.legacy, fault=self.fault)


@dataclass(frozen=True, slots=True)
class Restriction:
    """What is refused about one object: deeds, fields that an update may not name, and how it is told, where that is not as
    usual, that there is no record to update or delete."""

    deeds: Mapping[Deed, Refusal] = field(default_factory=dict)
    fields: Mapping[str, Refusal] = field(default_factory=dict)
    missing: Refusal | None = None


def _for_all(refusal: Refusal, *deeds: Deed) -> dict[Deed, Refusal]:
    return dict.fromkeys(deeds, refusal)


_MEMBERS: Final = Refusal(
    Forbidden,
    "workspaceMembers come and go with the people who have access to the workspace; an API key changes single ones that are there",
    "Entity performing the request does not have permission",
)
_MEMBERS_BACK: Final = Refusal(InvalidInput, _MEMBERS.message, _MEMBERS.legacy)
_LEAVES: Final = Refusal(
    InvalidInput,
    "a workspace member is removed where people are given access to the workspace",
    "Please use /deleteUserFromWorkspace to remove a workspace member.",
)
_BLOCKLIST: Final = Refusal(
    PersonNeeded, "a blocklist is that of a person, and an API key is none; write it as whoever signs in", "User id is required"
)
_BLOCKLIST_ENTRIES: Final = Refusal(InvalidInput, "entries of a blocklist are changed one by one", "Method not allowed.")
_WORKFLOWS: Final = Refusal(
    Forbidden,
    "what runs and versions of workflows say is written by the workflows themselves; of a version an API key changes the name, "
    "the trigger and the steps",
    "Method not allowed.",
    "FORBIDDEN",
)
_ONE_BY_ONE: Final = Refusal(Forbidden, "workflows are changed one by one", "Method not allowed.", "FORBIDDEN")
_ENDED_ONE_BY_ONE: Final = Refusal(InvalidInput, "workflows are destroyed one by one: DELETE each by its id", "Method not allowed.")
_STATUS: Final = Refusal(
    Forbidden,
    "status: a version is activated and deactivated by the workflow; leave it out",
    "Cannot update workflow version status manually",
    "FORBIDDEN",
)
_STATUSES: Final = Refusal(
    Forbidden, "statuses: they follow from the versions of the workflow; leave them out", "Statuses cannot be set manually.", "FORBIDDEN"
)
_NO_VERSION: Final = Refusal(InvalidInput, "no workflowVersion has this id; check the id", "Workflow version not found", "INVALID_INPUT")

BY_2_19: Final[Mapping[str, Restriction]] = MappingProxyType(
    {
        "workspaceMember": Restriction(
            {
                **_for_all(_MEMBERS, "create", "update_many", "destroy", "destroy_many", "restore_many"),
                "restore": _MEMBERS_BACK,
                **_for_all(_LEAVES, "keep", "keep_many"),
            }
        ),
        "blocklist": Restriction({**_for_all(_BLOCKLIST, "create", "update"), "update_many": _BLOCKLIST_ENTRIES}),
        "workflowRun": Restriction(_for_all(_WORKFLOWS, "create", "update", "update_many", "keep", "keep_many")),
        "workflowVersion": Restriction(
            _for_all(_WORKFLOWS, "create", "update_many", "keep_many"), {"status": _STATUS}, missing=_NO_VERSION
        ),
        "workflow": Restriction({"update_many": _ONE_BY_ONE, "destroy_many": _ENDED_ONE_BY_ONE}, {"statuses": _STATUSES}),
    }
)
"""Read from the recording of a real one; that workflows are not destroyed by a filter is a failure there."""

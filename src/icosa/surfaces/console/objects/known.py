"""Objects and fields as the server's metadata has them: their ids, whether they are hidden, and which were made for this workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import icosa
from icosa.client.metadata import Json, written_objects

_GIVEN: Final = frozenset(("id", "name", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy", "position", "searchVector"))
"""What every object has that a workspace makes: it goes with the object, and not alone."""
_ALWAYS_THERE: Final = "workspaceMember"
"""An object that no workspace is without: what was made by whom it was made, is there from the beginning."""


@dataclass(frozen=True, slots=True)
class MetadataField:
    """A field, or one end of a relation.  `options` are (value, label); `default` is as metadata writes it: a text in quotes."""

    id: str
    name: str
    label: str
    description: str
    type: str
    active: bool
    custom: bool
    options: Sequence[Mapping[str, Any]]
    default: Any

    @property
    def may_change(self) -> bool:
        """Whether there is anything about it that people change."""
        return self.name not in _GIVEN or self.name == "name"


@dataclass(frozen=True, slots=True)
class MetadataObject:
    id: str
    singular: str
    plural: str
    label: str
    label_plural: str
    description: str
    active: bool
    custom: bool
    members: Mapping[str, MetadataField]


def takes_changes(crm: icosa.Client) -> bool:
    """Whether its server has objects and fields made over the API: those versions do that have a bin of their own."""
    return crm.offers.soft_delete


def known_objects(crm: icosa.Client) -> dict[str, MetadataObject]:
    """By their names in the singular.  Raises what asking for them raises."""
    written = written_objects(crm)
    standard = next((each.get("applicationId") for each in written if each["nameSingular"] == _ALWAYS_THERE), None)
    return {each["nameSingular"]: _object(each, standard) for each in written}


def _object(written: Json, standard: str | None) -> MetadataObject:
    custom = written.get("applicationId") != standard
    members = (_member(each, standard) for each in written["fields"])
    return MetadataObject(
        written["id"], written["nameSingular"], written["namePlural"], written.get("labelSingular") or "", written.get("labelPlural") or "",
        written.get("description") or "", written.get("isActive", True), custom, {each.name: each for each in members},
    )  # fmt: skip


def _member(written: Json, standard: str | None) -> MetadataField:
    custom = written.get("applicationId") != standard and not written.get("isSystem") and written["name"] not in _GIVEN
    return MetadataField(
        written["id"], written["name"], written.get("label") or "", written.get("description") or "", written["type"],
        written.get("isActive", True), custom, written.get("options") or (), written.get("defaultValue"),
    )  # fmt: skip

"""What took the place of what Twenty 2.19 has no more, where comparing the two catalogues does not show it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from icosa.catalogue.model import Catalogue
from icosa.catalogue.naming import capitalised
from icosa.doctor.finding import Finding, FindingKind

_NONE: Final = "nothing took its place: leave it out, or make a field of one's own for it before the move"
_METADATA: Final = "they are no records there: ask /rest/metadata/{name}, whose answers are bare, without data around them"
_MAILBOX: Final = "nothing took its place among records: leave out what is done with them, people connect mailboxes in the settings"
_FIELD_STAYS: Final = "give {name}, which is a field of its own there, and needed"

SUCCESSORS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("apiKeys", ""): _METADATA.format(name="apiKeys"),
        ("webhooks", ""): _METADATA.format(name="webhooks"),
        **{
            (name, ""): _METADATA.format(name=name)
            for name in ("views", "viewFields", "viewFilters", "viewFilterGroups", "viewGroups", "viewSorts")
        },
        **{(name, ""): _MAILBOX for name in ("connectedAccounts", "messageChannels", "messageFolders", "calendarChannels")},
        **{(name, ""): "nothing took its place: leave out what is done with its records" for name in ("favorites", "favoriteFolders")},
        ("attachments", "author"): "read createdBy.workspaceMemberId, which the workspace fills in",
        ("attachments", "type"): "write fileCategory, which has options of its own",
        ("calendarChannelEventAssociations", "calendarChannel"): _FIELD_STAYS.format(name="calendarChannelId"),
        ("messageChannelMessageAssociations", "messageChannel"): "write messageChannelId, which is a field of its own there",
        ("companies", "employees"): _NONE,
        ("companies", "idealCustomerProfile"): _NONE,
        ("companies", "xLink"): _NONE,
        ("people", "city"): _NONE,
        ("people", "xLink"): _NONE,
        ("notes", "body"): 'write bodyV2: {"markdown": …}',
        ("tasks", "body"): 'write bodyV2: {"markdown": …}',
        ("workflowRuns", "context"): "read state",
        ("workflowRuns", "output"): "read state",
    }
)  # fmt: skip
"""What to do instead, by object and member; "" is the object itself."""


def with_successor(finding: Finding, new: Catalogue) -> Finding:
    """The finding with what to write in the place of what is gone, as it is known; others as they are."""
    if finding.kind is not FindingKind.GONE or not finding.mend:
        return finding
    known = SUCCESSORS.get((finding.object, finding.member))
    if known:
        return replace(finding, mend=known)
    target = f"target{capitalised(finding.member)}"
    of = new.by_plural.get(finding.object)
    if of is not None and finding.member and target in of.relation_by_name:
        return replace(finding, mend=f"write {target}Id for {finding.member}Id, and {target} for {finding.member}")
    return finding

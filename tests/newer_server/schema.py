"""The objects of the stand-in: what each field is, and what a record of nothing but defaults holds."""

from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]

TEXT, LIST, BARE = "TEXT", "LIST", "BARE_TEXT"  # a bare text is read as null where there is none, not as ""
ADDRESS_TEXTS = ("Street1", "Street2", "City", "Postcode", "State", "Country")

PARTS: Final[dict[str, dict[str, str]]] = {
    "FULL_NAME": {"firstName": TEXT, "lastName": TEXT},
    "LINKS": {"primaryLinkLabel": TEXT, "primaryLinkUrl": TEXT, "secondaryLinks": LIST},
    "EMAILS": {"primaryEmail": TEXT, "additionalEmails": LIST},
    "PHONES": {"primaryPhoneNumber": TEXT, "primaryPhoneCountryCode": TEXT, "primaryPhoneCallingCode": TEXT, "additionalPhones": LIST},
    "ADDRESS": {**{f"address{each}": TEXT for each in ADDRESS_TEXTS}, "addressLat": "NUMBER", "addressLng": "NUMBER"},
    "CURRENCY": {"amountMicros": "NUMBER", "currencyCode": BARE},
    "RICH_TEXT": {"blocknote": BARE, "markdown": TEXT},
    "ACTOR": {"source": BARE, "workspaceMemberId": BARE, "name": TEXT, "context": "RAW_JSON"},
}


@dataclass(frozen=True)
class Thing:
    """An object.  A field is a type; a select is the tuple of its options, the first of them its default where
    `defaults` says so; `points` holds its relations: name to the target's plural and the collection there."""

    plural: str
    singular: str
    fields: dict[str, str | tuple[str, ...]]
    points: dict[str, tuple[str, str]]
    unique: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()

    @property
    def all_fields(self) -> dict[str, str | tuple[str, ...]]:
        return {**BASE, **self.fields, **SYSTEM, **{f"{each}Id": "UUID" for each in self.points}}

    @property
    def paths(self) -> dict[str, str | tuple[str, ...]]:
        """What a filter or an order can name: fields, and parts of fields."""
        found: dict[str, str | tuple[str, ...]] = {}
        for name, kind in self.all_fields.items():
            parts = PARTS.get(kind) if isinstance(kind, str) else None
            found |= {f"{name}.{part}": each for part, each in parts.items()} if parts else {name: kind}
        return found

    def blank(self) -> Json:
        return {name: kind[0] if name in self.defaults else empty(kind) for name, kind in self.all_fields.items()}


BASE: Final = {"id": "UUID", "createdAt": "DATE_TIME", "updatedAt": "DATE_TIME", "deletedAt": "DATE_TIME"}
SYSTEM: Final = {"position": "POSITION", "createdBy": "ACTOR", "updatedBy": "ACTOR"}


def empty(kind: str | tuple[str, ...]) -> Any:
    """What is read where there is no value."""
    if isinstance(kind, str) and kind in PARTS:
        return {part: empty(each) for part, each in PARTS[kind].items()}
    return "" if kind == TEXT else [] if kind in (LIST, "ARRAY") else None


_TARGETS = {
    f"target{name}": (plural, "{}") for name, plural in (("Company", "companies"), ("Person", "people"), ("SurveyResult", "surveyResults"))
}


def _targets(collection: str, **more: tuple[str, str]) -> dict[str, tuple[str, str]]:
    return {**more, **{name: (plural, collection) for name, (plural, _) in _TARGETS.items()}}


OBJECTS: Final = {
    each.plural: each
    for each in (
        Thing(
            "companies",
            "company",
            {"name": TEXT, "domainName": "LINKS", "address": "ADDRESS", "linkedinLink": "LINKS", "annualRevenue": "CURRENCY",
             "employees": "NUMBER"},
            {"accountOwner": ("workspaceMembers", "accountOwnerForCompanies")},
            unique=("domainName.primaryLinkUrl",),
        ),
        Thing(
            "people",
            "person",
            {"name": "FULL_NAME", "emails": "EMAILS", "linkedinLink": "LINKS", "jobTitle": TEXT, "phones": "PHONES", "avatarUrl": TEXT,
             "avatarFile": "FILES"},
            {"company": ("companies", "people")},
            unique=("emails.primaryEmail",),
        ),
        Thing(
            "opportunities",
            "opportunity",
            {"name": TEXT, "amount": "CURRENCY", "closeDate": "DATE_TIME",
             "stage": ("NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER")},
            {"company": ("companies", "opportunities"), "pointOfContact": ("people", "pointOfContactForOpportunities")},
            defaults=("stage",),
        ),
        Thing("notes", "note", {"title": TEXT, "bodyV2": "RICH_TEXT"}, {}),
        Thing("noteTargets", "noteTarget", {}, _targets("noteTargets", note=("notes", "noteTargets"))),
        Thing(
            "tasks",
            "task",
            {"title": TEXT, "bodyV2": "RICH_TEXT", "dueAt": "DATE_TIME", "status": ("TODO", "IN_PROGRESS", "DONE")},
            {"assignee": ("workspaceMembers", "assignedTasks")},
            defaults=("status",),
        ),
        Thing("taskTargets", "taskTarget", {}, _targets("taskTargets", task=("tasks", "taskTargets"))),
        Thing(
            "attachments",
            "attachment",
            {"name": TEXT, "file": "FILES", "fullPath": TEXT, "fileCategory": ("OTHER", "IMAGE", "TEXT_DOCUMENT")},
            _targets("attachments", targetNote=("notes", "attachments")),
            defaults=("fileCategory",),
        ),
        Thing("workspaceMembers", "workspaceMember", {"name": "FULL_NAME", "userEmail": TEXT, "userId": "UUID"}, {}, unique=("userEmail",)),
        Thing(
            "surveyResults",
            "surveyResult",
            {"name": TEXT, "score": "NUMBER", "recommended": "BOOLEAN", "answers": "RAW_JSON", "topics": "ARRAY"},
            {"company": ("companies", "surveyResults")},
        ),
    )
}  # fmt: skip
BY_SINGULAR: Final = {each.singular: each for each in OBJECTS.values()}

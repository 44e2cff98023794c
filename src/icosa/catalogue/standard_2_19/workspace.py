"""The workspace itself: who works in it, what they keep out of it, and what they look at."""

from icosa.catalogue.fields import Number, Select, Text, Uuid
from icosa.catalogue.model import Object
from icosa.catalogue.standard import accounts
from icosa.catalogue.standard import workspace as first
from icosa.catalogue.standard_2_19.revision import CREATED_BY, POSITION, SYSTEM, UPDATED_BY, kept, kept_but, revised

BLOCKLIST = revised(accounts.BLOCKLIST, SYSTEM, kept(accounts.BLOCKLIST, "handle", "workspaceMember"))

DASHBOARD = revised(
    Object(
        "dashboard",
        "dashboards",
        "A page of numbers and pictures about the workspace; its layout says what stands on it.",
        label_identifier="title",
        searchable=("title",),
    ),
    Text("title", "What the page is called."),
    POSITION,
    Uuid("pageLayoutId", "The id of the layout of the page.", label="Page Layout ID", nullable=True),
    CREATED_BY,
    UPDATED_BY,
)

WORKSPACE_MEMBER = revised(
    first.WORKSPACE_MEMBER,
    kept(first.WORKSPACE_MEMBER, "avatarUrl"),
    kept_but(first.WORKSPACE_MEMBER, "userEmail", unique=True),
    kept(first.WORKSPACE_MEMBER, "position"),
    kept_but(first.WORKSPACE_MEMBER, "name", required=True),
    kept(first.WORKSPACE_MEMBER, "colorScheme", "locale"),
    Text("jobTitle", "What the member does, such as Head of Sales.", system=True),
    Number(
        "calendarStartDay",
        "On which day weeks begin in the member's calendars: 1 is Monday, 7 is up to the browser.",
        label="Start of the week",
        default=7,
        system=True,
    ),
    kept(first.WORKSPACE_MEMBER, "userId", "timeZone", "dateFormat", "timeFormat"),
    Select(
        "numberFormat",
        "How numbers are shown to the member: what stands between thousands and before decimals, or as the browser has it.",
        ["SYSTEM", "COMMAS_AND_DOT", "SPACES_AND_COMMA", "DOTS_AND_COMMA", "APOSTROPHE_AND_DOT"],
        label="Number format",
        default="SYSTEM",
        system=True,
    ),
    CREATED_BY,
    UPDATED_BY,
)

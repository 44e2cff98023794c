"""The workspace itself: who works in it, which programs may call it, and whom it tells about changes."""

from icosa.catalogue.fields import Array, DateTime, FullName, Position, Select, Text, Uuid
from icosa.catalogue.model import Object

API_KEY = Object(
    "apiKey",
    "apiKeys",
    "A credential with which a program calls this API; its token is shown once, when it is made, and cannot be read back.",
    (
        DateTime(
            "revokedAt",
            "The moment from which the key is refused, whatever its expiry; null while it is in force.",
            label="Revocation date",
            nullable=True,
        ),
        DateTime(
            "expiresAt",
            "Until when the key is accepted, in ISO 8601; there is no default, so every new key states it.",
            label="Expiration date",
            required=True,
        ),
        Text("name", "Which program the key is for; records that the program creates bear this name in createdBy."),
    ),
    label="API Key",
    label_plural="API Keys",
    label_identifier="name",
    system=True,
)

WEBHOOK = Object(
    "webhook",
    "webhooks",
    "A subscription to changes: each matching event is sent as JSON by HTTP POST to an address of your choice.",
    (
        Text("targetUrl", "The address that receives the events; https:// is put in front where the scheme is missing."),
        Text("description", "A remark for people, such as who runs the receiving end.", nullable=True, default=""),
        Text(
            "secret",
            "The key of the HMAC-SHA256 signature in each delivery's headers; left empty, deliveries are not signed.",
            secret=True,
        ),
        Array(
            "operations",
            'Which events are sent, as object and action with * for any, such as ["company.created", "*.destroyed"]; '
            "the actions are created, updated, deleted, restored and destroyed.",
            default=["*.*"],
        ),
    ),
    label_identifier="targetUrl",
    system=True,
)

WORKSPACE_MEMBER = Object(
    "workspaceMember",
    "workspaceMembers",
    "A colleague who signs in to the workspace: owns companies and mailboxes, is given tasks, and has settings of their own.",
    (
        Text("userEmail", "The e-mail address the member signs in with.", system=True),
        Select(
            "timeFormat",
            "How clock times are shown to the member: with 24 hours, with 12, or as the browser has it.",
            ["SYSTEM", "HOUR_24", "HOUR_12"],
            label="Time format",
            default="SYSTEM",
            system=True,
        ),
        Select(
            "dateFormat",
            "Which part of a date the member sees first, or SYSTEM for the habit of the browser's region.",
            ["SYSTEM", "MONTH_FIRST", "DAY_FIRST", "YEAR_FIRST"],
            label="Date format",
            default="SYSTEM",
            system=True,
        ),
        Text(
            "timeZone",
            "The zone in which moments are shown, by its IANA name such as Europe/Paris; system follows the browser.",
            label="Time zone",
            default="system",
            system=True,
        ),
        Uuid("userId", "The id of the login behind the member; a login can be a member of several workspaces.", required=True, system=True),
        Position("Where the member stands in lists that are sorted by hand; the smaller number comes first."),
        FullName("name", "First and last name, as colleagues see them on records and in menus."),
        Text("colorScheme", "Whether pages are light or dark for the member: Light, Dark or System.", default="System", system=True),
        Text(
            "locale",
            "The language of the user interface, as a tag such as en or fr-FR.",
            label="Language",
            default="en",
            system=True,
        ),
        Text("avatarUrl", "Where the member's picture is found: a path in the file store or a web address.", system=True),
    ),
    label_identifier="name",
    system=True,
    searchable=("name", "userEmail"),
)

"""The accounts through which mail and calendars reach the workspace, and what is kept out of it."""

from icosa.catalogue.fields import Array, DateTime, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Object

BLOCKLIST = Object(
    "blocklist",
    "blocklists",
    "An address or a whole domain whose messages and events a member keeps out of the workspace.",
    (
        Text("handle", "The e-mail address to ignore, or a domain with a leading @ (@example.com) to ignore all of it."),
        BelongsTo(
            "workspaceMember",
            "workspaceMember",
            "blocklist",
            "The member to whose mailboxes and calendars the entry applies.",
            label="WorkspaceMember",
        ),
    ),
    label_identifier="handle",
    system=True,
)

CONNECTED_ACCOUNT = Object(
    "connectedAccount",
    "connectedAccounts",
    "A member's account at a mail or calendar provider, with the tokens that let the workspace read from it.",
    (
        Text("handle", "The address this account is known by: an e-mail address, a user name or a phone number.", label="handle"),
        Text("provider", "Who runs the account, such as google or microsoft.", label="provider"),
        Text("accessToken", "The short-lived token that is sent with each call to the provider; kept encrypted.", secret=True),
        Text("refreshToken", "The long-lived token that a new access token is obtained with; kept encrypted.", secret=True),
        Text(
            "lastSyncHistoryId",
            "The provider's marker of the newest change that was read; the next run goes on from there.",
            label="Last sync history ID",
        ),
        DateTime(
            "authFailedAt",
            "When the provider refused the tokens, after which the owner has to sign in again; null while they work.",
            label="Auth failed at",
            nullable=True,
        ),
        Text("handleAliases", "Other addresses whose mail arrives in this account, separated by commas."),
        Array("scopes", 'The permissions that the owner granted, as the provider names them, such as ["mail.read"].', nullable=True),
        BelongsTo(
            "accountOwner",
            "workspaceMember",
            "connectedAccounts",
            "The member whose account it is; it goes when the member goes.",
            CASCADE,
        ),
    ),
    label_identifier="handle",
    system=True,
)

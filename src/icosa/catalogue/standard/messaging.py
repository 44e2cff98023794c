"""Mailboxes that are synchronised, their messages and threads, and who wrote to whom."""

from icosa.catalogue.fields import Boolean, DateTime, Number, Select, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Object

MESSAGE_CHANNEL_MESSAGE_ASSOCIATION = Object(
    "messageChannelMessageAssociation",
    "messageChannelMessageAssociations",
    "Ties a message to a mailbox in which it was found; a message between two colleagues has one for each of them.",
    (
        Text("messageExternalId", "The id that the provider gave the message in this mailbox.", nullable=True, default=""),
        BelongsTo(
            "messageChannel",
            "messageChannel",
            "messageChannelMessageAssociations",
            "The mailbox in which the message lies.",
            CASCADE,
            label="Message Channel Id",
        ),
        BelongsTo(
            "message",
            "message",
            "messageChannelMessageAssociations",
            "The message that was found; a mailbox holds it once.",
            CASCADE,
            label="Message Id",
        ),
        Select(
            "direction",
            "Whether the owner of the mailbox received the message or sent it.",
            ["INCOMING", "OUTGOING"],
            default="INCOMING",
        ),
        Text(
            "messageThreadExternalId",
            "The id that the provider gave the conversation in this mailbox.",
            label="Thread External Id",
            nullable=True,
            default="",
        ),
    ),
    system=True,
    audit_logged=False,
    unique_together=(("messageChannelId", "messageId"),),
)

MESSAGE_CHANNEL = Object(
    "messageChannel",
    "messageChannels",
    "One mailbox of a connected account: what is taken from it, who may see it, and how far the synchronisation has come.",
    (
        DateTime("syncedAt", "When a synchronisation was last completed; null if none was.", label="Last sync date", nullable=True),
        BelongsTo(
            "connectedAccount",
            "connectedAccount",
            "messageChannels",
            "The account that the mailbox is part of and through which it is read.",
            CASCADE,
        ),
        Number(
            "throttleFailureCount",
            "How many attempts in a row the provider turned away as too many; the pause before the next one grows with it.",
            default=0,
        ),
        DateTime(
            "syncStageStartedAt",
            "When the running step began; one that began long ago is stuck.",
            label="Sync stage started at",
            nullable=True,
        ),
        Select(
            "syncStage",
            "The step that comes next or is running: list every message, list what changed, or import what was listed.",
            [
                "FULL_MESSAGE_LIST_FETCH_PENDING",
                "PARTIAL_MESSAGE_LIST_FETCH_PENDING",
                "MESSAGE_LIST_FETCH_ONGOING",
                "MESSAGES_IMPORT_PENDING",
                "MESSAGES_IMPORT_ONGOING",
                "FAILED",
            ],
            label="Sync stage",
            default="FULL_MESSAGE_LIST_FETCH_PENDING",
        ),
        Select(
            "syncStatus",
            "How synchronisation stands: running, never done, up to date, refused by the provider, or failed; null before it is set up.",
            ["ONGOING", "NOT_SYNCED", "ACTIVE", "FAILED_INSUFFICIENT_PERMISSIONS", "FAILED_UNKNOWN"],
            label="Sync status",
            nullable=True,
        ),
        Text(
            "syncCursor",
            "The provider's marker up to which changes were read; when empty, everything is read again.",
            label="Last sync cursor",
        ),
        Boolean("isSyncEnabled", "Whether messages are fetched from the mailbox at all; false pauses it.", default=True),
        Boolean(
            "excludeGroupEmails",
            "Whether mail from addresses that nobody in particular reads (team@, noreply@) is left out.",
            label="Exclude group emails",
            default=True,
        ),
        Boolean(
            "excludeNonProfessionalEmails",
            "Whether correspondents at free mail services are left out when contacts are made.",
            label="Exclude non professional emails",
            default=True,
        ),
        Select(
            "contactAutoCreationPolicy",
            "Which correspondents become people: those the owner wrote to, also those who wrote to the owner, or none.",
            ["SENT_AND_RECEIVED", "SENT", "NONE"],
            label="Contact auto creation policy",
            default="SENT",
        ),
        Boolean(
            "isContactAutoCreationEnabled",
            "Whether unknown correspondents become people of the workspace by themselves.",
            default=True,
        ),
        Select("type", "What the channel carries: e-mail or text messages to a phone.", ["email", "sms"], default="email"),
        Text("handle", "The address that the channel receives at: an e-mail address or a phone number."),
        Select(
            "visibility",
            "What colleagues see of the messages: everything, who and when plus the subject, or with METADATA only who and when.",
            ["METADATA", "SUBJECT", "SHARE_EVERYTHING"],
            default="SHARE_EVERYTHING",
        ),
    ),
    label_identifier="handle",
    system=True,
    audit_logged=False,
)

MESSAGE_FOLDER = Object(
    "messageFolder",
    "messageFolders",
    "A folder of a mailbox that is read on its own, where the provider counts changes folder by folder.",
    (
        BelongsTo("messageChannel", "messageChannel", "messageFolders", "The mailbox in which the folder lies.", CASCADE),
        Text("name", "What the provider calls the folder, such as inbox or sentitems."),
        Text("syncCursor", "The provider's marker up to which the folder was read; when empty, all of it is read again."),
    ),
    system=True,
    audit_logged=False,
)

MESSAGE_PARTICIPANT = Object(
    "messageParticipant",
    "messageParticipants",
    "The sender or one recipient of a message, tied to a person or a member where the address belongs to one.",
    (
        Text("displayName", "The name that stood beside the address in the message; it may be empty."),
        Text("handle", "The e-mail address or phone number; people and members are recognised by it."),
        Select(
            "role",
            "In which line of the message's head the address stood; from is the sender.",
            ["from", "to", "cc", "bcc"],
            default="from",
        ),
        BelongsTo("workspaceMember", "workspaceMember", "messageParticipants", "The colleague whose address this is, if it is one."),
        BelongsTo("person", "person", "messageParticipants", "The contact whose address this is, if it is one."),
        BelongsTo("message", "message", "messageParticipants", "The message that was sent or received.", CASCADE),
    ),
    label_identifier="handle",
    system=True,
    audit_logged=False,
    indexed=("handle",),
)

MESSAGE = Object(
    "message",
    "messages",
    "An e-mail or text message that was found in a synchronised mailbox; one record, however many mailboxes hold it.",
    (
        Text(
            "headerMessageId",
            "The Message-ID of the mail's own header, by which copies in different mailboxes are known to be one message.",
            label="Header message Id",
        ),
        Text("subject", "The subject line, without anything cut off."),
        Text("text", "The body as plain text, without the quoted messages before it."),
        BelongsTo("messageThread", "messageThread", "messages", "The conversation it is part of.", CASCADE, label="Message Thread Id"),
        DateTime("receivedAt", "When the provider took delivery of the message, in ISO 8601.", nullable=True),
    ),
    label_identifier="subject",
    system=True,
    audit_logged=False,
    indexed=("receivedAt",),
)

MESSAGE_THREAD = Object(
    "messageThread",
    "messageThreads",
    "A conversation: a first message and all answers to it, which point here and are read through `messages`.",
    system=True,
    audit_logged=False,
)

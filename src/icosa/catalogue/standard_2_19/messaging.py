"""Messages that were found in mailboxes, who wrote to whom, and messages that were sent to lists of people."""

from icosa.catalogue.fields import Boolean, DateTime, Emails, Select, Text, Uuid
from icosa.catalogue.model import CASCADE, BelongsTo, Object
from icosa.catalogue.standard import messaging as first
from icosa.catalogue.standard_2_19.revision import SYSTEM, kept, kept_but, revised

MESSAGE = revised(
    first.MESSAGE,
    SYSTEM,
    kept(first.MESSAGE, "headerMessageId", "subject", "text", "receivedAt"),
    Select(
        "deliveryStatus",
        "What became of a message that was sent from here; null for one that was found.",
        ["QUEUED", "SENT", "FAILED", "BOUNCED", "COMPLAINED", "SKIPPED"],
        label="Delivery status",
        nullable=True,
    ),
    Boolean("isDraft", "Whether it is still being written.", label="Is draft", default=False),
    BelongsTo("messageCampaign", "messageCampaign", "messages", "The campaign that it was sent by, if it was one.", label="Campaign"),
    kept(first.MESSAGE, "messageThread"),
    listed_by="messageChannelMessageAssociations",
)

MESSAGE_CAMPAIGN = revised(
    Object(
        "messageCampaign",
        "messageCampaigns",
        "A message that is sent to everybody on a list, and how far that has come.",
        label="Campaign",
        label_plural="Campaigns",
        label_identifier="subject",
        system=True,
    ),
    SYSTEM,
    Text("subject", "The subject line that everybody gets."),
    Text("bodyTemplate", "The body, with places for what differs from one recipient to the next.", label="Body"),
    Emails("fromAddress", "The address that it is sent from.", label="From address"),
    Select(
        "status",
        "Whether it is being written, waits for its moment, is on its way, or is out.",
        ["DRAFT", "SCHEDULED", "SENDING", "SENT", "SENT_WITH_ERRORS"],
        default="DRAFT",
    ),
    DateTime("sentAt", "When it was sent, in ISO 8601; null until then.", label="Sent at", nullable=True),
    Uuid(
        "unsubscribeTopicId",
        "The id of what recipients no longer get when they unsubscribe; null if they cannot.",
        label="Unsubscribe topic id",
        nullable=True,
    ),
    BelongsTo("list", "messageList", "campaigns", "The people that it is sent to."),
)

MESSAGE_CHANNEL_MESSAGE_ASSOCIATION = revised(
    first.MESSAGE_CHANNEL_MESSAGE_ASSOCIATION,
    SYSTEM,
    kept(first.MESSAGE_CHANNEL_MESSAGE_ASSOCIATION, "messageExternalId", "messageThreadExternalId", "direction"),
    Uuid("messageChannelId", "The id of the mailbox in which the message lies.", label="Message Channel Id", nullable=True),
    kept(first.MESSAGE_CHANNEL_MESSAGE_ASSOCIATION, "message"),
    BelongsTo(
        "messageThread",
        "messageThread",
        "messageChannelMessageAssociations",
        "The conversation that the message is part of in this mailbox.",
        CASCADE,
        label="Message Thread Id",
    ),
)

MESSAGE_CHANNEL_MESSAGE_ASSOCIATION_MESSAGE_FOLDER = revised(
    Object(
        "messageChannelMessageAssociationMessageFolder",
        "messageChannelMessageAssociationMessageFolders",
        "Says in which folder of a mailbox a message lies; a message with several labels has several of these.",
        system=True,
        unique_together=(("messageChannelMessageAssociationId", "messageFolderId"),),
    ),
    SYSTEM,
    Uuid("messageFolderId", "The id of the folder.", label="Message Folder", required=True),
    BelongsTo(
        "messageChannelMessageAssociation",
        "messageChannelMessageAssociation",
        "messageFolders",
        "The message in its mailbox.",
        CASCADE,
    ),
)

MESSAGE_LIST = revised(
    Object(
        "messageList",
        "messageLists",
        "A list of people that messages are sent to; its members say who is on it.",
        label="List",
        label_plural="Lists",
        label_identifier="name",
        system=True,
        searchable=("name",),
    ),
    SYSTEM,
    Text("name", "What the list is called."),
)

MESSAGE_LIST_MEMBER = revised(
    Object(
        "messageListMember",
        "messageListMembers",
        "Says that a person is on a list; nobody is on it twice.",
        label="List Member",
        label_plural="List Members",
        system=True,
        unique_together=(("personId", "listId"),),
    ),
    SYSTEM,
    BelongsTo("list", "messageList", "members", "The list that the person is on.", CASCADE),
    BelongsTo("person", "person", "listMemberships", "Who is on the list.", CASCADE),
)

MESSAGE_PARTICIPANT = revised(
    first.MESSAGE_PARTICIPANT,
    SYSTEM,
    kept_but(first.MESSAGE_PARTICIPANT, "role", options=("FROM", "TO", "CC", "BCC", "REPLY_TO"), default="FROM"),
    kept(first.MESSAGE_PARTICIPANT, "handle", "displayName"),
    BelongsTo(
        "messageCampaign",
        "messageCampaign",
        "recipients",
        "The campaign by which the address was written to, if it was one.",
        label="Campaign",
    ),
    kept(first.MESSAGE_PARTICIPANT, "message", "person", "workspaceMember"),
)

MESSAGE_THREAD = revised(
    first.MESSAGE_THREAD,
    SYSTEM,
    Text("subject", "The subject line of the conversation."),
    label_identifier="subject",
)

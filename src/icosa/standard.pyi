# Made by `icosa stubs`; what is changed by hand is lost when it is made again.
# ruff: noqa
# fmt: off
"""The 36 objects that every workspace has, typed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Required, TypedDict, Unpack
from uuid import UUID

from icosa.client.asynchronous import AsyncClient as _AsyncClient
from icosa.client.blocking import Client as _Client
from icosa.client.typed import (
    AsyncConnect, AsyncResourceOf, Connect, Deleted, Depth, RecordLike, RecordsLike, ResourceOf,
)
from icosa.secret import Secret

CalendarChannelSyncStatus = Literal[
    "ONGOING", "NOT_SYNCED", "ACTIVE", "FAILED_INSUFFICIENT_PERMISSIONS", "FAILED_UNKNOWN",
]
CalendarChannelSyncStage = Literal[
    "FULL_CALENDAR_EVENT_LIST_FETCH_PENDING", "PARTIAL_CALENDAR_EVENT_LIST_FETCH_PENDING",
    "CALENDAR_EVENT_LIST_FETCH_ONGOING", "CALENDAR_EVENTS_IMPORT_PENDING", "CALENDAR_EVENTS_IMPORT_ONGOING", "FAILED",
]
CalendarChannelVisibility = Literal["METADATA", "SHARE_EVERYTHING"]
CalendarChannelContactAutoCreationPolicy = Literal[
    "AS_PARTICIPANT_AND_ORGANIZER", "AS_PARTICIPANT", "AS_ORGANIZER", "NONE",
]
CalendarEventParticipantResponseStatus = Literal["NEEDS_ACTION", "DECLINED", "TENTATIVE", "ACCEPTED"]
MessageChannelMessageAssociationDirection = Literal["INCOMING", "OUTGOING"]
MessageChannelSyncStage = Literal[
    "FULL_MESSAGE_LIST_FETCH_PENDING", "PARTIAL_MESSAGE_LIST_FETCH_PENDING", "MESSAGE_LIST_FETCH_ONGOING",
    "MESSAGES_IMPORT_PENDING", "MESSAGES_IMPORT_ONGOING", "FAILED",
]
MessageChannelSyncStatus = Literal[
    "ONGOING", "NOT_SYNCED", "ACTIVE", "FAILED_INSUFFICIENT_PERMISSIONS", "FAILED_UNKNOWN",
]
MessageChannelContactAutoCreationPolicy = Literal["SENT_AND_RECEIVED", "SENT", "NONE"]
MessageChannelType = Literal["email", "sms"]
MessageChannelVisibility = Literal["METADATA", "SUBJECT", "SHARE_EVERYTHING"]
MessageParticipantRole = Literal["from", "to", "cc", "bcc"]
OpportunityStage = Literal["NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER"]
TaskStatus = Literal["TODO", "IN_PROGRESS", "DONE"]
ViewFieldAggregateOperation = Literal[
    "AVG", "COUNT", "MAX", "MIN", "SUM", "COUNT_EMPTY", "COUNT_NOT_EMPTY", "COUNT_UNIQUE_VALUES", "PERCENTAGE_EMPTY",
    "PERCENTAGE_NOT_EMPTY", "COUNT_TRUE", "COUNT_FALSE",
]
ViewFilterGroupLogicalOperator = Literal["AND", "OR", "NOT"]
ViewKanbanAggregateOperation = Literal[
    "AVG", "COUNT", "MAX", "MIN", "SUM", "COUNT_EMPTY", "COUNT_NOT_EMPTY", "COUNT_UNIQUE_VALUES", "PERCENTAGE_EMPTY",
    "PERCENTAGE_NOT_EMPTY", "COUNT_TRUE", "COUNT_FALSE",
]
ViewKeyOption = Literal["INDEX"]
ViewOpenRecordIn = Literal["SIDE_PANEL", "RECORD_PAGE"]
WorkflowAutomatedTriggerType = Literal["DATABASE_EVENT", "CRON"]
WorkflowRunStatus = Literal["NOT_STARTED", "RUNNING", "COMPLETED", "FAILED"]
WorkflowStatuses = Literal["DRAFT", "ACTIVE", "DEACTIVATED"]
WorkflowVersionStatus = Literal["DRAFT", "ACTIVE", "DEACTIVATED", "ARCHIVED"]
WorkspaceMemberTimeFormat = Literal["SYSTEM", "HOUR_24", "HOUR_12"]
WorkspaceMemberDateFormat = Literal["SYSTEM", "MONTH_FIRST", "DAY_FIRST", "YEAR_FIRST"]
ActorSource = Literal["EMAIL", "CALENDAR", "WORKFLOW", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK"]

class Actor(TypedDict):
    """A value of type ACTOR, as it is read."""

    source: ActorSource
    workspaceMemberId: str | None
    name: str

class ActorInput(TypedDict, total=False):
    """A value of type ACTOR, as it is given."""

    source: ActorSource

class Address(TypedDict):
    """A value of type ADDRESS, as it is read."""

    addressStreet1: str | None
    addressStreet2: str | None
    addressCity: str | None
    addressPostcode: str | None
    addressState: str | None
    addressCountry: str | None
    addressLat: str | None
    addressLng: str | None

class AddressInput(TypedDict, total=False):
    """A value of type ADDRESS, as it is given."""

    addressStreet1: str | None
    addressStreet2: str | None
    addressCity: str | None
    addressPostcode: str | None
    addressState: str | None
    addressCountry: str | None
    addressLat: str | float | Decimal | None
    addressLng: str | float | Decimal | None

class Currency(TypedDict):
    """A value of type CURRENCY, as it is read."""

    amountMicros: str | None
    currencyCode: str | None

class CurrencyInput(TypedDict, total=False):
    """A value of type CURRENCY, as it is given."""

    amountMicros: str | float | Decimal | None
    currencyCode: str | None

class Emails(TypedDict):
    """A value of type EMAILS, as it is read."""

    primaryEmail: str | None
    additionalEmails: list[str] | None

class EmailsInput(TypedDict, total=False):
    """A value of type EMAILS, as it is given."""

    primaryEmail: str | None
    additionalEmails: Sequence[str] | None

class FullName(TypedDict):
    """A value of type FULL_NAME, as it is read."""

    firstName: str | None
    lastName: str | None

class FullNameInput(TypedDict, total=False):
    """A value of type FULL_NAME, as it is given."""

    firstName: str | None
    lastName: str | None

class Links(TypedDict):
    """A value of type LINKS, as it is read."""

    primaryLinkLabel: str | None
    primaryLinkUrl: str | None
    secondaryLinks: list[dict[str, Any]]

class LinksInput(TypedDict, total=False):
    """A value of type LINKS, as it is given."""

    primaryLinkLabel: str | None
    primaryLinkUrl: str | None
    secondaryLinks: Sequence[Mapping[str, Any]] | None

class Phones(TypedDict):
    """A value of type PHONES, as it is read."""

    primaryPhoneNumber: str | None
    primaryPhoneCountryCode: str | None
    primaryPhoneCallingCode: str | None
    additionalPhones: list[dict[str, Any]] | None

class PhonesInput(TypedDict, total=False):
    """A value of type PHONES, as it is given."""

    primaryPhoneNumber: str | None
    primaryPhoneCountryCode: str | None
    primaryPhoneCallingCode: str | None
    additionalPhones: Sequence[str | Mapping[str, Any]] | None

class RichTextV2(TypedDict):
    """A value of type RICH_TEXT_V2, as it is read."""

    blocknote: str | None
    markdown: str | None

class RichTextV2Input(TypedDict, total=False):
    """A value of type RICH_TEXT_V2, as it is given."""

    blocknote: str | None
    markdown: str | None

class ApiKey(TypedDict):
    """A credential with which a program calls this API; its token is shown once, when it is made, and cannot be read
    back.
    """

    id: str
    revokedAt: str | None
    """The moment from which the key is refused, whatever its expiry; null while it is in force."""
    expiresAt: str
    """Until when the key is accepted, in ISO 8601; there is no default, so every new key states it."""
    name: str
    """Which program the key is for; records that the program creates bear this name in createdBy."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ApiKeyDepth1(ApiKey):
    """A record of Api Keys, with its relations as depth 1 gives them."""


class ApiKeyDepth2(ApiKey):
    """A record of Api Keys, with its relations as depth 2 gives them."""


class ApiKeyInput(TypedDict, total=False):
    """What a record of Api Keys is created from, by names of the wire."""

    id: str | UUID
    revokedAt: str | datetime | date | None
    expiresAt: Required[str | datetime | date]
    name: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ApiKeyPart(TypedDict, total=False):
    """Any fields of a record of Api Keys, by names of the wire."""

    id: str | UUID
    revokedAt: str | datetime | date | None
    expiresAt: str | datetime | date
    name: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ApiKeyUpdate(TypedDict, total=False):
    """What can be changed of a record of Api Keys, as keywords."""

    revoked_at: str | datetime | date | None
    expires_at: str | datetime | date
    name: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ApiKeyCreate(TypedDict, total=False):
    """What a record of Api Keys is created from, as keywords."""

    id: str | UUID
    revoked_at: str | datetime | date | None
    expires_at: Required[str | datetime | date]
    name: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

ApiKeyKey = Literal["id", "revokedAt", "expiresAt", "name", "createdAt", "updatedAt", "deletedAt"]

class ApiKeys(ResourceOf[ApiKey, ApiKeyDepth1, ApiKeyDepth2, ApiKeyInput, ApiKeyPart, ApiKeyKey]):
    """The records of Api Keys."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ApiKeyCreate],
    ) -> ApiKeyDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ApiKeyPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ApiKeyUpdate],
    ) -> ApiKeyDepth1: ...
    def upsert(
        self,
        record: ApiKeyPart | None = None,
        /,
        *,
        key: ApiKeyKey,
        depth: Depth | None = None,
        **fields: Unpack[ApiKeyUpdate],
    ) -> ApiKeyDepth1: ...

class AsyncApiKeys(AsyncResourceOf[ApiKey, ApiKeyDepth1, ApiKeyDepth2, ApiKeyInput, ApiKeyPart, ApiKeyKey]):
    """The records of Api Keys."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ApiKeyCreate],
    ) -> ApiKeyDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ApiKeyPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ApiKeyUpdate],
    ) -> ApiKeyDepth1: ...
    async def upsert(
        self,
        record: ApiKeyPart | None = None,
        /,
        *,
        key: ApiKeyKey,
        depth: Depth | None = None,
        **fields: Unpack[ApiKeyUpdate],
    ) -> ApiKeyDepth1: ...

class Attachment(TypedDict):
    """A file that was added to a customer, a deal, a note or a task; the record says where the file lies and does
    not hold it.
    """

    id: str
    noteId: str | None
    taskId: str | None
    authorId: str | None
    name: str
    """The file's name with its ending, as colleagues see it, such as offer.pdf."""
    type: str
    """A rough kind of file, such as Image, Spreadsheet or TextDocument, by which an icon is chosen."""
    fullPath: str
    """Where the file lies in the file store, such as attachment/offer.pdf."""
    opportunityId: str | None
    companyId: str | None
    personId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class AttachmentDepth1(Attachment):
    """A record of Attachments, with its relations as depth 1 gives them."""

    note: Note | None
    """The note that the file was added to, if it was a note."""
    task: Task | None
    """The task that the file was added to, if it was a task."""
    author: WorkspaceMember | None
    """The colleague who added the file."""
    opportunity: Opportunity | None
    """The deal that the file was added to, if it was a deal."""
    company: Company | None
    """The company that the file was added to, if it was a company."""
    person: Person | None
    """The person that the file was added to, if it was a person."""

class AttachmentDepth2(Attachment):
    """A record of Attachments, with its relations as depth 2 gives them."""

    note: NoteDepth1 | None
    task: TaskDepth1 | None
    author: WorkspaceMemberDepth1 | None
    opportunity: OpportunityDepth1 | None
    company: CompanyDepth1 | None
    person: PersonDepth1 | None

class AttachmentInput(TypedDict, total=False):
    """What a record of Attachments is created from, by names of the wire."""

    id: str | UUID
    noteId: str | UUID | None
    taskId: str | UUID | None
    authorId: str | UUID | None
    name: str
    type: str
    fullPath: str
    opportunityId: str | UUID | None
    companyId: str | UUID | None
    personId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class AttachmentUpdate(TypedDict, total=False):
    """What can be changed of a record of Attachments, as keywords."""

    note_id: str | UUID | None
    task_id: str | UUID | None
    author_id: str | UUID | None
    name: str
    type: str
    full_path: str
    opportunity_id: str | UUID | None
    company_id: str | UUID | None
    person_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class AttachmentCreate(AttachmentUpdate, total=False):
    """What a record of Attachments is created from, as keywords."""

    id: str | UUID

AttachmentKey = Literal[
    "id", "noteId", "taskId", "authorId", "name", "type", "fullPath", "opportunityId", "companyId", "personId",
    "createdAt", "updatedAt", "deletedAt",
]

class Attachments(ResourceOf[Attachment, AttachmentDepth1, AttachmentDepth2, AttachmentInput, AttachmentInput, AttachmentKey]):
    """The records of Attachments."""

    def create_one(
        self,
        record: AttachmentInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[AttachmentCreate],
    ) -> AttachmentDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: AttachmentInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[AttachmentUpdate],
    ) -> AttachmentDepth1: ...
    def upsert(
        self,
        record: AttachmentInput | None = None,
        /,
        *,
        key: AttachmentKey,
        depth: Depth | None = None,
        **fields: Unpack[AttachmentCreate],
    ) -> AttachmentDepth1: ...

class AsyncAttachments(AsyncResourceOf[Attachment, AttachmentDepth1, AttachmentDepth2, AttachmentInput, AttachmentInput, AttachmentKey]):
    """The records of Attachments."""

    async def create_one(
        self,
        record: AttachmentInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[AttachmentCreate],
    ) -> AttachmentDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: AttachmentInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[AttachmentUpdate],
    ) -> AttachmentDepth1: ...
    async def upsert(
        self,
        record: AttachmentInput | None = None,
        /,
        *,
        key: AttachmentKey,
        depth: Depth | None = None,
        **fields: Unpack[AttachmentCreate],
    ) -> AttachmentDepth1: ...

class Blocklist(TypedDict):
    """An address or a whole domain whose messages and events a member keeps out of the workspace."""

    id: str
    handle: str
    """The e-mail address to ignore, or a domain with a leading @ (@example.com) to ignore all of it."""
    workspaceMemberId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class BlocklistDepth1(Blocklist):
    """A record of Blocklists, with its relations as depth 1 gives them."""

    workspaceMember: WorkspaceMember | None
    """The member to whose mailboxes and calendars the entry applies."""

class BlocklistDepth2(Blocklist):
    """A record of Blocklists, with its relations as depth 2 gives them."""

    workspaceMember: WorkspaceMemberDepth1 | None

class BlocklistInput(TypedDict, total=False):
    """What a record of Blocklists is created from, by names of the wire."""

    id: str | UUID
    handle: str
    workspaceMemberId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class BlocklistUpdate(TypedDict, total=False):
    """What can be changed of a record of Blocklists, as keywords."""

    handle: str
    workspace_member_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class BlocklistCreate(BlocklistUpdate, total=False):
    """What a record of Blocklists is created from, as keywords."""

    id: str | UUID

BlocklistKey = Literal["id", "handle", "workspaceMemberId", "createdAt", "updatedAt", "deletedAt"]

class Blocklists(ResourceOf[Blocklist, BlocklistDepth1, BlocklistDepth2, BlocklistInput, BlocklistInput, BlocklistKey]):
    """The records of Blocklists."""

    def create_one(
        self,
        record: BlocklistInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[BlocklistCreate],
    ) -> BlocklistDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: BlocklistInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[BlocklistUpdate],
    ) -> BlocklistDepth1: ...
    def upsert(
        self,
        record: BlocklistInput | None = None,
        /,
        *,
        key: BlocklistKey,
        depth: Depth | None = None,
        **fields: Unpack[BlocklistCreate],
    ) -> BlocklistDepth1: ...

class AsyncBlocklists(AsyncResourceOf[Blocklist, BlocklistDepth1, BlocklistDepth2, BlocklistInput, BlocklistInput, BlocklistKey]):
    """The records of Blocklists."""

    async def create_one(
        self,
        record: BlocklistInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[BlocklistCreate],
    ) -> BlocklistDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: BlocklistInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[BlocklistUpdate],
    ) -> BlocklistDepth1: ...
    async def upsert(
        self,
        record: BlocklistInput | None = None,
        /,
        *,
        key: BlocklistKey,
        depth: Depth | None = None,
        **fields: Unpack[BlocklistCreate],
    ) -> BlocklistDepth1: ...

class CalendarChannelEventAssociation(TypedDict):
    """Ties an event to a calendar in which it was found; an event that two calendars hold has two of these."""

    id: str
    recurringEventExternalId: str
    """The provider's id of the series that the event is one occurrence of; empty for an event of its own."""
    calendarEventId: str | None
    calendarChannelId: str | None
    eventExternalId: str
    """The id that the provider gave the event in this calendar."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class CalendarChannelEventAssociationDepth1(CalendarChannelEventAssociation):
    """A record of Calendar Channel Event Associations, with its relations as depth 1 gives them."""

    calendarEvent: CalendarEvent | None
    """The event that was found."""
    calendarChannel: CalendarChannel | None
    """The calendar it was found in."""

class CalendarChannelEventAssociationDepth2(CalendarChannelEventAssociation):
    """A record of Calendar Channel Event Associations, with its relations as depth 2 gives them."""

    calendarEvent: CalendarEventDepth1 | None
    calendarChannel: CalendarChannelDepth1 | None

class CalendarChannelEventAssociationInput(TypedDict, total=False):
    """What a record of Calendar Channel Event Associations is created from, by names of the wire."""

    id: str | UUID
    recurringEventExternalId: str
    calendarEventId: str | UUID | None
    calendarChannelId: str | UUID | None
    eventExternalId: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class CalendarChannelEventAssociationUpdate(TypedDict, total=False):
    """What can be changed of a record of Calendar Channel Event Associations, as keywords."""

    recurring_event_external_id: str
    calendar_event_id: str | UUID | None
    calendar_channel_id: str | UUID | None
    event_external_id: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class CalendarChannelEventAssociationCreate(CalendarChannelEventAssociationUpdate, total=False):
    """What a record of Calendar Channel Event Associations is created from, as keywords."""

    id: str | UUID

CalendarChannelEventAssociationKey = Literal[
    "id", "recurringEventExternalId", "calendarEventId", "calendarChannelId", "eventExternalId", "createdAt",
    "updatedAt", "deletedAt",
]

class CalendarChannelEventAssociations(ResourceOf[CalendarChannelEventAssociation, CalendarChannelEventAssociationDepth1, CalendarChannelEventAssociationDepth2, CalendarChannelEventAssociationInput, CalendarChannelEventAssociationInput, CalendarChannelEventAssociationKey]):
    """The records of Calendar Channel Event Associations."""

    def create_one(
        self,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarChannelEventAssociationCreate],
    ) -> CalendarChannelEventAssociationDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelEventAssociationUpdate],
    ) -> CalendarChannelEventAssociationDepth1: ...
    def upsert(
        self,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        key: CalendarChannelEventAssociationKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelEventAssociationCreate],
    ) -> CalendarChannelEventAssociationDepth1: ...

class AsyncCalendarChannelEventAssociations(AsyncResourceOf[CalendarChannelEventAssociation, CalendarChannelEventAssociationDepth1, CalendarChannelEventAssociationDepth2, CalendarChannelEventAssociationInput, CalendarChannelEventAssociationInput, CalendarChannelEventAssociationKey]):
    """The records of Calendar Channel Event Associations."""

    async def create_one(
        self,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarChannelEventAssociationCreate],
    ) -> CalendarChannelEventAssociationDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelEventAssociationUpdate],
    ) -> CalendarChannelEventAssociationDepth1: ...
    async def upsert(
        self,
        record: CalendarChannelEventAssociationInput | None = None,
        /,
        *,
        key: CalendarChannelEventAssociationKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelEventAssociationCreate],
    ) -> CalendarChannelEventAssociationDepth1: ...

class CalendarChannel(TypedDict):
    """One calendar of a connected account: what is taken from it, who may see it, and how far the synchronisation
    has come.
    """

    id: str
    handle: str
    """How the provider names the calendar, usually the e-mail address of its owner."""
    syncStatus: CalendarChannelSyncStatus | None
    """How synchronisation stands: running, never done, up to date, refused by the provider, or failed; null before
    it is set up.
    """
    syncStage: CalendarChannelSyncStage
    """The step that comes next or is running: list every event, list what changed, or import what was listed."""
    visibility: CalendarChannelVisibility
    """What colleagues see of the events: all of it, or with METADATA only when they are and who takes part."""
    isContactAutoCreationEnabled: bool
    """Whether unknown participants of the events become people of the workspace by themselves."""
    contactAutoCreationPolicy: CalendarChannelContactAutoCreationPolicy
    """From which events unknown participants are taken: those the owner attends, those the owner organises, both, or
    none.
    """
    isSyncEnabled: bool
    """Whether events are fetched from the calendar at all; false pauses it."""
    syncCursor: str
    """The provider's marker up to which changes were read; when empty, everything is read again."""
    syncedAt: str | None
    """When a synchronisation was last completed; null if none was."""
    syncStageStartedAt: str | None
    """When the running step began; one that began long ago is stuck."""
    throttleFailureCount: float
    """How many attempts in a row the provider turned away as too many; the pause before the next one grows with it."""
    connectedAccountId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class CalendarChannelDepth1(CalendarChannel):
    """A record of Calendar Channels, with its relations as depth 1 gives them."""

    connectedAccount: ConnectedAccount | None
    """The account that the calendar is part of and through which it is read."""
    calendarChannelEventAssociations: list[CalendarChannelEventAssociation]

class CalendarChannelDepth2(CalendarChannel):
    """A record of Calendar Channels, with its relations as depth 2 gives them."""

    connectedAccount: ConnectedAccountDepth1 | None
    calendarChannelEventAssociations: list[CalendarChannelEventAssociationDepth1]

class CalendarChannelInput(TypedDict, total=False):
    """What a record of Calendar Channels is created from, by names of the wire."""

    id: str | UUID
    handle: str
    syncStatus: CalendarChannelSyncStatus | None
    syncStage: CalendarChannelSyncStage
    visibility: CalendarChannelVisibility
    isContactAutoCreationEnabled: bool
    contactAutoCreationPolicy: CalendarChannelContactAutoCreationPolicy
    isSyncEnabled: bool
    syncCursor: str
    syncedAt: str | datetime | date | None
    syncStageStartedAt: str | datetime | date | None
    throttleFailureCount: float
    connectedAccountId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class CalendarChannelUpdate(TypedDict, total=False):
    """What can be changed of a record of Calendar Channels, as keywords."""

    handle: str
    sync_status: CalendarChannelSyncStatus | None
    sync_stage: CalendarChannelSyncStage
    visibility: CalendarChannelVisibility
    is_contact_auto_creation_enabled: bool
    contact_auto_creation_policy: CalendarChannelContactAutoCreationPolicy
    is_sync_enabled: bool
    sync_cursor: str
    synced_at: str | datetime | date | None
    sync_stage_started_at: str | datetime | date | None
    throttle_failure_count: float
    connected_account_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class CalendarChannelCreate(CalendarChannelUpdate, total=False):
    """What a record of Calendar Channels is created from, as keywords."""

    id: str | UUID

CalendarChannelKey = Literal[
    "id", "handle", "syncStatus", "syncStage", "visibility", "contactAutoCreationPolicy", "syncCursor", "syncedAt",
    "syncStageStartedAt", "throttleFailureCount", "connectedAccountId", "createdAt", "updatedAt", "deletedAt",
]

class CalendarChannels(ResourceOf[CalendarChannel, CalendarChannelDepth1, CalendarChannelDepth2, CalendarChannelInput, CalendarChannelInput, CalendarChannelKey]):
    """The records of Calendar Channels."""

    def create_one(
        self,
        record: CalendarChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarChannelCreate],
    ) -> CalendarChannelDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: CalendarChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelUpdate],
    ) -> CalendarChannelDepth1: ...
    def upsert(
        self,
        record: CalendarChannelInput | None = None,
        /,
        *,
        key: CalendarChannelKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelCreate],
    ) -> CalendarChannelDepth1: ...

class AsyncCalendarChannels(AsyncResourceOf[CalendarChannel, CalendarChannelDepth1, CalendarChannelDepth2, CalendarChannelInput, CalendarChannelInput, CalendarChannelKey]):
    """The records of Calendar Channels."""

    async def create_one(
        self,
        record: CalendarChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarChannelCreate],
    ) -> CalendarChannelDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: CalendarChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelUpdate],
    ) -> CalendarChannelDepth1: ...
    async def upsert(
        self,
        record: CalendarChannelInput | None = None,
        /,
        *,
        key: CalendarChannelKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarChannelCreate],
    ) -> CalendarChannelDepth1: ...

class CalendarEventParticipant(TypedDict):
    """Somebody who is invited to an event, tied to a person or a member where the address belongs to one."""

    id: str
    personId: str | None
    displayName: str
    """The participant's name as the invitation gives it; it may be empty."""
    isOrganizer: bool
    """Whether this participant called the event."""
    calendarEventId: str | None
    responseStatus: CalendarEventParticipantResponseStatus
    """The answer to the invitation: none yet, no, perhaps, or yes."""
    handle: str
    """The e-mail address that was invited; people and members are recognised by it."""
    workspaceMemberId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class CalendarEventParticipantDepth1(CalendarEventParticipant):
    """A record of Calendar Event Participants, with its relations as depth 1 gives them."""

    person: Person | None
    """The contact whose address this is, if it is one."""
    calendarEvent: CalendarEvent | None
    """The event to which the invitation was sent."""
    workspaceMember: WorkspaceMember | None
    """The colleague whose address this is, if it is one."""

class CalendarEventParticipantDepth2(CalendarEventParticipant):
    """A record of Calendar Event Participants, with its relations as depth 2 gives them."""

    person: PersonDepth1 | None
    calendarEvent: CalendarEventDepth1 | None
    workspaceMember: WorkspaceMemberDepth1 | None

class CalendarEventParticipantInput(TypedDict, total=False):
    """What a record of Calendar Event Participants is created from, by names of the wire."""

    id: str | UUID
    personId: str | UUID | None
    displayName: str
    isOrganizer: bool
    calendarEventId: str | UUID | None
    responseStatus: CalendarEventParticipantResponseStatus
    handle: str
    workspaceMemberId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class CalendarEventParticipantUpdate(TypedDict, total=False):
    """What can be changed of a record of Calendar Event Participants, as keywords."""

    person_id: str | UUID | None
    display_name: str
    is_organizer: bool
    calendar_event_id: str | UUID | None
    response_status: CalendarEventParticipantResponseStatus
    handle: str
    workspace_member_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class CalendarEventParticipantCreate(CalendarEventParticipantUpdate, total=False):
    """What a record of Calendar Event Participants is created from, as keywords."""

    id: str | UUID

CalendarEventParticipantKey = Literal[
    "id", "personId", "displayName", "calendarEventId", "responseStatus", "handle", "workspaceMemberId", "createdAt",
    "updatedAt", "deletedAt",
]

class CalendarEventParticipants(ResourceOf[CalendarEventParticipant, CalendarEventParticipantDepth1, CalendarEventParticipantDepth2, CalendarEventParticipantInput, CalendarEventParticipantInput, CalendarEventParticipantKey]):
    """The records of Calendar Event Participants."""

    def create_one(
        self,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarEventParticipantCreate],
    ) -> CalendarEventParticipantDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventParticipantUpdate],
    ) -> CalendarEventParticipantDepth1: ...
    def upsert(
        self,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        key: CalendarEventParticipantKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventParticipantCreate],
    ) -> CalendarEventParticipantDepth1: ...

class AsyncCalendarEventParticipants(AsyncResourceOf[CalendarEventParticipant, CalendarEventParticipantDepth1, CalendarEventParticipantDepth2, CalendarEventParticipantInput, CalendarEventParticipantInput, CalendarEventParticipantKey]):
    """The records of Calendar Event Participants."""

    async def create_one(
        self,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarEventParticipantCreate],
    ) -> CalendarEventParticipantDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventParticipantUpdate],
    ) -> CalendarEventParticipantDepth1: ...
    async def upsert(
        self,
        record: CalendarEventParticipantInput | None = None,
        /,
        *,
        key: CalendarEventParticipantKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventParticipantCreate],
    ) -> CalendarEventParticipantDepth1: ...

class CalendarEvent(TypedDict):
    """An appointment that was found in a synchronised calendar; one record, however many calendars hold it."""

    id: str
    conferenceLink: Links
    """Where to join by video or phone: the address and the text that is shown for it."""
    location: str
    """Where people meet, as the organiser wrote it: an address, a room, or a link."""
    iCalUID: str
    """The UID of the iCalendar standard, equal in every calendar that the event was sent to."""
    description: str
    """The agenda or invitation text; some providers write it as HTML."""
    externalUpdatedAt: str | None
    """When the event was last changed at the provider."""
    externalCreatedAt: str | None
    """When the event was entered at the provider."""
    endsAt: str | None
    """When it is over, in ISO 8601."""
    startsAt: str | None
    """When it begins, in ISO 8601."""
    isFullDay: bool
    """Whether it takes whole days, so that the clock times of its start and end mean nothing."""
    isCanceled: bool
    """Whether it was called off; the record stays."""
    title: str
    """The headline of the event."""
    conferenceSolution: str
    """The service that hosts the call, such as hangoutsMeet or teamsForBusiness."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class CalendarEventDepth1(CalendarEvent):
    """A record of Calendar Events, with its relations as depth 1 gives them."""

    calendarChannelEventAssociations: list[CalendarChannelEventAssociation]
    calendarEventParticipants: list[CalendarEventParticipant]

class CalendarEventDepth2(CalendarEvent):
    """A record of Calendar Events, with its relations as depth 2 gives them."""

    calendarChannelEventAssociations: list[CalendarChannelEventAssociationDepth1]
    calendarEventParticipants: list[CalendarEventParticipantDepth1]

class CalendarEventInput(TypedDict, total=False):
    """What a record of Calendar Events is created from, by names of the wire."""

    id: str | UUID
    conferenceLink: LinksInput | None
    location: str
    iCalUID: str
    description: str
    externalUpdatedAt: str | datetime | date | None
    externalCreatedAt: str | datetime | date | None
    endsAt: str | datetime | date | None
    startsAt: str | datetime | date | None
    isFullDay: bool
    isCanceled: bool
    title: str
    conferenceSolution: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class CalendarEventUpdate(TypedDict, total=False):
    """What can be changed of a record of Calendar Events, as keywords."""

    conference_link: LinksInput | None
    location: str
    i_cal_uid: str
    description: str
    external_updated_at: str | datetime | date | None
    external_created_at: str | datetime | date | None
    ends_at: str | datetime | date | None
    starts_at: str | datetime | date | None
    is_full_day: bool
    is_canceled: bool
    title: str
    conference_solution: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class CalendarEventCreate(CalendarEventUpdate, total=False):
    """What a record of Calendar Events is created from, as keywords."""

    id: str | UUID

CalendarEventKey = Literal[
    "id", "conferenceLink.primaryLinkLabel", "conferenceLink.primaryLinkUrl", "location", "iCalUID", "description",
    "externalUpdatedAt", "externalCreatedAt", "endsAt", "startsAt", "title", "conferenceSolution", "createdAt",
    "updatedAt", "deletedAt",
]

class CalendarEvents(ResourceOf[CalendarEvent, CalendarEventDepth1, CalendarEventDepth2, CalendarEventInput, CalendarEventInput, CalendarEventKey]):
    """The records of Calendar Events."""

    def create_one(
        self,
        record: CalendarEventInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarEventCreate],
    ) -> CalendarEventDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: CalendarEventInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventUpdate],
    ) -> CalendarEventDepth1: ...
    def upsert(
        self,
        record: CalendarEventInput | None = None,
        /,
        *,
        key: CalendarEventKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventCreate],
    ) -> CalendarEventDepth1: ...

class AsyncCalendarEvents(AsyncResourceOf[CalendarEvent, CalendarEventDepth1, CalendarEventDepth2, CalendarEventInput, CalendarEventInput, CalendarEventKey]):
    """The records of Calendar Events."""

    async def create_one(
        self,
        record: CalendarEventInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CalendarEventCreate],
    ) -> CalendarEventDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: CalendarEventInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventUpdate],
    ) -> CalendarEventDepth1: ...
    async def upsert(
        self,
        record: CalendarEventInput | None = None,
        /,
        *,
        key: CalendarEventKey,
        depth: Depth | None = None,
        **fields: Unpack[CalendarEventCreate],
    ) -> CalendarEventDepth1: ...

class Company(TypedDict):
    """An organisation one does business with, or would like to; its people, deals, notes and tasks hang on it."""

    id: str
    name: str
    """What the company is called; two companies of the same name are reported as duplicates."""
    domainName: Links
    """The company's web site; its address is unique among live companies."""
    employees: float | None
    """How many people work there, as a whole number; null if unknown."""
    linkedinLink: Links
    """The company's page on LinkedIn."""
    xLink: Links
    """The company's account on X, formerly Twitter."""
    annualRecurringRevenue: Currency
    """Income from running contracts in one year, in millionths of the currency unit (5000000 is 5.00) with its ISO
    4217 code.
    """
    address: Address
    """Where the company has its seat, in parts, with latitude and longitude in degrees."""
    idealCustomerProfile: bool
    """Whether this is the kind of customer one looks for."""
    position: float
    """Where the company stands in lists that are sorted by hand; the smaller number comes first."""
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    accountOwnerId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class CompanyDepth1(Company):
    """A record of Companies, with its relations as depth 1 gives them."""

    accountOwner: WorkspaceMember | None
    """The colleague who looks after the company."""
    attachments: list[Attachment]
    favorites: list[Favorite]
    noteTargets: list[NoteTarget]
    opportunities: list[Opportunity]
    people: list[Person]
    taskTargets: list[TaskTarget]
    timelineActivities: list[TimelineActivity]

class CompanyDepth2(Company):
    """A record of Companies, with its relations as depth 2 gives them."""

    accountOwner: WorkspaceMemberDepth1 | None
    attachments: list[AttachmentDepth1]
    favorites: list[FavoriteDepth1]
    noteTargets: list[NoteTargetDepth1]
    opportunities: list[OpportunityDepth1]
    people: list[PersonDepth1]
    taskTargets: list[TaskTargetDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class CompanyInput(TypedDict, total=False):
    """What a record of Companies is created from, by names of the wire."""

    id: str | UUID
    name: str
    domainName: LinksInput | None
    employees: float | None
    linkedinLink: LinksInput | None
    xLink: LinksInput | None
    annualRecurringRevenue: CurrencyInput | None
    address: AddressInput | None
    idealCustomerProfile: bool
    position: float | Literal["first", "last"]
    createdBy: ActorInput | None
    accountOwnerId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class CompanyUpdate(TypedDict, total=False):
    """What can be changed of a record of Companies, as keywords."""

    name: str
    domain_name: LinksInput | None
    employees: float | None
    linkedin_link: LinksInput | None
    x_link: LinksInput | None
    annual_recurring_revenue: CurrencyInput | None
    address: AddressInput | None
    ideal_customer_profile: bool
    position: float | Literal["first", "last"]
    created_by: ActorInput | None
    account_owner_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class CompanyCreate(CompanyUpdate, total=False):
    """What a record of Companies is created from, as keywords."""

    id: str | UUID

CompanyKey = Literal[
    "id", "name", "domainName.primaryLinkLabel", "domainName.primaryLinkUrl", "employees",
    "linkedinLink.primaryLinkLabel", "linkedinLink.primaryLinkUrl", "xLink.primaryLinkLabel", "xLink.primaryLinkUrl",
    "annualRecurringRevenue.amountMicros", "annualRecurringRevenue.currencyCode", "address.addressStreet1",
    "address.addressStreet2", "address.addressCity", "address.addressPostcode", "address.addressState",
    "address.addressCountry", "address.addressLat", "address.addressLng", "position", "createdBy.source",
    "createdBy.workspaceMemberId", "createdBy.name", "accountOwnerId", "createdAt", "updatedAt", "deletedAt",
]

class Companies(ResourceOf[Company, CompanyDepth1, CompanyDepth2, CompanyInput, CompanyInput, CompanyKey]):
    """The records of Companies."""

    def create_one(
        self,
        record: CompanyInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CompanyCreate],
    ) -> CompanyDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: CompanyInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CompanyUpdate],
    ) -> CompanyDepth1: ...
    def upsert(
        self,
        record: CompanyInput | None = None,
        /,
        *,
        key: CompanyKey,
        depth: Depth | None = None,
        **fields: Unpack[CompanyCreate],
    ) -> CompanyDepth1: ...

class AsyncCompanies(AsyncResourceOf[Company, CompanyDepth1, CompanyDepth2, CompanyInput, CompanyInput, CompanyKey]):
    """The records of Companies."""

    async def create_one(
        self,
        record: CompanyInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[CompanyCreate],
    ) -> CompanyDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: CompanyInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[CompanyUpdate],
    ) -> CompanyDepth1: ...
    async def upsert(
        self,
        record: CompanyInput | None = None,
        /,
        *,
        key: CompanyKey,
        depth: Depth | None = None,
        **fields: Unpack[CompanyCreate],
    ) -> CompanyDepth1: ...

class ConnectedAccount(TypedDict):
    """A member's account at a mail or calendar provider, with the tokens that let the workspace read from it."""

    id: str
    handle: str
    """The address this account is known by: an e-mail address, a user name or a phone number."""
    provider: str
    """Who runs the account, such as google or microsoft."""
    accessToken: str
    """The short-lived token that is sent with each call to the provider; kept encrypted."""
    refreshToken: str
    """The long-lived token that a new access token is obtained with; kept encrypted."""
    lastSyncHistoryId: str
    """The provider's marker of the newest change that was read; the next run goes on from there."""
    authFailedAt: str | None
    """When the provider refused the tokens, after which the owner has to sign in again; null while they work."""
    handleAliases: str
    """Other addresses whose mail arrives in this account, separated by commas."""
    scopes: list[str] | None
    """The permissions that the owner granted, as the provider names them, such as ["mail.read"]."""
    accountOwnerId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ConnectedAccountDepth1(ConnectedAccount):
    """A record of Connected Accounts, with its relations as depth 1 gives them."""

    accountOwner: WorkspaceMember | None
    """The member whose account it is; it goes when the member goes."""
    calendarChannels: list[CalendarChannel]
    messageChannels: list[MessageChannel]

class ConnectedAccountDepth2(ConnectedAccount):
    """A record of Connected Accounts, with its relations as depth 2 gives them."""

    accountOwner: WorkspaceMemberDepth1 | None
    calendarChannels: list[CalendarChannelDepth1]
    messageChannels: list[MessageChannelDepth1]

class ConnectedAccountInput(TypedDict, total=False):
    """What a record of Connected Accounts is created from, by names of the wire."""

    id: str | UUID
    handle: str
    provider: str
    accessToken: str | Secret
    refreshToken: str | Secret
    lastSyncHistoryId: str
    authFailedAt: str | datetime | date | None
    handleAliases: str
    scopes: Sequence[str] | None
    accountOwnerId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ConnectedAccountUpdate(TypedDict, total=False):
    """What can be changed of a record of Connected Accounts, as keywords."""

    handle: str
    provider: str
    access_token: str | Secret
    refresh_token: str | Secret
    last_sync_history_id: str
    auth_failed_at: str | datetime | date | None
    handle_aliases: str
    scopes: Sequence[str] | None
    account_owner_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ConnectedAccountCreate(ConnectedAccountUpdate, total=False):
    """What a record of Connected Accounts is created from, as keywords."""

    id: str | UUID

ConnectedAccountKey = Literal[
    "id", "handle", "provider", "lastSyncHistoryId", "authFailedAt", "handleAliases", "accountOwnerId", "createdAt",
    "updatedAt", "deletedAt",
]

class ConnectedAccounts(ResourceOf[ConnectedAccount, ConnectedAccountDepth1, ConnectedAccountDepth2, ConnectedAccountInput, ConnectedAccountInput, ConnectedAccountKey]):
    """The records of Connected Accounts."""

    def create_one(
        self,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ConnectedAccountCreate],
    ) -> ConnectedAccountDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ConnectedAccountUpdate],
    ) -> ConnectedAccountDepth1: ...
    def upsert(
        self,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        key: ConnectedAccountKey,
        depth: Depth | None = None,
        **fields: Unpack[ConnectedAccountCreate],
    ) -> ConnectedAccountDepth1: ...

class AsyncConnectedAccounts(AsyncResourceOf[ConnectedAccount, ConnectedAccountDepth1, ConnectedAccountDepth2, ConnectedAccountInput, ConnectedAccountInput, ConnectedAccountKey]):
    """The records of Connected Accounts."""

    async def create_one(
        self,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ConnectedAccountCreate],
    ) -> ConnectedAccountDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ConnectedAccountUpdate],
    ) -> ConnectedAccountDepth1: ...
    async def upsert(
        self,
        record: ConnectedAccountInput | None = None,
        /,
        *,
        key: ConnectedAccountKey,
        depth: Depth | None = None,
        **fields: Unpack[ConnectedAccountCreate],
    ) -> ConnectedAccountDepth1: ...

class FavoriteFolder(TypedDict):
    """A folder of the side menu in which shortcuts are kept together."""

    id: str
    position: float
    """Where the folder stands among the folders; the smaller number comes first."""
    name: str
    """The folder's title in the menu."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class FavoriteFolderDepth1(FavoriteFolder):
    """A record of Favorite Folders, with its relations as depth 1 gives them."""

    favorites: list[Favorite]

class FavoriteFolderDepth2(FavoriteFolder):
    """A record of Favorite Folders, with its relations as depth 2 gives them."""

    favorites: list[FavoriteDepth1]

class FavoriteFolderInput(TypedDict, total=False):
    """What a record of Favorite Folders is created from, by names of the wire."""

    id: str | UUID
    position: float
    name: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class FavoriteFolderUpdate(TypedDict, total=False):
    """What can be changed of a record of Favorite Folders, as keywords."""

    position: float
    name: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class FavoriteFolderCreate(FavoriteFolderUpdate, total=False):
    """What a record of Favorite Folders is created from, as keywords."""

    id: str | UUID

FavoriteFolderKey = Literal["id", "position", "name", "createdAt", "updatedAt", "deletedAt"]

class FavoriteFolders(ResourceOf[FavoriteFolder, FavoriteFolderDepth1, FavoriteFolderDepth2, FavoriteFolderInput, FavoriteFolderInput, FavoriteFolderKey]):
    """The records of Favorite Folders."""

    def create_one(
        self,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[FavoriteFolderCreate],
    ) -> FavoriteFolderDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteFolderUpdate],
    ) -> FavoriteFolderDepth1: ...
    def upsert(
        self,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        key: FavoriteFolderKey,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteFolderCreate],
    ) -> FavoriteFolderDepth1: ...

class AsyncFavoriteFolders(AsyncResourceOf[FavoriteFolder, FavoriteFolderDepth1, FavoriteFolderDepth2, FavoriteFolderInput, FavoriteFolderInput, FavoriteFolderKey]):
    """The records of Favorite Folders."""

    async def create_one(
        self,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[FavoriteFolderCreate],
    ) -> FavoriteFolderDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteFolderUpdate],
    ) -> FavoriteFolderDepth1: ...
    async def upsert(
        self,
        record: FavoriteFolderInput | None = None,
        /,
        *,
        key: FavoriteFolderKey,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteFolderCreate],
    ) -> FavoriteFolderDepth1: ...

class Favorite(TypedDict):
    """A shortcut in the side menu that leads to one record or view; exactly one of its targets is set."""

    id: str
    viewId: str | None
    noteId: str | None
    workflowRunId: str | None
    taskId: str | None
    workflowVersionId: str | None
    workflowId: str | None
    opportunityId: str | None
    favoriteFolderId: str | None
    companyId: str | None
    personId: str | None
    forWorkspaceMemberId: str | None
    position: float
    """Where it stands in its folder or menu; the smaller number comes first."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class FavoriteDepth1(Favorite):
    """A record of Favorites, with its relations as depth 1 gives them."""

    view: View | None
    """The view it leads to, if it is one."""
    note: Note | None
    """The note it leads to, if it is one."""
    workflowRun: WorkflowRun | None
    """The run of a workflow it leads to, if it is one."""
    task: Task | None
    """The task it leads to, if it is one."""
    workflowVersion: WorkflowVersion | None
    """The version of a workflow it leads to, if it is one."""
    workflow: Workflow | None
    """The workflow it leads to, if it is one."""
    opportunity: Opportunity | None
    """The deal it leads to, if it is one."""
    favoriteFolder: FavoriteFolder | None
    """The folder it lies in; null for the top of the menu."""
    company: Company | None
    """The company it leads to, if it is one."""
    person: Person | None
    """The person it leads to, if it is one."""
    forWorkspaceMember: WorkspaceMember | None
    """The colleague whose menu it is in; null for everybody's."""

class FavoriteDepth2(Favorite):
    """A record of Favorites, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None
    note: NoteDepth1 | None
    workflowRun: WorkflowRunDepth1 | None
    task: TaskDepth1 | None
    workflowVersion: WorkflowVersionDepth1 | None
    workflow: WorkflowDepth1 | None
    opportunity: OpportunityDepth1 | None
    favoriteFolder: FavoriteFolderDepth1 | None
    company: CompanyDepth1 | None
    person: PersonDepth1 | None
    forWorkspaceMember: WorkspaceMemberDepth1 | None

class FavoriteInput(TypedDict, total=False):
    """What a record of Favorites is created from, by names of the wire."""

    id: str | UUID
    viewId: str | UUID | None
    noteId: str | UUID | None
    workflowRunId: str | UUID | None
    taskId: str | UUID | None
    workflowVersionId: str | UUID | None
    workflowId: str | UUID | None
    opportunityId: str | UUID | None
    favoriteFolderId: str | UUID | None
    companyId: str | UUID | None
    personId: str | UUID | None
    forWorkspaceMemberId: str | UUID | None
    position: float
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class FavoriteUpdate(TypedDict, total=False):
    """What can be changed of a record of Favorites, as keywords."""

    view_id: str | UUID | None
    note_id: str | UUID | None
    workflow_run_id: str | UUID | None
    task_id: str | UUID | None
    workflow_version_id: str | UUID | None
    workflow_id: str | UUID | None
    opportunity_id: str | UUID | None
    favorite_folder_id: str | UUID | None
    company_id: str | UUID | None
    person_id: str | UUID | None
    for_workspace_member_id: str | UUID | None
    position: float
    created_at: str | datetime | date
    updated_at: str | datetime | date

class FavoriteCreate(FavoriteUpdate, total=False):
    """What a record of Favorites is created from, as keywords."""

    id: str | UUID

FavoriteKey = Literal[
    "id", "viewId", "noteId", "workflowRunId", "taskId", "workflowVersionId", "workflowId", "opportunityId",
    "favoriteFolderId", "companyId", "personId", "forWorkspaceMemberId", "position", "createdAt", "updatedAt",
    "deletedAt",
]

class Favorites(ResourceOf[Favorite, FavoriteDepth1, FavoriteDepth2, FavoriteInput, FavoriteInput, FavoriteKey]):
    """The records of Favorites."""

    def create_one(
        self,
        record: FavoriteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[FavoriteCreate],
    ) -> FavoriteDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: FavoriteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteUpdate],
    ) -> FavoriteDepth1: ...
    def upsert(
        self,
        record: FavoriteInput | None = None,
        /,
        *,
        key: FavoriteKey,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteCreate],
    ) -> FavoriteDepth1: ...

class AsyncFavorites(AsyncResourceOf[Favorite, FavoriteDepth1, FavoriteDepth2, FavoriteInput, FavoriteInput, FavoriteKey]):
    """The records of Favorites."""

    async def create_one(
        self,
        record: FavoriteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[FavoriteCreate],
    ) -> FavoriteDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: FavoriteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteUpdate],
    ) -> FavoriteDepth1: ...
    async def upsert(
        self,
        record: FavoriteInput | None = None,
        /,
        *,
        key: FavoriteKey,
        depth: Depth | None = None,
        **fields: Unpack[FavoriteCreate],
    ) -> FavoriteDepth1: ...

class MessageChannelMessageAssociation(TypedDict):
    """Ties a message to a mailbox in which it was found; a message between two colleagues has one for each of them."""

    id: str
    messageExternalId: str | None
    """The id that the provider gave the message in this mailbox."""
    messageChannelId: str | None
    messageId: str | None
    direction: MessageChannelMessageAssociationDirection
    """Whether the owner of the mailbox received the message or sent it."""
    messageThreadExternalId: str | None
    """The id that the provider gave the conversation in this mailbox."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageChannelMessageAssociationDepth1(MessageChannelMessageAssociation):
    """A record of Message Channel Message Associations, with its relations as depth 1 gives them."""

    messageChannel: MessageChannel | None
    """The mailbox in which the message lies."""
    message: Message | None
    """The message that was found; a mailbox holds it once."""

class MessageChannelMessageAssociationDepth2(MessageChannelMessageAssociation):
    """A record of Message Channel Message Associations, with its relations as depth 2 gives them."""

    messageChannel: MessageChannelDepth1 | None
    message: MessageDepth1 | None

class MessageChannelMessageAssociationInput(TypedDict, total=False):
    """What a record of Message Channel Message Associations is created from, by names of the wire."""

    id: str | UUID
    messageExternalId: str | None
    messageChannelId: str | UUID | None
    messageId: str | UUID | None
    direction: MessageChannelMessageAssociationDirection
    messageThreadExternalId: str | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageChannelMessageAssociationUpdate(TypedDict, total=False):
    """What can be changed of a record of Message Channel Message Associations, as keywords."""

    message_external_id: str | None
    message_channel_id: str | UUID | None
    message_id: str | UUID | None
    direction: MessageChannelMessageAssociationDirection
    message_thread_external_id: str | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageChannelMessageAssociationCreate(MessageChannelMessageAssociationUpdate, total=False):
    """What a record of Message Channel Message Associations is created from, as keywords."""

    id: str | UUID

MessageChannelMessageAssociationKey = Literal[
    "id", "messageExternalId", "messageChannelId", "messageId", "direction", "messageThreadExternalId", "createdAt",
    "updatedAt", "deletedAt",
]

class MessageChannelMessageAssociations(ResourceOf[MessageChannelMessageAssociation, MessageChannelMessageAssociationDepth1, MessageChannelMessageAssociationDepth2, MessageChannelMessageAssociationInput, MessageChannelMessageAssociationInput, MessageChannelMessageAssociationKey]):
    """The records of Message Channel Message Associations."""

    def create_one(
        self,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageChannelMessageAssociationCreate],
    ) -> MessageChannelMessageAssociationDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelMessageAssociationUpdate],
    ) -> MessageChannelMessageAssociationDepth1: ...
    def upsert(
        self,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        key: MessageChannelMessageAssociationKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelMessageAssociationCreate],
    ) -> MessageChannelMessageAssociationDepth1: ...

class AsyncMessageChannelMessageAssociations(AsyncResourceOf[MessageChannelMessageAssociation, MessageChannelMessageAssociationDepth1, MessageChannelMessageAssociationDepth2, MessageChannelMessageAssociationInput, MessageChannelMessageAssociationInput, MessageChannelMessageAssociationKey]):
    """The records of Message Channel Message Associations."""

    async def create_one(
        self,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageChannelMessageAssociationCreate],
    ) -> MessageChannelMessageAssociationDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelMessageAssociationUpdate],
    ) -> MessageChannelMessageAssociationDepth1: ...
    async def upsert(
        self,
        record: MessageChannelMessageAssociationInput | None = None,
        /,
        *,
        key: MessageChannelMessageAssociationKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelMessageAssociationCreate],
    ) -> MessageChannelMessageAssociationDepth1: ...

class MessageChannel(TypedDict):
    """One mailbox of a connected account: what is taken from it, who may see it, and how far the synchronisation has
    come.
    """

    id: str
    syncedAt: str | None
    """When a synchronisation was last completed; null if none was."""
    connectedAccountId: str | None
    throttleFailureCount: float
    """How many attempts in a row the provider turned away as too many; the pause before the next one grows with it."""
    syncStageStartedAt: str | None
    """When the running step began; one that began long ago is stuck."""
    syncStage: MessageChannelSyncStage
    """The step that comes next or is running: list every message, list what changed, or import what was listed."""
    syncStatus: MessageChannelSyncStatus | None
    """How synchronisation stands: running, never done, up to date, refused by the provider, or failed; null before
    it is set up.
    """
    syncCursor: str
    """The provider's marker up to which changes were read; when empty, everything is read again."""
    isSyncEnabled: bool
    """Whether messages are fetched from the mailbox at all; false pauses it."""
    excludeGroupEmails: bool
    """Whether mail from addresses that nobody in particular reads (team@, noreply@) is left out."""
    excludeNonProfessionalEmails: bool
    """Whether correspondents at free mail services are left out when contacts are made."""
    contactAutoCreationPolicy: MessageChannelContactAutoCreationPolicy
    """Which correspondents become people: those the owner wrote to, also those who wrote to the owner, or none."""
    isContactAutoCreationEnabled: bool
    """Whether unknown correspondents become people of the workspace by themselves."""
    type: MessageChannelType
    """What the channel carries: e-mail or text messages to a phone."""
    handle: str
    """The address that the channel receives at: an e-mail address or a phone number."""
    visibility: MessageChannelVisibility
    """What colleagues see of the messages: everything, who and when plus the subject, or with METADATA only who and
    when.
    """
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageChannelDepth1(MessageChannel):
    """A record of Message Channels, with its relations as depth 1 gives them."""

    connectedAccount: ConnectedAccount | None
    """The account that the mailbox is part of and through which it is read."""
    messageChannelMessageAssociations: list[MessageChannelMessageAssociation]
    messageFolders: list[MessageFolder]

class MessageChannelDepth2(MessageChannel):
    """A record of Message Channels, with its relations as depth 2 gives them."""

    connectedAccount: ConnectedAccountDepth1 | None
    messageChannelMessageAssociations: list[MessageChannelMessageAssociationDepth1]
    messageFolders: list[MessageFolderDepth1]

class MessageChannelInput(TypedDict, total=False):
    """What a record of Message Channels is created from, by names of the wire."""

    id: str | UUID
    syncedAt: str | datetime | date | None
    connectedAccountId: str | UUID | None
    throttleFailureCount: float
    syncStageStartedAt: str | datetime | date | None
    syncStage: MessageChannelSyncStage
    syncStatus: MessageChannelSyncStatus | None
    syncCursor: str
    isSyncEnabled: bool
    excludeGroupEmails: bool
    excludeNonProfessionalEmails: bool
    contactAutoCreationPolicy: MessageChannelContactAutoCreationPolicy
    isContactAutoCreationEnabled: bool
    type: MessageChannelType
    handle: str
    visibility: MessageChannelVisibility
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageChannelUpdate(TypedDict, total=False):
    """What can be changed of a record of Message Channels, as keywords."""

    synced_at: str | datetime | date | None
    connected_account_id: str | UUID | None
    throttle_failure_count: float
    sync_stage_started_at: str | datetime | date | None
    sync_stage: MessageChannelSyncStage
    sync_status: MessageChannelSyncStatus | None
    sync_cursor: str
    is_sync_enabled: bool
    exclude_group_emails: bool
    exclude_non_professional_emails: bool
    contact_auto_creation_policy: MessageChannelContactAutoCreationPolicy
    is_contact_auto_creation_enabled: bool
    type: MessageChannelType
    handle: str
    visibility: MessageChannelVisibility
    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageChannelCreate(MessageChannelUpdate, total=False):
    """What a record of Message Channels is created from, as keywords."""

    id: str | UUID

MessageChannelKey = Literal[
    "id", "syncedAt", "connectedAccountId", "throttleFailureCount", "syncStageStartedAt", "syncStage", "syncStatus",
    "syncCursor", "contactAutoCreationPolicy", "type", "handle", "visibility", "createdAt", "updatedAt", "deletedAt",
]

class MessageChannels(ResourceOf[MessageChannel, MessageChannelDepth1, MessageChannelDepth2, MessageChannelInput, MessageChannelInput, MessageChannelKey]):
    """The records of Message Channels."""

    def create_one(
        self,
        record: MessageChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageChannelCreate],
    ) -> MessageChannelDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelUpdate],
    ) -> MessageChannelDepth1: ...
    def upsert(
        self,
        record: MessageChannelInput | None = None,
        /,
        *,
        key: MessageChannelKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelCreate],
    ) -> MessageChannelDepth1: ...

class AsyncMessageChannels(AsyncResourceOf[MessageChannel, MessageChannelDepth1, MessageChannelDepth2, MessageChannelInput, MessageChannelInput, MessageChannelKey]):
    """The records of Message Channels."""

    async def create_one(
        self,
        record: MessageChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageChannelCreate],
    ) -> MessageChannelDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageChannelInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelUpdate],
    ) -> MessageChannelDepth1: ...
    async def upsert(
        self,
        record: MessageChannelInput | None = None,
        /,
        *,
        key: MessageChannelKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageChannelCreate],
    ) -> MessageChannelDepth1: ...

class MessageFolder(TypedDict):
    """A folder of a mailbox that is read on its own, where the provider counts changes folder by folder."""

    id: str
    messageChannelId: str | None
    name: str
    """What the provider calls the folder, such as inbox or sentitems."""
    syncCursor: str
    """The provider's marker up to which the folder was read; when empty, all of it is read again."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageFolderDepth1(MessageFolder):
    """A record of Message Folders, with its relations as depth 1 gives them."""

    messageChannel: MessageChannel | None
    """The mailbox in which the folder lies."""

class MessageFolderDepth2(MessageFolder):
    """A record of Message Folders, with its relations as depth 2 gives them."""

    messageChannel: MessageChannelDepth1 | None

class MessageFolderInput(TypedDict, total=False):
    """What a record of Message Folders is created from, by names of the wire."""

    id: str | UUID
    messageChannelId: str | UUID | None
    name: str
    syncCursor: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageFolderUpdate(TypedDict, total=False):
    """What can be changed of a record of Message Folders, as keywords."""

    message_channel_id: str | UUID | None
    name: str
    sync_cursor: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageFolderCreate(MessageFolderUpdate, total=False):
    """What a record of Message Folders is created from, as keywords."""

    id: str | UUID

MessageFolderKey = Literal["id", "messageChannelId", "name", "syncCursor", "createdAt", "updatedAt", "deletedAt"]

class MessageFolders(ResourceOf[MessageFolder, MessageFolderDepth1, MessageFolderDepth2, MessageFolderInput, MessageFolderInput, MessageFolderKey]):
    """The records of Message Folders."""

    def create_one(
        self,
        record: MessageFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageFolderCreate],
    ) -> MessageFolderDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageFolderUpdate],
    ) -> MessageFolderDepth1: ...
    def upsert(
        self,
        record: MessageFolderInput | None = None,
        /,
        *,
        key: MessageFolderKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageFolderCreate],
    ) -> MessageFolderDepth1: ...

class AsyncMessageFolders(AsyncResourceOf[MessageFolder, MessageFolderDepth1, MessageFolderDepth2, MessageFolderInput, MessageFolderInput, MessageFolderKey]):
    """The records of Message Folders."""

    async def create_one(
        self,
        record: MessageFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageFolderCreate],
    ) -> MessageFolderDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageFolderInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageFolderUpdate],
    ) -> MessageFolderDepth1: ...
    async def upsert(
        self,
        record: MessageFolderInput | None = None,
        /,
        *,
        key: MessageFolderKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageFolderCreate],
    ) -> MessageFolderDepth1: ...

class MessageParticipant(TypedDict):
    """The sender or one recipient of a message, tied to a person or a member where the address belongs to one."""

    id: str
    displayName: str
    """The name that stood beside the address in the message; it may be empty."""
    handle: str
    """The e-mail address or phone number; people and members are recognised by it."""
    role: MessageParticipantRole
    """In which line of the message's head the address stood; from is the sender."""
    workspaceMemberId: str | None
    personId: str | None
    messageId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageParticipantDepth1(MessageParticipant):
    """A record of Message Participants, with its relations as depth 1 gives them."""

    workspaceMember: WorkspaceMember | None
    """The colleague whose address this is, if it is one."""
    person: Person | None
    """The contact whose address this is, if it is one."""
    message: Message | None
    """The message that was sent or received."""

class MessageParticipantDepth2(MessageParticipant):
    """A record of Message Participants, with its relations as depth 2 gives them."""

    workspaceMember: WorkspaceMemberDepth1 | None
    person: PersonDepth1 | None
    message: MessageDepth1 | None

class MessageParticipantInput(TypedDict, total=False):
    """What a record of Message Participants is created from, by names of the wire."""

    id: str | UUID
    displayName: str
    handle: str
    role: MessageParticipantRole
    workspaceMemberId: str | UUID | None
    personId: str | UUID | None
    messageId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageParticipantUpdate(TypedDict, total=False):
    """What can be changed of a record of Message Participants, as keywords."""

    display_name: str
    handle: str
    role: MessageParticipantRole
    workspace_member_id: str | UUID | None
    person_id: str | UUID | None
    message_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageParticipantCreate(MessageParticipantUpdate, total=False):
    """What a record of Message Participants is created from, as keywords."""

    id: str | UUID

MessageParticipantKey = Literal[
    "id", "displayName", "handle", "role", "workspaceMemberId", "personId", "messageId", "createdAt", "updatedAt",
    "deletedAt",
]

class MessageParticipants(ResourceOf[MessageParticipant, MessageParticipantDepth1, MessageParticipantDepth2, MessageParticipantInput, MessageParticipantInput, MessageParticipantKey]):
    """The records of Message Participants."""

    def create_one(
        self,
        record: MessageParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageParticipantCreate],
    ) -> MessageParticipantDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageParticipantUpdate],
    ) -> MessageParticipantDepth1: ...
    def upsert(
        self,
        record: MessageParticipantInput | None = None,
        /,
        *,
        key: MessageParticipantKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageParticipantCreate],
    ) -> MessageParticipantDepth1: ...

class AsyncMessageParticipants(AsyncResourceOf[MessageParticipant, MessageParticipantDepth1, MessageParticipantDepth2, MessageParticipantInput, MessageParticipantInput, MessageParticipantKey]):
    """The records of Message Participants."""

    async def create_one(
        self,
        record: MessageParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageParticipantCreate],
    ) -> MessageParticipantDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageParticipantInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageParticipantUpdate],
    ) -> MessageParticipantDepth1: ...
    async def upsert(
        self,
        record: MessageParticipantInput | None = None,
        /,
        *,
        key: MessageParticipantKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageParticipantCreate],
    ) -> MessageParticipantDepth1: ...

class Message(TypedDict):
    """An e-mail or text message that was found in a synchronised mailbox; one record, however many mailboxes hold
    it.
    """

    id: str
    headerMessageId: str
    """The Message-ID of the mail's own header, by which copies in different mailboxes are known to be one message."""
    subject: str
    """The subject line, without anything cut off."""
    text: str
    """The body as plain text, without the quoted messages before it."""
    messageThreadId: str | None
    receivedAt: str | None
    """When the provider took delivery of the message, in ISO 8601."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageDepth1(Message):
    """A record of Messages, with its relations as depth 1 gives them."""

    messageThread: MessageThread | None
    """The conversation it is part of."""
    messageChannelMessageAssociations: list[MessageChannelMessageAssociation]
    messageParticipants: list[MessageParticipant]

class MessageDepth2(Message):
    """A record of Messages, with its relations as depth 2 gives them."""

    messageThread: MessageThreadDepth1 | None
    messageChannelMessageAssociations: list[MessageChannelMessageAssociationDepth1]
    messageParticipants: list[MessageParticipantDepth1]

class MessageInput(TypedDict, total=False):
    """What a record of Messages is created from, by names of the wire."""

    id: str | UUID
    headerMessageId: str
    subject: str
    text: str
    messageThreadId: str | UUID | None
    receivedAt: str | datetime | date | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageUpdate(TypedDict, total=False):
    """What can be changed of a record of Messages, as keywords."""

    header_message_id: str
    subject: str
    text: str
    message_thread_id: str | UUID | None
    received_at: str | datetime | date | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageCreate(MessageUpdate, total=False):
    """What a record of Messages is created from, as keywords."""

    id: str | UUID

MessageKey = Literal[
    "id", "headerMessageId", "subject", "text", "messageThreadId", "receivedAt", "createdAt", "updatedAt", "deletedAt",
]

class Messages(ResourceOf[Message, MessageDepth1, MessageDepth2, MessageInput, MessageInput, MessageKey]):
    """The records of Messages."""

    def create_one(
        self,
        record: MessageInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageCreate],
    ) -> MessageDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageUpdate],
    ) -> MessageDepth1: ...
    def upsert(
        self,
        record: MessageInput | None = None,
        /,
        *,
        key: MessageKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageCreate],
    ) -> MessageDepth1: ...

class AsyncMessages(AsyncResourceOf[Message, MessageDepth1, MessageDepth2, MessageInput, MessageInput, MessageKey]):
    """The records of Messages."""

    async def create_one(
        self,
        record: MessageInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageCreate],
    ) -> MessageDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageUpdate],
    ) -> MessageDepth1: ...
    async def upsert(
        self,
        record: MessageInput | None = None,
        /,
        *,
        key: MessageKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageCreate],
    ) -> MessageDepth1: ...

class MessageThread(TypedDict):
    """A conversation: a first message and all answers to it, which point here and are read through `messages`."""

    id: str
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class MessageThreadDepth1(MessageThread):
    """A record of Message Threads, with its relations as depth 1 gives them."""

    messages: list[Message]

class MessageThreadDepth2(MessageThread):
    """A record of Message Threads, with its relations as depth 2 gives them."""

    messages: list[MessageDepth1]

class MessageThreadInput(TypedDict, total=False):
    """What a record of Message Threads is created from, by names of the wire."""

    id: str | UUID
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class MessageThreadUpdate(TypedDict, total=False):
    """What can be changed of a record of Message Threads, as keywords."""

    created_at: str | datetime | date
    updated_at: str | datetime | date

class MessageThreadCreate(MessageThreadUpdate, total=False):
    """What a record of Message Threads is created from, as keywords."""

    id: str | UUID

MessageThreadKey = Literal["id", "createdAt", "updatedAt", "deletedAt"]

class MessageThreads(ResourceOf[MessageThread, MessageThreadDepth1, MessageThreadDepth2, MessageThreadInput, MessageThreadInput, MessageThreadKey]):
    """The records of Message Threads."""

    def create_one(
        self,
        record: MessageThreadInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageThreadCreate],
    ) -> MessageThreadDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: MessageThreadInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageThreadUpdate],
    ) -> MessageThreadDepth1: ...
    def upsert(
        self,
        record: MessageThreadInput | None = None,
        /,
        *,
        key: MessageThreadKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageThreadCreate],
    ) -> MessageThreadDepth1: ...

class AsyncMessageThreads(AsyncResourceOf[MessageThread, MessageThreadDepth1, MessageThreadDepth2, MessageThreadInput, MessageThreadInput, MessageThreadKey]):
    """The records of Message Threads."""

    async def create_one(
        self,
        record: MessageThreadInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[MessageThreadCreate],
    ) -> MessageThreadDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: MessageThreadInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[MessageThreadUpdate],
    ) -> MessageThreadDepth1: ...
    async def upsert(
        self,
        record: MessageThreadInput | None = None,
        /,
        *,
        key: MessageThreadKey,
        depth: Depth | None = None,
        **fields: Unpack[MessageThreadCreate],
    ) -> MessageThreadDepth1: ...

class Note(TypedDict):
    """A text that colleagues keep about customers and deals; note targets say which ones it is about."""

    id: str
    position: float
    """Where the note stands in lists that are sorted by hand; the smaller number comes first."""
    title: str
    """A headline, shown in lists."""
    body: str | None
    """No longer used and always null; write bodyV2."""
    bodyV2: RichTextV2
    """The text itself, as Markdown and as the blocks of the BlockNote editor."""
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class NoteDepth1(Note):
    """A record of Notes, with its relations as depth 1 gives them."""

    attachments: list[Attachment]
    favorites: list[Favorite]
    noteTargets: list[NoteTarget]
    timelineActivities: list[TimelineActivity]

class NoteDepth2(Note):
    """A record of Notes, with its relations as depth 2 gives them."""

    attachments: list[AttachmentDepth1]
    favorites: list[FavoriteDepth1]
    noteTargets: list[NoteTargetDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class NoteInput(TypedDict, total=False):
    """What a record of Notes is created from, by names of the wire."""

    id: str | UUID
    position: float | Literal["first", "last"]
    title: str
    bodyV2: RichTextV2Input | None
    createdBy: ActorInput | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class NoteUpdate(TypedDict, total=False):
    """What can be changed of a record of Notes, as keywords."""

    position: float | Literal["first", "last"]
    title: str
    body_v2: RichTextV2Input | None
    created_by: ActorInput | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class NoteCreate(NoteUpdate, total=False):
    """What a record of Notes is created from, as keywords."""

    id: str | UUID

NoteKey = Literal[
    "id", "position", "title", "body", "bodyV2.blocknote", "bodyV2.markdown", "createdBy.source",
    "createdBy.workspaceMemberId", "createdBy.name", "createdAt", "updatedAt", "deletedAt",
]

class Notes(ResourceOf[Note, NoteDepth1, NoteDepth2, NoteInput, NoteInput, NoteKey]):
    """The records of Notes."""

    def create_one(
        self,
        record: NoteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[NoteCreate],
    ) -> NoteDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: NoteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[NoteUpdate],
    ) -> NoteDepth1: ...
    def upsert(
        self,
        record: NoteInput | None = None,
        /,
        *,
        key: NoteKey,
        depth: Depth | None = None,
        **fields: Unpack[NoteCreate],
    ) -> NoteDepth1: ...
    def attach(
        self,
        record: RecordLike,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[NoteTarget]: ...
    def detach(
        self,
        record: RecordLike,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[Deleted]: ...
    def attached_to(
        self,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[Note]: ...
    def targets(self, record: RecordLike, /) -> dict[str, list[dict[str, Any]]]: ...

class AsyncNotes(AsyncResourceOf[Note, NoteDepth1, NoteDepth2, NoteInput, NoteInput, NoteKey]):
    """The records of Notes."""

    async def create_one(
        self,
        record: NoteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[NoteCreate],
    ) -> NoteDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: NoteInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[NoteUpdate],
    ) -> NoteDepth1: ...
    async def upsert(
        self,
        record: NoteInput | None = None,
        /,
        *,
        key: NoteKey,
        depth: Depth | None = None,
        **fields: Unpack[NoteCreate],
    ) -> NoteDepth1: ...
    async def attach(
        self,
        record: RecordLike,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[NoteTarget]: ...
    async def detach(
        self,
        record: RecordLike,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[Deleted]: ...
    async def attached_to(
        self,
        /,
        *,
        people: RecordsLike = ...,
        companies: RecordsLike = ...,
        opportunities: RecordsLike = ...,
    ) -> list[Note]: ...
    async def targets(self, record: RecordLike, /) -> dict[str, list[dict[str, Any]]]: ...

class NoteTarget(TypedDict):
    """Says that a note is about one company, person or opportunity; a note about three has three of these."""

    id: str
    noteId: str | None
    personId: str | None
    companyId: str | None
    opportunityId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class NoteTargetDepth1(NoteTarget):
    """A record of Note Targets, with its relations as depth 1 gives them."""

    note: Note | None
    """The note whose subject is given here."""
    person: Person | None
    """The person it is about, if it is one."""
    company: Company | None
    """The company it is about, if it is one."""
    opportunity: Opportunity | None
    """The deal it is about, if it is one."""

class NoteTargetDepth2(NoteTarget):
    """A record of Note Targets, with its relations as depth 2 gives them."""

    note: NoteDepth1 | None
    person: PersonDepth1 | None
    company: CompanyDepth1 | None
    opportunity: OpportunityDepth1 | None

class NoteTargetInput(TypedDict, total=False):
    """What a record of Note Targets is created from, by names of the wire."""

    id: str | UUID
    noteId: str | UUID | None
    personId: str | UUID | None
    companyId: str | UUID | None
    opportunityId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class NoteTargetUpdate(TypedDict, total=False):
    """What can be changed of a record of Note Targets, as keywords."""

    note_id: str | UUID | None
    person_id: str | UUID | None
    company_id: str | UUID | None
    opportunity_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class NoteTargetCreate(NoteTargetUpdate, total=False):
    """What a record of Note Targets is created from, as keywords."""

    id: str | UUID

NoteTargetKey = Literal["id", "noteId", "personId", "companyId", "opportunityId", "createdAt", "updatedAt", "deletedAt"]

class NoteTargets(ResourceOf[NoteTarget, NoteTargetDepth1, NoteTargetDepth2, NoteTargetInput, NoteTargetInput, NoteTargetKey]):
    """The records of Note Targets."""

    def create_one(
        self,
        record: NoteTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[NoteTargetCreate],
    ) -> NoteTargetDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: NoteTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[NoteTargetUpdate],
    ) -> NoteTargetDepth1: ...
    def upsert(
        self,
        record: NoteTargetInput | None = None,
        /,
        *,
        key: NoteTargetKey,
        depth: Depth | None = None,
        **fields: Unpack[NoteTargetCreate],
    ) -> NoteTargetDepth1: ...

class AsyncNoteTargets(AsyncResourceOf[NoteTarget, NoteTargetDepth1, NoteTargetDepth2, NoteTargetInput, NoteTargetInput, NoteTargetKey]):
    """The records of Note Targets."""

    async def create_one(
        self,
        record: NoteTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[NoteTargetCreate],
    ) -> NoteTargetDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: NoteTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[NoteTargetUpdate],
    ) -> NoteTargetDepth1: ...
    async def upsert(
        self,
        record: NoteTargetInput | None = None,
        /,
        *,
        key: NoteTargetKey,
        depth: Depth | None = None,
        **fields: Unpack[NoteTargetCreate],
    ) -> NoteTargetDepth1: ...

class Opportunity(TypedDict):
    """A deal that may come about: with whom, for how much, until when, and how far it has come."""

    id: str
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    closeDate: str | None
    """When the deal is expected to be decided, in ISO 8601."""
    stage: OpportunityStage
    """How far the deal has come, from first contact (NEW) to a sale (CUSTOMER)."""
    position: float
    """Where the deal stands in its column or list when that is sorted by hand; the smaller number comes first."""
    name: str
    """A short title by which colleagues know the deal."""
    companyId: str | None
    amount: Currency
    """What the deal is worth, in millionths of the currency unit (5000000 is 5.00) with its ISO 4217 code."""
    pointOfContactId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class OpportunityDepth1(Opportunity):
    """A record of Opportunities, with its relations as depth 1 gives them."""

    company: Company | None
    """The company that would buy."""
    pointOfContact: Person | None
    """The person on the other side whom one talks to about it."""
    attachments: list[Attachment]
    favorites: list[Favorite]
    noteTargets: list[NoteTarget]
    taskTargets: list[TaskTarget]
    timelineActivities: list[TimelineActivity]

class OpportunityDepth2(Opportunity):
    """A record of Opportunities, with its relations as depth 2 gives them."""

    company: CompanyDepth1 | None
    pointOfContact: PersonDepth1 | None
    attachments: list[AttachmentDepth1]
    favorites: list[FavoriteDepth1]
    noteTargets: list[NoteTargetDepth1]
    taskTargets: list[TaskTargetDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class OpportunityInput(TypedDict, total=False):
    """What a record of Opportunities is created from, by names of the wire."""

    id: str | UUID
    createdBy: ActorInput | None
    closeDate: str | datetime | date | None
    stage: OpportunityStage
    position: float | Literal["first", "last"]
    name: str
    companyId: str | UUID | None
    amount: CurrencyInput | None
    pointOfContactId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class OpportunityUpdate(TypedDict, total=False):
    """What can be changed of a record of Opportunities, as keywords."""

    created_by: ActorInput | None
    close_date: str | datetime | date | None
    stage: OpportunityStage
    position: float | Literal["first", "last"]
    name: str
    company_id: str | UUID | None
    amount: CurrencyInput | None
    point_of_contact_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class OpportunityCreate(OpportunityUpdate, total=False):
    """What a record of Opportunities is created from, as keywords."""

    id: str | UUID

OpportunityKey = Literal[
    "id", "createdBy.source", "createdBy.workspaceMemberId", "createdBy.name", "closeDate", "stage", "position", "name",
    "companyId", "amount.amountMicros", "amount.currencyCode", "pointOfContactId", "createdAt", "updatedAt",
    "deletedAt",
]

class Opportunities(ResourceOf[Opportunity, OpportunityDepth1, OpportunityDepth2, OpportunityInput, OpportunityInput, OpportunityKey]):
    """The records of Opportunities."""

    def create_one(
        self,
        record: OpportunityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[OpportunityCreate],
    ) -> OpportunityDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: OpportunityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[OpportunityUpdate],
    ) -> OpportunityDepth1: ...
    def upsert(
        self,
        record: OpportunityInput | None = None,
        /,
        *,
        key: OpportunityKey,
        depth: Depth | None = None,
        **fields: Unpack[OpportunityCreate],
    ) -> OpportunityDepth1: ...

class AsyncOpportunities(AsyncResourceOf[Opportunity, OpportunityDepth1, OpportunityDepth2, OpportunityInput, OpportunityInput, OpportunityKey]):
    """The records of Opportunities."""

    async def create_one(
        self,
        record: OpportunityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[OpportunityCreate],
    ) -> OpportunityDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: OpportunityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[OpportunityUpdate],
    ) -> OpportunityDepth1: ...
    async def upsert(
        self,
        record: OpportunityInput | None = None,
        /,
        *,
        key: OpportunityKey,
        depth: Depth | None = None,
        **fields: Unpack[OpportunityCreate],
    ) -> OpportunityDepth1: ...

class Person(TypedDict):
    """Somebody outside the workspace whom one is in touch with; colleagues who sign in are workspace members
    instead.
    """

    id: str
    name: FullName
    """First and last name; two people who share both are reported as duplicates."""
    companyId: str | None
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    position: float
    """Where the person stands in lists that are sorted by hand; the smaller number comes first."""
    avatarUrl: str
    """Where a picture of the person is found: a path in the file store or a web address."""
    city: str
    """The town the person lives or works in, as free text."""
    phones: Phones
    """Numbers to call: a first one in national form with its country and calling code, and further ones."""
    jobTitle: str
    """What the person does at the company, such as Head of Purchasing."""
    xLink: Links
    """The person's account on X, formerly Twitter."""
    linkedinLink: Links
    """The person's profile on LinkedIn; two people with the same one are reported as duplicates."""
    emails: Emails
    """Addresses to write to, kept in lower case; the first one is unique among live people."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class PersonDepth1(Person):
    """A record of People, with its relations as depth 1 gives them."""

    company: Company | None
    """Where the person works."""
    attachments: list[Attachment]
    calendarEventParticipants: list[CalendarEventParticipant]
    favorites: list[Favorite]
    messageParticipants: list[MessageParticipant]
    noteTargets: list[NoteTarget]
    pointOfContactForOpportunities: list[Opportunity]
    taskTargets: list[TaskTarget]
    timelineActivities: list[TimelineActivity]

class PersonDepth2(Person):
    """A record of People, with its relations as depth 2 gives them."""

    company: CompanyDepth1 | None
    attachments: list[AttachmentDepth1]
    calendarEventParticipants: list[CalendarEventParticipantDepth1]
    favorites: list[FavoriteDepth1]
    messageParticipants: list[MessageParticipantDepth1]
    noteTargets: list[NoteTargetDepth1]
    pointOfContactForOpportunities: list[OpportunityDepth1]
    taskTargets: list[TaskTargetDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class PersonInput(TypedDict, total=False):
    """What a record of People is created from, by names of the wire."""

    id: str | UUID
    name: FullNameInput | None
    companyId: str | UUID | None
    createdBy: ActorInput | None
    position: float | Literal["first", "last"]
    avatarUrl: str
    city: str
    phones: PhonesInput | None
    jobTitle: str
    xLink: LinksInput | None
    linkedinLink: LinksInput | None
    emails: EmailsInput | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class PersonUpdate(TypedDict, total=False):
    """What can be changed of a record of People, as keywords."""

    name: FullNameInput | None
    company_id: str | UUID | None
    created_by: ActorInput | None
    position: float | Literal["first", "last"]
    avatar_url: str
    city: str
    phones: PhonesInput | None
    job_title: str
    x_link: LinksInput | None
    linkedin_link: LinksInput | None
    emails: EmailsInput | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class PersonCreate(PersonUpdate, total=False):
    """What a record of People is created from, as keywords."""

    id: str | UUID

PersonKey = Literal[
    "id", "name.firstName", "name.lastName", "companyId", "createdBy.source", "createdBy.workspaceMemberId",
    "createdBy.name", "position", "avatarUrl", "city", "phones.primaryPhoneNumber", "phones.primaryPhoneCountryCode",
    "phones.primaryPhoneCallingCode", "jobTitle", "xLink.primaryLinkLabel", "xLink.primaryLinkUrl",
    "linkedinLink.primaryLinkLabel", "linkedinLink.primaryLinkUrl", "emails.primaryEmail", "createdAt", "updatedAt",
    "deletedAt",
]

class People(ResourceOf[Person, PersonDepth1, PersonDepth2, PersonInput, PersonInput, PersonKey]):
    """The records of People."""

    def create_one(
        self,
        record: PersonInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[PersonCreate],
    ) -> PersonDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: PersonInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[PersonUpdate],
    ) -> PersonDepth1: ...
    def upsert(
        self,
        record: PersonInput | None = None,
        /,
        *,
        key: PersonKey,
        depth: Depth | None = None,
        **fields: Unpack[PersonCreate],
    ) -> PersonDepth1: ...

class AsyncPeople(AsyncResourceOf[Person, PersonDepth1, PersonDepth2, PersonInput, PersonInput, PersonKey]):
    """The records of People."""

    async def create_one(
        self,
        record: PersonInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[PersonCreate],
    ) -> PersonDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: PersonInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[PersonUpdate],
    ) -> PersonDepth1: ...
    async def upsert(
        self,
        record: PersonInput | None = None,
        /,
        *,
        key: PersonKey,
        depth: Depth | None = None,
        **fields: Unpack[PersonCreate],
    ) -> PersonDepth1: ...

class Task(TypedDict):
    """Something that has to be done, by whom and until when; task targets say which customers and deals it concerns."""

    id: str
    body: str | None
    """No longer used and always null; write bodyV2."""
    title: str
    """What has to be done, in a few words."""
    position: float
    """Where the task stands in its column or list when that is sorted by hand; the smaller number comes first."""
    assigneeId: str | None
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    status: TaskStatus | None
    """Whether it is still to do, in hand, or done."""
    dueAt: str | None
    """When it has to be finished, in ISO 8601; null if there is no hurry."""
    bodyV2: RichTextV2
    """The details, as Markdown and as the blocks of the BlockNote editor."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class TaskDepth1(Task):
    """A record of Tasks, with its relations as depth 1 gives them."""

    assignee: WorkspaceMember | None
    """The colleague who is to do it."""
    attachments: list[Attachment]
    favorites: list[Favorite]
    taskTargets: list[TaskTarget]
    timelineActivities: list[TimelineActivity]

class TaskDepth2(Task):
    """A record of Tasks, with its relations as depth 2 gives them."""

    assignee: WorkspaceMemberDepth1 | None
    attachments: list[AttachmentDepth1]
    favorites: list[FavoriteDepth1]
    taskTargets: list[TaskTargetDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class TaskInput(TypedDict, total=False):
    """What a record of Tasks is created from, by names of the wire."""

    id: str | UUID
    title: str
    position: float | Literal["first", "last"]
    assigneeId: str | UUID | None
    createdBy: ActorInput | None
    status: TaskStatus | None
    dueAt: str | datetime | date | None
    bodyV2: RichTextV2Input | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class TaskUpdate(TypedDict, total=False):
    """What can be changed of a record of Tasks, as keywords."""

    title: str
    position: float | Literal["first", "last"]
    assignee_id: str | UUID | None
    created_by: ActorInput | None
    status: TaskStatus | None
    due_at: str | datetime | date | None
    body_v2: RichTextV2Input | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class TaskCreate(TaskUpdate, total=False):
    """What a record of Tasks is created from, as keywords."""

    id: str | UUID

TaskKey = Literal[
    "id", "body", "title", "position", "assigneeId", "createdBy.source", "createdBy.workspaceMemberId",
    "createdBy.name", "status", "dueAt", "bodyV2.blocknote", "bodyV2.markdown", "createdAt", "updatedAt", "deletedAt",
]

class Tasks(ResourceOf[Task, TaskDepth1, TaskDepth2, TaskInput, TaskInput, TaskKey]):
    """The records of Tasks."""

    def create_one(
        self,
        record: TaskInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TaskCreate],
    ) -> TaskDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: TaskInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TaskUpdate],
    ) -> TaskDepth1: ...
    def upsert(
        self,
        record: TaskInput | None = None,
        /,
        *,
        key: TaskKey,
        depth: Depth | None = None,
        **fields: Unpack[TaskCreate],
    ) -> TaskDepth1: ...
    def attach(
        self,
        record: RecordLike,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[TaskTarget]: ...
    def detach(
        self,
        record: RecordLike,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[Deleted]: ...
    def attached_to(
        self,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[Task]: ...
    def targets(self, record: RecordLike, /) -> dict[str, list[dict[str, Any]]]: ...

class AsyncTasks(AsyncResourceOf[Task, TaskDepth1, TaskDepth2, TaskInput, TaskInput, TaskKey]):
    """The records of Tasks."""

    async def create_one(
        self,
        record: TaskInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TaskCreate],
    ) -> TaskDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: TaskInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TaskUpdate],
    ) -> TaskDepth1: ...
    async def upsert(
        self,
        record: TaskInput | None = None,
        /,
        *,
        key: TaskKey,
        depth: Depth | None = None,
        **fields: Unpack[TaskCreate],
    ) -> TaskDepth1: ...
    async def attach(
        self,
        record: RecordLike,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[TaskTarget]: ...
    async def detach(
        self,
        record: RecordLike,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[Deleted]: ...
    async def attached_to(
        self,
        /,
        *,
        opportunities: RecordsLike = ...,
        companies: RecordsLike = ...,
        people: RecordsLike = ...,
    ) -> list[Task]: ...
    async def targets(self, record: RecordLike, /) -> dict[str, list[dict[str, Any]]]: ...

class TaskTarget(TypedDict):
    """Says that a task concerns one company, person or opportunity; a task for three has three of these."""

    id: str
    opportunityId: str | None
    companyId: str | None
    personId: str | None
    taskId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class TaskTargetDepth1(TaskTarget):
    """A record of Task Targets, with its relations as depth 1 gives them."""

    opportunity: Opportunity | None
    """The deal it concerns, if it is one."""
    company: Company | None
    """The company it concerns, if it is one."""
    person: Person | None
    """The person it concerns, if it is one."""
    task: Task | None
    """The task whose subject is given here."""

class TaskTargetDepth2(TaskTarget):
    """A record of Task Targets, with its relations as depth 2 gives them."""

    opportunity: OpportunityDepth1 | None
    company: CompanyDepth1 | None
    person: PersonDepth1 | None
    task: TaskDepth1 | None

class TaskTargetInput(TypedDict, total=False):
    """What a record of Task Targets is created from, by names of the wire."""

    id: str | UUID
    opportunityId: str | UUID | None
    companyId: str | UUID | None
    personId: str | UUID | None
    taskId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class TaskTargetUpdate(TypedDict, total=False):
    """What can be changed of a record of Task Targets, as keywords."""

    opportunity_id: str | UUID | None
    company_id: str | UUID | None
    person_id: str | UUID | None
    task_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class TaskTargetCreate(TaskTargetUpdate, total=False):
    """What a record of Task Targets is created from, as keywords."""

    id: str | UUID

TaskTargetKey = Literal["id", "opportunityId", "companyId", "personId", "taskId", "createdAt", "updatedAt", "deletedAt"]

class TaskTargets(ResourceOf[TaskTarget, TaskTargetDepth1, TaskTargetDepth2, TaskTargetInput, TaskTargetInput, TaskTargetKey]):
    """The records of Task Targets."""

    def create_one(
        self,
        record: TaskTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TaskTargetCreate],
    ) -> TaskTargetDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: TaskTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TaskTargetUpdate],
    ) -> TaskTargetDepth1: ...
    def upsert(
        self,
        record: TaskTargetInput | None = None,
        /,
        *,
        key: TaskTargetKey,
        depth: Depth | None = None,
        **fields: Unpack[TaskTargetCreate],
    ) -> TaskTargetDepth1: ...

class AsyncTaskTargets(AsyncResourceOf[TaskTarget, TaskTargetDepth1, TaskTargetDepth2, TaskTargetInput, TaskTargetInput, TaskTargetKey]):
    """The records of Task Targets."""

    async def create_one(
        self,
        record: TaskTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TaskTargetCreate],
    ) -> TaskTargetDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: TaskTargetInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TaskTargetUpdate],
    ) -> TaskTargetDepth1: ...
    async def upsert(
        self,
        record: TaskTargetInput | None = None,
        /,
        *,
        key: TaskTargetKey,
        depth: Depth | None = None,
        **fields: Unpack[TaskTargetCreate],
    ) -> TaskTargetDepth1: ...

class TimelineActivity(TypedDict):
    """One line in the history of a record: who did what to it and when."""

    id: str
    personId: str | None
    properties: Any
    """What changed, as JSON: {"diff": {"name": {"before": "Old", "after": "New"}}}; null where there is nothing to
    tell.
    """
    name: str
    """What happened, as object and action, such as company.updated or linked-note.created."""
    happensAt: str
    """When it happened, in ISO 8601; the moment of creation unless told otherwise."""
    workspaceMemberId: str | None
    linkedRecordCachedName: str
    """The title that the linked note or task had at that moment, so that it can be shown after the record is gone."""
    companyId: str | None
    opportunityId: str | None
    noteId: str | None
    taskId: str | None
    workflowId: str | None
    workflowVersionId: str | None
    workflowRunId: str | None
    linkedObjectMetadataId: str | None
    """Which kind of record linkedRecordId names, by the id of its object."""
    linkedRecordId: str | None
    """The id of a note, task or other record that the line is about, beside the one whose history it is."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class TimelineActivityDepth1(TimelineActivity):
    """A record of Timeline Activities, with its relations as depth 1 gives them."""

    person: Person | None
    """The person in whose history the line stands."""
    workspaceMember: WorkspaceMember | None
    """The colleague who did it; null for a program."""
    company: Company | None
    """The company in whose history the line stands."""
    opportunity: Opportunity | None
    """The deal in whose history the line stands."""
    note: Note | None
    """The note in whose history the line stands."""
    task: Task | None
    """The task in whose history the line stands."""
    workflow: Workflow | None
    """The workflow in whose history the line stands."""
    workflowVersion: WorkflowVersion | None
    """The version of a workflow in whose history the line stands."""
    workflowRun: WorkflowRun | None
    """The run of a workflow in whose history the line stands."""

class TimelineActivityDepth2(TimelineActivity):
    """A record of Timeline Activities, with its relations as depth 2 gives them."""

    person: PersonDepth1 | None
    workspaceMember: WorkspaceMemberDepth1 | None
    company: CompanyDepth1 | None
    opportunity: OpportunityDepth1 | None
    note: NoteDepth1 | None
    task: TaskDepth1 | None
    workflow: WorkflowDepth1 | None
    workflowVersion: WorkflowVersionDepth1 | None
    workflowRun: WorkflowRunDepth1 | None

class TimelineActivityInput(TypedDict, total=False):
    """What a record of Timeline Activities is created from, by names of the wire."""

    id: str | UUID
    personId: str | UUID | None
    properties: Any
    name: str
    happensAt: str | datetime | date
    workspaceMemberId: str | UUID | None
    linkedRecordCachedName: str
    companyId: str | UUID | None
    opportunityId: str | UUID | None
    noteId: str | UUID | None
    taskId: str | UUID | None
    workflowId: str | UUID | None
    workflowVersionId: str | UUID | None
    workflowRunId: str | UUID | None
    linkedObjectMetadataId: str | UUID | None
    linkedRecordId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class TimelineActivityUpdate(TypedDict, total=False):
    """What can be changed of a record of Timeline Activities, as keywords."""

    person_id: str | UUID | None
    properties: Any
    name: str
    happens_at: str | datetime | date
    workspace_member_id: str | UUID | None
    linked_record_cached_name: str
    company_id: str | UUID | None
    opportunity_id: str | UUID | None
    note_id: str | UUID | None
    task_id: str | UUID | None
    workflow_id: str | UUID | None
    workflow_version_id: str | UUID | None
    workflow_run_id: str | UUID | None
    linked_object_metadata_id: str | UUID | None
    linked_record_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class TimelineActivityCreate(TimelineActivityUpdate, total=False):
    """What a record of Timeline Activities is created from, as keywords."""

    id: str | UUID

TimelineActivityKey = Literal[
    "id", "personId", "name", "happensAt", "workspaceMemberId", "linkedRecordCachedName", "companyId", "opportunityId",
    "noteId", "taskId", "workflowId", "workflowVersionId", "workflowRunId", "linkedObjectMetadataId", "linkedRecordId",
    "createdAt", "updatedAt", "deletedAt",
]

class TimelineActivities(ResourceOf[TimelineActivity, TimelineActivityDepth1, TimelineActivityDepth2, TimelineActivityInput, TimelineActivityInput, TimelineActivityKey]):
    """The records of Timeline Activities."""

    def create_one(
        self,
        record: TimelineActivityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TimelineActivityCreate],
    ) -> TimelineActivityDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: TimelineActivityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TimelineActivityUpdate],
    ) -> TimelineActivityDepth1: ...
    def upsert(
        self,
        record: TimelineActivityInput | None = None,
        /,
        *,
        key: TimelineActivityKey,
        depth: Depth | None = None,
        **fields: Unpack[TimelineActivityCreate],
    ) -> TimelineActivityDepth1: ...

class AsyncTimelineActivities(AsyncResourceOf[TimelineActivity, TimelineActivityDepth1, TimelineActivityDepth2, TimelineActivityInput, TimelineActivityInput, TimelineActivityKey]):
    """The records of Timeline Activities."""

    async def create_one(
        self,
        record: TimelineActivityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[TimelineActivityCreate],
    ) -> TimelineActivityDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: TimelineActivityInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[TimelineActivityUpdate],
    ) -> TimelineActivityDepth1: ...
    async def upsert(
        self,
        record: TimelineActivityInput | None = None,
        /,
        *,
        key: TimelineActivityKey,
        depth: Depth | None = None,
        **fields: Unpack[TimelineActivityCreate],
    ) -> TimelineActivityDepth1: ...

class ViewField(TypedDict):
    """A column of a view: the field it shows, how wide it is, and where it stands."""

    id: str
    isVisible: bool
    """Whether the column is shown; a hidden one keeps its width and place."""
    size: float
    """The width of the column in pixels."""
    fieldMetadataId: str
    """The id of the field that the column shows; a view has a field once."""
    viewId: str | None
    position: float
    """Where the column stands, counted from the left; the smaller number comes first."""
    aggregateOperation: ViewFieldAggregateOperation | None
    """What is worked out over the column and shown at its foot; null shows nothing."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewFieldDepth1(ViewField):
    """A record of View Fields, with its relations as depth 1 gives them."""

    view: View | None
    """The view in which the column stands."""

class ViewFieldDepth2(ViewField):
    """A record of View Fields, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None

class ViewFieldInput(TypedDict, total=False):
    """What a record of View Fields is created from, by names of the wire."""

    id: str | UUID
    isVisible: bool
    size: float
    fieldMetadataId: Required[str | UUID]
    viewId: str | UUID | None
    position: float
    aggregateOperation: ViewFieldAggregateOperation | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewFieldPart(TypedDict, total=False):
    """Any fields of a record of View Fields, by names of the wire."""

    id: str | UUID
    isVisible: bool
    size: float
    fieldMetadataId: str | UUID
    viewId: str | UUID | None
    position: float
    aggregateOperation: ViewFieldAggregateOperation | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewFieldUpdate(TypedDict, total=False):
    """What can be changed of a record of View Fields, as keywords."""

    is_visible: bool
    size: float
    field_metadata_id: str | UUID
    view_id: str | UUID | None
    position: float
    aggregate_operation: ViewFieldAggregateOperation | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewFieldCreate(TypedDict, total=False):
    """What a record of View Fields is created from, as keywords."""

    id: str | UUID
    is_visible: bool
    size: float
    field_metadata_id: Required[str | UUID]
    view_id: str | UUID | None
    position: float
    aggregate_operation: ViewFieldAggregateOperation | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

ViewFieldKey = Literal[
    "id", "size", "fieldMetadataId", "viewId", "position", "aggregateOperation", "createdAt", "updatedAt", "deletedAt",
]

class ViewFields(ResourceOf[ViewField, ViewFieldDepth1, ViewFieldDepth2, ViewFieldInput, ViewFieldPart, ViewFieldKey]):
    """The records of View Fields."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFieldCreate],
    ) -> ViewFieldDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewFieldPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFieldUpdate],
    ) -> ViewFieldDepth1: ...
    def upsert(
        self,
        record: ViewFieldPart | None = None,
        /,
        *,
        key: ViewFieldKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFieldUpdate],
    ) -> ViewFieldDepth1: ...

class AsyncViewFields(AsyncResourceOf[ViewField, ViewFieldDepth1, ViewFieldDepth2, ViewFieldInput, ViewFieldPart, ViewFieldKey]):
    """The records of View Fields."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFieldCreate],
    ) -> ViewFieldDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewFieldPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFieldUpdate],
    ) -> ViewFieldDepth1: ...
    async def upsert(
        self,
        record: ViewFieldPart | None = None,
        /,
        *,
        key: ViewFieldKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFieldUpdate],
    ) -> ViewFieldDepth1: ...

class ViewFilterGroup(TypedDict):
    """A pair of brackets around conditions of a view; groups can lie in each other."""

    id: str
    viewId: str | None
    parentViewFilterGroupId: str | None
    """The id of the group in which this one lies; null for the outermost."""
    logicalOperator: ViewFilterGroupLogicalOperator
    """How many of the group's conditions must hold: all (AND), any (OR), or none (NOT)."""
    positionInViewFilterGroup: float | None
    """Where the group stands inside the one it lies in; the smaller number comes first."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewFilterGroupDepth1(ViewFilterGroup):
    """A record of View Filter Groups, with its relations as depth 1 gives them."""

    view: View | None
    """The view whose conditions are grouped."""

class ViewFilterGroupDepth2(ViewFilterGroup):
    """A record of View Filter Groups, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None

class ViewFilterGroupInput(TypedDict, total=False):
    """What a record of View Filter Groups is created from, by names of the wire."""

    id: str | UUID
    viewId: str | UUID | None
    parentViewFilterGroupId: str | UUID | None
    logicalOperator: ViewFilterGroupLogicalOperator
    positionInViewFilterGroup: float | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewFilterGroupUpdate(TypedDict, total=False):
    """What can be changed of a record of View Filter Groups, as keywords."""

    view_id: str | UUID | None
    parent_view_filter_group_id: str | UUID | None
    logical_operator: ViewFilterGroupLogicalOperator
    position_in_view_filter_group: float | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewFilterGroupCreate(ViewFilterGroupUpdate, total=False):
    """What a record of View Filter Groups is created from, as keywords."""

    id: str | UUID

ViewFilterGroupKey = Literal[
    "id", "viewId", "parentViewFilterGroupId", "logicalOperator", "positionInViewFilterGroup", "createdAt", "updatedAt",
    "deletedAt",
]

class ViewFilterGroups(ResourceOf[ViewFilterGroup, ViewFilterGroupDepth1, ViewFilterGroupDepth2, ViewFilterGroupInput, ViewFilterGroupInput, ViewFilterGroupKey]):
    """The records of View Filter Groups."""

    def create_one(
        self,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFilterGroupCreate],
    ) -> ViewFilterGroupDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterGroupUpdate],
    ) -> ViewFilterGroupDepth1: ...
    def upsert(
        self,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        key: ViewFilterGroupKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterGroupCreate],
    ) -> ViewFilterGroupDepth1: ...

class AsyncViewFilterGroups(AsyncResourceOf[ViewFilterGroup, ViewFilterGroupDepth1, ViewFilterGroupDepth2, ViewFilterGroupInput, ViewFilterGroupInput, ViewFilterGroupKey]):
    """The records of View Filter Groups."""

    async def create_one(
        self,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFilterGroupCreate],
    ) -> ViewFilterGroupDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterGroupUpdate],
    ) -> ViewFilterGroupDepth1: ...
    async def upsert(
        self,
        record: ViewFilterGroupInput | None = None,
        /,
        *,
        key: ViewFilterGroupKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterGroupCreate],
    ) -> ViewFilterGroupDepth1: ...

class ViewFilter(TypedDict):
    """A condition that records must meet to be listed by a view: a field, a comparison and a value."""

    id: str
    viewFilterGroupId: str | None
    """The id of the group in which the condition stands; null if it stands alone."""
    viewId: str | None
    subFieldName: str | None
    """Which part of a composite field is compared, such as addressCity; empty for the whole."""
    positionInViewFilterGroup: float | None
    """Where the condition stands inside its group; the smaller number comes first."""
    displayValue: str
    """The value as people read it, such as the names that belong to ids."""
    value: str
    """What the field is compared with, always as text; several values are a JSON list in text form."""
    operand: str
    """How the field is compared with the value, such as Contains, Is or IsNotEmpty."""
    fieldMetadataId: str
    """The id of the field that is compared."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewFilterDepth1(ViewFilter):
    """A record of View Filters, with its relations as depth 1 gives them."""

    view: View | None
    """The view that the condition narrows."""

class ViewFilterDepth2(ViewFilter):
    """A record of View Filters, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None

class ViewFilterInput(TypedDict, total=False):
    """What a record of View Filters is created from, by names of the wire."""

    id: str | UUID
    viewFilterGroupId: str | UUID | None
    viewId: str | UUID | None
    subFieldName: str | None
    positionInViewFilterGroup: float | None
    displayValue: str
    value: str
    operand: str
    fieldMetadataId: Required[str | UUID]
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewFilterPart(TypedDict, total=False):
    """Any fields of a record of View Filters, by names of the wire."""

    id: str | UUID
    viewFilterGroupId: str | UUID | None
    viewId: str | UUID | None
    subFieldName: str | None
    positionInViewFilterGroup: float | None
    displayValue: str
    value: str
    operand: str
    fieldMetadataId: str | UUID
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewFilterUpdate(TypedDict, total=False):
    """What can be changed of a record of View Filters, as keywords."""

    view_filter_group_id: str | UUID | None
    view_id: str | UUID | None
    sub_field_name: str | None
    position_in_view_filter_group: float | None
    display_value: str
    value: str
    operand: str
    field_metadata_id: str | UUID
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewFilterCreate(TypedDict, total=False):
    """What a record of View Filters is created from, as keywords."""

    id: str | UUID
    view_filter_group_id: str | UUID | None
    view_id: str | UUID | None
    sub_field_name: str | None
    position_in_view_filter_group: float | None
    display_value: str
    value: str
    operand: str
    field_metadata_id: Required[str | UUID]
    created_at: str | datetime | date
    updated_at: str | datetime | date

ViewFilterKey = Literal[
    "id", "viewFilterGroupId", "viewId", "subFieldName", "positionInViewFilterGroup", "displayValue", "value",
    "operand", "fieldMetadataId", "createdAt", "updatedAt", "deletedAt",
]

class ViewFilters(ResourceOf[ViewFilter, ViewFilterDepth1, ViewFilterDepth2, ViewFilterInput, ViewFilterPart, ViewFilterKey]):
    """The records of View Filters."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFilterCreate],
    ) -> ViewFilterDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewFilterPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterUpdate],
    ) -> ViewFilterDepth1: ...
    def upsert(
        self,
        record: ViewFilterPart | None = None,
        /,
        *,
        key: ViewFilterKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterUpdate],
    ) -> ViewFilterDepth1: ...

class AsyncViewFilters(AsyncResourceOf[ViewFilter, ViewFilterDepth1, ViewFilterDepth2, ViewFilterInput, ViewFilterPart, ViewFilterKey]):
    """The records of View Filters."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewFilterCreate],
    ) -> ViewFilterDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewFilterPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterUpdate],
    ) -> ViewFilterDepth1: ...
    async def upsert(
        self,
        record: ViewFilterPart | None = None,
        /,
        *,
        key: ViewFilterKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewFilterUpdate],
    ) -> ViewFilterDepth1: ...

class ViewGroup(TypedDict):
    """A section of a view that is grouped by a field, such as one column of a board."""

    id: str
    fieldMetadataId: str
    """The id of the field by whose values the view is grouped."""
    viewId: str | None
    position: float
    """Where the section stands among the others; the smaller number comes first."""
    fieldValue: str
    """The value that the records of this section have in common; empty for those without one."""
    isVisible: bool
    """Whether the section is shown; a hidden one keeps its place."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewGroupDepth1(ViewGroup):
    """A record of View Groups, with its relations as depth 1 gives them."""

    view: View | None
    """The view in which the section stands."""

class ViewGroupDepth2(ViewGroup):
    """A record of View Groups, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None

class ViewGroupInput(TypedDict, total=False):
    """What a record of View Groups is created from, by names of the wire."""

    id: str | UUID
    fieldMetadataId: Required[str | UUID]
    viewId: str | UUID | None
    position: float
    fieldValue: str
    isVisible: bool
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewGroupPart(TypedDict, total=False):
    """Any fields of a record of View Groups, by names of the wire."""

    id: str | UUID
    fieldMetadataId: str | UUID
    viewId: str | UUID | None
    position: float
    fieldValue: str
    isVisible: bool
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewGroupUpdate(TypedDict, total=False):
    """What can be changed of a record of View Groups, as keywords."""

    field_metadata_id: str | UUID
    view_id: str | UUID | None
    position: float
    field_value: str
    is_visible: bool
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewGroupCreate(TypedDict, total=False):
    """What a record of View Groups is created from, as keywords."""

    id: str | UUID
    field_metadata_id: Required[str | UUID]
    view_id: str | UUID | None
    position: float
    field_value: str
    is_visible: bool
    created_at: str | datetime | date
    updated_at: str | datetime | date

ViewGroupKey = Literal[
    "id", "fieldMetadataId", "viewId", "position", "fieldValue", "createdAt", "updatedAt", "deletedAt",
]

class ViewGroups(ResourceOf[ViewGroup, ViewGroupDepth1, ViewGroupDepth2, ViewGroupInput, ViewGroupPart, ViewGroupKey]):
    """The records of View Groups."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewGroupCreate],
    ) -> ViewGroupDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewGroupPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewGroupUpdate],
    ) -> ViewGroupDepth1: ...
    def upsert(
        self,
        record: ViewGroupPart | None = None,
        /,
        *,
        key: ViewGroupKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewGroupUpdate],
    ) -> ViewGroupDepth1: ...

class AsyncViewGroups(AsyncResourceOf[ViewGroup, ViewGroupDepth1, ViewGroupDepth2, ViewGroupInput, ViewGroupPart, ViewGroupKey]):
    """The records of View Groups."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewGroupCreate],
    ) -> ViewGroupDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewGroupPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewGroupUpdate],
    ) -> ViewGroupDepth1: ...
    async def upsert(
        self,
        record: ViewGroupPart | None = None,
        /,
        *,
        key: ViewGroupKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewGroupUpdate],
    ) -> ViewGroupDepth1: ...

class View(TypedDict):
    """A saved way to look at the records of one object, as a table or a board; its parts are records of their own."""

    id: str
    kanbanAggregateOperation: ViewKanbanAggregateOperation | None
    """What is worked out over each column of a board and shown at its head."""
    key: ViewKeyOption | None
    """INDEX marks the object's main view, which cannot be removed; null is any other."""
    kanbanFieldMetadataId: str
    """The id of the option field whose values are the columns of a board; empty for a table."""
    position: float
    """Where the view stands in the menu of views; the smaller number comes first."""
    isCompact: bool
    """Whether cards of a board show their title alone."""
    openRecordIn: ViewOpenRecordIn
    """Where a record opens that is clicked: beside the list or on a page of its own."""
    kanbanAggregateOperationFieldMetadataId: str | None
    """The id of the field that kanbanAggregateOperation is worked out over; null counts records."""
    objectMetadataId: str
    """The id of the object whose records the view lists."""
    name: str
    """The view's title in menus."""
    type: str
    """How records are laid out: table or kanban."""
    icon: str
    """The name of the picture beside the title, such as IconBuildingSkyscraper."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewDepth1(View):
    """A record of Views, with its relations as depth 1 gives them."""

    favorites: list[Favorite]
    viewFields: list[ViewField]
    viewFilterGroups: list[ViewFilterGroup]
    viewFilters: list[ViewFilter]
    viewGroups: list[ViewGroup]
    viewSorts: list[ViewSort]

class ViewDepth2(View):
    """A record of Views, with its relations as depth 2 gives them."""

    favorites: list[FavoriteDepth1]
    viewFields: list[ViewFieldDepth1]
    viewFilterGroups: list[ViewFilterGroupDepth1]
    viewFilters: list[ViewFilterDepth1]
    viewGroups: list[ViewGroupDepth1]
    viewSorts: list[ViewSortDepth1]

class ViewInput(TypedDict, total=False):
    """What a record of Views is created from, by names of the wire."""

    id: str | UUID
    kanbanAggregateOperation: ViewKanbanAggregateOperation | None
    key: ViewKeyOption | None
    kanbanFieldMetadataId: str
    position: float | Literal["first", "last"]
    isCompact: bool
    openRecordIn: ViewOpenRecordIn
    kanbanAggregateOperationFieldMetadataId: str | UUID | None
    objectMetadataId: Required[str | UUID]
    name: str
    type: str
    icon: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewPart(TypedDict, total=False):
    """Any fields of a record of Views, by names of the wire."""

    id: str | UUID
    kanbanAggregateOperation: ViewKanbanAggregateOperation | None
    key: ViewKeyOption | None
    kanbanFieldMetadataId: str
    position: float | Literal["first", "last"]
    isCompact: bool
    openRecordIn: ViewOpenRecordIn
    kanbanAggregateOperationFieldMetadataId: str | UUID | None
    objectMetadataId: str | UUID
    name: str
    type: str
    icon: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewUpdate(TypedDict, total=False):
    """What can be changed of a record of Views, as keywords."""

    kanban_aggregate_operation: ViewKanbanAggregateOperation | None
    key: ViewKeyOption | None
    kanban_field_metadata_id: str
    position: float | Literal["first", "last"]
    is_compact: bool
    open_record_in: ViewOpenRecordIn
    kanban_aggregate_operation_field_metadata_id: str | UUID | None
    object_metadata_id: str | UUID
    name: str
    type: str
    icon: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewCreate(TypedDict, total=False):
    """What a record of Views is created from, as keywords."""

    id: str | UUID
    kanban_aggregate_operation: ViewKanbanAggregateOperation | None
    key: ViewKeyOption | None
    kanban_field_metadata_id: str
    position: float | Literal["first", "last"]
    is_compact: bool
    open_record_in: ViewOpenRecordIn
    kanban_aggregate_operation_field_metadata_id: str | UUID | None
    object_metadata_id: Required[str | UUID]
    name: str
    type: str
    icon: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

ViewKey = Literal[
    "id", "kanbanAggregateOperation", "key", "kanbanFieldMetadataId", "position", "openRecordIn",
    "kanbanAggregateOperationFieldMetadataId", "objectMetadataId", "name", "type", "icon", "createdAt", "updatedAt",
    "deletedAt",
]

class Views(ResourceOf[View, ViewDepth1, ViewDepth2, ViewInput, ViewPart, ViewKey]):
    """The records of Views."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewCreate],
    ) -> ViewDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewUpdate],
    ) -> ViewDepth1: ...
    def upsert(self, record: ViewPart | None = None, /, *, key: ViewKey, depth: Depth | None = None) -> ViewDepth1: ...

class AsyncViews(AsyncResourceOf[View, ViewDepth1, ViewDepth2, ViewInput, ViewPart, ViewKey]):
    """The records of Views."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewCreate],
    ) -> ViewDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewUpdate],
    ) -> ViewDepth1: ...
    async def upsert(
        self,
        record: ViewPart | None = None,
        /,
        *,
        key: ViewKey,
        depth: Depth | None = None,
    ) -> ViewDepth1: ...

class ViewSort(TypedDict):
    """An order that a view puts its records in: by which field, and which way."""

    id: str
    viewId: str | None
    direction: str
    """asc puts small before large, desc large before small."""
    fieldMetadataId: str
    """The id of the field that is sorted by; a view sorts by a field once."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class ViewSortDepth1(ViewSort):
    """A record of View Sorts, with its relations as depth 1 gives them."""

    view: View | None
    """The view that is sorted."""

class ViewSortDepth2(ViewSort):
    """A record of View Sorts, with its relations as depth 2 gives them."""

    view: ViewDepth1 | None

class ViewSortInput(TypedDict, total=False):
    """What a record of View Sorts is created from, by names of the wire."""

    id: str | UUID
    viewId: str | UUID | None
    direction: str
    fieldMetadataId: Required[str | UUID]
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewSortPart(TypedDict, total=False):
    """Any fields of a record of View Sorts, by names of the wire."""

    id: str | UUID
    viewId: str | UUID | None
    direction: str
    fieldMetadataId: str | UUID
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class ViewSortUpdate(TypedDict, total=False):
    """What can be changed of a record of View Sorts, as keywords."""

    view_id: str | UUID | None
    direction: str
    field_metadata_id: str | UUID
    created_at: str | datetime | date
    updated_at: str | datetime | date

class ViewSortCreate(TypedDict, total=False):
    """What a record of View Sorts is created from, as keywords."""

    id: str | UUID
    view_id: str | UUID | None
    direction: str
    field_metadata_id: Required[str | UUID]
    created_at: str | datetime | date
    updated_at: str | datetime | date

ViewSortKey = Literal["id", "viewId", "direction", "fieldMetadataId", "createdAt", "updatedAt", "deletedAt"]

class ViewSorts(ResourceOf[ViewSort, ViewSortDepth1, ViewSortDepth2, ViewSortInput, ViewSortPart, ViewSortKey]):
    """The records of View Sorts."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewSortCreate],
    ) -> ViewSortDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: ViewSortPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewSortUpdate],
    ) -> ViewSortDepth1: ...
    def upsert(
        self,
        record: ViewSortPart | None = None,
        /,
        *,
        key: ViewSortKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewSortUpdate],
    ) -> ViewSortDepth1: ...

class AsyncViewSorts(AsyncResourceOf[ViewSort, ViewSortDepth1, ViewSortDepth2, ViewSortInput, ViewSortPart, ViewSortKey]):
    """The records of View Sorts."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[ViewSortCreate],
    ) -> ViewSortDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: ViewSortPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[ViewSortUpdate],
    ) -> ViewSortDepth1: ...
    async def upsert(
        self,
        record: ViewSortPart | None = None,
        /,
        *,
        key: ViewSortKey,
        depth: Depth | None = None,
        **fields: Unpack[ViewSortUpdate],
    ) -> ViewSortDepth1: ...

class Webhook(TypedDict):
    """A subscription to changes: each matching event is sent as JSON by HTTP POST to an address of your choice."""

    id: str
    targetUrl: str
    """The address that receives the events; https:// is put in front where the scheme is missing."""
    description: str | None
    """A remark for people, such as who runs the receiving end."""
    secret: str
    """The key of the HMAC-SHA256 signature in each delivery's headers; left empty, deliveries are not signed."""
    operations: list[str]
    """Which events are sent, as object and action with * for any, such as ["company.created", "*.destroyed"]; the
    actions are created, updated, deleted, restored and destroyed.
    """
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WebhookDepth1(Webhook):
    """A record of Webhooks, with its relations as depth 1 gives them."""


class WebhookDepth2(Webhook):
    """A record of Webhooks, with its relations as depth 2 gives them."""


class WebhookInput(TypedDict, total=False):
    """What a record of Webhooks is created from, by names of the wire."""

    id: str | UUID
    targetUrl: str
    description: str | None
    secret: str | Secret
    operations: Sequence[str]
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WebhookUpdate(TypedDict, total=False):
    """What can be changed of a record of Webhooks, as keywords."""

    target_url: str
    description: str | None
    secret: str | Secret
    operations: Sequence[str]
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WebhookCreate(WebhookUpdate, total=False):
    """What a record of Webhooks is created from, as keywords."""

    id: str | UUID

WebhookKey = Literal["id", "targetUrl", "description", "createdAt", "updatedAt", "deletedAt"]

class Webhooks(ResourceOf[Webhook, WebhookDepth1, WebhookDepth2, WebhookInput, WebhookInput, WebhookKey]):
    """The records of Webhooks."""

    def create_one(
        self,
        record: WebhookInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WebhookCreate],
    ) -> WebhookDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WebhookInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WebhookUpdate],
    ) -> WebhookDepth1: ...
    def upsert(
        self,
        record: WebhookInput | None = None,
        /,
        *,
        key: WebhookKey,
        depth: Depth | None = None,
        **fields: Unpack[WebhookCreate],
    ) -> WebhookDepth1: ...

class AsyncWebhooks(AsyncResourceOf[Webhook, WebhookDepth1, WebhookDepth2, WebhookInput, WebhookInput, WebhookKey]):
    """The records of Webhooks."""

    async def create_one(
        self,
        record: WebhookInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WebhookCreate],
    ) -> WebhookDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WebhookInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WebhookUpdate],
    ) -> WebhookDepth1: ...
    async def upsert(
        self,
        record: WebhookInput | None = None,
        /,
        *,
        key: WebhookKey,
        depth: Depth | None = None,
        **fields: Unpack[WebhookCreate],
    ) -> WebhookDepth1: ...

class WorkflowAutomatedTrigger(TypedDict):
    """What sets a workflow off by itself: a change of a record or the clock; it is there while the workflow is
    active.
    """

    id: str
    type: WorkflowAutomatedTriggerType
    """What is waited for: a change of a record, or a moment of a schedule."""
    settings: Any
    """The change or the schedule: {"eventName": "company.created"} for DATABASE_EVENT, {"pattern": "0 9 * * *"} for
    CRON.
    """
    workflowId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WorkflowAutomatedTriggerDepth1(WorkflowAutomatedTrigger):
    """A record of Workflow Automated Triggers, with its relations as depth 1 gives them."""

    workflow: Workflow | None
    """The workflow that is set off."""

class WorkflowAutomatedTriggerDepth2(WorkflowAutomatedTrigger):
    """A record of Workflow Automated Triggers, with its relations as depth 2 gives them."""

    workflow: WorkflowDepth1 | None

class WorkflowAutomatedTriggerInput(TypedDict, total=False):
    """What a record of Workflow Automated Triggers is created from, by names of the wire."""

    id: str | UUID
    type: Required[WorkflowAutomatedTriggerType]
    settings: Required[Any]
    workflowId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkflowAutomatedTriggerPart(TypedDict, total=False):
    """Any fields of a record of Workflow Automated Triggers, by names of the wire."""

    id: str | UUID
    type: WorkflowAutomatedTriggerType
    settings: Any
    workflowId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkflowAutomatedTriggerUpdate(TypedDict, total=False):
    """What can be changed of a record of Workflow Automated Triggers, as keywords."""

    type: WorkflowAutomatedTriggerType
    settings: Any
    workflow_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WorkflowAutomatedTriggerCreate(TypedDict, total=False):
    """What a record of Workflow Automated Triggers is created from, as keywords."""

    id: str | UUID
    type: Required[WorkflowAutomatedTriggerType]
    settings: Required[Any]
    workflow_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

WorkflowAutomatedTriggerKey = Literal["id", "type", "workflowId", "createdAt", "updatedAt", "deletedAt"]

class WorkflowAutomatedTriggers(ResourceOf[WorkflowAutomatedTrigger, WorkflowAutomatedTriggerDepth1, WorkflowAutomatedTriggerDepth2, WorkflowAutomatedTriggerInput, WorkflowAutomatedTriggerPart, WorkflowAutomatedTriggerKey]):
    """The records of Workflow Automated Triggers."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowAutomatedTriggerCreate],
    ) -> WorkflowAutomatedTriggerDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WorkflowAutomatedTriggerPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowAutomatedTriggerUpdate],
    ) -> WorkflowAutomatedTriggerDepth1: ...
    def upsert(
        self,
        record: WorkflowAutomatedTriggerPart | None = None,
        /,
        *,
        key: WorkflowAutomatedTriggerKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowAutomatedTriggerUpdate],
    ) -> WorkflowAutomatedTriggerDepth1: ...

class AsyncWorkflowAutomatedTriggers(AsyncResourceOf[WorkflowAutomatedTrigger, WorkflowAutomatedTriggerDepth1, WorkflowAutomatedTriggerDepth2, WorkflowAutomatedTriggerInput, WorkflowAutomatedTriggerPart, WorkflowAutomatedTriggerKey]):
    """The records of Workflow Automated Triggers."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowAutomatedTriggerCreate],
    ) -> WorkflowAutomatedTriggerDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WorkflowAutomatedTriggerPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowAutomatedTriggerUpdate],
    ) -> WorkflowAutomatedTriggerDepth1: ...
    async def upsert(
        self,
        record: WorkflowAutomatedTriggerPart | None = None,
        /,
        *,
        key: WorkflowAutomatedTriggerKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowAutomatedTriggerUpdate],
    ) -> WorkflowAutomatedTriggerDepth1: ...

class WorkflowRun(TypedDict):
    """One execution of a workflow: when it ran, who set it off, what each step gave, and how it ended."""

    id: str
    workflowVersionId: str | None
    workflowId: str | None
    position: float
    """Where the run stands in lists that are sorted by hand; the smaller number comes first."""
    output: Any
    """What came of it: the trigger and steps as they were (flow), what each step gave (stepsOutput), and what broke
    it off (error).
    """
    createdBy: Actor
    """Who or what set the run off: a colleague, another workflow, a webhook."""
    status: WorkflowRunStatus
    """Whether the run waits, is under way, came to its end, or broke off."""
    endedAt: str | None
    """When the last step was over, in ISO 8601; null until then."""
    name: str
    """The run's number and its workflow, such as #12 - Welcome new customers."""
    startedAt: str | None
    """When the first step began, in ISO 8601; null until then."""
    context: Any
    """The values that later steps can refer to: what the trigger brought (trigger) and each step's result under the
    step's id.
    """
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WorkflowRunDepth1(WorkflowRun):
    """A record of Workflow Runs, with its relations as depth 1 gives them."""

    workflowVersion: WorkflowVersion | None
    """The version whose steps were executed."""
    workflow: Workflow | None
    """The workflow that was executed."""
    favorites: list[Favorite]
    timelineActivities: list[TimelineActivity]

class WorkflowRunDepth2(WorkflowRun):
    """A record of Workflow Runs, with its relations as depth 2 gives them."""

    workflowVersion: WorkflowVersionDepth1 | None
    workflow: WorkflowDepth1 | None
    favorites: list[FavoriteDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class WorkflowRunInput(TypedDict, total=False):
    """What a record of Workflow Runs is created from, by names of the wire."""

    id: str | UUID
    workflowVersionId: str | UUID | None
    workflowId: str | UUID | None
    position: float | Literal["first", "last"]
    output: Any
    createdBy: ActorInput | None
    status: WorkflowRunStatus
    endedAt: str | datetime | date | None
    name: str
    startedAt: str | datetime | date | None
    context: Any
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkflowRunUpdate(TypedDict, total=False):
    """What can be changed of a record of Workflow Runs, as keywords."""

    workflow_version_id: str | UUID | None
    workflow_id: str | UUID | None
    position: float | Literal["first", "last"]
    output: Any
    created_by: ActorInput | None
    status: WorkflowRunStatus
    ended_at: str | datetime | date | None
    name: str
    started_at: str | datetime | date | None
    context: Any
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WorkflowRunCreate(WorkflowRunUpdate, total=False):
    """What a record of Workflow Runs is created from, as keywords."""

    id: str | UUID

WorkflowRunKey = Literal[
    "id", "workflowVersionId", "workflowId", "position", "createdBy.source", "createdBy.workspaceMemberId",
    "createdBy.name", "status", "endedAt", "name", "startedAt", "createdAt", "updatedAt", "deletedAt",
]

class WorkflowRuns(ResourceOf[WorkflowRun, WorkflowRunDepth1, WorkflowRunDepth2, WorkflowRunInput, WorkflowRunInput, WorkflowRunKey]):
    """The records of Workflow Runs."""

    def create_one(
        self,
        record: WorkflowRunInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowRunCreate],
    ) -> WorkflowRunDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WorkflowRunInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowRunUpdate],
    ) -> WorkflowRunDepth1: ...
    def upsert(
        self,
        record: WorkflowRunInput | None = None,
        /,
        *,
        key: WorkflowRunKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowRunCreate],
    ) -> WorkflowRunDepth1: ...

class AsyncWorkflowRuns(AsyncResourceOf[WorkflowRun, WorkflowRunDepth1, WorkflowRunDepth2, WorkflowRunInput, WorkflowRunInput, WorkflowRunKey]):
    """The records of Workflow Runs."""

    async def create_one(
        self,
        record: WorkflowRunInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowRunCreate],
    ) -> WorkflowRunDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WorkflowRunInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowRunUpdate],
    ) -> WorkflowRunDepth1: ...
    async def upsert(
        self,
        record: WorkflowRunInput | None = None,
        /,
        *,
        key: WorkflowRunKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowRunCreate],
    ) -> WorkflowRunDepth1: ...

class Workflow(TypedDict):
    """Work that the workspace does on its own; its versions hold the steps, and at most one of them is active."""

    id: str
    lastPublishedVersionId: str | None
    """The id of the version that was activated last and is run when the workflow is set off; empty if none was."""
    name: str
    """What the workflow is for, in a few words."""
    createdBy: Actor
    """Who or what created the record: a person, an API key, an import."""
    position: float
    """Where the workflow stands in lists that are sorted by hand; the smaller number comes first."""
    statuses: list[WorkflowStatuses] | None
    """Which states its versions are in, each once; the workspace works it out from them."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WorkflowDepth1(Workflow):
    """A record of Workflows, with its relations as depth 1 gives them."""

    favorites: list[Favorite]
    timelineActivities: list[TimelineActivity]
    automatedTriggers: list[WorkflowAutomatedTrigger]
    runs: list[WorkflowRun]
    versions: list[WorkflowVersion]

class WorkflowDepth2(Workflow):
    """A record of Workflows, with its relations as depth 2 gives them."""

    favorites: list[FavoriteDepth1]
    timelineActivities: list[TimelineActivityDepth1]
    automatedTriggers: list[WorkflowAutomatedTriggerDepth1]
    runs: list[WorkflowRunDepth1]
    versions: list[WorkflowVersionDepth1]

class WorkflowInput(TypedDict, total=False):
    """What a record of Workflows is created from, by names of the wire."""

    id: str | UUID
    lastPublishedVersionId: str | None
    name: str
    createdBy: ActorInput | None
    position: float | Literal["first", "last"]
    statuses: Sequence[WorkflowStatuses] | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkflowUpdate(TypedDict, total=False):
    """What can be changed of a record of Workflows, as keywords."""

    last_published_version_id: str | None
    name: str
    created_by: ActorInput | None
    position: float | Literal["first", "last"]
    statuses: Sequence[WorkflowStatuses] | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WorkflowCreate(WorkflowUpdate, total=False):
    """What a record of Workflows is created from, as keywords."""

    id: str | UUID

WorkflowKey = Literal[
    "id", "lastPublishedVersionId", "name", "createdBy.source", "createdBy.workspaceMemberId", "createdBy.name",
    "position", "createdAt", "updatedAt", "deletedAt",
]

class Workflows(ResourceOf[Workflow, WorkflowDepth1, WorkflowDepth2, WorkflowInput, WorkflowInput, WorkflowKey]):
    """The records of Workflows."""

    def create_one(
        self,
        record: WorkflowInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowCreate],
    ) -> WorkflowDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WorkflowInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowUpdate],
    ) -> WorkflowDepth1: ...
    def upsert(
        self,
        record: WorkflowInput | None = None,
        /,
        *,
        key: WorkflowKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowCreate],
    ) -> WorkflowDepth1: ...

class AsyncWorkflows(AsyncResourceOf[Workflow, WorkflowDepth1, WorkflowDepth2, WorkflowInput, WorkflowInput, WorkflowKey]):
    """The records of Workflows."""

    async def create_one(
        self,
        record: WorkflowInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowCreate],
    ) -> WorkflowDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WorkflowInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowUpdate],
    ) -> WorkflowDepth1: ...
    async def upsert(
        self,
        record: WorkflowInput | None = None,
        /,
        *,
        key: WorkflowKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowCreate],
    ) -> WorkflowDepth1: ...

class WorkflowVersion(TypedDict):
    """One edition of a workflow: a trigger and steps, which are edited as a draft and fixed once it was active."""

    id: str
    position: float
    """Where the version stands in lists that are sorted by hand; the smaller number comes first."""
    status: WorkflowVersionStatus
    """Whether the version is being written, in force, switched off, or replaced by a newer one (ARCHIVED)."""
    steps: Any
    """What a run does: a JSON list of steps, each with id, name, type, settings and the ids of the steps that follow
    (nextStepIds).
    """
    trigger: Any
    """What sets a run off: a JSON object with a type (DATABASE_EVENT, CRON, WEBHOOK or MANUAL) and its settings."""
    name: str
    """A short name for the edition, such as v2."""
    workflowId: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WorkflowVersionDepth1(WorkflowVersion):
    """A record of Workflow Versions, with its relations as depth 1 gives them."""

    workflow: Workflow | None
    """The workflow of which this is an edition."""
    favorites: list[Favorite]
    timelineActivities: list[TimelineActivity]
    runs: list[WorkflowRun]

class WorkflowVersionDepth2(WorkflowVersion):
    """A record of Workflow Versions, with its relations as depth 2 gives them."""

    workflow: WorkflowDepth1 | None
    favorites: list[FavoriteDepth1]
    timelineActivities: list[TimelineActivityDepth1]
    runs: list[WorkflowRunDepth1]

class WorkflowVersionInput(TypedDict, total=False):
    """What a record of Workflow Versions is created from, by names of the wire."""

    id: str | UUID
    position: float | Literal["first", "last"]
    status: WorkflowVersionStatus
    steps: Any
    trigger: Any
    name: str
    workflowId: str | UUID | None
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkflowVersionUpdate(TypedDict, total=False):
    """What can be changed of a record of Workflow Versions, as keywords."""

    position: float | Literal["first", "last"]
    status: WorkflowVersionStatus
    steps: Any
    trigger: Any
    name: str
    workflow_id: str | UUID | None
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WorkflowVersionCreate(WorkflowVersionUpdate, total=False):
    """What a record of Workflow Versions is created from, as keywords."""

    id: str | UUID

WorkflowVersionKey = Literal["id", "position", "status", "name", "workflowId", "createdAt", "updatedAt", "deletedAt"]

class WorkflowVersions(ResourceOf[WorkflowVersion, WorkflowVersionDepth1, WorkflowVersionDepth2, WorkflowVersionInput, WorkflowVersionInput, WorkflowVersionKey]):
    """The records of Workflow Versions."""

    def create_one(
        self,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowVersionCreate],
    ) -> WorkflowVersionDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowVersionUpdate],
    ) -> WorkflowVersionDepth1: ...
    def upsert(
        self,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        key: WorkflowVersionKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowVersionCreate],
    ) -> WorkflowVersionDepth1: ...

class AsyncWorkflowVersions(AsyncResourceOf[WorkflowVersion, WorkflowVersionDepth1, WorkflowVersionDepth2, WorkflowVersionInput, WorkflowVersionInput, WorkflowVersionKey]):
    """The records of Workflow Versions."""

    async def create_one(
        self,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkflowVersionCreate],
    ) -> WorkflowVersionDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowVersionUpdate],
    ) -> WorkflowVersionDepth1: ...
    async def upsert(
        self,
        record: WorkflowVersionInput | None = None,
        /,
        *,
        key: WorkflowVersionKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkflowVersionCreate],
    ) -> WorkflowVersionDepth1: ...

class WorkspaceMember(TypedDict):
    """A colleague who signs in to the workspace: owns companies and mailboxes, is given tasks, and has settings of
    their own.
    """

    id: str
    userEmail: str
    """The e-mail address the member signs in with."""
    timeFormat: WorkspaceMemberTimeFormat
    """How clock times are shown to the member: with 24 hours, with 12, or as the browser has it."""
    dateFormat: WorkspaceMemberDateFormat
    """Which part of a date the member sees first, or SYSTEM for the habit of the browser's region."""
    timeZone: str
    """The zone in which moments are shown, by its IANA name such as Europe/Paris; system follows the browser."""
    userId: str
    """The id of the login behind the member; a login can be a member of several workspaces."""
    position: float
    """Where the member stands in lists that are sorted by hand; the smaller number comes first."""
    name: FullName
    """First and last name, as colleagues see them on records and in menus."""
    colorScheme: str
    """Whether pages are light or dark for the member: Light, Dark or System."""
    locale: str
    """The language of the user interface, as a tag such as en or fr-FR."""
    avatarUrl: str
    """Where the member's picture is found: a path in the file store or a web address."""
    createdAt: str
    updatedAt: str
    deletedAt: str | None

class WorkspaceMemberDepth1(WorkspaceMember):
    """A record of Workspace Members, with its relations as depth 1 gives them."""

    authoredAttachments: list[Attachment]
    blocklist: list[Blocklist]
    calendarEventParticipants: list[CalendarEventParticipant]
    accountOwnerForCompanies: list[Company]
    connectedAccounts: list[ConnectedAccount]
    favorites: list[Favorite]
    messageParticipants: list[MessageParticipant]
    assignedTasks: list[Task]
    timelineActivities: list[TimelineActivity]

class WorkspaceMemberDepth2(WorkspaceMember):
    """A record of Workspace Members, with its relations as depth 2 gives them."""

    authoredAttachments: list[AttachmentDepth1]
    blocklist: list[BlocklistDepth1]
    calendarEventParticipants: list[CalendarEventParticipantDepth1]
    accountOwnerForCompanies: list[CompanyDepth1]
    connectedAccounts: list[ConnectedAccountDepth1]
    favorites: list[FavoriteDepth1]
    messageParticipants: list[MessageParticipantDepth1]
    assignedTasks: list[TaskDepth1]
    timelineActivities: list[TimelineActivityDepth1]

class WorkspaceMemberInput(TypedDict, total=False):
    """What a record of Workspace Members is created from, by names of the wire."""

    id: str | UUID
    userEmail: str
    timeFormat: WorkspaceMemberTimeFormat
    dateFormat: WorkspaceMemberDateFormat
    timeZone: str
    userId: Required[str | UUID]
    position: float | Literal["first", "last"]
    name: FullNameInput | None
    colorScheme: str
    locale: str
    avatarUrl: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkspaceMemberPart(TypedDict, total=False):
    """Any fields of a record of Workspace Members, by names of the wire."""

    id: str | UUID
    userEmail: str
    timeFormat: WorkspaceMemberTimeFormat
    dateFormat: WorkspaceMemberDateFormat
    timeZone: str
    userId: str | UUID
    position: float | Literal["first", "last"]
    name: FullNameInput | None
    colorScheme: str
    locale: str
    avatarUrl: str
    createdAt: str | datetime | date
    updatedAt: str | datetime | date

class WorkspaceMemberUpdate(TypedDict, total=False):
    """What can be changed of a record of Workspace Members, as keywords."""

    user_email: str
    time_format: WorkspaceMemberTimeFormat
    date_format: WorkspaceMemberDateFormat
    time_zone: str
    user_id: str | UUID
    position: float | Literal["first", "last"]
    name: FullNameInput | None
    color_scheme: str
    locale: str
    avatar_url: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

class WorkspaceMemberCreate(TypedDict, total=False):
    """What a record of Workspace Members is created from, as keywords."""

    id: str | UUID
    user_email: str
    time_format: WorkspaceMemberTimeFormat
    date_format: WorkspaceMemberDateFormat
    time_zone: str
    user_id: Required[str | UUID]
    position: float | Literal["first", "last"]
    name: FullNameInput | None
    color_scheme: str
    locale: str
    avatar_url: str
    created_at: str | datetime | date
    updated_at: str | datetime | date

WorkspaceMemberKey = Literal[
    "id", "userEmail", "timeFormat", "dateFormat", "timeZone", "userId", "position", "name.firstName", "name.lastName",
    "colorScheme", "locale", "avatarUrl", "createdAt", "updatedAt", "deletedAt",
]

class WorkspaceMembers(ResourceOf[WorkspaceMember, WorkspaceMemberDepth1, WorkspaceMemberDepth2, WorkspaceMemberInput, WorkspaceMemberPart, WorkspaceMemberKey]):
    """The records of Workspace Members."""

    def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkspaceMemberCreate],
    ) -> WorkspaceMemberDepth1: ...
    def update_one(
        self,
        id: str | UUID,
        record: WorkspaceMemberPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkspaceMemberUpdate],
    ) -> WorkspaceMemberDepth1: ...
    def upsert(
        self,
        record: WorkspaceMemberPart | None = None,
        /,
        *,
        key: WorkspaceMemberKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkspaceMemberUpdate],
    ) -> WorkspaceMemberDepth1: ...

class AsyncWorkspaceMembers(AsyncResourceOf[WorkspaceMember, WorkspaceMemberDepth1, WorkspaceMemberDepth2, WorkspaceMemberInput, WorkspaceMemberPart, WorkspaceMemberKey]):
    """The records of Workspace Members."""

    async def create_one(
        self,
        *,
        depth: Depth | None = None,
        upsert: bool = False,
        **fields: Unpack[WorkspaceMemberCreate],
    ) -> WorkspaceMemberDepth1: ...
    async def update_one(
        self,
        id: str | UUID,
        record: WorkspaceMemberPart | None = None,
        /,
        *,
        depth: Depth | None = None,
        **fields: Unpack[WorkspaceMemberUpdate],
    ) -> WorkspaceMemberDepth1: ...
    async def upsert(
        self,
        record: WorkspaceMemberPart | None = None,
        /,
        *,
        key: WorkspaceMemberKey,
        depth: Depth | None = None,
        **fields: Unpack[WorkspaceMemberUpdate],
    ) -> WorkspaceMemberDepth1: ...

class Client(_Client):
    """A workspace with a resource for each of its objects."""

    api_keys: ApiKeys
    attachments: Attachments
    blocklists: Blocklists
    calendar_channel_event_associations: CalendarChannelEventAssociations
    calendar_channels: CalendarChannels
    calendar_event_participants: CalendarEventParticipants
    calendar_events: CalendarEvents
    companies: Companies
    connected_accounts: ConnectedAccounts
    favorite_folders: FavoriteFolders
    favorites: Favorites
    message_channel_message_associations: MessageChannelMessageAssociations
    message_channels: MessageChannels
    message_folders: MessageFolders
    message_participants: MessageParticipants
    messages: Messages
    message_threads: MessageThreads
    notes: Notes
    note_targets: NoteTargets
    opportunities: Opportunities
    people: People
    tasks: Tasks
    task_targets: TaskTargets
    timeline_activities: TimelineActivities
    view_fields: ViewFields
    view_filter_groups: ViewFilterGroups
    view_filters: ViewFilters
    view_groups: ViewGroups
    views: Views
    view_sorts: ViewSorts
    webhooks: Webhooks
    workflow_automated_triggers: WorkflowAutomatedTriggers
    workflow_runs: WorkflowRuns
    workflows: Workflows
    workflow_versions: WorkflowVersions
    workspace_members: WorkspaceMembers

class AsyncClient(_AsyncClient):
    """A workspace with a resource for each of its objects."""

    api_keys: AsyncApiKeys
    attachments: AsyncAttachments
    blocklists: AsyncBlocklists
    calendar_channel_event_associations: AsyncCalendarChannelEventAssociations
    calendar_channels: AsyncCalendarChannels
    calendar_event_participants: AsyncCalendarEventParticipants
    calendar_events: AsyncCalendarEvents
    companies: AsyncCompanies
    connected_accounts: AsyncConnectedAccounts
    favorite_folders: AsyncFavoriteFolders
    favorites: AsyncFavorites
    message_channel_message_associations: AsyncMessageChannelMessageAssociations
    message_channels: AsyncMessageChannels
    message_folders: AsyncMessageFolders
    message_participants: AsyncMessageParticipants
    messages: AsyncMessages
    message_threads: AsyncMessageThreads
    notes: AsyncNotes
    note_targets: AsyncNoteTargets
    opportunities: AsyncOpportunities
    people: AsyncPeople
    tasks: AsyncTasks
    task_targets: AsyncTaskTargets
    timeline_activities: AsyncTimelineActivities
    view_fields: AsyncViewFields
    view_filter_groups: AsyncViewFilterGroups
    view_filters: AsyncViewFilters
    view_groups: AsyncViewGroups
    views: AsyncViews
    view_sorts: AsyncViewSorts
    webhooks: AsyncWebhooks
    workflow_automated_triggers: AsyncWorkflowAutomatedTriggers
    workflow_runs: AsyncWorkflowRuns
    workflows: AsyncWorkflows
    workflow_versions: AsyncWorkflowVersions
    workspace_members: AsyncWorkspaceMembers

ADDRESS: str | None
connect: Connect[Client]
aconnect: AsyncConnect[AsyncClient]
